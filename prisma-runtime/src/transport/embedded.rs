//! In process: the engine of the server, on SQLite.

use std::{
    fmt,
    marker::PhantomData,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures_util::FutureExt;
use prisma_connector::{
    ConnectorError, Database, Format, Isolation as StoreIsolation, ServiceName,
    TransactionOptions as StoreOptions,
};
use prisma_deploy::{DeployError, DeployRequest, Deployer, DeployerOptions, Issue};
use prisma_engine::{ApiError, Engine, GraphqlRequest, ResponseBody, Transaction, id::Ids};
use prisma_sql::SqlDatabase;
use prisma_sqlite::{SqliteHost, SqliteOptions};

use crate::{
    answer,
    client::Client,
    error::{Error, Result},
    transport::{
        BoxFuture, Isolation, Request, Session, TransactionOptions, Transport, TransportError,
    },
};

/// The path of a database that lives in memory.
const MEMORY: &str = ":memory:";

/// A transport to an engine in this process. Its request takes the way of a server's, without the network.
pub struct Embedded(Arc<Shared>);

/// What requests and transactions share.
struct Shared {
    engine: Arc<Engine>,
    service: ServiceName,
    /// What the ids of requests begin with, so that logs of several processes can be told apart.
    name: String,
    requests: AtomicU64,
}

impl Shared {
    fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{}:{number}", self.name)
    }
}

/// A transaction of an engine in this process.
struct EmbeddedSession {
    shared: Arc<Shared>,
    transaction: Transaction,
    lease: Duration,
}

/// Options of an embedded client. `D` is the generated `Db`.
///
/// ```no_run
/// # use prisma_runtime::{Client, EmbeddedBuilder, EmbeddedError};
/// # async fn open() -> Result<Client, EmbeddedError> {
/// EmbeddedBuilder::new("data").deploy("type User { id: ID! @id }").build().await
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a client is made by `.build().await`"]
pub struct EmbeddedBuilder<D> {
    path: String,
    service: ServiceName,
    datamodel: Option<String>,
    force: bool,
    raw_access: bool,
    db: PhantomData<fn() -> D>,
}

impl<D: From<Client>> EmbeddedBuilder<D> {
    /// For the databases in this folder, which is the `DIR` of a server's `sqlite:DIR`; or in memory, for `:memory:`.
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            service: ServiceName::default(),
            datamodel: None,
            force: false,
            raw_access: false,
            db: PhantomData,
        }
    }

    /// For this service and stage; without it `default` and `default`.
    pub fn service(mut self, name: &str, stage: &str) -> Self {
        self.service = ServiceName::new(name, stage);
        self
    }

    /// Deploys this datamodel first: adds the service if there is none, and brings its storage up to date. Without it
    /// the service must be there.
    pub fn deploy(mut self, datamodel: &str) -> Self {
        self.datamodel = Some(datamodel.to_owned());
        self
    }

    /// Deploys in spite of warnings, such as of data that is lost.
    pub fn force(mut self) -> Self {
        self.force = true;
        self
    }

    /// Allows `executeRaw`.
    pub fn raw_access(mut self) -> Self {
        self.raw_access = true;
        self
    }

    /// Opens the databases and makes the client.
    ///
    /// # Errors
    /// [`EmbeddedError`]: a folder that cannot be used, or a datamodel that cannot be deployed. Nothing is deployed
    /// then.
    pub async fn build(self) -> Result<D, EmbeddedError> {
        let host = if self.path == MEMORY {
            SqliteHost::memory()
        } else {
            SqliteHost::folder(&self.path, SqliteOptions::default())?
        };
        let database: Arc<dyn Database> = Arc::new(SqlDatabase::open(host).await?);
        let engine = Arc::new(Engine::new());
        let options = DeployerOptions {
            raw_access: self.raw_access,
            ..DeployerOptions::default()
        };
        let deployer = Deployer::new(database, Arc::clone(&engine), options);
        deployer.load().await?;
        if let Some(datamodel) = self.datamodel {
            bring_up_to_date(&deployer, &engine, &self.service, datamodel, self.force).await?;
        }
        if engine.service(&self.service).is_none() {
            return Err(EmbeddedError::NotDeployed(self.service.to_string()));
        }
        let transport = Embedded(Arc::new(Shared {
            engine,
            service: self.service,
            name: format!("embedded:{}", Ids::default().cuid(now())),
            requests: AtomicU64::new(1),
        }));
        Ok(Client::new(transport).into())
    }
}

