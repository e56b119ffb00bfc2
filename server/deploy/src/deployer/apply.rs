//! From a decision to a new revision (deploy.md §3.7).

use std::{error::Error, fmt::Write as _, sync::Arc};

use prisma_connector::{
    ConnectorError, MigrationRecord, MigrationStatus, ServiceName, StorageAction,
};
use prisma_datamodel::Datamodel;

use super::{Deployer, now};
use crate::{
    error::DeployError,
    migration::{Migration, MigrationStep},
};

/// A deploy that was decided.
pub(super) struct Plan {
    pub(super) service: ServiceName,
    /// The revision that the steps start from.
    pub(super) live_revision: i32,
    /// The record of the migration; its revision is not known yet.
    pub(super) record: MigrationRecord,
    /// Its steps as they are shown.
    pub(super) steps: Vec<MigrationStep>,
    pub(super) datamodel: Arc<Datamodel>,
    pub(super) actions: Vec<StorageAction>,
    /// The secrets of the new revision.
    pub(super) secrets: Vec<String>,
    /// The same, if they differ from those of the live one.
    pub(super) new_secrets: Option<Vec<String>>,
}

/// The changes that a migration makes, one after the other.
pub(super) struct Changes {
    pub(super) datamodel: Arc<Datamodel>,
    pub(super) actions: Vec<StorageAction>,
    pub(super) new_secrets: Option<Vec<String>>,
    /// How many steps they are.
    pub(super) steps: usize,
}

impl Deployer {
    /// Makes the migration and serves its outcome. A migration that failed is an answer too.
    pub(super) async fn apply(&self, plan: Plan) -> Result<Migration, DeployError> {
        let service = &plan.service;
        let Some(_lock) = self.locks.try_lock(service) else {
            return Err(DeployError::InProgress);
        };
        let _lock_of_all = self.keep_others_out(service).await?;
        let revision = self.next_revision(service, plan.live_revision).await?;
        let changes = Changes {
            datamodel: Arc::clone(&plan.datamodel),
            actions: plan.actions,
            new_secrets: plan.new_secrets,
            steps: plan.steps.len(),
        };
        let record = MigrationRecord {
            revision,
            ..plan.record
        };
        let (record, failure) = self.migrate(service, record, changes).await?;
        if failure.is_none() {
            self.serve(service, plan.datamodel, plan.secrets)?;
        }
        Ok(Migration {
            service: plan.service,
            revision,
            status: record.status,
            applied: record.applied,
            rolled_back: record.rolled_back,
            errors: failure.into_iter().collect(),
            started_at: record.started_at,
            finished_at: record.finished_at,
            datamodel: record.datamodel,
            steps: plan.steps,
        })
    }

    /// The revision to be made, if the decision still holds.
    async fn next_revision(
        &self,
        service: &ServiceName,
        live_revision: i32,
    ) -> Result<i32, DeployError> {
        let records = self.database.store().migrations(service).await?;
        let mut revisions = records.iter().map(|record| record.revision);
        let newest = revisions.next();
        let newest = newest.ok_or_else(|| DeployError::UnknownService(service.clone()))?;
        let live = records
            .iter()
            .find(|record| record.status == MigrationStatus::Success);
        let is_live = live.is_some_and(|record| record.revision == live_revision);
        if !is_live || records.iter().any(|record| record.status.is_open()) {
            return Err(DeployError::InProgress);
        }
        Ok(newest + 1)
    }

    /// Makes the changes and keeps the record of them; a failure is told as text.
    ///
    /// Secrets change last, so that a failure leaves them as they are (the original writes them first).
    pub(super) async fn migrate(
        &self,
        service: &ServiceName,
        mut record: MigrationRecord,
        changes: Changes,
    ) -> Result<(MigrationRecord, Option<String>), DeployError> {
        let store = self.database.store();
        record.status = MigrationStatus::InProgress;
        record.started_at = Some(now());
        store.put_migration(service, record.clone()).await?;

        let result = self.change_storage(service, &changes).await;
        let failure = result.err().map(|error| error_text(&error));
        if let Some(failure) = &failure {
            tracing::error!(%service, revision = record.revision, failure, "a migration failed");
            record.errors = serde_json::json!([failure]).to_string();
            // In a transaction all is undone; without one, what was done stays.
            let is_undone = self.database.capabilities().transactional_ddl;
            record.status = if is_undone {
                MigrationStatus::RollbackSuccess
            } else {
                MigrationStatus::RollbackFailure
            };
        } else {
            if let Some(secrets) = changes.new_secrets {
                store.set_secrets(service, secrets).await?;
            }
            record.status = MigrationStatus::Success;
            record.applied = i32::try_from(changes.steps).unwrap_or(i32::MAX);
        }
        record.finished_at = Some(now());
        store.put_migration(service, record.clone()).await?;
        Ok((record, failure))
    }

    async fn change_storage(
        &self,
        service: &ServiceName,
        changes: &Changes,
    ) -> Result<(), ConnectorError> {
        if changes.actions.is_empty() {
            return Ok(());
        }
        let storage = self.database.storage(service)?;
        let datamodel = Arc::clone(&changes.datamodel);
        storage.apply(datamodel, changes.actions.clone()).await
    }
}

/// An error with its causes, on one line.
fn error_text(error: &ConnectorError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Writing to a string does not fail.
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}
