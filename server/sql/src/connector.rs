//! The data of one service in a SQL database.

use std::sync::Arc;

use prisma_connector::{
    Answer, BoxFuture, Capabilities, Connector, ConnectorError, Prepared, ReadPlan, Value,
    WriteOutcome, WriteRequest,
};
use prisma_datamodel::Datamodel;

use crate::driver::{Access, Connection, Driver, Job};
use crate::namespace::Namespace;
use crate::read::{self, PreparedRead};
use crate::write::{self, Statements, WriteContext};

/// Implements [`Connector`] over any [`Driver`]: the only implementation in the SQL world.
#[derive(Debug)]
pub struct SqlConnector<D: Driver> {
    driver: Arc<D>,
    namespace: Arc<Namespace>,
    datamodel: Arc<Datamodel>,
    statements: Arc<Statements>,
}

impl<D: Driver> SqlConnector<D> {
    /// The data behind a driver, whose storage has the layout of the datamodel.
    pub fn new(driver: Arc<D>, namespace: Namespace, datamodel: Arc<Datamodel>) -> Self {
        Self {
            driver,
            namespace: Arc::new(namespace),
            datamodel,
            statements: Arc::default(),
        }
    }
}

impl<D: Driver> Connector for SqlConnector<D> {
    fn capabilities(&self) -> &Capabilities {
        &self.namespace.dialect.capabilities
    }

    fn prepare(&self, plan: &ReadPlan) -> Result<Arc<dyn Prepared>, ConnectorError> {
        Ok(Arc::new(read::prepare(
            &self.datamodel,
            &self.namespace,
            plan,
        )?))
    }

    fn read(
        &self,
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
    ) -> BoxFuture<'_, Result<Answer, ConnectorError>> {
        Box::pin(async move {
            let access = read::prepared(&*query)?.access();
            let job = ReadJob {
                query,
                values,
                buffer,
            };
            self.driver.with(access, job).await
        })
    }

    fn write(&self, request: WriteRequest) -> BoxFuture<'_, Result<WriteOutcome, ConnectorError>> {
        let job = WriteJob {
            datamodel: Arc::clone(&self.datamodel),
            namespace: Arc::clone(&self.namespace),
            statements: Arc::clone(&self.statements),
            request,
        };
        Box::pin(self.driver.with(Access::Write, job))
    }

    fn raw(&self, text: String) -> BoxFuture<'_, Result<Vec<u8>, ConnectorError>> {
        Box::pin(self.driver.with(Access::Raw, RawJob { text }))
    }
}

struct ReadJob {
    query: Arc<dyn Prepared>,
    values: Vec<Value>,
    buffer: Vec<u8>,
}

impl<C: Connection> Job<C> for ReadJob {
    type Output = Answer;

    async fn run(self, connection: &mut C) -> Result<Answer, ConnectorError> {
        let query: &PreparedRead = read::prepared(&*self.query)?;
        read::run(connection, query, &self.values, self.buffer).await
    }
}

struct WriteJob {
    datamodel: Arc<Datamodel>,
    namespace: Arc<Namespace>,
    statements: Arc<Statements>,
    request: WriteRequest,
}

impl<C: Connection> Job<C> for WriteJob {
    type Output = WriteOutcome;

    async fn run(self, connection: &mut C) -> Result<WriteOutcome, ConnectorError> {
        let context = WriteContext {
            datamodel: &self.datamodel,
            namespace: &self.namespace,
            statements: &self.statements,
        };
        write::run(connection, context, self.request).await
    }
}

struct RawJob {
    text: String,
}

impl<C: Connection> Job<C> for RawJob {
    type Output = Vec<u8>;

    async fn run(self, connection: &mut C) -> Result<Vec<u8>, ConnectorError> {
        connection.raw(&self.text).await
    }
}
