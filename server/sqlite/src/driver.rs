//! One database: a writer, readers, and who runs a job.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{BoxFuture, ConnectorError};
use prisma_sql::{Access, Driver, Job};

use crate::connection::{Role, SqliteConnection};
use crate::host::SqliteOptions;
use crate::lane::{Here, Lane};
use crate::pool::Pool;

/// One open database. Clones of its `Arc` share the connections; the threads end with the last.
#[derive(Debug)]
pub struct SqliteDriver(Mode);

#[derive(Debug)]
enum Mode {
    /// One writer, several readers: SQLite lets them work at once on a file in WAL mode. Fields are dropped in their
    /// order, and the last connection to close folds the log into the file, which only a writer can.
    File { readers: Lane, writer: Lane },
    /// One connection for everything.
    Memory(Lane),
}

impl SqliteDriver {
    /// Connections to a file open when there is something to do.
    pub(crate) fn file(file: PathBuf, options: SqliteOptions) -> Self {
        let to_read = file.clone();
        let open = move || SqliteConnection::open(&file, Role::Writer, options.busy_timeout);
        let open_to_read =
            move || SqliteConnection::open(&to_read, Role::Reader, options.busy_timeout);
        let lane = |limit, open| {
            let pool = Pool::new(limit, open);
            Lane::new(pool, limit, Here::ShortJobs, options.busy_timeout)
        };
        Self(Mode::File {
            readers: lane(options.readers.max(1), Box::new(open_to_read)),
            writer: lane(1, Box::new(open)),
        })
    }

    pub(crate) fn memory(connection: SqliteConnection) -> Self {
        let patience = SqliteOptions::default().busy_timeout;
        Self(Mode::Memory(Lane::new(
            Pool::of(connection),
            1,
            Here::AllJobs,
            patience,
        )))
    }

    fn lane(&self, access: Access) -> &Lane {
        match (&self.0, access) {
            (Mode::Memory(lane), _) => lane,
            (Mode::File { readers, .. }, Access::Read | Access::Snapshot) => readers,
            (
                Mode::File { writer, .. },
                Access::Single | Access::Write | Access::Session(_) | Access::Raw,
            ) => writer,
        }
    }

    /// Closes all connections; jobs that come later find the database unavailable. Blocks until running ones end.
    pub(crate) fn close(&self) {
        match &self.0 {
            Mode::File { readers, writer } => {
                readers.close();
                writer.close();
            }
            Mode::Memory(lane) => lane.close(),
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
        self.lane(access).run(access, job).await
    }

    fn start<J: Job<SqliteConnection>>(
        self: Arc<Self>,
        access: Access,
        job: J,
    ) -> BoxFuture<'static, Result<J::Output, ConnectorError>> {
        self.lane(access).start(access, job)
    }

    /// One transaction writes at a time, so none loses and nobody has to wait for another chance.
    async fn pause(&self, _time: Duration) {}
}
