//! Storms on a running server: `cargo xtask storm`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use prisma_tests_storm::{Place, Store, built_program, kill, races, upserts};

const EXAMPLES: &str = "\
Examples:
  cargo xtask storm upserts --count 100000 --clients 64
  cargo xtask storm kill --times 100 --store postgres
  cargo xtask storm races --rounds 200 --store mysql --json

The exit status is 0 if every rule held.";

/// Attack a server, and look for what is lost, half done or there twice
#[derive(Debug, Parser)]
#[command(name = "cargo xtask storm", after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    storm: Storm,

    /// The database
    #[arg(long, value_enum, default_value = "sqlite", global = true)]
    store: Store,

    /// What is sent; when requests meet is up to the machine
    #[arg(long, default_value_t = 1, global = true)]
    seed: u64,

    /// Print the report as JSON
    #[arg(long, global = true)]
    json: bool,

    /// The program `prisma` that is attacked [default: that of this workspace, built when needed]
    #[arg(long, value_name = "FILE", global = true)]
    server: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Storm {
    /// Upsert the same unique keys from many clients at the same time
    Upserts(upserts::Options),
    /// Kill the server while clients write
    Kill(kill::Options),
    /// Link, unlink, make and delete the same few nodes from many clients
    Races(races::Options),
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let program = match &arguments.server {
        Some(program) => program.clone(),
        None => built_program()?,
    };
    let place = Place::new(arguments.store, &program)?;
    let place = place.with_context(|| format!("there is no {:?} here", arguments.store))?;
    let seed = arguments.seed;
    let report = match arguments.storm {
        Storm::Upserts(options) => upserts::run(&place, options, seed),
        Storm::Kill(options) => kill::run(&place, options, seed),
        Storm::Races(options) => races::run(&place, options, seed),
    }?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{report}");
    }
    Ok(if report.violations.is_empty() {
        ExitCode::SUCCESS
    } else {
        eprintln!("the server says:\n{}", place.log_tail());
        ExitCode::FAILURE
    })
}
