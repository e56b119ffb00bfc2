//! One file of a folder that only one process at a time has locked.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use prisma_connector::{ConnectorError, Lock};

use crate::host::{aside, unavailable};

/// The file; it is empty and stays. Databases cannot stand in for it: SQLite has locks of its own on their files, and
/// loses them when anybody else in the process closes one.
const FILE: &str = "changes.lock";

/// How often a lock that others hold is asked for.
const PAUSE: Duration = Duration::from_millis(10);

/// Takes the lock of a folder; none if others hold it for longer than the patience.
pub(crate) async fn take(
    folder: &Path,
    patience: Duration,
) -> Result<Option<Lock>, ConnectorError> {
    let file = File::create(folder.join(FILE)).map_err(unavailable)?;
    if try_lock(&file)? {
        return Ok(Some(Lock::new(file)));
    }
    aside(move || {
        let end = Instant::now() + patience;
        while Instant::now() < end {
            sleep(PAUSE);
            if try_lock(&file)? {
                return Ok(Some(Lock::new(file)));
            }
        }
        Ok(None)
    })
    .await
}

fn try_lock(file: &File) -> Result<bool, ConnectorError> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(unavailable(error)),
    }
}
