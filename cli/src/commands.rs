//! The subcommands, one module each.

mod dev;
mod format;
mod generate;
mod server;

use std::{future::Future, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Dev(dev::Dev),
    Server(server::Server),
    Format(format::Format),
    Generate(generate::Generate),
}

impl Command {
    /// Does it. The exit code tells a failure that was already reported from success.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Dev(command) => block_on(command.run()),
            Self::Server(command) => block_on(command.run()),
            Self::Format(command) => command.run(),
            Self::Generate(command) => command.run(),
        }
    }
}

/// Runs a command that needs the asynchronous runtime.
fn block_on(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(command)
}
