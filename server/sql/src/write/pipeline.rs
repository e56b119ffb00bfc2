//! The connection of one write. Where a statement is a trip to a server, statements that run for their effect wait
//! until somebody wants an answer, and then go out together with the question.

use prisma_connector::{ConnectorError, Value};
use prisma_datamodel::ModelId;

use super::{WriteContext, violation};
use crate::driver::{Connection, Effect, Failed, Question, Row, Statement};

/// Effects that wait at most.
const MOST_WAITING: usize = 64;

/// A connection, and the effects that have not been sent yet.
pub(super) struct Pipeline<'a, C> {
    connection: &'a mut C,
    context: WriteContext<'a>,
    waiting: Vec<Effect>,
    /// The models on whose tables they run.
    models: Vec<ModelId>,
}

impl<'a, C: Connection> Pipeline<'a, C> {
    pub(super) fn new(connection: &'a mut C, context: WriteContext<'a>) -> Self {
        Self {
            connection,
            context,
            waiting: Vec::new(),
            models: Vec::new(),
        }
    }

    /// Runs a statement on a model's table for its effect, now or before the next question.
    pub(super) async fn effect(
        &mut self,
        model: ModelId,
        statement: Statement,
        values: &[&Value],
    ) -> Result<(), ConnectorError> {
        if !self.context.namespace.dialect.pipelined {
            let run = self.connection.run(&statement, values).await;
            return run.map(drop).map_err(|error| self.explain(model, error));
        }
        self.waiting.push(Effect {
            statement,
            values: values.iter().copied().cloned().collect(),
        });
        self.models.push(model);
        if self.waiting.len() < MOST_WAITING {
            return Ok(());
        }
        self.flush().await
    }

    /// Runs a statement on a model's table for its effect now, and answers the number of affected rows.
    pub(super) async fn affected(
        &mut self,
        model: ModelId,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<u64, ConnectorError> {
        self.flush().await?;
        let run = self.connection.run(statement, values).await;
        run.map_err(|error| self.explain(model, error))
    }

    /// Sends what waits.
    pub(super) async fn flush(&mut self) -> Result<(), ConnectorError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.send(None).await
    }

    async fn send(&mut self, question: Option<Question<'_>>) -> Result<(), ConnectorError> {
        let effects = std::mem::take(&mut self.waiting);
        let models = std::mem::take(&mut self.models);
        let sent = self.connection.pipeline(&effects, question).await;
        sent.map_err(|Failed { effect, error }| {
            match effect.and_then(|effect| models.get(effect)) {
                Some(&model) => self.explain(model, error),
                None => error,
            }
        })
    }

    fn explain(&self, model: ModelId, error: ConnectorError) -> ConnectorError {
        violation::explain(self.context.datamodel, model, error)
    }
}

/// For reads within a write: they see everything before them.
impl<C: Connection> Connection for Pipeline<'_, C> {
    async fn each(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        if self.waiting.is_empty() {
            return self.connection.each(statement, values, sink).await;
        }
        let question = Question {
            statement,
            values,
            sink,
        };
        self.send(Some(question)).await
    }

    async fn run(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<u64, ConnectorError> {
        self.flush().await?;
        self.connection.run(statement, values).await
    }

    async fn script(&mut self, text: &str) -> Result<(), ConnectorError> {
        self.flush().await?;
        self.connection.script(text).await
    }

    async fn raw(&mut self, text: &str) -> Result<Vec<u8>, ConnectorError> {
        self.flush().await?;
        self.connection.raw(text).await
    }

    fn prepared(&self) -> u64 {
        self.connection.prepared()
    }
}
