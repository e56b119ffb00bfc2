//! Errors as answers of axum.

use axum_core::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde_json::json;

use super::{Error, ErrorKind};

/// For handlers that return `prisma_runtime::Result`: a status by kind, and
/// `{"error": {"code": "NOT_FOUND", "message": "no such User"}}`, which says nothing of the database, the server or the
/// way there.
///
/// What the caller gave or asked for is 400, 404 or 409. A token that the server refuses is the program's, not the
/// caller's: that, an answer that cannot be read and a server that is not reached are 502; no answer in time is 504, what
/// may succeed later 503, everything else 500. Of several errors the one with the highest status decides.
///
/// ```
/// use axum_core::response::IntoResponse;
/// # use prisma_runtime::ErrorKind;
///
/// let error = prisma_runtime::Error::from(ErrorKind::NotFound { model: "User".into() });
/// assert_eq!(error.into_response().status(), 404);
/// ```
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let error = decisive(&self);
        let kind = error.kind();
        let body = json!({ "error": { "code": kind.name(), "message": kind.to_string() } });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = status(error);
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }
}

/// The error that speaks for all.
fn decisive(error: &Error) -> &Error {
    match error.kind() {
        ErrorKind::Many(errors) => {
            let each = errors.iter().map(decisive);
            each.max_by_key(|error| status(error)).unwrap_or(error)
        }
        _ => error,
    }
}

fn status(error: &Error) -> StatusCode {
    match error.kind() {
        ErrorKind::Validation { .. } => StatusCode::BAD_REQUEST,
        ErrorKind::NotFound { .. } => StatusCode::NOT_FOUND,
        ErrorKind::UniqueViolation { .. }
        | ErrorKind::RelationViolation { .. }
        | ErrorKind::RequiredRelation { .. } => StatusCode::CONFLICT,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Unauthorized | ErrorKind::Transport | ErrorKind::Decode { .. } => {
            StatusCode::BAD_GATEWAY
        }
        ErrorKind::Unsupported { .. } => StatusCode::NOT_IMPLEMENTED,
        ErrorKind::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
        _ if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