async fn bring_up_to_date(
    deployer: &Deployer,
    engine: &Engine,
    service: &ServiceName,
    datamodel: String,
    force: bool,
) -> Result<(), EmbeddedError> {
    if engine.service(service).is_none() {
        let added = deployer.add_service(&service.name, &service.stage, Vec::new());
        added.await?;
    }
    let request = DeployRequest {
        service: service.clone(),
        types: datamodel,
        force,
        ..DeployRequest::default()
    };
    let outcome = deployer.deploy(request).await?;
    if !outcome.errors.is_empty() {
        return Err(EmbeddedError::Refused(Issues(outcome.errors)));
    }
    if !outcome.warnings.is_empty() && !force {
        return Err(EmbeddedError::Warned(Issues(outcome.warnings)));
    }
    Ok(())
}

/// Why an embedded client could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// The folder or its files cannot be used.
    #[error("the databases cannot be opened")]
    Database(#[from] ConnectorError),
    /// The datamodel cannot be deployed: it is no datamodel, or another deploy is under way.
    #[error(transparent)]
    Deploy(#[from] DeployError),
    /// The datamodel has errors, or asks for a change that is not possible.
    #[error("the datamodel was not deployed:{0}")]
    Refused(Issues),
    /// The change wants [`EmbeddedBuilder::force`].
    #[error("the datamodel was not deployed, for this wants `.force()`:{0}")]
    Warned(Issues),
    /// There is no such service.
    #[error("there is no service `{0}`; `.deploy(datamodel)` makes it")]
    NotDeployed(String),
}

/// Errors or warnings of a deploy, one per line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issues(Vec<Issue>);

impl Issues {
    /// What each of them says.
    pub fn descriptions(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|issue| issue.description.as_str())
    }
}

impl fmt::Display for Issues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for issue in &self.0 {
            write!(f, "\n  {}", issue.type_name)?;
            if let Some(field) = &issue.field {
                write!(f, ".{field}")?;
            }
            write!(f, ": {}", issue.description)?;
        }
        Ok(())
    }
}

/// A request as the engine takes it.
fn lowered(request: Request) -> GraphqlRequest {
    GraphqlRequest {
        query: request.query,
        operation_name: request.operation_name,
        variables: Some(request.variables),
        format: if request.packed {
            Format::Packed
        } else {
            Format::Json
        },
    }
}

impl Transport for Embedded {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async move {
            let Shared {
                engine, service, ..
            } = &*self.0;
            let id = self.0.request_id();
            let is_atomic = request.atomic;
            let request = lowered(request);
            let answer = if is_atomic {
                let options = StoreOptions::default();
                engine.execute_whole(service, request, options, &id).await
            } else {
                engine.execute(service, request, &id).await
            };
            Ok(Bytes::from(answer.bytes))
        })
    }

    fn begin(&self, options: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        Box::pin(async move {
            let options = store_options(options);
            let begun = self.0.engine.begin(&self.0.service, options).await;
            Ok(Arc::new(EmbeddedSession {
                transaction: begun.map_err(|error| self.0.told(&error))?,
                shared: Arc::clone(&self.0),
                lease: options.lease,
            }) as Arc<dyn Session>)
        })
    }
}

fn store_options(options: TransactionOptions) -> StoreOptions {
    let usual = StoreOptions::default();
    StoreOptions {
        isolation: match options.isolation {
            Isolation::ReadCommitted => StoreIsolation::ReadCommitted,
            Isolation::RepeatableRead => StoreIsolation::RepeatableRead,
            Isolation::Serializable => StoreIsolation::Serializable,
        },
        max_wait: options.max_wait.unwrap_or(usual.max_wait),
        lease: options.timeout.unwrap_or(usual.lease),
    }
}

impl Shared {
    /// An error of the engine as clients over HTTP are told it.
    fn told(&self, error: &ApiError) -> Error {
        let body = ResponseBody::turned_away(error, &self.request_id());
        match answer::data(&body.bytes) {
            Err(error) => error,
            Ok(_) => Error::decode("an error", "none"),
        }
    }
}

impl Transport for EmbeddedSession {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async move {
            let id = self.shared.request_id();
            let engine = &self.shared.engine;
            let answer = engine.execute_in(&self.transaction, lowered(request), &id);
            Ok(Bytes::from(answer.await.bytes))
        })
    }
}

impl Session for EmbeddedSession {
    fn lease(&self) -> Duration {
        self.lease
    }

    fn commit(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let committed = self.transaction.commit().await;
            committed.map_err(|error| self.shared.told(&error))
        })
    }

    fn roll_back(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let undone = self.transaction.roll_back().await;
            undone.map_err(|error| self.shared.told(&error))
        })
    }

    /// The transaction is told to end before anybody waits for it.
    fn abandon(&self) {
        let _ = self.roll_back().now_or_never();
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded")
            .field("service", &self.0.service)
            .finish_non_exhaustive()
    }
}

/// Milliseconds since the epoch.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}
