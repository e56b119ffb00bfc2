//! Errors of the server, by kind.

use prisma_runtime::{Error, ErrorKind, PathItem};
use prisma_tests_client::blog::{Db, Models};

use crate::recorder::Recorder;

async fn of(errors: &str) -> Error {
    let answer = format!(r#"{{"data":null,"errors":[{errors}]}}"#);
    let db = Db::custom(Recorder::answering(answer));
    db.user().find_many().await.unwrap_err()
}

async fn kind(code: u32, message: &str) -> ErrorKind {
    let error = of(&format!(
        r#"{{"code":{code},"message":"{message}","requestId":"local:1"}}"#
    ))
    .await;
    assert_eq!(error.code(), Some(code));
    assert_eq!(error.to_string(), message);
    assert_eq!(error.request_id(), Some("local:1"));
    error.kind().clone()
}

#[tokio::test]
async fn kinds_of_the_catalogue() {
    let argument = |name: &str| ErrorKind::Validation {
        argument: name.into(),
    };
    assert_eq!(
        kind(
            3010,
            "A unique constraint would be violated on User. Details: Field name = email"
        )
        .await,
        ErrorKind::UniqueViolation {
            model: "User".into(),
            fields: vec!["email".into()]
        }
    );
    assert_eq!(
        kind(
            3039,
            "No Node for the model User with value a@b.c for email found."
        )
        .await,
        ErrorKind::NotFound {
            model: "User".into()
        }
    );
    assert_eq!(
        kind(3041, "The relation PostToUser has no node for the model User connected to a Node for the model Post on your mutation path.").await,
        ErrorKind::RelationViolation { relation: "PostToUser".into() }
    );
    assert_eq!(
        kind(3042, "The change you are trying to make would violate the required relation 'PostToUser' between Post and User").await,
        ErrorKind::RequiredRelation { relation: "PostToUser".into() }
    );
    assert_eq!(
        kind(3032, "The field 'author' on type 'Post' is required. Performing this mutation would violate that constraint").await,
        ErrorKind::RequiredRelation { relation: "author".into() }
    );
    assert_eq!(
        kind(3007, "Value for field id is too long.").await,
        argument("id")
    );
    assert_eq!(
        kind(3020, "You are trying to set a required field to null. If you are using GraphQL arguments, make sure that you specify a value for all arguments. Fieldname if known: name").await,
        argument("name")
    );
    assert_eq!(
        kind(
            3036,
            "The input value null was not valid for field role of type User."
        )
        .await,
        argument("role")
    );
    assert_eq!(
        kind(3026, "The 'first' argument must be non negative").await,
        argument("first")
    );
    assert_eq!(
        kind(3040, "You provided an invalid argument for the where selector on User. Please provide exactly one unique field and value.").await,
        argument("where")
    );
    assert_eq!(
        kind(3015, "Your token is invalid.").await,
        ErrorKind::Unauthorized
    );
    assert_eq!(
        kind(3016, "Project not found: 'blog$dev'").await,
        ErrorKind::Server { code: Some(3016) }
    );
}

#[tokio::test]
async fn refused_documents() {
    let error =
        of(r#"{"message":"Argument 'where' expected type 'UserWhereInput' but got: 3."}"#).await;
    assert_eq!(
        *error.kind(),
        ErrorKind::Validation {
            argument: "where".into()
        }
    );
    let error = of(
        r#"{"message":"Variable '$data' expected value of type 'UserCreateInput!' but got: {}."}"#,
    )
    .await;
    assert_eq!(
        *error.kind(),
        ErrorKind::Validation {
            argument: "data".into()
        }
    );
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn the_server_failed() {
    let error =
        of(r#"{"message":"Whoops. Looks like an internal server error.","requestId":"local:2"}"#)
            .await;
    assert_eq!(*error.kind(), ErrorKind::Server { code: None });
    assert!(!error.is_retryable());
    for code in [1004, 4200, 4201] {
        let busy = of(&format!(r#"{{"message":"busy","code":{code}}}"#)).await;
        assert!(busy.is_retryable(), "{code}");
    }
}

#[tokio::test]
async fn where_it_happened() {
    let error = of(r#"{"message":"The 'first' argument must be non negative","code":3026,"path":["users",0,"posts"]}"#).await;
    let key = |key: &str| PathItem::Key(key.into());
    assert_eq!(
        error.path(),
        [key("users"), PathItem::Index(0), key("posts")]
    );
    assert_eq!(
        error.to_string(),
        "The 'first' argument must be non negative (at users[0].posts)"
    );
}

#[tokio::test]
async fn several_at_once() {
    let error = of(r#"{"message":"a","code":3015},{"message":"b","code":3016}"#).await;
    let ErrorKind::Many(errors) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(errors.len(), 2);
    assert_eq!(error.to_string(), "a; b");
}
