#![allow(clippy::unwrap_used)]

use async_graphql::{Request, Variables};
use serde_json::{Value, json};

use crate::{Api, DATAMODEL, api, db::Db, seed};

async fn blog() -> Api {
    let db = Db::embedded(":memory:").deploy(DATAMODEL).build();
    let db: Db = db.await.unwrap();
    seed(&db).await.unwrap();
    let api = api(db);
    for (title, status) in [("Hello", "PUBLISH"), ("Goodbye", "DRAFT")] {
        let document = "mutation($data: PostCreateInput!) { createPost(data: $data) { title } }";
        let author = json!({ "connect": { "handle": "alice" } });
        let data = json!({ "title": title, "status": status, "author": author });
        let created = ask(&api, document, json!({ "data": data })).await;
        assert_eq!(created, json!({ "createPost": { "title": title } }));
    }
    api
}

async fn ask(api: &Api, document: &str, variables: Value) -> Value {
    let request = Request::new(document).variables(Variables::from_json(variables));
    let answer = api.execute(request).await;
    assert!(answer.is_ok(), "{:?}", answer.errors);
    answer.data.into_json().unwrap()
}

#[tokio::test]
async fn fields_are_handed_on() {
    let api = blog().await;
    let document = "
        query($where: PostWhereInput, $brief: Boolean!) {
            published: posts(where: $where, orderBy: title_DESC, first: 1) { ...Card content @skip(if: $brief) }
            all: posts(orderBy: title_ASC) { title }
            drafts { headline: title author { handle } }
        }
        fragment Card on Post { headline: title status by: author { name } }";
    let only = json!({ "status": "PUBLISH", "author": { "handle": "alice" } });
    let answer = ask(&api, document, json!({ "where": only, "brief": true })).await;
    let hello = json!({ "headline": "Hello", "status": "PUBLISH", "by": { "name": "Alice" } });
    let drafts = json!([{ "headline": "Goodbye", "author": { "handle": "alice" } }]);
    let all = json!([{ "title": "Goodbye" }, { "title": "Hello" }]);
    assert_eq!(
        answer,
        json!({ "published": [hello], "all": all, "drafts": drafts })
    );

    let ids = ask(&api, "{ posts { id } }", json!({})).await;
    let id = &ids["posts"][0]["id"];
    let delete = "mutation($id: ID!) { deletePost(where: { id: $id }) { id } }";
    let deleted = ask(&api, delete, json!({ "id": id })).await;
    assert_eq!(deleted, json!({ "deletePost": { "id": id } }));
    let again = Request::new(delete).variables(Variables::from_json(json!({ "id": id })));
    assert_eq!(api.execute(again).await.errors.len(), 1);
}

#[tokio::test]
async fn schemas_are_one() {
    let api = blog().await;
    let document =
        "{ reviews { stars posts { title author { name } } } posts(first: 1) { title } }";
    let answer = ask(&api, document, json!({})).await;
    let post = |title| json!([{ "title": title, "author": { "name": "Alice" } }]);
    let reviews = json!([
        { "stars": 5, "posts": post("Hello") },
        { "stars": 3, "posts": post("Goodbye") },
    ]);
    let posts = json!([{ "title": "Hello" }]);
    assert_eq!(answer, json!({ "reviews": reviews, "posts": posts }));
}
