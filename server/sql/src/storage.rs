//! The storage of one service: deploys change it and ask about it.

use std::sync::Arc;

use prisma_connector::{BoxFuture, ConnectorError, Probe, Storage, StorageAction};
use prisma_datamodel::Datamodel;

use crate::ddl;
use crate::dialect::Dialect;
use crate::driver::{Access, Connection, Driver, Job, Statement};
use crate::rows;
use crate::storage::existing::{Existing, Object};

mod existing;
mod probe;

/// The storage of one service in a SQL database.
#[derive(Debug)]
pub struct SqlStorage<D: Driver> {
    driver: Arc<D>,
    dialect: &'static Dialect,
}

impl<D: Driver> SqlStorage<D> {
    /// The storage behind a driver.
    pub(crate) fn new(driver: Arc<D>, dialect: &'static Dialect) -> Self {
        Self { driver, dialect }
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
                .map(|probe| probe::statement(self.dialect, &live, *probe))
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
            let changes = actions
                .into_iter()
                .map(|action| {
                    Ok(Change {
                        creates: Object::of(&next, action),
                        statements: ddl::statements(self.dialect, &next, action)?,
                    })
                })
                .collect::<Result<_, ConnectorError>>()?;
            let job = Apply {
                columns: existing::query(self.dialect),
                changes,
            };
            self.driver.with(Access::Write, job).await
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

/// One action.
struct Change {
    creates: Object,
    statements: Vec<String>,
}

/// Makes changes, except those whose object is there already; the transaction around it makes a failed one leave
/// nothing behind.
struct Apply {
    columns: Statement,
    changes: Vec<Change>,
}

impl<C: Connection> Job<C> for Apply {
    type Output = ();

    async fn run(self, connection: &mut C) -> Result<(), ConnectorError> {
        let existing = Existing::read(connection, &self.columns).await?;
        let missing = self
            .changes
            .iter()
            .filter(|change| !existing.has(&change.creates));
        for statement in missing.flat_map(|change| &change.statements) {
            connection.script(statement).await?;
        }
        Ok(())
    }
}
