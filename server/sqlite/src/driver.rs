//! One database: a writer, readers, and who runs a job.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Driver, Job};
use tokio::sync::oneshot;

use crate::connection::SqliteConnection;
use crate::worker::Workers;

/// One open database. Clones of its `Arc` share the connections; the threads end with the last.
#[derive(Debug)]
pub struct SqliteDriver(Mode);

#[derive(Debug)]
enum Mode {
    /// One writer, several readers: SQLite lets them work at once on a file in WAL mode.
    Threads { writer: Workers, readers: Workers },
    /// One connection, used on the caller's thread.
    Inline(Arc<Mutex<SqliteConnection>>),
}

impl SqliteDriver {
    pub(crate) fn open(file: &Path, readers: usize) -> Result<Self, ConnectorError> {
        let writer = Workers::start(vec![SqliteConnection::open(file)?])?;
        let readers = (0..readers.max(1))
            .map(|_| SqliteConnection::open(file))
            .collect::<Result<_, _>>()?;
        Ok(Self(Mode::Threads {
            writer,
            readers: Workers::start(readers)?,
        }))
    }

    pub(crate) fn inline(connection: SqliteConnection) -> Self {
        Self(Mode::Inline(Arc::new(Mutex::new(connection))))
    }
}

impl Driver for SqliteDriver {
    type Connection = SqliteConnection;

    async fn with<J: Job<SqliteConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        let workers = match (&self.0, access) {
            (Mode::Inline(connection), _) => {
                let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                return connection.perform(access, job);
            }
            (Mode::Threads { readers, .. }, Access::Read | Access::Snapshot) => readers,
            (Mode::Threads { writer, .. }, Access::Write | Access::Raw) => writer,
        };
        let (sender, receiver) = oneshot::channel();
        workers.submit(Box::new(move |connection| {
            // Nobody listens any more if the caller has gone; the work is done all the same.
            let _ = sender.send(connection.perform(access, job));
        }))?;
        receiver
            .await
            .map_err(|lost| ConnectorError::Internal(Box::new(lost)))?
    }
}
