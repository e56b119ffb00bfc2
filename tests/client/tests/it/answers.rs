//! What clients make of answers.

use prisma_runtime::{ErrorKind, Id, PathItem, Uuid, new, select};
use prisma_tests_client::{
    blog::{self, Db, Models, Role, User, post, user},
    shapes,
};
use serde_json::json;

use crate::recorder::Recorder;

fn answering(data: &str) -> Db {
    Db::custom(Recorder::answering(format!(r#"{{"data":{data}}}"#)))
}

const ANN: &str = r#"{"id":"u1","email":"a@b.c","name":"Ann","age":30,"role":"ADMIN"}"#;

fn ann() -> User {
    User {
        id: Id::new("u1"),
        email: "a@b.c".into(),
        name: "Ann".into(),
        age: Some(30),
        role: Role::Admin,
    }
}

#[tokio::test]
async fn whole_records() {
    let db = answering(&format!(r#"{{"users":[{ANN}]}}"#));
    assert_eq!(db.user().find_many().await.unwrap(), [ann()]);
    assert_eq!(db.user().find_first().await.unwrap(), Some(ann()));
    let db = answering(&format!(r#"{{"user":{ANN}}}"#));
    assert_eq!(
        db.user().find_unique(user::by_id("u1")).await.unwrap(),
        Some(ann())
    );
    let db = answering(&format!(r#"{{"createUser":{ANN}}}"#));
    let created = db
        .user()
        .create(new!(user::New {
            email: "a@b.c",
            name: "Ann"
        }))
        .await;
    assert_eq!(created.unwrap(), ann());
}

#[tokio::test]
async fn nothing_found() {
    let db = answering(r#"{"user":null}"#);
    let query = || db.user().find_unique(user::by_id("u1"));
    assert_eq!(query().await.unwrap(), None);
    let error = query().or_not_found().await.unwrap_err();
    assert_eq!(
        *error.kind(),
        ErrorKind::NotFound {
            model: "User".into()
        }
    );
    assert_eq!(query().rel(|u| u.posts).await.unwrap(), []);
    let db = answering(r#"{"users":[]}"#);
    assert_eq!(db.user().find_first().await.unwrap(), None);
    let db = answering(r#"{"post":null}"#);
    let author = db.post().find_unique(post::by_id("p1")).rel(|p| p.author);
    assert_eq!(author.await.unwrap(), None);
}

#[tokio::test]
async fn along_relations() {
    let db = answering(r#"{"post":{"author":{"posts":[{"title":"One"},{"title":"Two"}]}}}"#);
    let posts = db
        .post()
        .find_unique(post::by_id("p1"))
        .rel(|p| p.author)
        .rel(|u| u.posts);
    assert_eq!(posts.pick(|p| p.title).await.unwrap(), ["One", "Two"]);
}

#[tokio::test]
async fn picked_fields() {
    let db = answering(r#"{"users":[{"id":"u1","age":null},{"id":"u2","age":3}]}"#);
    let pairs: Vec<(Id<User>, Option<i32>)> =
        db.user().find_many().pick(|u| (u.id, u.age)).await.unwrap();
    assert_eq!(pairs, [(Id::new("u1"), None), (Id::new("u2"), Some(3))]);

    let db = answering(
        r#"{"users":[{"email":"a@b.c","posts":[{"author":{"name":"Ann"},"reviewer":null}],"posts_2":[]}]}"#,
    );
    let rows = db.user().find_many().pick(select! {
        mail: email
        posts { author { name } reviewer { name } }
        others: posts(last: 1) { id }
    });
    let rows = rows.await.unwrap();
    assert_eq!(rows[0].mail, "a@b.c");
    assert_eq!(rows[0].posts[0].author.name, "Ann");
    assert_eq!(rows[0].posts[0].reviewer, None);
    assert!(rows[0].others.is_empty());
}

#[tokio::test]
async fn counts() {
    let db = answering(r#"{"usersConnection":{"aggregate":{"count":1}}}"#);
    assert_eq!(db.user().count().await.unwrap(), 1);
    assert!(db.user().exists(|u| u.name.eq("Ann")).await.unwrap());
    let db = answering(r#"{"deleteManyUsers":{"count":7}}"#);
    assert_eq!(db.user().delete_many().everything().await.unwrap(), 7);
}

#[tokio::test]
async fn every_scalar() {
    let db = shapes::Db::custom(Recorder::answering(
        r#"{"data":{"everythings":[{
            "id":"e1","text":"\u00e4\n","textOptional":null,"texts":["a","b"],
            "number":-1,"numberOptional":null,"numbers":[],
            "ratio":1,"ratioOptional":1e20,"flag":true,"flagOptional":null,
            "moment":"1969-12-31T23:59:59.999Z","momentOptional":null,
            "details":{"a":[1,2.5,null]},"detailsOptional":null,
            "uuid":"67e55044-10b1-426f-9247-bb680e5fe0c8","uuidOptional":null,
            "foreign":"f","state":"IN_REVIEW","stateOptional":null,"states":["NEW","Self"],
            "createdAt":"2020-02-03T04:05:06.789Z","updatedAt":"2020-02-03T04:05:06.789Z"
        }]}}"#,
    ));
    let rows = shapes::Models::everything(&db).find_many().await.unwrap();
    let row = &rows[0];
    assert_eq!(row.text, "ä\n");
    assert_eq!(row.texts, ["a", "b"]);
    assert_eq!(
        (row.number, row.ratio, row.ratio_optional),
        (-1, 1.0, Some(1e20))
    );
    assert_eq!(row.moment.timestamp_millis(), -1);
    assert_eq!(row.details, json!({"a": [1, 2.5, null]}));
    assert_eq!(row.details_optional, None);
    assert_eq!(
        row.uuid,
        Uuid::parse_str("67e55044-10b1-426f-9247-bb680e5fe0c8").unwrap()
    );
    assert_eq!(row.state, shapes::State::InReview);
    assert_eq!(row.states, [shapes::State::New, shapes::State::Self_]);
}

/// Servers answer in the order of the selection; what stands between may not.
#[tokio::test]
async fn fields_in_another_order() {
    let db = answering(
        r#"{"users":[{"role":"ADMIN","extra":1,"age":30,"name":"Ann","email":"a@b.c","id":"u1"}]}"#,
    );
    assert_eq!(db.user().find_many().await.unwrap(), [ann()]);
}

#[tokio::test]
async fn answers_that_do_not_fit() {
    let error = |data: &'static str| async move {
        answering(data)
            .user()
            .find_many()
            .pick(select! { posts { title } })
            .await
            .unwrap_err()
    };
    let wrong = error(r#"{"users":[{"posts":[]},{"posts":[{"title":7}]}]}"#).await;
    assert_eq!(*wrong.kind(), ErrorKind::Decode { expected: "a text" });
    assert_eq!(
        wrong.to_string(),
        "expected a text in the answer, found a number (at users[1].posts[0].title)"
    );
    let missing = error(r#"{"users":[{"posts":[{}]}]}"#).await;
    assert_eq!(missing.path()[0], PathItem::Key("users".into()));
    assert_eq!(missing.path().len(), 5);
    let none = error("{}").await;
    assert_eq!(
        *none.kind(),
        ErrorKind::Decode {
            expected: "this field"
        }
    );
    let null = error(r#"{"users":[null]}"#).await;
    assert_eq!(
        *null.kind(),
        ErrorKind::Decode {
            expected: "an object"
        }
    );
    let db = answering(r#"{"users":[{"role":"KING"}]}"#);
    let role = db.user().find_many().pick(|u| u.role).await.unwrap_err();
    assert_eq!(role.path().len(), 3);
    let db = Db::custom(Recorder::answering("<html>"));
    let html = db.user().find_many().await.unwrap_err();
    assert_eq!(*html.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn raw_documents() {
    let recorder = Recorder::answering(r#"{"data":{"users":[{"id":"u1"}]}}"#);
    let db = Db::custom(recorder.clone());
    let document = "query($n: Int) { users(first: $n) { id } }";
    let data = db.raw(document, json!({"n": 1})).await.unwrap();
    assert_eq!(data, json!({"users": [{"id": "u1"}]}));
    let sent = serde_json::to_value(&recorder.sent()[0]).unwrap();
    assert_eq!(sent, json!({"query": document, "variables": {"n": 1}}));
}

/// Queries can be spawned.
#[test]
fn futures_can_be_sent() {
    fn is_send<T: Send>(_: T) {}
    let db = answering("{}");
    is_send(
        db.user()
            .find_many()
            .filter(|u| u.name.eq("Ann"))
            .into_future(),
    );
    is_send(
        db.user()
            .find_many()
            .pick(select! { id posts { title } })
            .into_future(),
    );
    is_send(db.raw("{ users { id } }", json!({})));
    fn is_generic(db: &(impl blog::Models + Sync)) {
        is_send(async move { db.user().count().await });
    }
    is_generic(&db);
}
