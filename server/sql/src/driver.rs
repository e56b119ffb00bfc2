//! The seam between SQL and a driver crate. Static dispatch, native async; a driver sees statements and values,
//! never a plan, and this crate never sees a socket or a file.
//!
//! A unit of work is a [`Job`]: the driver runs it where its connection lives (a pool, a reader thread, the one
//! writer) inside the transaction that [`Access`] asks for. A SQLite driver's futures are always ready, so its jobs
//! run in one go on the thread that owns the connection.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{BoxFuture, ConnectorError, Isolation, Lock, Value};

use crate::dialect::Dialect;

/// What a job needs around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// One reading statement; no transaction.
    Read,
    /// Several reading statements that see one state.
    Snapshot,
    /// One writing statement, which is a transaction by itself; perhaps reading ones before it.
    Single,
    /// A transaction: committed if the job succeeds, rolled back if it fails.
    Write,
    /// A transaction whose statements are not known yet, as the job asks others for them.
    Session(Isolation),
    /// A connection that may write, without a transaction.
    Raw,
}

/// A unit of work on one connection.
pub trait Job<C: Connection>: Send + 'static {
    /// What it comes to.
    type Output: Send + 'static;

    /// Is it known to end within a millisecond or so? Drivers that have no server to wait for run such jobs where they
    /// are asked, instead of on a thread.
    fn is_short(&self) -> bool {
        false
    }

    /// Does the work, once. Repeating it after a serialisation failure is up to whoever made the job.
    fn run(
        self,
        connection: &mut C,
    ) -> impl Future<Output = Result<Self::Output, ConnectorError>> + Send;
}

/// Gives connections to one database (a SQLite file, a PostgreSQL schema, a MySQL database).
pub trait Driver: Debug + Send + Sync + 'static {
    /// Its connections.
    type Connection: Connection + 'static;

    /// Runs a job on a connection.
    fn with<J: Job<Self::Connection>>(
        &self,
        access: Access,
        job: J,
    ) -> impl Future<Output = Result<J::Output, ConnectorError>> + Send;

    /// Starts a job that waits for others, on a thread or task of its own: it goes on whoever listens. The future gives
    /// what came of it.
    fn start<J: Job<Self::Connection>>(
        self: Arc<Self>,
        access: Access,
        job: J,
    ) -> BoxFuture<'static, Result<J::Output, ConnectorError>>;

    /// Waits, before a job is tried again that lost against others.
    fn pause(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// Gives drivers: one configured server or folder, the home of many databases.
pub trait Host: Debug + Send + Sync + 'static {
    /// Its drivers.
    type Driver: Driver;

    /// How its SQL differs.
    fn dialect(&self) -> &'static Dialect;

    /// Opens a database by its name, once: later calls answer the same driver.
    fn open(&self, database: &str) -> Result<Arc<Self::Driver>, ConnectorError>;

    /// Makes a database; an existing one is kept.
    fn create(&self, database: &str) -> impl Future<Output = Result<(), ConnectorError>> + Send;

    /// Closes a database and removes it with all its data; a missing one is no error.
    fn drop(&self, database: &str) -> impl Future<Output = Result<(), ConnectorError>> + Send;

    /// Takes a lock that all processes on this server or folder see; none if others hold it for longer than the
    /// patience. Hosts without many locks have one for all keys.
    fn lock(
        &self,
        key: u64,
        patience: Duration,
    ) -> impl Future<Output = Result<Option<Lock>, ConnectorError>> + Send;
}

impl<H: Host> Host for Arc<H> {
    type Driver = H::Driver;

    fn dialect(&self) -> &'static Dialect {
        (**self).dialect()
    }

    fn open(&self, database: &str) -> Result<Arc<H::Driver>, ConnectorError> {
        (**self).open(database)
    }

    async fn create(&self, database: &str) -> Result<(), ConnectorError> {
        (**self).create(database).await
    }

    async fn drop(&self, database: &str) -> Result<(), ConnectorError> {
        (**self).drop(database).await
    }

    async fn lock(&self, key: u64, patience: Duration) -> Result<Option<Lock>, ConnectorError> {
        (**self).lock(key, patience).await
    }
}

/// One statement. The text is shared by all executions; drivers keep their prepared statement under it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    /// The SQL text, with the dialect's placeholders.
    pub text: Arc<str>,
}

