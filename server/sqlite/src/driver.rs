//! One database: a writer, readers, and who runs a job.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Driver, Job};
use tokio::sync::oneshot;

use crate::connection::{Role, SqliteConnection};
use crate::error::Closed;
use crate::host::SqliteOptions;
use crate::worker::Workers;

/// One open database. Clones of its `Arc` share the connections; the threads end with the last.
#[derive(Debug)]
pub struct SqliteDriver(Mode);

#[derive(Debug)]
enum Mode {
    /// One writer, several readers: SQLite lets them work at once on a file in WAL mode.
    Threads { writer: Workers, readers: Workers },
    /// One connection, used on the caller's thread; none once it is closed.
    Inline(Mutex<Option<SqliteConnection>>),
}

impl SqliteDriver {
    /// Connections to a file open when there is something to do.
    pub(crate) fn threads(file: PathBuf, options: SqliteOptions) -> Self {
        let to_read = file.clone();
        let open = move || SqliteConnection::open(&file, Role::Writer, options.busy_timeout);
        let open_to_read =
            move || SqliteConnection::open(&to_read, Role::Reader, options.busy_timeout);
        Self(Mode::Threads {
            writer: Workers::new(1, Box::new(open)),
            readers: Workers::new(options.readers.max(1), Box::new(open_to_read)),
        })
    }

    pub(crate) fn inline(connection: SqliteConnection) -> Self {
        Self(Mode::Inline(Mutex::new(Some(connection))))
    }

    /// Closes all connections; jobs that come later find the database unavailable. Blocks until running ones end.
    pub(crate) fn close(&self) {
        match &self.0 {
            Mode::Threads { writer, readers } => {
                // The last connection to close folds the log into the file, and only a writer can.
                readers.close();
                writer.close();
            }
            Mode::Inline(connection) => {
                let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                *connection = None;
            }
        }
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
                let connection = connection.as_mut().ok_or_else(Closed::error)?;
                // A job that panicked here may have left its transaction open.
                connection.settle();
                return connection.perform(access, job);
            }
            (Mode::Threads { readers, .. }, Access::Read | Access::Snapshot) => readers,
            (Mode::Threads { writer, .. }, Access::Write | Access::Raw) => writer,
        };
        let (sender, receiver) = oneshot::channel();
        workers.submit(Box::new(move |connection| {
            let output = connection.and_then(|connection| connection.perform(access, job));
            // Nobody listens any more if the caller has gone; the work is done all the same.
            let _ = sender.send(output);
        }))?;
        receiver.await.unwrap_or_else(|_| Err(Closed::error()))
    }
}
