//! Where the databases are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io, thread};

use prisma_connector::ConnectorError;
use prisma_sql::{Dialect, Host, dialect};

use crate::connection::SqliteConnection;
use crate::driver::SqliteDriver;

/// How a folder of databases is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqliteOptions {
    /// Threads that read, per database; one more writes.
    pub readers: usize,
}

impl Default for SqliteOptions {
    /// As many readers as the machine has processors, four at most.
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self {
            readers: processors.clamp(1, 4),
        }
    }
}

/// A folder with one file per database (deploy.md §2.9), or databases in memory.
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

    fn connect(&self, database: &str) -> Result<SqliteDriver, ConnectorError> {
        match &self.place {
            Place::Folder(folder, options) => {
                SqliteDriver::open(&file(folder, database), options.readers)
            }
            Place::Memory => Ok(SqliteDriver::inline(SqliteConnection::memory()?)),
        }
    }
}

impl Host for SqliteHost {
    type Driver = SqliteDriver;

    fn dialect(&self) -> &'static Dialect {
        &dialect::SQLITE
    }

    fn open(&self, database: &str) -> Result<Arc<SqliteDriver>, ConnectorError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = open.get(database) {
            return Ok(Arc::clone(driver));
        }
        let driver = Arc::new(self.connect(database)?);
        open.insert(database.to_owned(), Arc::clone(&driver));
        Ok(driver)
    }

    async fn create(&self, database: &str) -> Result<(), ConnectorError> {
        match &self.place {
            Place::Folder(folder, _) => SqliteConnection::create(&file(folder, database)),
            Place::Memory => Ok(()),
        }
    }

    async fn drop(&self, database: &str) -> Result<(), ConnectorError> {
        // Requests that still hold the driver end on the unlinked file.
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(database);
        if let Place::Folder(folder, _) = &self.place {
            for suffix in ["", "-wal", "-shm"] {
                let mut path = file(folder, database).into_os_string();
                path.push(suffix);
                match fs::remove_file(path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(unavailable(error));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn file(folder: &Path, database: &str) -> PathBuf {
    folder.join(format!("{database}.db"))
}

fn unavailable(error: io::Error) -> ConnectorError {
    ConnectorError::Unavailable(Box::new(error))
}
