//! What a job works on: a connection, and how far its transaction has come.

use std::future::Future;
use std::sync::Arc;

use futures_util::future::{join, join_all};
use prisma_connector::{ConnectorError, Value};
use prisma_sql::{Connection, Effect, Failed, Question, Row, Savepoint, Statement};

use crate::error::{Aborted, After, Failure};
use crate::raw;
use crate::session::{Session, Sink};

/// One connection, for one job.
#[derive(Debug)]
pub struct PostgresConnection {
    session: Arc<Session>,
    transaction: Transaction,
    is_broken: bool,
}

/// A transaction begins with its first statement, in the same trip to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transaction {
    /// Statements stand for themselves.
    None,
    /// Begins with these words.
    Ahead(&'static str),
    Open,
    /// A statement has failed, so that PostgreSQL takes no other one.
    Failed,
}

impl PostgresConnection {
    /// For statements that stand for themselves.
    pub(crate) fn single(session: Arc<Session>) -> Self {
        Self {
            session,
            transaction: Transaction::None,
            is_broken: false,
        }
    }

    /// For a transaction that begins with these words.
    pub(crate) fn beginning(session: Arc<Session>, words: &'static str) -> Self {
        Self {
            transaction: Transaction::Ahead(words),
            ..Self::single(session)
        }
    }

    /// Commits, if something was begun.
    ///
    /// # Errors
    /// If the server does not, or if a statement had failed.
    pub(crate) async fn commit(&mut self) -> Result<(), ConnectorError> {
        match self.transaction {
            Transaction::None | Transaction::Ahead(_) => Ok(()),
            Transaction::Open => {
                let committed = self.session.script("COMMIT").await;
                self.transaction = Transaction::None;
                committed.map_err(|failure| self.note(failure))
            }
            // `COMMIT` would roll back, and call that a success.
            Transaction::Failed => {
                self.roll_back().await;
                Err(ConnectorError::Internal(Box::new(Aborted)))
            }
        }
    }

    /// Rolls back, if something was begun.
    pub(crate) async fn roll_back(&mut self) {
        let is_begun = matches!(self.transaction, Transaction::Open | Transaction::Failed);
        if is_begun && !self.is_broken {
            // If even this fails the connection is not used again.
            if let Err(failure) = self.session.script("ROLLBACK").await {
                self.note(failure);
            }
        }
        self.transaction = Transaction::None;
    }

    /// Undoes what a caller's own statement can do to the connection.
    pub(crate) async fn reset(&mut self) {
        if !self.is_broken
            && let Err(failure) = self.session.reset().await
        {
            self.note(failure);
            self.is_broken = true;
        }
    }

    /// Can others use the connection?
    pub(crate) fn is_sound(&self) -> bool {
        !self.is_broken
    }

    /// Runs a statement, again if it was prepared for tables that have changed since.
    async fn execute(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut Sink<'_>,
    ) -> Result<u64, ConnectorError> {
        let before = self.transaction;
        let session = Arc::clone(&self.session);
        let first = self.attempt(session.execute(statement, values, sink)).await;
        let failure = match first {
            Ok(affected) => return Ok(affected),
            Err(failure) if !failure.is_stale() => return Err(self.note(failure)),
            Err(failure) => failure,
        };
        if matches!(before, Transaction::Open | Transaction::Failed) {
            // What was done before is lost. Who does it all again finds the statement prepared newly.
            return Err(ConnectorError::Conflict(Box::new(self.note(failure))));
        }
        self.roll_back().await;
        self.transaction = before;
        let second = self.attempt(session.execute(statement, values, sink)).await;
        second.map_err(|failure| self.note(failure))
    }

    /// Does something in the transaction, which begins here if it has not begun yet.
    async fn attempt<T>(
        &mut self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let Transaction::Ahead(words) = self.transaction else {
            return work.await;
        };
        self.transaction = Transaction::Open;
        // Both are sent before either is answered.
        let (begun, outcome) = join(self.session.script(words), work).await;
        match begun {
            Ok(()) => outcome,
            // Nobody knows what the work did without a transaction.
            Err(failure) => Err(Failure {
                state: After::Broken,
                ..failure
            }),
        }
    }

