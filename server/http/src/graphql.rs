//! The APIs of services.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode};
use futures_util::{StreamExt, stream};
use prisma_connector::ServiceName;
use prisma_engine::{ApiError, Engine, RequestBody, ResponseBody, Service};

use crate::{
    auth,
    respond::{self, HttpResponse, Refusal},
};

/// Requests of one batch that run at the same time.
const BATCH_CONCURRENCY: usize = 16;

/// The service of a request, if it exists and the request may use it. Asked before the request is read: strangers get
/// no work out of the server.
pub(crate) fn open(
    engine: &Engine,
    name: &ServiceName,
    headers: &HeaderMap,
    id: &str,
) -> Result<Arc<Service>, Refusal> {
    let Some(service) = engine.service(name) else {
        let service = name.to_string();
        return Err(refusal(&ApiError::ServiceNotFound { service }, id).into());
    };
    if !auth::service_allows(service.secrets(), headers) {
        return Err(refusal(&ApiError::InvalidToken, id).into());
    }
    Ok(service)
}

/// Answers a request or a batch.
pub(crate) async fn answer(
    engine: &Engine,
    name: &ServiceName,
    body: RequestBody,
    headers: &HeaderMap,
    id: &str,
) -> HttpResponse {
    let service = match open(engine, name, headers, id) {
        Ok(service) => service,
        Err(refusal) => return *refusal,
    };
    match body {
        RequestBody::Single(request) => respond_with(engine.execute(name, request, id).await),
        RequestBody::Batch(requests) => {
            // One document that cannot be read refuses them all, before any of them runs.
            let unreadable = requests
                .iter()
                .find_map(|request| engine.check_syntax(&service, request).err());
            if let Some(message) = unreadable {
                return respond_with(ResponseBody::unreadable(&message, id));
            }
            let mut answers = stream::iter(requests)
                .map(|request| engine.execute(name, request, id))
                .buffered(BATCH_CONCURRENCY);
            let mut array = Array::default();
            while let Some(answer) = answers.next().await {
                array.push(&answer.bytes);
            }
            respond::json(StatusCode::OK, array.finish())
        }
    }
}

/// Where the original answers a caller's mistake with 500, the answer is 400.
pub(crate) fn respond_with(answer: ResponseBody) -> HttpResponse {
    let status = if answer.refused {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    respond::json(status, answer.bytes)
}

fn refusal(error: &ApiError, id: &str) -> HttpResponse {
    respond_with(ResponseBody::turned_away(error, id))
}

/// A JSON array, written element by element.
#[derive(Default)]
pub(crate) struct Array(Vec<u8>);

impl Array {
    pub(crate) fn push(&mut self, element: &[u8]) {
        self.0.push(if self.0.is_empty() { b'[' } else { b',' });
        self.0.extend_from_slice(element);
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        if self.0.is_empty() {
            self.0.push(b'[');
        }
        self.0.push(b']');
        self.0
    }
}
