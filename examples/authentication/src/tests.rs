#![allow(clippy::unwrap_used)]

use async_graphql::Request;
use serde_json::{Value, json};

use crate::{
    DATAMODEL,
    api::{self, Api, Caller},
    credentials::Tokens,
    db::Db,
};

async fn fresh() -> (Api, Tokens) {
    let db = Db::embedded(":memory:")
        .deploy(DATAMODEL)
        .build()
        .await
        .unwrap();
    let tokens = Tokens::new("a secret of the tests");
    (api::schema(db, tokens.clone()), tokens)
}

async fn ask(api: &Api, caller: Caller, document: &str) -> Value {
    let answer = api.execute(Request::new(document).data(caller)).await;
    serde_json::to_value(answer).unwrap()
}

fn message(answer: &Value) -> &str {
    answer["errors"][0]["message"].as_str().unwrap()
}

const SIGNUP: &str =
    r#"mutation { signup(email: "ann@b.c", password: "one two") { token user { id email } } }"#;

#[tokio::test]
async fn a_token_says_who_asks() {
    let (api, tokens) = fresh().await;
    let signup = ask(&api, Caller(None), SIGNUP).await;
    let token = signup["data"]["signup"]["token"].as_str().unwrap();
    let me = ask(&api, Caller(tokens.user(token)), "{ me { id email } }").await;
    assert_eq!(me["data"]["me"], signup["data"]["signup"]["user"]);

    let login = r#"mutation { login(email: "ann@b.c", password: "one two") { user { email } } }"#;
    let login = ask(&api, Caller(None), login).await;
    assert_eq!(
        login["data"],
        json!({"login": {"user": {"email": "ann@b.c"}}})
    );
}

#[tokio::test]
async fn strangers_are_turned_away() {
    let (api, tokens) = fresh().await;
    ask(&api, Caller(None), SIGNUP).await;
    for (document, expected) in [
        (SIGNUP, "This email is taken"),
        (
            r#"mutation { login(email: "x", password: "y") { token } }"#,
            "No user found for email: x",
        ),
        (
            r#"mutation { login(email: "ann@b.c", password: "y") { token } }"#,
            "Invalid password",
        ),
        ("{ me { id } }", "Not authenticated"),
    ] {
        assert_eq!(message(&ask(&api, Caller(None), document).await), expected);
    }
    let of_others = Tokens::new("another secret")
        .of(&"somebody".into())
        .unwrap();
    assert!(tokens.user(&of_others).is_none());
}

#[tokio::test]
async fn passwords_are_not_shown() {
    let (api, _) = fresh().await;
    let sdl = api.sdl();
    let user = sdl.split("type User {").nth(1).unwrap();
    assert!(!user.contains("password"), "{sdl}");
}