    /// Remembers what a failure says of the connection.
    fn note(&mut self, failure: Failure) -> ConnectorError {
        match failure.state {
            After::Untouched => {}
            After::Broken => self.is_broken = true,
            After::Refused | After::Stale => {
                if self.transaction == Transaction::Open {
                    self.transaction = Transaction::Failed;
                }
            }
        }
        failure.error
    }
}

impl Connection for PostgresConnection {
    async fn each(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        self.execute(statement, values, sink).await.map(drop)
    }

    async fn run(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<u64, ConnectorError> {
        self.execute(statement, values, &mut |_| Ok(())).await
    }

    async fn pipeline(
        &mut self,
        effects: &[Effect],
        question: Option<Question<'_>>,
    ) -> Result<(), Failed> {
        let session = Arc::clone(&self.session);
        let statements = effects.iter().map(|effect| &effect.statement);
        let asked = question.as_ref().map(|question| question.statement);
        let unsent = |error| Failed {
            effect: None,
            error,
        };
        // A statement that is prepared in between would be sent behind those that follow it.
        let slots = match session.prepare(statements.chain(asked)).await {
            Ok(slots) => slots,
            Err(failure) => return Err(unsent(self.note(failure))),
        };
        let work = async {
            let effects = join_all(effects.iter().zip(&slots).map(|(effect, slot)| {
                let (session, Effect { statement, values }) = (&session, effect);
                async move {
                    let values: Vec<&Value> = values.iter().collect();
                    let sink = &mut |_: &dyn Row| Ok(());
                    session.execute_in(slot, statement, &values, sink).await
                }
            }));
            let answer = async {
                match (question, slots.last()) {
                    (Some(asked), Some(slot)) => {
                        let Question {
                            statement,
                            values,
                            sink,
                        } = asked;
                        session.execute_in(slot, statement, values, sink).await
                    }
                    _ => Ok(0),
                }
            };
            // The first look at each of them sends it, in this order.
            let (effects, answer) = join(effects, answer).await;
            Ok((effects, answer))
        };
        let (effects, answer) = match self.attempt(work).await {
            Ok(outcomes) => outcomes,
            Err(failure) => return Err(unsent(self.note(failure))),
        };
        // All behind the first failure only say that the transaction has failed.
        let effects = effects.into_iter().enumerate();
        let outcomes = effects.map(|(position, outcome)| (Some(position), outcome));
        for (effect, outcome) in outcomes.chain([(None, answer)]) {
            if let Err(failure) = outcome {
                let is_stale = failure.is_stale();
                let error = self.note(failure);
                // Who does it all again finds the statement prepared newly.
                let error = if is_stale {
                    ConnectorError::Conflict(Box::new(error))
                } else {
                    error
                };
                return Err(Failed { effect, error });
            }
        }
        Ok(())
    }

    async fn script(&mut self, text: &str) -> Result<(), ConnectorError> {
        let session = Arc::clone(&self.session);
        let outcome = self.attempt(session.script(text)).await;
        outcome.map_err(|failure| self.note(failure))
    }

    async fn savepoint(&mut self, savepoint: Savepoint) -> Result<(), ConnectorError> {
        self.script(savepoint.statement()).await?;
        if savepoint == Savepoint::RollBack && self.transaction == Transaction::Failed {
            self.transaction = Transaction::Open;
        }
        Ok(())
    }

    async fn raw(&mut self, text: &str) -> Result<Vec<u8>, ConnectorError> {
        let session = Arc::clone(&self.session);
        let outcome = self.attempt(raw::run(&session, text)).await;
        outcome.map_err(|failure| self.note(failure))
    }

    fn prepared(&self) -> u64 {
        self.session.prepared()
    }
}
