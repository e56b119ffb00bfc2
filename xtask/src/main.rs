//! The tasks of this repository that are more than one cargo command: `cargo xtask TASK`.
//!
//! Goes in: the workspace around the working folder. Comes out: a report on the terminal and an exit code.

mod bench;
mod bench_codegen;
mod bench_embedded;
mod databases;
mod program;
mod tidy;

use std::{env, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about, long_about = None)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check what the compiler does not: layers, headers, file sizes, leftovers
    Tidy,
    /// Measure the engine and the server beside the same work done by hand
    Bench(bench::Args),
    /// Measure what a generated client costs the compiler, and fail over budget
    BenchCodegen(bench_codegen::Args),
    /// Measure the typed binding on SQLite beside rusqlite, diesel and sea-orm
    BenchEmbedded(bench_embedded::Args),
    /// Start, show or end the throw-away database servers of the tests
    #[command(subcommand)]
    Db(databases::Task),
    /// Compare random operations on the stores with a reference, until there is a difference
    ///
    /// For example `soak --ops 200000 --seed 1 --stores sqlite`.
    Soak(program::Args),
    /// Attack a server with concurrent upserts, races and kills, and look for what is lost or half done
    ///
    /// For example `storm kill --times 100 --store postgres`.
    Storm(program::Args),
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().task {
        Task::Tidy => tidy::run(&env::current_dir()?),
        Task::Bench(args) => bench::run(&args),
        Task::BenchCodegen(args) => {
            bench_codegen::run(args)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::BenchEmbedded(args) => bench_embedded::run(&args),
        Task::Db(task) => databases::run(task),
        Task::Soak(args) => program::run("prisma-tests-oracle", args),
        Task::Storm(args) => program::run("prisma-tests-storm", args),
    }
}
