//! The command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::{store::Store, workload::Workload};

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                                  everything on SQLite
  cargo xtask bench --workloads a,b,c --only in-process
  cargo xtask bench --concurrency 16 --rounds 5 --json > figures.json

Both sides of a comparison answer the same calls on the same rows; their answers are compared before anything is
timed. A ratio is the median of the ratios of all rounds. Read ratios, not absolute numbers: the load shares the
machine with what is measured.";

/// Measure the engine and the server beside the same work done by hand.
///
/// Two contests: the engine in this process on SQLite (GraphQL text in, bytes out) beside prepared statements in
/// rusqlite; and the server over HTTP beside a hand-written server that parses no GraphQL and answers each operation
/// by one prepared statement. Rounds of both sides alternate.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) bench: Bench,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the workloads by hand
    #[command(hide = true)]
    HandWrittenServer(HandWritten),
    /// Measure the typed binding beside other libraries, each in a program of its own
    #[command(hide = true)]
    Embedded(Embedded),
}

/// What is measured, and how.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// The database
    #[arg(long, value_enum, default_value = "sqlite")]
    pub(crate) store: Store,

    /// The workloads, separated by commas
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "a,b,c,d,e,f,g,h"
    )]
    pub(crate) workloads: Vec<Workload>,

    /// Measure one contest alone
    #[arg(long, value_enum)]
    pub(crate) only: Option<Contest>,

    /// How often each side is measured
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) rounds: u16,

    /// How long each side is measured in a round
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0)]
    pub(crate) seconds: f64,

    /// Requests over HTTP at the same time, separated by commas
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "1,16", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) concurrency: Vec<u16>,

    /// How many times the rows of the sample database, which has 3,503 tracks
    #[arg(long, default_value_t = 29, value_parser = clap::value_parser!(i64).range(1..=400))]
    pub(crate) scale: i64,

    /// Let the system choose processors; else servers run on one of their own
    #[arg(long)]
    pub(crate) no_pin: bool,

    /// Print one JSON document instead of tables
    #[arg(long)]
    pub(crate) json: bool,

    /// The program `prisma` that is measured [default: the one beside this program]
    #[arg(long, value_name = "FILE")]
    pub(crate) server: Option<PathBuf>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Contest {
    /// The engine and rusqlite
    InProcess,
    /// The two servers
    Http,
}

/// A hand-written server.
#[derive(Debug, Args)]
pub(crate) struct HandWritten {
    /// The address to listen on
    #[arg(long)]
    pub(crate) listen: SocketAddr,
    /// The kind of database
    #[arg(long, value_enum)]
    pub(crate) store: Store,
    /// The file, for SQLite; else the URL
    #[arg(long)]
    pub(crate) database: String,
    /// The schema or database of the service
    #[arg(long)]
    pub(crate) container: String,
}

const EMBEDDED_EXAMPLES: &str = "\
Examples:
  cargo xtask bench-embedded
  cargo xtask bench-embedded --workloads a,c --rounds 7 --json > figures.json

All contenders answer the same calls on copies of one database, with structs of the same fields; their answers are
compared before anything is timed. A ratio is the median of the ratios of all rounds.";

/// Measure the typed binding on the embedded engine beside prepared statements in rusqlite, diesel and sea-orm.
///
/// From a call to structs in the caller's hands, on SQLite. Each contender is a process; rounds alternate.
#[derive(Debug, Args)]
#[command(after_help = EMBEDDED_EXAMPLES)]
pub(crate) struct Embedded {
    /// A contender; the first is compared with the others
    #[arg(long = "contender", value_name = "NAME=PROGRAM", value_parser = contender, hide = true)]
    pub(crate) contenders: Vec<(String, PathBuf)>,

    /// The workloads, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', default_value = "a,b,c,g,h")]
    pub(crate) workloads: Vec<Workload>,

    /// How often each contender is measured
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) rounds: u16,

    /// How long each contender is measured in a round
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    pub(crate) seconds: f64,

    /// How many times the rows of the sample database, which has 3,503 tracks
    #[arg(long, default_value_t = 29, value_parser = clap::value_parser!(i64).range(1..=400))]
    pub(crate) scale: i64,

    /// Print one JSON document instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

fn contender(text: &str) -> Result<(String, PathBuf), &'static str> {
    let (name, program) = text.split_once('=').ok_or("this is no NAME=PROGRAM")?;
    Ok((name.to_owned(), program.into()))
}
