//! The services of one database, and everything that changes them.

mod apply;
mod deploy;
mod history;
mod load;
mod locks;
mod services;

use std::{future::Future, sync::Arc, time::Duration};

use prisma_connector::{Database, Lock, ServiceName};
use prisma_datamodel::Datamodel;
use prisma_engine::{Engine, Service, ServiceOptions, id::Ids};
use tokio::runtime::Handle;

use crate::error::DeployError;

/// What deployed services have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployerOptions {
    /// Do APIs get a mutation `executeRaw`?
    pub raw_access: bool,
    /// The name of the database in configurations, and so in the APIs' enum `PrismaDatabase`.
    pub database: String,
    /// How long a change of a service waits for other servers on the database that change services.
    pub patience: Duration,
}

impl Default for DeployerOptions {
    fn default() -> Self {
        Self {
            raw_access: false,
            database: "default".to_owned(),
            patience: Duration::from_secs(10),
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

/// Adds, deletes and changes services: the management API as functions (deploy.md §3). Clones share everything.
#[derive(Clone, Debug)]
pub struct Deployer {
    database: Arc<dyn Database>,
    engine: Arc<Engine>,
    options: Arc<DeployerOptions>,
    ids: Arc<Ids>,
    locks: Arc<locks::Locks>,
}

impl Deployer {
    /// For the services of a database, served by an engine.
    #[must_use]
    pub fn new(database: Arc<dyn Database>, engine: Arc<Engine>, options: DeployerOptions) -> Self {
        Self {
            database,
            engine,
            options: Arc::new(options),
            ids: Arc::default(),
            locks: Arc::default(),
        }
    }

    /// Keeps other servers on the database from changing a service; 4008 if one of them does for long.
    async fn keep_others_out(&self, service: &ServiceName) -> Result<Lock, DeployError> {
        let lock = self.database.lock(service, self.options.patience).await?;
        lock.ok_or(DeployError::InProgress)
    }

    /// Makes a datamodel what requests are answered with.
    fn serve(
        &self,
        name: &ServiceName,
        datamodel: Arc<Datamodel>,
        secrets: Vec<String>,
    ) -> Result<(), DeployError> {
        let connector = self.database.connector(name, Arc::clone(&datamodel))?;
        let options = ServiceOptions {
            raw_access: self.options.raw_access,
            databases: vec![self.options.database.clone()],
            secrets,
        };
        let service = Service::new(name.clone(), datamodel, connector, options)?;
        self.engine.swap(Arc::new(service));
        Ok(())
    }
}

/// Does work that must come to its end even if the caller goes away half-way, as a closed connection does. Without a
/// runtime of tokio there is nobody else to do it, so it is done in place.
async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, DeployError>> + Send + 'static,
) -> Result<T, DeployError> {
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn(work).await.map_err(|error| {
            tracing::error!(%error, "a change of a service ended without an answer");
            DeployError::Interrupted
        })?,
        Err(_) => work.await,
    }
}

/// Milliseconds since the epoch.
fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}
