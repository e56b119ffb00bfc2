//! Throw-away servers: started once, found by everyone who asks in the same folder.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, io, thread};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::DatabaseError;
use crate::kind::Kind;
use crate::program::{Account, run};
use crate::{mysql, postgres};

/// A machine that compiles on all its processors takes its time.
const PATIENCE: Duration = Duration::from_secs(120);

/// The servers of one state folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Servers {
    folder: PathBuf,
}

/// A running throw-away server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Local {
    /// Where it answers, with the name and password of a user who may do everything.
    pub url: String,
    /// Where its data and its log are.
    pub folder: PathBuf,
    port: u16,
}

impl Servers {
    /// The servers of this workspace: their state is in its target folder, so `cargo clean` forgets them, and they run
    /// on until somebody ends them.
    #[must_use]
    pub fn of_workspace() -> Self {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
            PathBuf::from,
        );
        Self::at(target.join("test-databases"))
    }

    /// Servers whose state is in this folder.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The running server, or a new one.
    ///
    /// # Errors
    /// [`DatabaseError::NotInstalled`] if there is nothing to start; the others if it could not be started.
    pub fn up(&self, kind: Kind) -> Result<Local, DatabaseError> {
        let _lock = self.lock(kind)?;
        if let Some(local) = self.load(kind) {
            if local.answers(kind) {
                return Ok(local);
            }
            self.end(kind, &local)?;
        }
        let local = start(kind)?;
        self.save(kind, &local)?;
        Ok(local)
    }

    /// Ends the server and removes its data; answers false if there was none.
    ///
    /// # Errors
    /// If it does not end.
    pub fn down(&self, kind: Kind) -> Result<bool, DatabaseError> {
        let _lock = self.lock(kind)?;
        let Some(local) = self.load(kind) else {
            return Ok(false);
        };
        let was_up = local.answers(kind);
        self.end(kind, &local)?;
        Ok(was_up)
    }

    /// The running server, if there is one.
    ///
    /// # Errors
    /// If the state cannot be read.
    pub fn status(&self, kind: Kind) -> Result<Option<Local>, DatabaseError> {
        let _lock = self.lock(kind)?;
        Ok(self.load(kind).filter(|local| local.answers(kind)))
    }

    /// Held while the state is read and changed. The system lets go of it when a process dies.
    fn lock(&self, kind: Kind) -> Result<File, DatabaseError> {
        let lock = || {
            fs::create_dir_all(&self.folder)?;
            let file = File::create(self.folder.join(format!("{}.lock", kind.name())))?;
            file.lock()?;
            Ok(file)
        };
        lock().map_err(DatabaseError::io("lock the state of the servers"))
    }

    fn state(&self, kind: Kind) -> PathBuf {
        self.folder.join(format!("{}.json", kind.name()))
    }

    /// What another version of this file wrote is no state.
    fn load(&self, kind: Kind) -> Option<Local> {
        let text = fs::read(self.state(kind)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    fn save(&self, kind: Kind, local: &Local) -> Result<(), DatabaseError> {
        serde_json::to_vec_pretty(local)
            .map_err(io::Error::from)
            .and_then(|text| fs::write(self.state(kind), text))
            .map_err(DatabaseError::io("write the state of the servers"))
    }

    fn end(&self, kind: Kind, local: &Local) -> Result<(), DatabaseError> {
        local.stop(kind)?;
        for removed in [
            fs::remove_dir_all(&local.folder),
            fs::remove_file(self.state(kind)),
        ] {
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(DatabaseError::io("remove what a server left")(error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Local {
    /// Is it there? The file of the process alone may be that of a server that was killed, the answer alone that of
    /// a stranger.
    fn answers(&self, kind: Kind) -> bool {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let greets = match kind {
            Kind::Postgres => postgres::greets(address),
            Kind::Mysql => mysql::greets(address),
        };
        self.pid_file(kind).exists() && greets.unwrap_or(false)
    }

    /// The file in which the server keeps its process, and which it removes at its end.
    fn pid_file(&self, kind: Kind) -> PathBuf {
        match kind {
            Kind::Postgres => postgres::pid_file(&self.folder),
            Kind::Mysql => mysql::pid_file(&self.folder),
        }
    }

    fn stop(&self, kind: Kind) -> Result<(), DatabaseError> {
        if !self.answers(kind) {
            return Ok(());
        }
        let file = self.pid_file(kind);
        let text = fs::read_to_string(&file).map_err(DatabaseError::io("find the process"))?;
        let pid = text.lines().next().unwrap_or_default().trim();
        let signal = match kind {
            // Does not wait for clients.
            Kind::Postgres => "INT",
            Kind::Mysql => "TERM",
        };
        run(Account::caller().command("kill").args(["-s", signal, pid]))?;
        self.wait(kind, "end", || !file.exists())
    }

    fn wait(
        &self,
        kind: Kind,
        verb: &'static str,
        is_done: impl Fn() -> bool,
    ) -> Result<(), DatabaseError> {
        let start = Instant::now();
        while !is_done() {
            if start.elapsed() > PATIENCE {
                return Err(DatabaseError::Late {
                    kind,
                    verb,
                    folder: self.folder.clone(),
                });
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

fn start(kind: Kind) -> Result<Local, DatabaseError> {
    let unique = Uuid::new_v4().simple().to_string();
    let folder = env::temp_dir().join(format!("prisma-{}-{}", kind.name(), &unique[..12]));
    let password = Uuid::new_v4().simple().to_string();
    let port = free_port().map_err(DatabaseError::io("find a free port"))?;
    let url = match kind {
        Kind::Postgres => postgres::start(&folder, port, &password),
        Kind::Mysql => mysql::start(&folder, port, &password),
    };
    let local = Local {
        url: url?,
        folder,
        port,
    };
    local.wait(kind, "answer", || local.answers(kind))?;
    Ok(local)
}

fn free_port() -> io::Result<u16> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
