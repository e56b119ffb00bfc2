//! The header by which requests begin, use and end transactions.
//!
//! `Prisma-Transaction: begin` begins one; the body is an object with `isolation`, `maxWait` and `timeout`, each of which
//! may be missing. The answer has the id and the lease in milliseconds, as `data` and as headers. A request with the id
//! in that header runs within the transaction; `commit ID` and `rollback ID` end it, whatever the body. `whole` needs no
//! id: the document of the request is a transaction by itself.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use prisma_connector::{ServiceName, TransactionOptions};
use prisma_engine::{ApiError, RequestBody, ResponseBody};
use serde_json::json;

use super::{Asked, Begun};
use crate::{
    body, graphql,
    respond::{self, HttpResponse, Refusal},
    router::App,
};

const HEADER: HeaderName = HeaderName::from_static("prisma-transaction");
const LEASE_HEADER: HeaderName = HeaderName::from_static("prisma-transaction-lease");

/// What a request wants with a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish<'a> {
    /// A new one.
    Begin,
    /// One for this document alone.
    Whole,
    /// To make the work of this one last.
    Commit(&'a str),
    /// To undo the work of this one.
    RollBack(&'a str),
    /// To run within this one.
    Within(&'a str),
}

impl<'a> Wish<'a> {
    /// What the headers of a request say; none without the header.
    pub(crate) fn of(headers: &'a HeaderMap) -> Option<Self> {
        // No id has characters that a text of a header cannot have, so none is found.
        let text = headers.get(HEADER)?.to_str().unwrap_or_default().trim();
        Some(match text.split_once(' ') {
            Some(("commit", id)) => Self::Commit(id.trim()),
            Some(("rollback", id)) => Self::RollBack(id.trim()),
            _ if text == "begin" => Self::Begin,
            _ if text == "whole" => Self::Whole,
            _ => Self::Within(text),
        })
    }
}

/// Answers a request with the header.
pub(crate) async fn answer(
    app: &App,
    service: &ServiceName,
    wish: Wish<'_>,
    bytes: &[u8],
    headers: &HeaderMap,
    id: &str,
) -> Result<HttpResponse, Refusal> {
    graphql::open(&app.engine, service, headers, id)?;
    let refused = |error: ApiError| Refusal::from(refusal(service, &error, id));
    match wish {
        Wish::Begin => {
            let options = app.transactions.options(&asked(bytes, id)?);
            let begun = app.transactions.begin(&app.engine, service, options);
            Ok(told(&begun.await.map_err(refused)?))
        }
        Wish::Commit(transaction) => {
            let committed = app.transactions.commit(service, transaction);
            committed.await.map_err(refused)?;
            Ok(done())
        }
        Wish::RollBack(transaction) => {
            let undone = app.transactions.roll_back(service, transaction);
            undone.await.map_err(refused)?;
            Ok(done())
        }
        Wish::Within(transaction) => {
            let transaction = app.transactions.find(service, transaction);
            let transaction = transaction.map_err(refused)?;
            match body::parse(bytes, app.limits.batch, id)? {
                RequestBody::Single(request) => {
                    let answer = app.engine.execute_in(&transaction, request, id);
                    Ok(graphql::respond_with(answer.await))
                }
                RequestBody::Batch(requests) => {
                    let mut array = graphql::Array::default();
                    for request in requests {
                        let answer = app.engine.execute_in(&transaction, request, id).await;
                        array.push(&answer.bytes);
                    }
                    Ok(respond::json(StatusCode::OK, array.finish()))
                }
            }
        }
        Wish::Whole => match body::parse(bytes, app.limits.batch, id)? {
            RequestBody::Single(request) => {
                let options = TransactionOptions::default();
                let engine = &app.engine;
                let answer = engine.execute_whole(service, request, options, id);
                Ok(graphql::respond_with(answer.await))
            }
            RequestBody::Batch(_) => {
                let message =
                    "A batch is no document: `Prisma-Transaction: whole` is for one request.";
                Err(respond::error(StatusCode::BAD_REQUEST, message, id).into())
            }
        },
    }
}

fn asked(bytes: &[u8], id: &str) -> Result<Asked, Refusal> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Asked::default());
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let message = format!("These are no options of a transaction: {error}.");
        respond::error(StatusCode::BAD_REQUEST, &message, id).into()
    })
}

fn told(begun: &Begun) -> HttpResponse {
    let lease = u64::try_from(begun.lease.as_millis()).unwrap_or(u64::MAX);
    let body = json!({ "data": { "id": begun.id, "lease": lease } });
    let mut response = respond::json(StatusCode::OK, respond::to_json(&body));
    let headers = response.headers_mut();
    headers.insert(LEASE_HEADER, lease.into());
    if let Ok(id) = HeaderValue::from_str(&begun.id) {
        headers.insert(HEADER, id);
    }
    response
}

fn done() -> HttpResponse {
    respond::json(StatusCode::OK, br#"{"data":{"ended":true}}"#.to_vec())
}

fn refusal(service: &ServiceName, error: &ApiError, id: &str) -> HttpResponse {
    if let ApiError::Internal(cause) | ApiError::Unavailable(cause) = error {
        tracing::error!(request_id = %id, %service, %cause, "a transaction failed");
    }
    let status = match error {
        ApiError::TransactionNotFound => StatusCode::NOT_FOUND,
        ApiError::TooManyTransactions { .. } => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Transaction(_) => StatusCode::CONFLICT,
        _ => StatusCode::OK,
    };
    let body = ResponseBody::turned_away(error, id);
    respond::json(status, body.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(text: &'static str) -> String {
        let headers = HeaderMap::from_iter([(HEADER, HeaderValue::from_static(text))]);
        format!("{:?}", Wish::of(&headers).unwrap())
    }

    #[test]
    fn the_header_is_read() {
        for (text, expected) in [
            ("begin", "Begin"),
            (" whole ", "Whole"),
            ("commit  x", r#"Commit("x")"#),
            ("rollback x", r#"RollBack("x")"#),
            ("commit", r#"Within("commit")"#),
            ("BEGIN", r#"Within("BEGIN")"#),
            ("x y", r#"Within("x y")"#),
            ("", r#"Within("")"#),
        ] {
            assert_eq!(wish(text), expected);
        }
        assert_eq!(Wish::of(&HeaderMap::new()), None);
    }
}