/// A constraint that the database enforced, in the database's own words. Drivers answer it inside
/// [`ConnectorError::Internal`]; the write executor, which knows the statement's model, turns it into fields.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A unique index or a primary key. Databases name its columns (SQLite), itself (MySQL), or both (PostgreSQL).
    #[error("unique constraint failed: {key:?} {columns:?}")]
    Unique {
        /// The index, where the database names it.
        key: Option<String>,
        /// Its columns without their table, where the database names them; else empty.
        columns: Vec<String>,
    },
    /// A column that may not be null.
    #[error("not null constraint failed: {column:?}")]
    NotNull {
        /// The column without its table, where the database names it.
        column: Option<String>,
    },
    /// A value that is too long, or too great a number, for its column or for an index of it.
    #[error("value too long: {column:?}")]
    TooLong {
        /// The column without its table, where the database names it.
        column: Option<String>,
    },
    /// A foreign key; few databases say which.
    #[error("foreign key constraint failed")]
    ForeignKey,
}

/// One connection.
pub trait Connection: Send {
    /// Runs a statement and shows each row to the sink, in the driver's own encoding. An error of the sink ends it.
    fn each(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> impl Future<Output = Result<(), ConnectorError>> + Send;

    /// Runs a statement for its effect; answers the number of affected rows.
    fn run(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> impl Future<Output = Result<u64, ConnectorError>> + Send;

    /// Runs statements for their effect, in order, and then asks a question. Where a statement is a trip to a server,
    /// all go out before any is answered. What comes behind a failed statement has no effect that lasts: the
    /// transaction around it fails.
    fn pipeline(
        &mut self,
        effects: &[Effect],
        question: Option<Question<'_>>,
    ) -> impl Future<Output = Result<(), Failed>> + Send {
        async move {
            for (position, Effect { statement, values }) in effects.iter().enumerate() {
                let values: Vec<&Value> = values.iter().collect();
                let failed = |error| Failed {
                    effect: Some(position),
                    error,
                };
                self.run(statement, &values).await.map_err(failed)?;
            }
            let Some(Question {
                statement,
                values,
                sink,
            }) = question
            else {
                return Ok(());
            };
            let failed = |error| Failed {
                effect: None,
                error,
            };
            self.each(statement, values, sink).await.map_err(failed)
        }
    }

    /// Runs a script of several statements without values.
    fn script(&mut self, text: &str) -> impl Future<Output = Result<(), ConnectorError>> + Send;

    /// Sets a savepoint in the transaction, gives it up, or goes back to it. One at a time.
    fn savepoint(
        &mut self,
        savepoint: Savepoint,
    ) -> impl Future<Output = Result<(), ConnectorError>> + Send {
        self.script(savepoint.statement())
    }

    /// Runs one statement of the caller's: rows as a JSON array of objects, or the number of affected rows.
    fn raw(&mut self, text: &str) -> impl Future<Output = Result<Vec<u8>, ConnectorError>> + Send;

    /// How many texts this connection has prepared so far; repeated texts count once. For tests.
    fn prepared(&self) -> u64;
}

/// A place in a transaction that can be gone back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Savepoint {
    /// Set it.
    Set,
    /// Give it up: what was done since belongs to the transaction.
    Release,
    /// Undo what was done since, and give it up.
    RollBack,
}

impl Savepoint {
    /// In SQL, which is the same everywhere.
    #[must_use]
    pub const fn statement(self) -> &'static str {
        match self {
            Self::Set => "SAVEPOINT one",
            Self::Release => "RELEASE SAVEPOINT one",
            Self::RollBack => "ROLLBACK TO SAVEPOINT one; RELEASE SAVEPOINT one",
        }
    }
}

/// A statement that runs for its effect, with its values.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The statement.
    pub statement: Statement,
    /// Its values, in the order of their placeholders.
    pub values: Vec<Value>,
}

/// A statement whose rows somebody looks at.
pub struct Question<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// Its values, in the order of their placeholders.
    pub values: &'a [&'a Value],
    /// Who looks at each row.
    pub sink: &'a mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
}

/// Why a pipeline failed.
#[derive(Debug)]
pub struct Failed {
    /// The position of the effect that failed first; none if the question did.
    pub effect: Option<usize>,
    /// What it said.
    pub error: ConnectorError,
}

/// One row, valid while the sink looks at it.
pub trait Row {
    /// The cell in a column, from 0; [`Cell::Null`] behind the last.
    fn cell(&self, column: usize) -> Cell<'_>;
}

/// One cell in the driver's encoding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// An integer; SQLite's and MySQL's booleans and SQLite's dates too.
    Int(i64),
    /// A floating point number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A boolean of a database that has them.
    Bool(bool),
    /// A decimal in text form, of a database that has them.
    Decimal(&'a str),
    /// Milliseconds since the epoch, of a database that has dates.
    DateTime(i64),
    /// A UUID of a database that has them.
    Uuid([u8; 16]),
    /// Something that no column of a layout holds: a blob, bytes that are no text.
    Other,
}
