//! The data of one service in a SQL database.

use std::sync::Arc;
use std::time::Instant;

use prisma_connector::{
    Answer, BoxFuture, Capabilities, Connector, ConnectorError, Format, Prepared, ReadPlan,
    Transaction, TransactionOptions, Value, Write, WriteAnswer, WriteOutcome, WriteRequest,
};
use prisma_datamodel::Datamodel;

use crate::driver::{Access, Connection, Driver, Job};
use crate::namespace::Namespace;
use crate::pace;
use crate::read::{self, PreparedRead};
use crate::retry;
use crate::transaction;
use crate::write::{self, Statements, Way, WriteContext};

/// Implements [`Connector`] over any [`Driver`]: the only implementation in the SQL world.
#[derive(Debug)]
pub struct SqlConnector<D: Driver> {
    driver: Arc<D>,
    shared: Shared,
}

/// What all work on the data of one service shares.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    namespace: Arc<Namespace>,
    datamodel: Arc<Datamodel>,
    statements: Arc<Statements>,
}

impl Shared {
    /// A write that is to be run.
    pub(crate) fn work(&self, write: Write, answer: Option<WriteAnswer>) -> Work {
        Work {
            shared: self.clone(),
            write,
            answer,
        }
    }
}

impl<D: Driver> SqlConnector<D> {
    /// The data behind a driver, whose storage has the layout of the datamodel.
    pub fn new(driver: Arc<D>, namespace: Namespace, datamodel: Arc<Datamodel>) -> Self {
        Self {
            driver,
            shared: Shared {
                namespace: Arc::new(namespace),
                datamodel,
                statements: Arc::default(),
            },
        }
    }
}

impl<D: Driver> Connector for SqlConnector<D> {
    fn capabilities(&self) -> &Capabilities {
        &self.shared.namespace.dialect.capabilities
    }

    fn prepare(
        &self,
        plan: &ReadPlan,
        format: Format,
    ) -> Result<Arc<dyn Prepared>, ConnectorError> {
        Ok(Arc::new(read::prepare(
            &self.shared.datamodel,
            &self.shared.namespace,
            plan,
            format,
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
        Box::pin(async move {
            let WriteRequest {
                write,
                answer,
                buffer,
            } = request;
            let work = Arc::new(self.shared.work(write, answer));
            let (mut way, mut access) =
                write::plan(work.context(), &work.write, work.answer.as_ref());
            // Where one transaction writes at a time, none loses.
            let may_lose = self.shared.namespace.dialect.lock_rows.is_some();
            let mut attempt = 1;
            loop {
                let job = WriteJob {
                    work: Arc::clone(&work),
                    way,
                    buffer: buffer.clone(),
                };
                let error = match self.driver.with(access, job).await {
                    Err(error) => error,
                    done => return done,
                };
                if way == Way::AtOnce && retry::depends_on_order(&error) {
                    (way, access) = (Way::InOrder, Access::Write);
                    continue;
                }
                let pause = retry::pause(&error, &work.write, attempt);
                match pause.filter(|_| may_lose) {
                    Some(pause) => self.driver.pause(pause).await,
                    None => return Err(error),
                }
                attempt += 1;
            }
        })
    }

    fn raw(&self, text: String) -> BoxFuture<'_, Result<Vec<u8>, ConnectorError>> {
        Box::pin(self.driver.with(Access::Raw, RawJob { text }))
    }

    fn begin(
        &self,
        options: TransactionOptions,
    ) -> BoxFuture<'_, Result<Box<dyn Transaction>, ConnectorError>> {
        Box::pin(async move {
            let driver = Arc::clone(&self.driver);
            let transaction = transaction::begin(driver, self.shared.clone(), options).await?;
            Ok(Box::new(transaction) as Box<dyn Transaction>)
        })
    }
}

struct ReadJob {
    query: Arc<dyn Prepared>,
    values: Vec<Value>,
    buffer: Vec<u8>,
}

impl<C: Connection> Job<C> for ReadJob {
    type Output = Answer;

    fn is_short(&self) -> bool {
        read::prepared(&*self.query).is_ok_and(|query| query.pace().is_short())
    }

    async fn run(self, connection: &mut C) -> Result<Answer, ConnectorError> {
        let query: &PreparedRead = read::prepared(&*self.query)?;
        let start = Instant::now();
        let answer = read::run(connection, query, &self.values, self.buffer).await;
        query.pace().note(start.elapsed());
        answer
    }
}

/// A write with all that its attempts share.
pub(crate) struct Work {
    shared: Shared,
    pub(crate) write: Write,
    pub(crate) answer: Option<WriteAnswer>,
}

impl Work {
    pub(crate) fn context(&self) -> WriteContext<'_> {
        WriteContext {
            datamodel: &self.shared.datamodel,
            namespace: &self.shared.namespace,
            statements: &self.shared.statements,
        }
    }
}

/// One attempt.
struct WriteJob {
    work: Arc<Work>,
    way: Way,
    buffer: Vec<u8>,
}

impl<C: Connection> Job<C> for WriteJob {
    type Output = WriteOutcome;

    fn is_short(&self) -> bool {
        pace::is_short(&self.work.write)
    }

    async fn run(self, connection: &mut C) -> Result<WriteOutcome, ConnectorError> {
        let Self { work, way, buffer } = self;
        let answer = work.answer.as_ref();
        write::run(connection, work.context(), &work.write, answer, way, buffer).await
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
