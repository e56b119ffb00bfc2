//! The command line tool `prisma`: one subcommand in, an exit code out.
//!
//! Goes in: arguments, the environment, files. Comes out: data on standard output, everything said to people on
//! standard error, and an exit code: 0 all well, 1 something failed, 2 the command line makes no sense.
//!
//! Must never know: SQL, GraphQL, HTTP routes; it calls the libraries that do.

mod commands;
mod datamodel_file;
mod problem;
mod ui;

use std::process::ExitCode;

use clap::Parser;

use crate::commands::Command;

/// A datamodel becomes a GraphQL API over a database.
#[derive(Debug, Parser)]
#[command(
    name = "prisma",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(code) => code,
        Err(error) => {
            ui::error(&error);
            ExitCode::FAILURE
        }
    }
}
