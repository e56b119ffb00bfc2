//! One database: a writer, readers, and who runs a job.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Driver, Job};
use tokio::sync::oneshot;

use crate::connection::{Role, SqliteConnection};
use crate::error::Closed;
use crate::host::SqliteOptions;
use crate::pool::{Open, Pool};
use crate::worker::Workers;

/// One open database. Clones of its `Arc` share the connections; the threads end with the last.
#[derive(Debug)]
pub struct SqliteDriver(Mode);

#[derive(Debug)]
enum Mode {
    /// One writer, several readers: SQLite lets them work at once on a file in WAL mode. Fields are dropped in their
    /// order, and the last connection to close folds the log into the file, which only a writer can.
    File { readers: Lane, writer: Lane },
    /// One connection, used on the caller's thread; none once it is closed.
    Memory(Mutex<Option<SqliteConnection>>),
}

/// Connections of one kind, and threads for the jobs that callers do not run themselves.
#[derive(Debug)]
struct Lane {
    workers: Workers,
    pool: Arc<Pool>,
}

impl Lane {
    fn new(limit: usize, open: Open) -> Self {
        let pool = Arc::new(Pool::new(limit, open));
        Self {
            workers: Workers::new(limit, Arc::clone(&pool)),
            pool,
        }
    }

    /// Blocks until running jobs end.
    fn close(&self) {
        self.workers.close();
        self.pool.close();
    }

    async fn run<J: Job<SqliteConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        // Handing a job to a thread costs more than a short one takes.
        if job.is_short()
            && let Some(mut lent) = self.pool.try_take()
        {
            return lent.connection()?.perform(access, job);
        }
        let (sender, receiver) = oneshot::channel();
        self.workers.submit(Box::new(move |connection| {
            let output = connection.and_then(|connection| connection.perform(access, job));
            Box::new(move || {
                // Nobody listens any more if the caller has gone; the work is done all the same.
                let _ = sender.send(output);
            })
        }))?;
        receiver.await.unwrap_or_else(|_| Err(Closed::error()))
    }
}

impl SqliteDriver {
    /// Connections to a file open when there is something to do.
    pub(crate) fn file(file: PathBuf, options: SqliteOptions) -> Self {
        let to_read = file.clone();
        let open = move || SqliteConnection::open(&file, Role::Writer, options.busy_timeout);
        let open_to_read =
            move || SqliteConnection::open(&to_read, Role::Reader, options.busy_timeout);
        Self(Mode::File {
            readers: Lane::new(options.readers.max(1), Box::new(open_to_read)),
            writer: Lane::new(1, Box::new(open)),
        })
    }

    pub(crate) fn memory(connection: SqliteConnection) -> Self {
        Self(Mode::Memory(Mutex::new(Some(connection))))
    }

    /// Closes all connections; jobs that come later find the database unavailable. Blocks until running ones end.
    pub(crate) fn close(&self) {
        match &self.0 {
            Mode::File { readers, writer } => {
                readers.close();
                writer.close();
            }
            Mode::Memory(connection) => {
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
        let lane = match (&self.0, access) {
            (Mode::Memory(connection), _) => {
                let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let connection = connection.as_mut().ok_or_else(Closed::error)?;
                // A job that panicked here may have left its transaction open.
                connection.settle();
                return connection.perform(access, job);
            }
            (Mode::File { readers, .. }, Access::Read | Access::Snapshot) => readers,
            (Mode::File { writer, .. }, Access::Single | Access::Write | Access::Raw) => writer,
        };
        lane.run(access, job).await
    }

    /// One transaction writes at a time, so none loses and nobody has to wait for another chance.
    async fn pause(&self, _time: Duration) {}
}
