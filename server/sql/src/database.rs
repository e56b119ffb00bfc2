//! One configured database: containers of services and the management store.

use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{
    BoxFuture, Capabilities, Connector, ConnectorError, Database, Lock, ServiceName, Storage, Store,
};
use prisma_datamodel::Datamodel;
use xxhash_rust::xxh3::xxh3_64;

use crate::connector::SqlConnector;
use crate::dialect::{Dialect, Strategy};
use crate::driver::Host;
use crate::namespace::Namespace;
use crate::storage::SqlStorage;
use crate::store::SqlStore;

/// A SQL server, or a folder of SQLite files.
#[derive(Debug)]
pub struct SqlDatabase<H: Host> {
    host: H,
    options: Options,
    store: Arc<SqlStore<H::Driver>>,
}

/// What a configuration fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The container of the management store (deploy.md §2.9); else what the layout says.
    pub management: Option<String>,
    /// One container for all services (deploy.md §2.1); else each has one of its own, named by its project id.
    pub services: Option<String>,
    /// How the levels of a nested read are fetched; else what suits the database.
    pub strategy: Option<Strategy>,
}

impl<H: Host> SqlDatabase<H> {
    /// Opens it, with its management store.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn open(host: H) -> Result<Self, ConnectorError> {
        Self::open_with(host, Options::default()).await
    }

    /// The same with options.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn open_with(host: H, options: Options) -> Result<Self, ConnectorError> {
        let dialect = host.dialect();
        let management = management(&options, dialect);
        host.create(management).await?;
        let driver = host.open(management)?;
        let namespace = Namespace::new(dialect, management);
        let store = Arc::new(SqlStore::open(driver, namespace).await?);
        Ok(Self {
            host,
            options,
            store,
        })
    }

    /// The name of the management store's container.
    fn management(&self) -> &str {
        management(&self.options, self.host.dialect())
    }

    /// The name of a service's container.
    fn container(&self, name: &ServiceName) -> String {
        match &self.options.services {
            Some(container) => container.clone(),
            None => self.host.dialect().layout.project_id(name),
        }
    }

    fn namespace(&self, name: &ServiceName) -> Namespace {
        let namespace = Namespace::new(self.host.dialect(), &self.container(name));
        match self.options.strategy {
            Some(strategy) => namespace.reading(strategy),
            None => namespace,
        }
    }
}

fn management<'o>(options: &'o Options, dialect: &'static Dialect) -> &'o str {
    let configured = options.management.as_deref();
    configured.unwrap_or(dialect.layout.management)
}

impl<H: Host> Database for SqlDatabase<H> {
    fn capabilities(&self) -> &Capabilities {
        &self.host.dialect().capabilities
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as Arc<dyn Store>
    }

    fn lock(
        &self,
        name: &ServiceName,
        patience: Duration,
    ) -> BoxFuture<'_, Result<Option<Lock>, ConnectorError>> {
        let dialect = self.host.dialect();
        let project = dialect.layout.project_id(name);
        let key = xxh3_64(format!("prisma {} {project}", self.management()).as_bytes());
        Box::pin(self.host.lock(key, patience))
    }

    fn create_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let container = self.container(name);
        Box::pin(async move { self.host.create(&container).await })
    }

    fn drop_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        // A container that a configuration names may have more in it than this service.
        let container = self
            .options
            .services
            .is_none()
            .then(|| self.container(name));
        Box::pin(async move {
            match container {
                Some(container) => self.host.drop(&container).await,
                None => Ok(()),
            }
        })
    }

    fn storage(&self, name: &ServiceName) -> Result<Arc<dyn Storage>, ConnectorError> {
        let driver = self.host.open(&self.container(name))?;
        Ok(Arc::new(SqlStorage::new(driver, self.namespace(name))))
    }

    fn connector(
        &self,
        name: &ServiceName,
        datamodel: Arc<Datamodel>,
    ) -> Result<Arc<dyn Connector>, ConnectorError> {
        let driver = self.host.open(&self.container(name))?;
        let namespace = self.namespace(name);
        Ok(Arc::new(SqlConnector::new(driver, namespace, datamodel)))
    }
}
