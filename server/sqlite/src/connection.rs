//! One connection: pragmas, transactions, statements.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use prisma_connector::{ConnectorError, Value};
use prisma_sql::{Access, Cell, Connection, Job, Row, Savepoint, Statement};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, OpenFlags, StatementStatus};

use crate::error::translate;
use crate::{raw, value};

/// Statements that a connection keeps prepared.
const KEPT_STATEMENTS: usize = 1024;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Reader,
    Writer,
}

/// One connection. Futures of its statements are always ready.
#[derive(Debug)]
pub struct SqliteConnection {
    inner: rusqlite::Connection,
    prepared: u64,
}

impl SqliteConnection {
    /// Makes a database file, if there is none.
    pub(crate) fn create(file: &Path, busy_timeout: Duration) -> Result<(), ConnectorError> {
        let flags = OpenFlags::SQLITE_OPEN_CREATE;
        Self::connect(file, flags, Role::Writer, busy_timeout).map(drop)
    }

    /// Opens a database file.
    pub(crate) fn open(
        file: &Path,
        role: Role,
        busy_timeout: Duration,
    ) -> Result<Self, ConnectorError> {
        Self::connect(file, OpenFlags::empty(), role, busy_timeout)
    }

    /// Opens an empty database in memory.
    pub(crate) fn memory() -> Result<Self, ConnectorError> {
        let inner = rusqlite::Connection::open_in_memory().map_err(translate)?;
        Self::set_up(inner, Role::Writer)
    }

    fn connect(
        file: &Path,
        flags: OpenFlags,
        role: Role,
        busy_timeout: Duration,
    ) -> Result<Self, ConnectorError> {
        // A connection stays on its thread, so SQLite need not lock it.
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let inner = rusqlite::Connection::open_with_flags(file, flags)
            .map_err(|error| ConnectorError::Unavailable(Box::new(error)))?;
        inner.busy_timeout(busy_timeout).map_err(translate)?;
        Self::set_up(inner, role)
    }

    fn set_up(inner: rusqlite::Connection, role: Role) -> Result<Self, ConnectorError> {
        // In WAL mode readers and the writer do not wait for each other; `NORMAL` is durable against crashes of the
        // process and consistent after one of the machine.
        inner
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
            )
            .map_err(translate)?;
        // Plans do not depend on values. Otherwise statements of a database that was once analysed are prepared anew for
        // each value.
        inner
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(translate)?;
        if role == Role::Reader {
            inner
                .execute_batch("PRAGMA query_only = ON")
                .map_err(translate)?;
        }
        inner.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        Ok(Self { inner, prepared: 0 })
    }

    /// Runs a job in the transaction it asks for.
    pub(crate) fn perform<J: Job<Self>>(
        &mut self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        let begin = match access {
            Access::Read | Access::Single => return wait_for(job.run(self)),
            Access::Raw => {
                let output = wait_for(job.run(self));
                self.recover();
                return output;
            }
            Access::Snapshot => "BEGIN",
            Access::Write | Access::Session(_) => "BEGIN IMMEDIATE",
        };
        self.control(begin)?;
        let output = wait_for(job.run(self));
        if output.is_ok() {
            let committed = self.control("COMMIT");
            if committed.is_err() {
                self.settle();
            }
            committed?;
        } else {
            self.settle();
        }
        output
    }

    /// Leaves no transaction open.
    pub(crate) fn settle(&mut self) {
        if !self.inner.is_autocommit() {
            // If even this fails the connection is beyond help, and the next job will say so.
            let _ = self.control("ROLLBACK");
        }
    }

    /// Undoes what a caller's own statement can do to the connection: open a transaction, switch links off.
    fn recover(&mut self) {
        self.settle();
        // As above.
        let _ = self.control("PRAGMA foreign_keys = ON");
    }

    fn control(&mut self, text: &str) -> Result<(), ConnectorError> {
        let mut statement = self.inner.prepare_cached(text).map_err(translate)?;
        statement.raw_execute().map_err(translate)?;
        Ok(())
    }

    fn bound(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<CachedStatement<'_>, ConnectorError> {
        let mut prepared = self
            .inner
            .prepare_cached(&statement.text)
            .map_err(translate)?;
        if prepared.get_status(StatementStatus::Run) == 0 {
            self.prepared += 1;
        }
        for (index, value) in values.iter().enumerate() {
            prepared
                .raw_bind_parameter(index + 1, value::lower(value))
                .map_err(translate)?;
        }
        Ok(prepared)
    }
}

impl Connection for SqliteConnection {
    async fn each(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        let mut prepared = self.bound(statement, values)?;
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(translate)? {
            sink(&SqliteRow(row))?;
        }
        Ok(())
    }

    async fn run(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<u64, ConnectorError> {
        let mut prepared = self.bound(statement, values)?;
        let affected = prepared.raw_execute().map_err(translate)?;
        Ok(affected as u64)
    }

    async fn script(&mut self, text: &str) -> Result<(), ConnectorError> {
        self.inner.execute_batch(text).map_err(translate)
    }

    async fn savepoint(&mut self, savepoint: Savepoint) -> Result<(), ConnectorError> {
        match savepoint {
            Savepoint::Set | Savepoint::Release => self.control(savepoint.statement()),
            Savepoint::RollBack => self.script(savepoint.statement()).await,
        }
    }

    async fn raw(&mut self, text: &str) -> Result<Vec<u8>, ConnectorError> {
        raw::run(&self.inner, text)
    }

    fn prepared(&self) -> u64 {
        self.prepared
    }
}

/// A row of SQLite's.
struct SqliteRow<'a, 'stmt>(&'a rusqlite::Row<'stmt>);

impl Row for SqliteRow<'_, '_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Integer(value)) => Cell::Int(value),
            Ok(ValueRef::Real(value)) => Cell::Float(value),
            Ok(ValueRef::Text(bytes)) => str::from_utf8(bytes).map_or(Cell::Other, Cell::Text),
            Ok(ValueRef::Blob(_)) => Cell::Other,
            Ok(ValueRef::Null) | Err(_) => Cell::Null,
        }
    }
}

/// The output of a job. Statements never wait; a job that waits for what others tell it does so on a thread of its own,
/// which blocks meanwhile.
fn wait_for<T>(job: impl Future<Output = T>) -> T {
    let mut job = pin!(job);
    if let Poll::Ready(output) = job.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return output;
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match job.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
