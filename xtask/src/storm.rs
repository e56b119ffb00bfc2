//! Storms on a running server. They are a program of their own, so that other tasks need not compile it.

use std::{
    env,
    process::{Command, ExitCode},
};

use anyhow::Context;

/// What `prisma-tests-storm` takes.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// For example `kill --times 100 --store postgres`; `--help` lists all
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Runs it; its exit code is ours.
pub(crate) fn run(args: Args) -> anyhow::Result<ExitCode> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "prisma-tests-storm", "--"])
        .args(args.arguments)
        .status()
        .context("cargo does not start")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
