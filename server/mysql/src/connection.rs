//! One connection: statements, and what became of them.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use mysql_async::{ChangeUserOpts, Conn, Error, Statement as Prepared};
use prisma_connector::{ConnectorError, Value};
use prisma_sql::{Connection, Row, Savepoint, Statement};
use tokio::time::timeout;

use crate::error::{Late, UNKNOWN_STATEMENT, ends_connection, translate};
use crate::row::MysqlRow;
use crate::server::Server;
use crate::statements::Statements;
use crate::{raw, value};

/// The server ends statements itself; this much later it is taken for gone.
const GRACE: Duration = Duration::from_secs(2);

/// What the statements of a session see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// What was committed before each of them, unless a transaction is begun.
    Latest,
    /// What was committed before the first one that reads, until that is ended. None may write.
    Snapshot,
}

impl Sight {
    /// Changes a session that has the other. Without `autocommit`, a read begins a transaction, which saves the trip to
    /// begin one.
    const fn statements(self) -> &'static str {
        match self {
            Self::Latest => {
                "SET autocommit = 1; \
                 SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE"
            }
            Self::Snapshot => {
                "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; \
                 SET autocommit = 0"
            }
        }
    }
}

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) server: Server,
    /// Statements that are kept prepared.
    pub(crate) statements: usize,
    /// For one statement.
    pub(crate) time: Duration,
}

/// One connection.
#[derive(Debug)]
pub struct MysqlConnection {
    inner: Conn,
    statements: Statements,
    limits: Limits,
    sight: Sight,
    is_lost: bool,
    is_altered: bool,
}

impl MysqlConnection {
    pub(crate) fn new(inner: Conn, limits: Limits) -> Self {
        Self {
            inner,
            statements: Statements::new(limits.statements),
            limits,
            sight: Sight::Latest,
            is_lost: false,
            is_altered: false,
        }
    }

    /// Can no more statements be sent?
    pub(crate) fn is_lost(&self) -> bool {
        self.is_lost || self.inner.is_disconnected()
    }

    /// Is the session no longer as it was set up?
    pub(crate) fn is_altered(&self) -> bool {
        self.is_altered
    }

    /// Notes that statements of somebody else ran here, which can change a session in many ways.
    pub(crate) fn alter(&mut self) {
        self.is_altered = true;
    }

    /// What its statements see.
    pub(crate) fn sight(&self) -> Sight {
        self.sight
    }

    /// Has the statements that follow see that.
    pub(crate) async fn see(&mut self, sight: Sight) -> Result<(), ConnectorError> {
        if self.sight != sight {
            // Half of a change would be worse than none.
            self.end(sight.statements()).await?;
            self.sight = sight;
        }
        Ok(())
    }

    /// Does the server still answer?
    pub(crate) async fn is_there(&mut self) -> bool {
        let ping = timeout(GRACE, self.inner.ping()).await;
        matches!(ping, Ok(Ok(())))
    }

    /// Logs in again: this ends transactions, frees locks, forgets tables and variables, leaves the database chosen by
    /// `USE`, and sets the session up. A reset would keep the database.
    pub(crate) async fn renew(&mut self) -> Result<(), ConnectorError> {
        self.statements.clear();
        self.sight = Sight::Latest;
        self.is_altered = false;
        let login = self.inner.change_user(ChangeUserOpts::default());
        let renewed = within(GRACE + self.limits.time, login).await;
        self.checked(renewed)
    }

    /// Runs statements of the driver's own.
    pub(crate) async fn control(&mut self, text: &str) -> Result<(), ConnectorError> {
        let done = within(GRACE + self.limits.time, self.inner.query_drop(text)).await;
        self.checked(done)
    }

    /// Ends a transaction, or changes the session. A connection on which that failed is of no more use.
    pub(crate) async fn end(&mut self, text: &str) -> Result<(), ConnectorError> {
        let ended = self.control(text).await;
        self.is_lost |= ended.is_err();
        ended
    }

    async fn prepare(&mut self, text: &Arc<str>) -> Result<Prepared, ConnectorError> {
        if let Some(prepared) = self.statements.get(text) {
            return Ok(prepared);
        }
        let prepared = within(GRACE + self.limits.time, self.inner.prep(&**text)).await;
        let prepared = self.checked(prepared)?;
        if let Some(unused) = self.statements.keep(Arc::clone(text), prepared.clone()) {
            let closed = within(GRACE, self.inner.close(unused)).await;
            self.checked(closed)?;
        }
        Ok(prepared)
    }

    /// Says what an error means, and notes one that ends the connection.
    fn checked<T>(&mut self, result: Result<T, Failure>) -> Result<T, ConnectorError> {
        result.map_err(|failure| match failure {
            Failure::Late => {
                self.is_lost = true;
                Late::Statement.error()
            }
            Failure::Refused(error) => {
                if let Error::Server(refusal) = &error {
                    self.is_lost |=
                        ends_connection(refusal.code) || refusal.code == UNKNOWN_STATEMENT;
                }
                translate(error)
            }
        })
    }
}

impl Connection for MysqlConnection {
    async fn each(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        let prepared = self.prepare(&statement.text).await?;
        let parameters = value::lower(values);
        let mut seen = Ok(());
        let rows = async {
            let result = self.inner.exec_iter(prepared, parameters).await?;
            // Rows after one that the sink refused are on their way already.
            let see = |row| {
                if seen.is_ok() {
                    seen = sink(&MysqlRow(&row));
                }
            };
            result.for_each_and_drop(see).await
        };
        let done = within(GRACE + self.limits.time, rows).await;
        self.checked(done)?;
        seen
    }

    async fn run(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<u64, ConnectorError> {
        let prepared = self.prepare(&statement.text).await?;
        let parameters = value::lower(values);
        let effect = async {
            let result = self.inner.exec_iter(prepared, parameters).await?;
            let affected = result.affected_rows();
            result.drop_result().await?;
            Ok(affected)
        };
        let affected = within(GRACE + self.limits.time, effect).await;
        self.checked(affected)
    }

    async fn script(&mut self, text: &str) -> Result<(), ConnectorError> {
        // Rebuilding a large table takes as long as it takes.
        self.control(self.limits.server.unlimited()).await?;
        self.alter();
        let done = self.inner.query_drop(text).await;
        self.checked(done.map_err(Failure::Refused))
    }

    /// Without preparing it, which MySQL does not.
    async fn savepoint(&mut self, savepoint: Savepoint) -> Result<(), ConnectorError> {
        self.control(savepoint.statement()).await
    }

    async fn raw(&mut self, text: &str) -> Result<Vec<u8>, ConnectorError> {
        self.alter();
        // What the caller's text means depends on the mode, so it is the one that the server has for everybody.
        self.control("SET SESSION sql_mode = @@GLOBAL.sql_mode")
            .await?;
        match timeout(GRACE + self.limits.time, raw::run(&mut self.inner, text)).await {
            Ok(answer) => answer.map_err(|refusal| refusal.explain(self.inner.id())),
            Err(_) => self.checked(Err(Failure::Late)),
        }
    }

    fn prepared(&self) -> u64 {
        self.statements.prepared()
    }
}

/// Why a statement gave no answer.
enum Failure {
    Late,
    Refused(Error),
}

async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    match timeout(limit, work).await {
        Ok(result) => result.map_err(Failure::Refused),
        Err(_) => Err(Failure::Late),
    }
}
