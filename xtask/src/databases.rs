//! The throw-away database servers of the tests, by hand. Tests start them by themselves; this shows and ends them.

use std::process::ExitCode;

use anstyle::AnsiColor;
use clap::Subcommand;
use prisma_tests_databases::{DatabaseError, Kind, Servers};

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Start what is installed and does not run yet; for a shell: eval "$(cargo xtask db up)"
    Up,
    /// End them and remove their data
    Down,
    /// Say which of them run
    Status,
}

/// Does it for every kind of server. Standard output is for a shell: where a server answers, in the variable in which
/// tests look for it. A kind that is not installed is no failure.
///
/// # Errors
///
/// If a server does not start or does not end.
pub(crate) fn run(task: Task) -> anyhow::Result<ExitCode> {
    let servers = Servers::of_workspace();
    for kind in Kind::ALL {
        match task {
            Task::Up => match servers.up(kind) {
                Ok(local) => export(kind, &local.url),
                Err(error @ DatabaseError::NotInstalled { .. }) => tell(kind, &error.to_string()),
                Err(error) => return Err(error.into()),
            },
            Task::Down => {
                let was_up = servers.down(kind)?;
                tell(kind, if was_up { "ended" } else { "was not running" });
            }
            Task::Status => match servers.status(kind)? {
                Some(local) => {
                    tell(kind, &format!("runs in {}", local.folder.display()));
                    export(kind, &local.url);
                }
                None => tell(kind, "does not run"),
            },
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn export(kind: Kind, url: &str) {
    anstream::println!("export {}='{url}'", kind.variable());
}

fn tell(kind: Kind, what: &str) {
    let bold = AnsiColor::Cyan.on_default().bold();
    anstream::eprintln!("{bold}{kind}{bold:#}: {what}");
}
