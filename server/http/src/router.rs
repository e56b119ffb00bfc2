//! From a request to the part of the server that answers it.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
};
use futures_util::FutureExt;
use prisma_engine::Engine;

use crate::{
    body,
    config::Limits,
    cors,
    endpoint::Endpoint,
    graphql,
    management::Management,
    page::page,
    request_id::{self, RequestIds},
    respond::{self, HttpResponse, Refusal},
    transactions::{
        Transactions,
        wire::{self, Wish},
    },
};

/// What answers requests.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) engine: Arc<Engine>,
    pub(crate) management: Arc<Management>,
    pub(crate) request_ids: RequestIds,
    pub(crate) limits: Limits,
    pub(crate) transactions: Arc<Transactions>,
}

/// All routes.
pub(crate) fn router(app: App) -> Router {
    // Paths name services, so there is nothing to route by.
    Router::new().fallback(answer).with_state(Arc::new(app))
}

/// Answers any request.
async fn answer(State(app): State<Arc<App>>, request: Request) -> HttpResponse {
    let id = app.request_ids.next();
    let (request, body) = request.into_parts();
    let mut response = survive(dispatch(&app, &request, body, &id), &id).await;
    let headers = response.headers_mut();
    headers.extend(cors::headers(&request.headers));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static(request_id::HEADER), id);
    }
    response
}

/// A panic costs its own request, never the server.
async fn survive(answering: impl Future<Output = HttpResponse>, id: &str) -> HttpResponse {
    // Nothing that a panicking request leaves behind is looked at again.
    let answered = AssertUnwindSafe(answering).catch_unwind().await;
    answered.unwrap_or_else(|_| {
        tracing::error!(request_id = %id, "a request handler panicked");
        respond::internal_error(id)
    })
}

async fn dispatch(app: &App, request: &Parts, body: Body, id: &str) -> HttpResponse {
    if let Some(response) = cors::preflight(request) {
        return response;
    }
    match request.method {
        Method::GET | Method::HEAD => get(request),
        Method::POST => post(app, request, body, id)
            .await
            .unwrap_or_else(|refusal| *refusal),
        _ => {
            let text = "HTTP method not allowed, supported methods: POST, GET";
            let mut response = respond::text(StatusCode::METHOD_NOT_ALLOWED, text);
            let allowed = HeaderValue::from_static("POST, GET");
            response.headers_mut().insert(header::ALLOW, allowed);
            response
        }
    }
}

fn get(request: &Parts) -> HttpResponse {
    if request.uri.path() == "/status" {
        return respond::json(StatusCode::OK, br#""OK""#.to_vec());
    }
    match body::check_accept(&request.headers, "text/html") {
        Ok(()) => respond::html(page(request.uri.path())),
        Err(refusal) => *refusal,
    }
}

/// The steps and their order are server.md §1.3's.
async fn post(app: &App, request: &Parts, body: Body, id: &str) -> Result<HttpResponse, Refusal> {
    body::check_types(&request.headers)?;
    let bytes = body::read(body, &app.limits, id).await?;
    Ok(match Endpoint::of_path(request.uri.path()) {
        Endpoint::Management => {
            let body = body::parse(&bytes, app.limits.batch, id)?;
            let headers = request.headers.clone();
            Arc::clone(&app.management)
                .answer(body, headers, id.to_owned())
                .await
        }
        Endpoint::Api(service) => match Wish::of(&request.headers) {
            Some(wish) => wire::answer(app, &service, wish, &bytes, &request.headers, id).await?,
            None => {
                let body = body::parse(&bytes, app.limits.batch, id)?;
                graphql::answer(&app.engine, &service, body, &request.headers, id).await
            }
        },
        Endpoint::Datamodel(service) => {
            body::check_json(&bytes, id)?;
            let management = &app.management;
            management.datamodel(&service, &request.headers, id).await
        }
        Endpoint::Unserved(word) => {
            let message = format!("This server does not have the path part `{word}`.");
            respond::error(StatusCode::NOT_FOUND, &message, id)
        }
        Endpoint::Unknown => {
            let message = "Unsupported project ID encoding. ";
            respond::error(StatusCode::NOT_FOUND, message, id)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_internal_error() {
        let panicking = async { panic!("on purpose") };
        let response = survive(panicking, "local:1").await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = body::read(response.into_body(), &Limits::default(), "")
            .await
            .unwrap();
        assert_eq!(
            std::str::from_utf8(&body).unwrap(),
            r#"{"errors":[{"message":"Whoops. Looks like an internal server error. Search your server logs for request ID: local:1","requestId":"local:1"}]}"#
        );
    }
}
