//! A fresh project: one deployed datamodel and no data.

use std::sync::Arc;

use prisma_connector::{Capabilities, Database, ServiceName, TransactionOptions};
use prisma_deploy::{DeployRequest, Deployer, DeployerOptions};
use prisma_engine::{ApiError, Engine, GraphqlRequest, Transaction};
use prisma_tests_databases::Server;
use serde_json::{Value, value::RawValue};

use crate::{
    error::SetupError,
    store::{Store, block_on},
};

/// A project that nobody else uses. It goes with its data when it is dropped.
#[derive(Debug)]
pub struct Project {
    engine: Arc<Engine>,
    deployer: Deployer,
    name: ServiceName,
    capabilities: Capabilities,
}

impl Project {
    /// Deploys a datamodel to a new project of a store; `None` if there is no server for it here.
    ///
    /// # Errors
    /// [`SetupError`]
    pub async fn deploy(store: Store, datamodel: &str) -> Result<Option<Self>, SetupError> {
        let Some(database) = store.open().await? else {
            return Ok(None);
        };
        Self::deploy_on(database, datamodel).await.map(Some)
    }

    async fn deploy_on(database: Arc<dyn Database>, datamodel: &str) -> Result<Self, SetupError> {
        let engine = Arc::new(Engine::new());
        let capabilities = *database.capabilities();
        let options = DeployerOptions {
            raw_access: true,
            ..DeployerOptions::default()
        };
        let deployer = Deployer::new(database, Arc::clone(&engine), options);
        let name = ServiceName::new(Server::fresh("suite"), "dev");
        deployer
            .add_service(&name.name, &name.stage, Vec::new())
            .await?;
        let project = Self {
            engine,
            deployer,
            name,
            capabilities,
        };
        let outcome = project
            .deployer
            .deploy(DeployRequest {
                service: project.name.clone(),
                types: datamodel.to_owned(),
                ..DeployRequest::default()
            })
            .await?;
        if outcome.errors.is_empty() {
            Ok(project)
        } else {
            Err(SetupError::Refused(format!("{:?}", outcome.errors)))
        }
    }

    /// Its service and stage.
    #[must_use]
    pub fn name(&self) -> &ServiceName {
        &self.name
    }

    /// What its database can do.
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Answers one request: the whole response, with `data` and `errors`.
    pub async fn send(&self, query: &str) -> Value {
        self.send_with(query, None).await
    }

    /// The same with variables, a JSON object.
    pub async fn send_with(&self, query: &str, variables: Option<Box<RawValue>>) -> Value {
        send(&self.engine, &self.name, query.to_owned(), variables).await
    }
}

impl Project {
    /// Begins a transaction.
    ///
    /// # Errors
    /// [`ApiError`]
    pub async fn begin(&self, options: TransactionOptions) -> Result<ProjectTransaction, ApiError> {
        Ok(ProjectTransaction {
            inner: self.engine.begin(&self.name, options).await?,
            engine: Arc::clone(&self.engine),
        })
    }

    /// Answers one request as a whole: all of its root fields or none.
    pub async fn send_whole(&self, query: &str) -> Value {
        let request = request(query.to_owned(), None);
        let options = TransactionOptions::default();
        let answer = self
            .engine
            .execute_whole(&self.name, request, options, "test");
        parsed(&answer.await.bytes)
    }

    /// Answers requests that all come at once, in their order.
    pub async fn send_together(&self, requests: impl IntoIterator<Item = String>) -> Vec<Value> {
        let waiting: Vec<_> = requests
            .into_iter()
            .map(|query| {
                let (engine, name) = (Arc::clone(&self.engine), self.name.clone());
                tokio::spawn(async move { send(&engine, &name, query, None).await })
            })
            .collect();
        let mut answers = Vec::with_capacity(waiting.len());
        for answer in waiting {
            answers.push(answer.await.unwrap_or_else(|error| {
                Value::String(format!("the request came to no end: {error}"))
            }));
        }
        answers
    }
}

async fn send(
    engine: &Engine,
    service: &ServiceName,
    query: String,
    variables: Option<Box<RawValue>>,
) -> Value {
    let request = request(query, variables);
    let answer = engine.execute(service, request, "test").await;
    parsed(&answer.bytes)
}

fn request(query: String, variables: Option<Box<RawValue>>) -> GraphqlRequest {
    GraphqlRequest {
        query,
        variables,
        ..GraphqlRequest::default()
    }
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|error| {
        let text = String::from_utf8_lossy(bytes);
        Value::String(format!("no JSON, {error}: {text}"))
    })
}

/// A transaction of a project.
#[derive(Debug)]
pub struct ProjectTransaction {
    inner: Transaction,
    engine: Arc<Engine>,
}

impl ProjectTransaction {
    /// Answers one request within the transaction.
    pub async fn send(&self, query: &str) -> Value {
        let request = request(query.to_owned(), None);
        let answer = self.engine.execute_in(&self.inner, request, "test");
        parsed(&answer.await.bytes)
    }

    /// Makes its work last.
    ///
    /// # Errors
    /// [`ApiError`]
    pub async fn commit(&self) -> Result<(), ApiError> {
        self.inner.commit().await
    }

    /// Undoes its work.
    ///
    /// # Errors
    /// [`ApiError`]
    pub async fn roll_back(&self) -> Result<(), ApiError> {
        self.inner.roll_back().await
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let deployer = self.deployer.clone();
        let name = self.name.clone();
        // What stays behind is a container that no other project will ever be given.
        let cleaning = std::thread::spawn(move || {
            let _ = block_on(deployer.delete_service(&name));
        });
        let _ = cleaning.join();
    }
}
