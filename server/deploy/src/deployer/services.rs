//! Services come and go (deploy.md §3.3, §3.7).

use std::sync::Arc;

use prisma_connector::{
    ConnectorError, MigrationRecord, MigrationStatus, ServiceName, ServiceRecord,
};
use prisma_datamodel::Datamodel;

use super::{Deployer, ServiceInfo, to_the_end};
use crate::{error::DeployError, service_name, stored_schema};

impl Deployer {
    /// Adds a service without models. Revision 1 is its empty datamodel.
    ///
    /// # Errors
    /// Names that are reserved (4006, 4007), invalid (4001, 4002) or taken (4005), checked in this order; failures of
    /// the database.
    pub async fn add_service(
        &self,
        name: &str,
        stage: &str,
        secrets: Vec<String>,
    ) -> Result<ServiceName, DeployError> {
        let name = service_name::check(name, stage)?;
        let deployer = self.clone();
        to_the_end(async move { deployer.add(name, secrets).await }).await
    }

    async fn add(
        &self,
        name: ServiceName,
        secrets: Vec<String>,
    ) -> Result<ServiceName, DeployError> {
        let _lock = self.locks.lock(&name).await;
        let _lock_of_all = self.keep_others_out(&name).await?;
        let store = self.database.store();
        if store.service(&name).await?.is_some() {
            return Err(DeployError::ServiceExists(name));
        }
        // The container first: a service on record always has one.
        let created = self.database.create_container(&name).await;
        created.map_err(|error| match error {
            ConnectorError::Name(_) => DeployError::InvalidName(name.name.clone()),
            other => other.into(),
        })?;
        let record = ServiceRecord {
            name: name.clone(),
            secrets: secrets.clone(),
        };
        store.create_service(record, first_revision()?).await?;
        self.serve(&name, Arc::default(), secrets)?;
        Ok(name)
    }

    /// Deletes a service with all its data.
    ///
    /// # Errors
    /// Unknown services (4000), and failures of the database.
    pub async fn delete_service(&self, name: &ServiceName) -> Result<ServiceInfo, DeployError> {
        let deployer = self.clone();
        let name = name.clone();
        to_the_end(async move { deployer.delete(&name).await }).await
    }

    async fn delete(&self, name: &ServiceName) -> Result<ServiceInfo, DeployError> {
        let _lock = self.locks.lock(name).await;
        let _lock_of_all = self.keep_others_out(name).await?;
        let info = self.service(name).await?;
        self.engine.remove(name);
        // The record last: what is left of a deletion that was interrupted can be deleted, and no later service of
        // this name finds old data.
        self.database.drop_container(name).await?;
        self.database.store().delete_service(name).await?;
        Ok(info)
    }

    /// All services that have a live revision, by name and stage.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn services(&self) -> Result<Vec<ServiceInfo>, DeployError> {
        let store = self.database.store();
        let mut services = Vec::new();
        for record in store.services().await? {
            if let Some(live) = store.live(&record.name).await? {
                services.push(ServiceInfo {
                    name: record.name,
                    datamodel: live.datamodel,
                });
            }
        }
        Ok(services)
    }

    /// One service.
    ///
    /// # Errors
    /// Unknown services (4000), and failures of the database.
    pub async fn service(&self, name: &ServiceName) -> Result<ServiceInfo, DeployError> {
        let live = self.database.store().live(name).await?;
        let live = live.ok_or_else(|| DeployError::UnknownService(name.clone()))?;
        Ok(ServiceInfo {
            name: name.clone(),
            datamodel: live.datamodel,
        })
    }
}

/// What a service has before anything is deployed to it.
fn first_revision() -> Result<MigrationRecord, DeployError> {
    Ok(MigrationRecord {
        revision: 1,
        schema: stored_schema::write(&Datamodel::default(), &stored_schema::Identifiers::new())?,
        functions: "[]".to_owned(),
        status: MigrationStatus::Success,
        applied: 0,
        rolled_back: 0,
        steps: "[]".to_owned(),
        errors: "[]".to_owned(),
        started_at: None,
        finished_at: None,
        datamodel: String::new(),
    })
}
