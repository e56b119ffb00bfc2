//! The storage of one service: deploys change it and ask about it.

use std::sync::Arc;

use prisma_connector::{BoxFuture, ConnectorError, Probe, Storage, StorageAction};
use prisma_datamodel::Datamodel;

use crate::ddl::{self, Change};
use crate::driver::{Access, Connection, Driver, Job, Statement};
use crate::namespace::Namespace;
use crate::rows;

mod existing;
mod probe;

use self::existing::Existing;

/// The storage of one service in a SQL database.
#[derive(Debug)]
pub struct SqlStorage<D: Driver> {
    driver: Arc<D>,
    namespace: Namespace,
}

impl<D: Driver> SqlStorage<D> {
    /// The storage behind a driver.
    pub(crate) fn new(driver: Arc<D>, namespace: Namespace) -> Self {
        Self { driver, namespace }
    }
}

impl<D: Driver> Storage for SqlStorage<D> {
    fn probe(
        &self,
        live: Arc<Datamodel>,
        probes: Vec<Probe>,
    ) -> BoxFuture<'_, Result<Vec<bool>, ConnectorError>> {
        Box::pin(async move {
            let questions = probes
                .iter()
                .map(|probe| probe::statement(&self.namespace, &live, *probe))
                .collect::<Result<_, _>>()?;
            self.driver.with(Access::Snapshot, Ask { questions }).await
        })
    }

    fn apply(
        &self,
        next: Arc<Datamodel>,
        actions: Vec<StorageAction>,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        Box::pin(async move {
            let mut changes = Vec::new();
            for action in actions {
                changes.extend(ddl::changes(&self.namespace, &next, action)?);
            }
            let namespace = self.namespace.clone();
            let apply = Apply { namespace, changes };
            self.driver.with(Access::Write, apply).await
        })
    }
}

/// Asks questions of one state.
struct Ask {
    questions: Vec<Statement>,
}

impl<C: Connection> Job<C> for Ask {
    type Output = Vec<bool>;

    async fn run(self, connection: &mut C) -> Result<Vec<bool>, ConnectorError> {
        let mut answers = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            answers.push(rows::truth(connection, question, &[]).await?);
        }
        Ok(answers)
    }
}

/// Makes changes; where the database can, the transaction around them makes a failed one leave nothing behind. Where
/// it cannot, and where a deploy is taken up again, what is there already is left as it is.
struct Apply {
    namespace: Namespace,
    changes: Vec<Change>,
}

impl<C: Connection> Job<C> for Apply {
    type Output = ();

    async fn run(self, connection: &mut C) -> Result<(), ConnectorError> {
        let existing = Existing::read(connection, &self.namespace).await?;
        for change in &self.changes {
            if !existing.has(&change.makes) {
                connection.script(&change.text).await?;
            }
        }
        Ok(())
    }
}
