//! A fresh project: one deployed datamodel and no data.

use std::sync::Arc;

use prisma_connector::{Capabilities, Database, ServiceName};
use prisma_deploy::{DeployRequest, Deployer, DeployerOptions};
use prisma_engine::{Engine, GraphqlRequest};
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
    let request = GraphqlRequest {
        query,
        operation_name: None,
        variables,
    };
    let answer = engine.execute(service, request, "test").await;
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| {
        let text = String::from_utf8_lossy(&answer.bytes);
        Value::String(format!("no JSON, {error}: {text}"))
    })
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
