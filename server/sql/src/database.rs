//! One configured database: containers of services and the management store.

use std::sync::Arc;

use prisma_connector::{
    BoxFuture, Capabilities, Connector, ConnectorError, Database, ServiceName, Storage, Store,
};
use prisma_datamodel::Datamodel;

use crate::connector::SqlConnector;
use crate::driver::Host;
use crate::storage::SqlStorage;
use crate::store::SqlStore;

/// A SQL server, or a folder of SQLite files.
#[derive(Debug)]
pub struct SqlDatabase<H: Host> {
    host: H,
    store: Arc<SqlStore<H::Driver>>,
}

impl<H: Host> SqlDatabase<H> {
    /// Opens it, with its management store.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn open(host: H) -> Result<Self, ConnectorError> {
        let dialect = host.dialect();
        host.create(dialect.layout.management).await?;
        let driver = host.open(dialect.layout.management)?;
        let store = Arc::new(SqlStore::open(driver, dialect).await?);
        Ok(Self { host, store })
    }

    /// The name of a service's container.
    fn container(&self, name: &ServiceName) -> String {
        self.host.dialect().layout.project_id(name)
    }
}

impl<H: Host> Database for SqlDatabase<H> {
    fn capabilities(&self) -> &Capabilities {
        &self.host.dialect().capabilities
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as Arc<dyn Store>
    }

    fn create_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let container = self.container(name);
        Box::pin(async move { self.host.create(&container).await })
    }

    fn drop_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let container = self.container(name);
        Box::pin(async move { self.host.drop(&container).await })
    }

    fn storage(&self, name: &ServiceName) -> Result<Arc<dyn Storage>, ConnectorError> {
        let driver = self.host.open(&self.container(name))?;
        Ok(Arc::new(SqlStorage::new(driver, self.host.dialect())))
    }

    fn connector(
        &self,
        name: &ServiceName,
        datamodel: Arc<Datamodel>,
    ) -> Result<Arc<dyn Connector>, ConnectorError> {
        let driver = self.host.open(&self.container(name))?;
        let dialect = self.host.dialect();
        Ok(Arc::new(SqlConnector::new(driver, dialect, datamodel)))
    }
}
