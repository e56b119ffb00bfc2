//! Programs of other people: where they are, and as whom they run.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::error::DatabaseError;

/// Finds a program: in `PATH`, then in further folders, the last first.
pub(crate) fn find(
    program: &'static str,
    elsewhere: impl IntoIterator<Item = PathBuf>,
) -> Result<PathBuf, DatabaseError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut elsewhere: Vec<PathBuf> = elsewhere.into_iter().collect();
    elsewhere.sort();
    env::split_paths(&path)
        .chain(elsewhere.into_iter().rev())
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .ok_or(DatabaseError::NotInstalled { program })
}

/// The folders in a folder.
pub(crate) fn folders(parent: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

/// Who runs a program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account(Option<&'static str>);

impl Account {
    /// Whoever runs the tests.
    pub(crate) const fn caller() -> Self {
        Self(None)
    }

    /// Whoever runs the tests; if that is root, which database servers refuse, the first of these users who exists.
    pub(crate) fn unprivileged(users: &[&'static str]) -> Result<Self, DatabaseError> {
        let own = run(Command::new("id").arg("-u"))?;
        if own.trim() != "0" {
            return Ok(Self(None));
        }
        let user = users
            .iter()
            .find(|user| run(Command::new("id").arg("-u").arg(user)).is_ok());
        match user {
            Some(user) => Ok(Self(Some(user))),
            None => Err(DatabaseError::Failed {
                program: "id".to_owned(),
                output: format!("root cannot run the server, and there is no user {users:?}"),
            }),
        }
    }

    /// A command of this user. It starts at the root of the file system: the current folder may be closed to the user.
    pub(crate) fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = match self.0 {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
        };
        command.current_dir("/");
        command
    }

    /// A program that stays when this process ends: its parent is a shell that ends at once. Signals of the terminal do
    /// not reach it, and it keeps no pipe open.
    pub(crate) fn background(self, program: &Path) -> Command {
        let mut command = self.command("sh");
        command
            .args(["-c", "\"$@\" </dev/null >/dev/null 2>&1 &", "sh"])
            .arg(program);
        command
    }

    /// Makes a folder that nobody else can enter.
    pub(crate) fn make_folder(self, folder: &Path) -> Result<(), DatabaseError> {
        run(self.command("mkdir").args(["-m", "700"]).arg(folder)).map(drop)
    }

    /// Writes a file into such a folder.
    pub(crate) fn write(self, file: &Path, text: &str) -> Result<(), DatabaseError> {
        let mut command = self.command("tee");
        let spawned = command
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        let mut write = || {
            let mut child = spawned.spawn()?;
            if let Some(mut input) = child.stdin.take() {
                input.write_all(text.as_bytes())?;
            }
            child.wait()
        };
        let status = write().map_err(DatabaseError::io("write a file"))?;
        if status.success() {
            Ok(())
        } else {
            Err(DatabaseError::Failed {
                program: "tee".to_owned(),
                output: status.to_string(),
            })
        }
    }
}

/// Runs a command to its end; answers what it printed.
pub(crate) fn run(command: &mut Command) -> Result<String, DatabaseError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(DatabaseError::io("start a program"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let mut text = output.stderr;
    text.extend(output.stdout);
    Err(DatabaseError::Failed {
        program,
        output: String::from_utf8_lossy(&text).trim().to_owned(),
    })
}
