#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use crate::{
    DATAMODEL,
    api::{self, Api},
    db::Db,
    seed,
};

async fn ask(api: &Api, document: &str) -> Value {
    let answer = api.execute(document).await;
    assert!(answer.is_ok(), "{:?}", answer.errors);
    answer.data.into_json().unwrap()
}

#[tokio::test]
async fn drafts_come_and_go() {
    let db: Db = Db::embedded(":memory:")
        .deploy(DATAMODEL)
        .build()
        .await
        .unwrap();
    seed(&db).await.unwrap();
    let api = api::schema(db);
    let create = r#"mutation { createPost(data: {title: "One", authorHandle: "alice"}) { id title author { name } } }"#;
    let created = ask(&api, create).await;
    let post = &created["createPost"];
    assert_eq!(post["title"], "One");
    assert_eq!(post["author"], json!({"name": "Alice"}));

    let drafts = ask(&api, "{ drafts { status author { handle } } }").await;
    let expected = json!({"drafts": [{"status": "DRAFT", "author": {"handle": "alice"}}]});
    assert_eq!(drafts, expected);

    let id = post["id"].as_str().unwrap();
    let deleted = ask(
        &api,
        &format!(r#"mutation {{ deletePost(id: "{id}") {{ id }} }}"#),
    )
    .await;
    assert_eq!(deleted, json!({"deletePost": {"id": id}}));
    assert_eq!(ask(&api, "{ drafts { id } }").await, json!({"drafts": []}));
}
