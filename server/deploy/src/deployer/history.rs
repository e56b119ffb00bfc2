//! The migrations of a service (deploy.md §3.7).

use prisma_connector::{MigrationRecord, MigrationStatus, ServiceName};
use prisma_datamodel::Datamodel;

use super::Deployer;
use crate::{
    error::DeployError,
    migration::{Migration, MigrationStep},
    step::{StoredStep, present},
    stored_schema,
};

impl Deployer {
    /// All migrations of a service, newest first; none for an unknown one.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn migrations(&self, service: &ServiceName) -> Result<Vec<Migration>, DeployError> {
        let records = self.database.store().migrations(service).await?;
        Ok(shown(service, records))
    }

    /// The oldest migration that has not ended, else the newest that succeeded.
    ///
    /// # Errors
    /// Unknown services (4000), and failures of the database.
    pub async fn migration_status(&self, service: &ServiceName) -> Result<Migration, DeployError> {
        let migrations = self.migrations(service).await?;
        let open = migrations.iter().rposition(|it| it.status.is_open());
        let succeeded = migrations
            .iter()
            .position(|it| it.status == MigrationStatus::Success);
        open.or(succeeded)
            .and_then(|at| migrations.into_iter().nth(at))
            .ok_or_else(|| DeployError::UnknownService(service.clone()))
    }
}

/// Records name what changed; what it was and what it became is in the schemas around them.
fn shown(service: &ServiceName, newest_first: Vec<MigrationRecord>) -> Vec<Migration> {
    let mut live = Datamodel::default();
    let mut migrations: Vec<Migration> = newest_first
        .into_iter()
        .rev()
        .map(|record| {
            let next = datamodel_of(service, &record);
            let steps = steps_of(service, &record, &live, &next);
            if record.status == MigrationStatus::Success {
                live = next;
            }
            migration(service, record, steps)
        })
        .collect();
    migrations.reverse();
    migrations
}

fn datamodel_of(service: &ServiceName, record: &MigrationRecord) -> Datamodel {
    match stored_schema::read(&record.schema) {
        Ok(schema) => schema.datamodel,
        Err(error) => {
            let revision = record.revision;
            tracing::warn!(%service, revision, %error, "a stored schema cannot be read");
            Datamodel::default()
        }
    }
}

fn steps_of(
    service: &ServiceName,
    record: &MigrationRecord,
    previous: &Datamodel,
    next: &Datamodel,
) -> Vec<MigrationStep> {
    let revision = record.revision;
    let steps: Vec<StoredStep> = serde_json::from_str(&record.steps).unwrap_or_else(|error| {
        tracing::warn!(%service, revision, %error, "stored steps cannot be read");
        Vec::new()
    });
    let shown = steps.iter().filter_map(|step| {
        if let StoredStep::UpdateSecrets { .. } = step {
            return Some(MigrationStep::UpdateSecrets);
        }
        let resolved = step.resolve(previous, next);
        if resolved.is_none() {
            tracing::warn!(%service, revision, ?step, "a stored step names what is not there");
        }
        resolved.map(|step| present(step, previous, next))
    });
    shown.collect()
}

fn migration(
    service: &ServiceName,
    record: MigrationRecord,
    steps: Vec<MigrationStep>,
) -> Migration {
    Migration {
        service: service.clone(),
        revision: record.revision,
        status: record.status,
        applied: record.applied,
        rolled_back: record.rolled_back,
        // Anything that is no list of texts is shown as it is.
        errors: serde_json::from_str(&record.errors).unwrap_or_else(|_| vec![record.errors]),
        started_at: record.started_at,
        finished_at: record.finished_at,
        datamodel: record.datamodel,
        steps,
    }
}
