//! From the store into the engine, when a server starts.

use std::sync::Arc;

use prisma_connector::{MigrationRecord, ServiceName, ServiceRecord};
use prisma_datamodel::Datamodel;

use super::{Deployer, apply::Changes};
use crate::{actions::Actions, diff::Diff, error::DeployError, step::StoredStep, stored_schema};

/// What became of migrations that had not ended.
enum Resumed {
    /// There were none, or another server is at them.
    Nothing,
    /// They have ended, and what the store said before may be old.
    Something,
}

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
        let unknown = || DeployError::UnknownService(name.clone());
        let store = self.database.store();
        let secrets = match self.resume(&name).await? {
            Resumed::Nothing => secrets,
            Resumed::Something => store.service(&name).await?.ok_or_else(unknown)?.secrets,
        };
        let live = store.live(&name).await?.ok_or_else(unknown)?;
        let schema = stored_schema::read(&live.schema)?;
        self.serve(&name, Arc::new(schema.datamodel), secrets)
    }

    /// Makes the migrations that a server began and did not end, oldest first. One that another server is still at is
    /// waited for; if that takes too long, the service is served as it was before.
    async fn resume(&self, service: &ServiceName) -> Result<Resumed, DeployError> {
        if self.open_migrations(service).await?.is_empty() {
            return Ok(Resumed::Nothing);
        }
        let _lock = match self.keep_others_out(service).await {
            Ok(lock) => lock,
            Err(DeployError::InProgress) => {
                tracing::warn!(%service, "another server has not ended a migration");
                return Ok(Resumed::Nothing);
            }
            Err(error) => return Err(error),
        };
        let store = self.database.store();
        let mut records = self.open_migrations(service).await?;
        while let Some(record) = records.pop() {
            let revision = record.revision;
            tracing::warn!(%service, revision, "a migration was interrupted and is made again");
            let live = store.live(service).await?;
            let previous = match live {
                Some(live) => stored_schema::read(&live.schema)?.datamodel,
                None => Datamodel::default(),
            };
            let changes = changes_of(&record, &previous)?;
            self.migrate(service, record, changes).await?;
        }
        Ok(Resumed::Something)
    }

    /// Migrations that have not ended, newest first.
    async fn open_migrations(
        &self,
        service: &ServiceName,
    ) -> Result<Vec<MigrationRecord>, DeployError> {
        let mut records = self.database.store().migrations(service).await?;
        records.retain(|record| record.status.is_open());
        Ok(records)
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
