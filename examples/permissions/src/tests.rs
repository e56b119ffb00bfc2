#![allow(clippy::unwrap_used)]

use async_graphql::Request;
use serde_json::{Value, json};

use crate::{
    DATAMODEL,
    api::{self, Api},
    db::Db,
    rules::Caller,
    seed,
};

async fn fresh() -> Api {
    let db: Db = Db::embedded(":memory:")
        .deploy(DATAMODEL)
        .build()
        .await
        .unwrap();
    seed(&db).await.unwrap();
    seed(&db).await.unwrap();
    api::schema(db)
}

/// The data of an answer, or its message.
async fn ask(api: &Api, caller: Option<&str>, document: &str) -> Result<Value, String> {
    let caller = Caller(caller.map(str::to_owned));
    let answer = api.execute(Request::new(document).data(caller)).await;
    match answer.errors.first() {
        Some(error) => Err(error.message.clone()),
        None => Ok(answer.data.into_json().unwrap()),
    }
}

const POSTS: &str = "{ posts { title content user { username } } }";
const CREATE: &str = r#"mutation { createPost(title: "One", content: "…") { id } }"#;

fn refused() -> Result<Value, String> {
    Err("Not authorized".to_owned())
}

#[tokio::test]
async fn who_is_nobody_may_only_sign_up() {
    let api = fresh().await;
    for document in [POSTS, CREATE] {
        let answer = ask(&api, None, document).await;
        assert_eq!(answer, Err("Not authenticated".to_owned()));
        assert_eq!(ask(&api, Some("stranger"), document).await, refused());
    }
    let signup = r#"mutation { signup(username: "ann", email: "ann@b.c") { username } }"#;
    ask(&api, None, signup).await.unwrap();
    assert_eq!(
        ask(&api, Some("ann"), POSTS).await,
        Ok(json!({"posts": []}))
    );
}

#[tokio::test]
async fn a_role_opens_what_it_is_for() {
    let api = fresh().await;
    let ann = Some("ann");
    let signup = r#"mutation { signup(username: "ann", email: "ann@b.c") { username } }"#;
    ask(&api, None, signup).await.unwrap();
    assert_eq!(ask(&api, ann, CREATE).await, refused());

    let roles = r#"mutation { createRole(name: AUTHOR) assignRole(role: AUTHOR, assigneeEmail: "ann@b.c") { username } }"#;
    assert_eq!(ask(&api, ann, roles).await, refused());
    let made = json!({"createRole": "AUTHOR", "assignRole": {"username": "ann"}});
    assert_eq!(ask(&api, Some("root"), roles).await, Ok(made));

    let hers = ask(&api, ann, CREATE).await.unwrap();
    let of_root = ask(&api, Some("root"), CREATE).await.unwrap();
    let update = |post: &Value| {
        let id = post["createPost"]["id"].as_str().unwrap();
        format!(r#"mutation {{ updatePost(id: "{id}", content: "new") {{ content }} }}"#)
    };
    let updated = json!({"updatePost": {"content": "new"}});
    assert_eq!(ask(&api, ann, &update(&hers)).await, Ok(updated));
    assert_eq!(ask(&api, ann, &update(&of_root)).await, refused());
    // The administrator is no editor.
    assert_eq!(ask(&api, Some("root"), &update(&hers)).await, refused());
}
