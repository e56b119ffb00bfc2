//! From the store into the engine, when a server starts.

use std::sync::Arc;

use prisma_connector::{MigrationRecord, ServiceName, ServiceRecord};
use prisma_datamodel::Datamodel;

use super::{Deployer, apply::Changes};
use crate::{actions::Actions, diff::Diff, error::DeployError, step::StoredStep, stored_schema};

impl Deployer {
    /// Reads every service from the store into the engine. Migrations that were interrupted are made first. A service
    /// that cannot be served is logged and left out.
    ///
    /// # Errors
    /// Failures of the database that concern no single service.
    pub async fn load(&self) -> Result<(), DeployError> {
        for service in self.database.store().services().await? {
            let name = service.name.clone();
            if let Err(error) = self.load_service(service).await {
                tracing::error!(service = %name, %error, cause = ?error, "a service cannot be served");
            }
        }
        Ok(())
    }

    async fn load_service(&self, service: ServiceRecord) -> Result<(), DeployError> {
        let ServiceRecord { name, secrets } = service;
        let _lock = self.locks.lock(&name).await;
        let secrets = self.resume(&name).await?.unwrap_or(secrets);
        let live = self.database.store().live(&name).await?;
        let live = live.ok_or_else(|| DeployError::UnknownService(name.clone()))?;
        let schema = stored_schema::read(&live.schema)?;
        self.serve(&name, Arc::new(schema.datamodel), secrets)
    }

    /// Makes the migrations that a server began and did not end, oldest first. Answers the secrets they set, if they
    /// set any.
    async fn resume(&self, service: &ServiceName) -> Result<Option<Vec<String>>, DeployError> {
        let store = self.database.store();
        let mut records = store.migrations(service).await?;
        records.retain(|record| record.status.is_open());
        let mut secrets = None;
        while let Some(record) = records.pop() {
            let revision = record.revision;
            tracing::warn!(%service, revision, "a migration was interrupted and is made again");
            let live = store.live(service).await?;
            let previous = match live {
                Some(live) => stored_schema::read(&live.schema)?.datamodel,
                None => Datamodel::default(),
            };
            let changes = changes_of(&record, &previous)?;
            let new_secrets = changes.new_secrets.clone();
            let (_, failure) = self.migrate(service, record, changes).await?;
            if failure.is_none() {
                secrets = new_secrets.or(secrets);
            }
        }
        Ok(secrets)
    }
}

/// What the migration of a record has to do, after a datamodel.
fn changes_of(record: &MigrationRecord, previous: &Datamodel) -> Result<Changes, DeployError> {
    let datamodel = stored_schema::read(&record.schema)?.datamodel;
    let diff = Diff::new(previous, &datamodel)?;
    let actions = Actions::new(previous, &datamodel, &diff);
    let steps: Vec<StoredStep> =
        serde_json::from_str(&record.steps).map_err(stored_schema::StoredSchemaError::Json)?;
    let new_secrets = steps.iter().rev().find_map(|step| match step {
        StoredStep::UpdateSecrets { secrets } => Some(secrets.clone()),
        _ => None,
    });
    Ok(Changes {
        datamodel: Arc::new(datamodel),
        actions: actions.create,
        new_secrets,
        steps: steps.len(),
    })
}
