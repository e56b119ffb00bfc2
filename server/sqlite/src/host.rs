//! Where the databases are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fs, io, thread};

use prisma_connector::{ConnectorError, Lock};
use prisma_sql::{Dialect, Host, dialect};
use tokio::sync::oneshot;

use crate::connection::SqliteConnection;
use crate::driver::SqliteDriver;
use crate::error::Closed;
use crate::lock;

/// How a folder of databases is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqliteOptions {
    /// Threads that read, per database; one more writes. Each starts when it is needed.
    pub readers: usize,
    /// How long a connection waits for another process that writes.
    pub busy_timeout: Duration,
}

impl Default for SqliteOptions {
    /// As many readers as the machine has processors, four at most; ten seconds.
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self {
            readers: processors.clamp(1, 4),
            busy_timeout: Duration::from_secs(10),
        }
    }
}

/// A folder with one file per database (deploy.md §2.9), or databases in memory.
///
/// Open one host per folder: a host believes that it alone drops databases there.
#[derive(Debug)]
pub struct SqliteHost {
    place: Place,
    open: Mutex<HashMap<String, Arc<SqliteDriver>>>,
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf, SqliteOptions),
    Memory,
}

impl SqliteHost {
    /// A folder of database files; it is made if it does not exist.
    ///
    /// # Errors
    /// [`ConnectorError::Unavailable`] if the folder cannot be made.
    pub fn folder(path: impl AsRef<Path>, options: SqliteOptions) -> Result<Self, ConnectorError> {
        let path = path.as_ref();
        fs::create_dir_all(path).map_err(unavailable)?;
        Ok(Self::at(Place::Folder(path.to_owned(), options)))
    }

    /// Databases in memory, gone with the host. Each has one connection and runs on the caller's thread.
    #[must_use]
    pub fn memory() -> Self {
        Self::at(Place::Memory)
    }

    fn at(place: Place) -> Self {
        Self {
            place,
            open: Mutex::default(),
        }
    }

    fn drivers(&self) -> MutexGuard<'_, HashMap<String, Arc<SqliteDriver>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(&self, database: &str) -> Result<SqliteDriver, ConnectorError> {
        match &self.place {
            Place::Folder(folder, options) => {
                let file = file(folder, database);
                // Connections open later, and then for somebody who cannot tell a missing file from a busy one.
                fs::metadata(&file).map_err(unavailable)?;
                Ok(SqliteDriver::file(file, *options))
            }
            Place::Memory => Ok(SqliteDriver::memory(SqliteConnection::memory()?)),
        }
    }
}

impl Host for SqliteHost {
    type Driver = SqliteDriver;

    fn dialect(&self) -> &'static Dialect {
        &dialect::SQLITE
    }

    fn open(&self, database: &str) -> Result<Arc<SqliteDriver>, ConnectorError> {
        let mut open = self.drivers();
        if let Some(driver) = open.get(database) {
            return Ok(Arc::clone(driver));
        }
        let driver = Arc::new(self.connect(database)?);
        open.insert(database.to_owned(), Arc::clone(&driver));
        Ok(driver)
    }

    async fn create(&self, database: &str) -> Result<(), ConnectorError> {
        match &self.place {
            Place::Folder(folder, options) => {
                let (file, timeout) = (file(folder, database), options.busy_timeout);
                aside(move || SqliteConnection::create(&file, timeout)).await
            }
            Place::Memory => Ok(()),
        }
    }

    async fn drop(&self, database: &str) -> Result<(), ConnectorError> {
        let driver = self.drivers().remove(database);
        let close = move || {
            if let Some(driver) = driver {
                driver.close();
            }
        };
        match &self.place {
            Place::Folder(folder, _) => {
                let file = file(folder, database);
                aside(move || {
                    close();
                    remove(&file)
                })
                .await
            }
            Place::Memory => {
                close();
                Ok(())
            }
        }
    }

    async fn lock(&self, _key: u64, patience: Duration) -> Result<Option<Lock>, ConnectorError> {
        match &self.place {
            Place::Folder(folder, _) => lock::take(folder, patience).await,
            // Nobody else sees it.
            Place::Memory => Ok(Some(Lock::new(()))),
        }
    }
}

/// Does something that blocks on a thread of its own.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ConnectorError> + Send + 'static,
) -> Result<T, ConnectorError> {
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new()
        .name("sqlite".to_owned())
        .spawn(move || sender.send(work()))
        .map_err(unavailable)?;
    receiver.await.unwrap_or_else(|_| Err(Closed::error()))
}

fn remove(file: &Path) -> Result<(), ConnectorError> {
    // The database itself goes last: as long as it is there, so is what belongs to it.
    for suffix in ["-wal", "-shm", ""] {
        let mut path = file.as_os_str().to_owned();
        path.push(suffix);
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(unavailable(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The file of a database. Whatever could lead out of the folder, or is no part of a file name somewhere, is written
/// as `%` and its bytes in hexadecimal; names of services need none of it.
fn file(folder: &Path, database: &str) -> PathBuf {
    let mut name = String::with_capacity(database.len() + 3);
    for byte in database.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"_-~$@.".contains(&byte);
        if is_plain {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02x}"));
        }
    }
    name.push_str(".db");
    folder.join(name)
}

pub(crate) fn unavailable(error: io::Error) -> ConnectorError {
    ConnectorError::Unavailable(Box::new(error))
}
