//! The APIs of services.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode};
use futures_util::{StreamExt, stream};
use prisma_connector::ServiceName;
use prisma_engine::{ApiError, Engine, RequestBody, ResponseBody, Service};

use crate::{
    auth,
    respond::{self, HttpResponse},
};

/// Requests of one batch that run at the same time.
const BATCH_CONCURRENCY: usize = 16;

/// The service of a request, if it exists and the request may use it.
pub(crate) fn open(
    engine: &Engine,
    name: &ServiceName,
    headers: &HeaderMap,
    id: &str,
) -> Result<Arc<Service>, HttpResponse> {
    let service = engine.service(name).ok_or_else(|| {
        let service = name.to_string();
        refusal(&ApiError::ServiceNotFound { service }, id)
    })?;
    if auth::service_allows(service.secrets(), headers) {
        Ok(service)
    } else {
        Err(refusal(&ApiError::InvalidToken, id))
    }
}

/// Answers a request or a batch.
pub(crate) async fn answer(
    engine: &Engine,
    name: &ServiceName,
    body: RequestBody,
    headers: &HeaderMap,
    id: &str,
) -> HttpResponse {
    if let Err(refusal) = open(engine, name, headers, id) {
        return refusal;
    }
    match body {
        RequestBody::Single(request) => {
            let answer = engine.execute(name, request, id).await;
            respond::json(status(&answer), answer.bytes)
        }
        RequestBody::Batch(requests) => {
            let mut answers = stream::iter(requests)
                .map(|request| engine.execute(name, request, id))
                .buffered(BATCH_CONCURRENCY);
            let mut array = Array::default();
            while let Some(answer) = answers.next().await {
                if answer.refused {
                    return respond::json(status(&answer), answer.bytes);
                }
                array.push(&answer.bytes);
            }
            respond::json(StatusCode::OK, array.finish())
        }
    }
}

/// Where the original answers a caller's mistake with 500, the answer is 400.
fn status(answer: &ResponseBody) -> StatusCode {
    if answer.refused {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    }
}

fn refusal(error: &ApiError, id: &str) -> HttpResponse {
    respond::error(StatusCode::OK, error.code(), &error.to_string(), id)
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
