//! The services of one database, and everything that changes them.

mod services;

use std::sync::Arc;

use prisma_connector::{Database, ServiceName};
use prisma_engine::Engine;

use crate::{
    error::DeployError,
    migration::Migration,
    request::{DeployOutcome, DeployRequest},
};

/// What deployed services have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployerOptions {
    /// Do APIs get a mutation `executeRaw`?
    pub raw_access: bool,
    /// The name of the database in configurations, and so in the APIs' enum `PrismaDatabase`.
    pub database: String,
}

impl Default for DeployerOptions {
    fn default() -> Self {
        Self {
            raw_access: false,
            database: "default".to_owned(),
        }
    }
}

/// A service, as the management API shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceInfo {
    /// Its name and stage.
    pub name: ServiceName,
    /// The text of the live revision; empty after the service was added.
    pub datamodel: String,
}

/// Adds, deletes and changes services: the management API as functions (deploy.md §3).
#[derive(Clone, Debug)]
pub struct Deployer {
    database: Arc<dyn Database>,
    engine: Arc<Engine>,
    options: Arc<DeployerOptions>,
}

impl Deployer {
    /// For the services of a database, served by an engine.
    #[must_use]
    pub fn new(database: Arc<dyn Database>, engine: Arc<Engine>, options: DeployerOptions) -> Self {
        Self {
            database,
            engine,
            options: Arc::new(options),
        }
    }
}

impl Deployer {
    /// Deploys a datamodel to a service (deploy.md §3.5).
    ///
    /// # Errors
    /// Unknown services (4000), texts that do not parse (3017), ambiguities (3018, 4004), a deploy that has not ended
    /// (4008), and failures of the database. What is wrong with a datamodel is part of the answer.
    pub async fn deploy(&self, request: DeployRequest) -> Result<DeployOutcome, DeployError> {
        Err(DeployError::UnknownService(request.service))
    }

    /// All migrations of a service, newest first; none for an unknown one.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn migrations(&self, service: &ServiceName) -> Result<Vec<Migration>, DeployError> {
        self.database.store().migrations(service).await?;
        Ok(Vec::new())
    }

    /// The oldest migration that has not ended, else the newest that succeeded.
    ///
    /// # Errors
    /// Unknown services (4000), and failures of the database.
    pub async fn migration_status(&self, service: &ServiceName) -> Result<Migration, DeployError> {
        Err(DeployError::UnknownService(service.clone()))
    }

    /// Reads every service from the store into the engine, and ends migrations that were interrupted. One that cannot
    /// be served is logged and left out.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn load(&self) -> Result<(), DeployError> {
        Ok(())
    }
}
