//! The management API: services come, go and change by GraphQL (deploy.md §3).
//!
//! The schema is fixed, so it is a text ([`document`] reads requests against it); [`execute`] runs the root fields of
//! a request one after the other, [`operations`] says what each does, and [`output`] is the tree that the selections
//! are then read from.

mod document;
mod execute;
mod input;
mod operations;
mod output;

use std::sync::Arc;

use apollo_compiler::{Schema, validation::Valid};
use axum::http::{HeaderMap, StatusCode};
use prisma_connector::ServiceName;
use prisma_deploy::Deployer;
use prisma_engine::{Engine, GraphqlRequest, RequestBody};

use crate::{
    auth::Access,
    config::Secret,
    graphql::{self, Array},
    respond::{self, HttpResponse},
};

/// What `serverInfo` answers.
#[derive(Clone, Debug)]
pub(crate) struct ServerInfo {
    pub(crate) version: String,
    pub(crate) commit: String,
    pub(crate) primary_connector: &'static str,
}

/// The management API.
#[derive(Debug)]
pub(crate) struct Management {
    schema: Valid<Schema>,
    deployer: Arc<Deployer>,
    engine: Arc<Engine>,
    info: ServerInfo,
    /// Signs the tokens of callers; without it everyone may do everything.
    secret: Option<Secret>,
}

/// Who asks, and under which id.
#[derive(Debug)]
struct Caller {
    access: Access,
    request_id: String,
}

impl Management {
    pub(crate) fn new(
        deployer: Arc<Deployer>,
        engine: Arc<Engine>,
        info: ServerInfo,
        secret: Option<Secret>,
    ) -> Self {
        Self {
            schema: document::schema(),
            deployer,
            engine,
            info,
            secret,
        }
    }

    /// Answers a request or a batch. Once begun it runs to its end, even if the caller hangs up: half a service is
    /// worse than one nobody waited for.
    pub(crate) async fn answer(
        self: Arc<Self>,
        body: RequestBody,
        headers: HeaderMap,
        request_id: String,
    ) -> HttpResponse {
        let caller = Caller {
            access: Access::of_request(self.secret.as_ref().map(Secret::expose), &headers),
            request_id: request_id.clone(),
        };
        let running = tokio::spawn(async move {
            match body {
                RequestBody::Single(request) => self.single(&request, &caller).await,
                RequestBody::Batch(requests) => self.batch(&requests, &caller).await,
            }
        });
        running.await.unwrap_or_else(|error| {
            tracing::error!(%request_id, %error, "a management request ended without an answer");
            respond::internal_error(&request_id)
        })
    }

    async fn single(&self, request: &GraphqlRequest, caller: &Caller) -> HttpResponse {
        match document::parse(&request.query) {
            Err(message) => refusal(&message, caller),
            Ok(document) => {
                let bytes = self.execute(&document, request, caller).await;
                respond::json(StatusCode::OK, bytes)
            }
        }
    }

    /// All documents are read before the first one runs.
    async fn batch(&self, requests: &[GraphqlRequest], caller: &Caller) -> HttpResponse {
        let documents: Result<Vec<_>, String> = requests
            .iter()
            .map(|request| document::parse(&request.query))
            .collect();
        let documents = match documents {
            Ok(documents) => documents,
            Err(message) => return refusal(&message, caller),
        };
        let mut answers = Array::default();
        for (document, request) in documents.iter().zip(requests) {
            answers.push(&self.execute(document, request, caller).await);
        }
        respond::json(StatusCode::OK, answers.finish())
    }

    /// The datamodel of a service as it was deployed, as one JSON string. Under the tokens of the service.
    pub(crate) async fn datamodel(
        &self,
        name: &ServiceName,
        headers: &HeaderMap,
        request_id: &str,
    ) -> HttpResponse {
        if let Err(refusal) = graphql::open(&self.engine, name, headers, request_id) {
            return *refusal;
        }
        match self.deployer.service(name).await {
            Ok(service) => respond::json(StatusCode::OK, respond::to_json(&service.datamodel)),
            Err(error) => {
                tracing::error!(%request_id, error = &error as &dyn std::error::Error, "cannot read a datamodel");
                respond::internal_error(request_id)
            }
        }
    }
}

fn refusal(message: &str, caller: &Caller) -> HttpResponse {
    respond::error(StatusCode::BAD_REQUEST, message, &caller.request_id)
}
