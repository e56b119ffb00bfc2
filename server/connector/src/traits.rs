//! What a store implements. All traits are object safe; futures are `Send` and borrow the implementor only.

use std::any::Any;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use prisma_datamodel::Datamodel;

use crate::answer::{Answer, Format};
use crate::capability::Capabilities;
use crate::error::ConnectorError;
use crate::lock::Lock;
use crate::read::ReadPlan;
use crate::service::ServiceName;
use crate::storage::{Probe, StorageAction};
use crate::store::{MigrationRecord, ServiceRecord};
use crate::transaction::{Transaction, TransactionOptions};
use crate::value::Value;
use crate::write::{WriteOutcome, WriteRequest};

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A [`ReadPlan`] as one store runs it, again and again. Opaque to everyone else.
pub trait Prepared: Debug + Send + Sync + Any {
    /// For the store to find its own type again.
    fn as_any(&self) -> &dyn Any;

    /// The statements it runs, for tests and explanations.
    fn statements(&self) -> Vec<String>;
}

/// The data of one service.
pub trait Connector: Debug + Send + Sync + 'static {
    /// What the database can do.
    fn capabilities(&self) -> &Capabilities;

    /// Turns a plan into what this store runs, for answers of one format. Pure; called once per distinct plan.
    ///
    /// # Errors
    /// [`ConnectorError::Plan`] for a plan that was made for another datamodel.
    fn prepare(&self, plan: &ReadPlan, format: Format)
    -> Result<Arc<dyn Prepared>, ConnectorError>;

    /// Runs a read in one snapshot and appends its answer to the buffer.
    fn read(
        &self,
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
    ) -> BoxFuture<'_, Result<Answer, ConnectorError>>;

    /// Runs a write and reads its answer, in one transaction.
    fn write(&self, request: WriteRequest) -> BoxFuture<'_, Result<WriteOutcome, ConnectorError>>;

    /// Runs one statement of the database's own language, outside any transaction (api.md §4.10). Answers JSON: an
    /// array of rows as objects, or the number of affected rows.
    fn raw(&self, text: String) -> BoxFuture<'_, Result<Vec<u8>, ConnectorError>>;

    /// Begins a transaction for several requests.
    ///
    /// # Errors
    /// [`ConnectorError::Transaction`] with [`TransactionEnd::NotBegun`](crate::TransactionEnd::NotBegun) if it cannot
    /// begin in time; [`ConnectorError::Plan`] of a store that has none.
    fn begin(
        &self,
        options: TransactionOptions,
    ) -> BoxFuture<'_, Result<Box<dyn Transaction>, ConnectorError>> {
        let _ = options;
        Box::pin(async { Err(ConnectorError::Plan("no transactions of several requests")) })
    }
}

/// The storage of one service, as deploys see it.
pub trait Storage: Debug + Send + Sync + 'static {
    /// Answers each question about the data of the live datamodel.
    fn probe(
        &self,
        live: Arc<Datamodel>,
        probes: Vec<Probe>,
    ) -> BoxFuture<'_, Result<Vec<bool>, ConnectorError>>;

    /// Makes all changes, in order; all or none where [`Capabilities::transactional_ddl`] is set.
    ///
    /// What an action would create and is there already stays as it is: a table that somebody else made is mapped
    /// (deploy.md §4.3), and a migration that was interrupted can be made again from its start. Where changes of
    /// storage are not transactional, each action is made as a whole or not at all.
    fn apply(
        &self,
        next: Arc<Datamodel>,
        actions: Vec<StorageAction>,
    ) -> BoxFuture<'_, Result<(), ConnectorError>>;
}

/// The management store: which services there are and what was deployed to them (deploy.md §2.9).
pub trait Store: Debug + Send + Sync + 'static {
    /// All services, by name and stage.
    fn services(&self) -> BoxFuture<'_, Result<Vec<ServiceRecord>, ConnectorError>>;

    /// One service.
    fn service(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Option<ServiceRecord>, ConnectorError>>;

    /// Adds a service with its first migration. An existing one is a [`ConnectorError::Internal`]; ask before.
    fn create_service(
        &self,
        service: ServiceRecord,
        first: MigrationRecord,
    ) -> BoxFuture<'_, Result<(), ConnectorError>>;

    /// Removes a service and its migrations, if it exists.
    fn delete_service(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>>;

    /// Replaces the secrets of a service.
    fn set_secrets(
        &self,
        name: &ServiceName,
        secrets: Vec<String>,
    ) -> BoxFuture<'_, Result<(), ConnectorError>>;

    /// All migrations of a service, newest first; empty for an unknown one.
    fn migrations(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Vec<MigrationRecord>, ConnectorError>>;

    /// The newest successful migration: the state of the service.
    fn live(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Option<MigrationRecord>, ConnectorError>>;

    /// Adds a migration, or replaces the one of the same revision.
    fn put_migration(
        &self,
        name: &ServiceName,
        migration: MigrationRecord,
    ) -> BoxFuture<'_, Result<(), ConnectorError>>;
}

/// One configured database: the home of many services and of the management store.
pub trait Database: Debug + Send + Sync + 'static {
    /// What it can do.
    fn capabilities(&self) -> &Capabilities;

    /// The management store; created with its tables when the database was opened.
    fn store(&self) -> Arc<dyn Store>;

    /// Takes the lock that lets one server at a time change a service; none if others hold it for longer than the
    /// patience. All servers on one management store see it.
    fn lock(
        &self,
        name: &ServiceName,
        patience: Duration,
    ) -> BoxFuture<'_, Result<Option<Lock>, ConnectorError>>;

    /// Makes the container of a service: a file, a schema, a database. An existing one is kept.
    fn create_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>>;

    /// Removes the container and all its data. A missing one is no error.
    fn drop_container(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>>;

    /// The storage of a service whose container exists.
    fn storage(&self, name: &ServiceName) -> Result<Arc<dyn Storage>, ConnectorError>;

    /// The data of a service whose storage has the layout of the datamodel.
    fn connector(
        &self,
        name: &ServiceName,
        datamodel: Arc<Datamodel>,
    ) -> Result<Arc<dyn Connector>, ConnectorError>;
}
