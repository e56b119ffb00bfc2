//! One connection to the server, and what it can be asked to do. Several may ask at once: the statements go out as they
//! come, and the answers come back in that order.

use std::fmt;
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use prisma_connector::{ConnectorError, Value};
use prisma_sql::{Row, Statement};
use tokio::task::AbortHandle;
use tokio_postgres::{Client, Error, SimpleQueryStream};

use crate::error::Failure;
use crate::parameter::Parameter;
use crate::row::Reader;
use crate::statements::{Prepared, Slot, Statements};

/// Ends what a caller's own statement may have begun: transactions, cursors, roles, settings, notifications, locks,
/// temporary tables. Prepared statements stay: `DISCARD ALL` would cost every other user of the connection theirs.
const RESET: &str = "ROLLBACK; CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; \
    SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES";

/// Statements of the API take less time than it takes to compile them.
const SET_UP: &str = "SET jit = off";

/// What looks at the rows of a statement.
pub(crate) type Sink<'a> = dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send + 'a;

/// One connection.
pub(crate) struct Session {
    client: Client,
    task: AbortHandle,
    statements: Statements,
    trip: Duration,
}

impl Session {
    /// A connection that is ready for its work.
    pub(crate) async fn start(client: Client, task: AbortHandle) -> Self {
        let mut session = Self {
            client,
            task,
            statements: Statements::new(),
            trip: Duration::ZERO,
        };
        let start = Instant::now();
        session.set_up().await;
        session.trip = start.elapsed();
        session
    }

    /// Servers before PostgreSQL 11 do not know the setting, and do not need it.
    async fn set_up(&self) {
        let _ = self.client.batch_execute(SET_UP).await;
    }

    /// How long a statement takes that is no work.
    pub(crate) fn trip(&self) -> Duration {
        self.trip
    }

    /// Is it of no use any more?
    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Closes it at once, whatever it is at: the server rolls back.
    pub(crate) fn kill(&self) {
        self.task.abort();
    }

    /// How many statements were prepared so far.
    pub(crate) fn prepared(&self) -> u64 {
        self.statements.prepared()
    }

    /// Runs a statement, shows its rows to the sink, and answers the number of affected rows.
    pub(crate) async fn execute(
        &self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut Sink<'_>,
    ) -> Result<u64, Failure> {
        let slot = self.statements.slot(&statement.text);
        self.execute_in(&slot, statement, values, sink).await
    }

    /// The same in the place of the statement: it is sent at once if the place was filled before.
    pub(crate) async fn execute_in(
        &self,
        slot: &Slot,
        statement: &Statement,
        values: &[&Value],
        sink: &mut Sink<'_>,
    ) -> Result<u64, Failure> {
        let Some(prepared) = slot.get() else {
            let prepared = self.fill(slot, statement).await?;
            let outcome = self.run(prepared, values, sink).await;
            return outcome.map_err(Failure::fresh);
        };
        let outcome = self.run(prepared, values, sink).await;
        if outcome.as_ref().is_err_and(Failure::is_stale) {
            self.statements.forget(&statement.text, slot);
        }
        outcome
    }

    /// Prepares statements that are not yet, and answers their places in this order. Who holds a place finds it filled,
    /// also if others have since taken its room.
    pub(crate) async fn prepare<'a>(
        &self,
        statements: impl Iterator<Item = &'a Statement>,
    ) -> Result<Vec<Slot>, Failure> {
        let mut slots = Vec::with_capacity(statements.size_hint().0);
        for statement in statements {
            let slot = self.statements.slot(&statement.text);
            self.fill(&slot, statement).await?;
            slots.push(slot);
        }
        Ok(slots)
    }

    async fn fill<'a>(
        &self,
        slot: &'a Slot,
        statement: &Statement,
    ) -> Result<&'a Prepared, Failure> {
        let prepare = || self.statements.prepare(&self.client, &statement.text);
        slot.get_or_try_init(prepare).await.map_err(fresh)
    }

    async fn run(
        &self,
        prepared: &Prepared,
        values: &[&Value],
        sink: &mut Sink<'_>,
    ) -> Result<u64, Failure> {
        if values.len() != prepared.statement.params().len() {
            let error = ConnectorError::Plan("a statement has another number of parameters");
            return Err(Failure::untouched(error));
        }
        let parameters = values.iter().map(|value| Parameter(value));
        let rows = self
            .client
            .query_raw(&prepared.statement, parameters)
            .await?;
        let mut rows = pin!(rows);
        let mut reader = Reader::new(&prepared.kinds);
        // Rows that were shown cannot be shown again.
        while let Some(row) = rows.try_next().await.map_err(fresh)? {
            sink(&reader.row(&row)).map_err(Failure::untouched)?;
        }
        Ok(rows.rows_affected().unwrap_or(0))
    }

    /// Runs statements without values.
    pub(crate) async fn script(&self, text: &str) -> Result<(), Failure> {
        Ok(self.client.batch_execute(text).await?)
    }

    /// Runs statements without values, and answers their rows as texts.
    pub(crate) async fn texts(&self, text: &str) -> Result<SimpleQueryStream, Error> {
        self.client.simple_query_raw(text).await
    }

    /// What the server says of a statement that it does not run.
    pub(crate) async fn describe(&self, text: &str) -> Result<tokio_postgres::Statement, Error> {
        self.client.prepare(text).await
    }

    /// Makes a connection as good as new after a statement of a caller's own.
    pub(crate) async fn reset(&self) -> Result<(), Failure> {
        self.script(RESET).await?;
        self.set_up().await;
        Ok(())
    }
}

fn fresh(error: Error) -> Failure {
    Failure::from(error).fresh()
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("prepared", &self.prepared())
            .finish_non_exhaustive()
    }
}
