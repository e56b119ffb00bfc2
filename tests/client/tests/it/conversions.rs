//! Errors as the libraries of servers have them.

use axum_core::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use juniper::{DefaultScalarValue, FieldError, IntoFieldError};
use prisma_runtime::{Error, ErrorKind, TxError};
use serde_json::{Value, json};

fn taken() -> ErrorKind {
    ErrorKind::UniqueViolation {
        model: "User".into(),
        fields: vec!["email".into()],
    }
}

fn refused(argument: &str) -> ErrorKind {
    ErrorKind::Validation {
        argument: argument.into(),
    }
}

fn answer(kind: ErrorKind) -> Response {
    Error::from(kind).into_response()
}

async fn body(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/json");
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn statuses_of_axum() {
    let status = |kind| answer(kind).status().as_u16();
    let model = || "User".to_owned();
    assert_eq!(status(taken()), 409);
    assert_eq!(status(ErrorKind::NotFound { model: model() }), 404);
    assert_eq!(status(refused("first")), 400);
    assert_eq!(status(ErrorKind::Unauthorized), 502);
    assert_eq!(status(ErrorKind::Transport), 502);
    assert_eq!(status(ErrorKind::Timeout), 504);
    assert_eq!(status(ErrorKind::Transaction(TxError::Lost)), 503);
    assert_eq!(status(ErrorKind::Transaction(TxError::Expired)), 500);
    assert_eq!(status(ErrorKind::Server { code: Some(4200) }), 503);
    assert_eq!(status(ErrorKind::Server { code: None }), 500);
}

#[tokio::test]
async fn bodies_of_axum() {
    let message = "a User with this email exists already";
    assert_eq!(
        body(answer(taken())).await,
        json!({"error": {"code": "UNIQUE_VIOLATION", "message": message}})
    );
    let hidden = body(answer(ErrorKind::Server { code: Some(3016) })).await;
    assert_eq!(
        hidden,
        json!({"error": {"code": "SERVER", "message": "the database did not do its part"}})
    );
}

/// The worst speaks for all.
#[tokio::test]
async fn several_errors_as_one_answer() {
    let all = vec![taken().into(), ErrorKind::Timeout.into(), taken().into()];
    let response = answer(ErrorKind::Many(all));
    assert_eq!(response.status(), 504);
    assert_eq!(body(response).await["error"]["code"], "TIMEOUT");
}

#[test]
fn extensions_of_async_graphql() {
    use async_graphql::ErrorExtensions;
    let error = Error::from(taken()).extend();
    assert_eq!(error.message, "a User with this email exists already");
    assert_eq!(
        serde_json::to_value(&error.extensions).unwrap(),
        json!({"code": "UNIQUE_VIOLATION", "number": 3010, "model": "User", "fields": ["email"]})
    );
    let source = error.source.unwrap();
    assert!(
        source
            .downcast_ref::<Error>()
            .unwrap()
            .is_unique_violation()
    );
}

/// What a resolver writes: `?` on results, with the extensions and without.
#[test]
fn question_marks_of_async_graphql() {
    use async_graphql::ResultExt;
    fn told(result: prisma_runtime::Result<u64>) -> async_graphql::Result<u64> {
        result.extend()
    }
    fn bare(result: prisma_runtime::Result<u64>) -> async_graphql::Result<u64> {
        Ok(result?)
    }
    let failed = || Err(Error::from(refused("first")));
    let error = told(failed()).unwrap_err();
    assert_eq!(
        serde_json::to_value(&error.extensions).unwrap(),
        json!({"code": "VALIDATION", "argument": "first"})
    );
    let error = bare(failed()).unwrap_err();
    assert_eq!(error.message, "the value of `first` was refused");
    assert!(error.extensions.is_none());
    assert_eq!(told(Ok(3)).unwrap(), 3);
}

#[test]
fn extensions_of_juniper() {
    let error: FieldError<DefaultScalarValue> = Error::from(taken()).into_field_error();
    assert_eq!(error.message(), "a User with this email exists already");
    assert_eq!(
        serde_json::to_value(error.extensions()).unwrap(),
        json!({"code": "UNIQUE_VIOLATION", "number": 3010, "model": "User", "fields": ["email"]})
    );
}
