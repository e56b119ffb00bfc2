//! Responses: the few shapes every answer has (server.md §1.4).

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use prisma_engine::ResponseBody;
use serde::Serialize;
use serde_json::json;

/// Any response.
pub(crate) type HttpResponse = Response<Body>;

/// The response to a request that goes no further. Boxed: as an error it travels beside small values.
pub(crate) type Refusal = Box<HttpResponse>;

/// A JSON body that is ready.
pub(crate) fn json(status: StatusCode, bytes: Vec<u8>) -> HttpResponse {
    with_type(status, "application/json", bytes)
}

/// A plain text, as the HTTP layer answers below GraphQL.
pub(crate) fn text(status: StatusCode, text: impl Into<String>) -> HttpResponse {
    with_type(
        status,
        "text/plain; charset=utf-8",
        text.into().into_bytes(),
    )
}

/// A page for people.
pub(crate) fn html(page: String) -> HttpResponse {
    with_type(
        StatusCode::OK,
        "text/html; charset=utf-8",
        page.into_bytes(),
    )
}

/// One error about the request as a whole: an object without `data`, even for a batch (api.md §5.1).
pub(crate) fn error(status: StatusCode, message: &str, request_id: &str) -> HttpResponse {
    json(status, ResponseBody::unreadable(message, request_id).bytes)
}

/// A limit of this server's own, by which a request is refused as a whole (codes from 4100 up).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    /// Requests in one batch.
    Batch,
}

impl Limit {
    /// The `code` of the error, and the name of the limit.
    const fn code_and_name(self) -> (i32, &'static str) {
        match self {
            Self::Batch => (4150, "batch"),
        }
    }
}

/// The answer to a request that is over a limit: nothing of it was executed.
pub(crate) fn over_limit(limit: Limit, message: &str, request_id: &str) -> HttpResponse {
    let (code, name) = limit.code_and_name();
    let body = json!({ "errors": [{
        "message": message,
        "code": code,
        "requestId": request_id,
        "extensions": { "limit": name },
    }] });
    json(StatusCode::BAD_REQUEST, to_json(&body))
}

/// A value as JSON bytes.
pub(crate) fn to_json(value: &impl Serialize) -> Vec<u8> {
    // Fails for maps with other keys than texts only, and nothing here has such.
    serde_json::to_vec(value).unwrap_or_default()
}

/// The text for errors whose cause is not for the caller; the log has it under the request id.
pub(crate) fn internal_message(request_id: &str) -> String {
    format!(
        "Whoops. Looks like an internal server error. Search your server logs for request ID: {request_id}"
    )
}

/// The answer to a request that hit a mistake of ours.
pub(crate) fn internal_error(request_id: &str) -> HttpResponse {
    let message = internal_message(request_id);
    error(StatusCode::INTERNAL_SERVER_ERROR, &message, request_id)
}

fn with_type(status: StatusCode, content_type: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
