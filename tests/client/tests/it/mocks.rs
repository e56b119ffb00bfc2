//! Mocks: what they answer, and what they say of what did not come.

use std::panic::{AssertUnwindSafe, catch_unwind};

use prisma_runtime::{Asked, Error, ErrorKind, Id, Mock, Selection, new, select};
use prisma_tests_client::{
    blog::{self, Db, Models, Post, Role, Tag, User, post, tag, user},
    shapes,
};
use serde_json::json;

fn ann() -> User {
    User {
        id: Id::new("1"),
        email: "a@b".into(),
        name: "Ann".into(),
        age: None,
        role: Role::Admin,
    }
}

fn post(id: &str) -> Post {
    Post {
        id: Id::new(id),
        created_at: "2020-01-01T00:00:00Z".parse().unwrap(),
        title: "Hello".into(),
        published: true,
    }
}

fn new_user() -> user::New {
    new!(user::New {
        email: "a@b",
        name: "Ann"
    })
}

/// Whole records, through every kind of query.
#[tokio::test]
async fn whole_records() {
    let (db, mock) = Db::mock();
    let one = || db.user().find_unique(user::by_id("1"));
    mock.on(one()).returns(Some(ann()));
    assert_eq!(one().await, Ok(Some(ann())));

    let nobody = || db.user().find_unique(user::by_id("2"));
    mock.on(nobody()).returns(None);
    assert_eq!(nobody().await, Ok(None));
    assert!(nobody().or_not_found().await.unwrap_err().is_not_found());

    let many = || db.user().find_many().filter(|u| u.age.is_null()).first(2);
    mock.on(many()).returns(vec![ann(), ann()]);
    assert_eq!(many().await, Ok(vec![ann(), ann()]));

    let first = || db.user().find_first().order_by(|u| u.name.asc());
    mock.on(first()).returns(Some(ann()));
    assert_eq!(first().await, Ok(Some(ann())));

    let posts = || db.user().find_unique(user::by_id("1")).rel(|u| u.posts);
    mock.on(posts()).returns(vec![post("p")]);
    assert_eq!(posts().await, Ok(vec![post("p")]));

    let author = || db.post().find_unique(post::by_id("p")).rel(|p| p.author);
    mock.on(author()).returns(Some(ann()));
    assert_eq!(author().await, Ok(Some(ann())));
}

#[tokio::test]
async fn numbers() {
    let (db, mock) = Db::mock();
    mock.on(db.user().count()).returns(u64::from(u32::MAX) * 3);
    assert_eq!(db.user().count().await, Ok(u64::from(u32::MAX) * 3));
    let exists = || db.user().exists(|u| u.name.eq("Ann"));
    mock.on(exists()).returns(true);
    assert_eq!(exists().await, Ok(true));
    let update = || db.user().update_many().set(|u| u.age.to(3)).everything();
    mock.on(update()).returns(7);
    assert_eq!(update().await, Ok(7));
    let delete = || db.user().delete_many().filter(|u| u.age.lt(3));
    mock.on(delete()).returns(0);
    assert_eq!(delete().await, Ok(0));
}

#[tokio::test]
async fn writes() {
    let (db, mock) = Db::mock();
    let create = || db.user().create(new_user());
    mock.on(create()).returns(ann());
    assert_eq!(create().await, Ok(ann()));
    let update = || db.user().update(user::by_id("1")).set(|u| u.age.null());
    mock.on(update()).returns(ann());
    assert_eq!(update().await, Ok(ann()));
    let upsert = || {
        db.user()
            .upsert(user::by_id("1"), new_user(), |u| u.age.to(3))
    };
    mock.on(upsert().pick(|u| u.name)).returns("Ann".into());
    assert_eq!(upsert().pick(|u| u.name).await, Ok("Ann".into()));
    let delete = || db.user().delete(user::by_id("1"));
    mock.on(delete()).returns(ann());
    assert_eq!(delete().await, Ok(ann()));
    let creates = || db.user().create_many([new_user(), new_user()]);
    mock.on_batch(creates()).returns(vec![ann(), ann()]);
    assert_eq!(creates().await, Ok(vec![ann(), ann()]));
}

#[derive(Selection, Clone, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct Card {
    id: Id<User>,
    #[prisma(rename = email)]
    mail: String,
    #[prisma(default = 18)]
    age: i32,
    #[prisma(with = |posts| posts.first(2).order_by(|p| p.title.asc()))]
    posts: Vec<Title>,
    #[prisma(count)]
    reviews_count: u64,
    #[prisma(flatten)]
    rest: Rest,
    #[prisma(skip)]
    seen: bool,
}

#[derive(Selection, Clone, Debug, PartialEq)]
#[prisma(model = blog::Post)]
struct Title {
    title: String,
    author: Rest,
    reviewer: Option<Rest>,
    tags: Vec<Tag>,
}

#[derive(Selection, Clone, Debug, PartialEq)]
#[prisma(model = blog::User)]
struct Rest {
    role: Role,
}

fn card() -> Card {
    let rest = || Rest { role: Role::User };
    let title = |reviewer| Title {
        title: "Hello".into(),
        author: rest(),
        reviewer,
        tags: vec![Tag {
            id: Id::new("t"),
            label: "rust".into(),
        }],
    };
    Card {
        id: Id::new("1"),
        mail: "a@b".into(),
        age: 30,
        posts: vec![title(None), title(Some(rest()))],
        reviews_count: 3,
        rest: rest(),
        seen: false,
    }
}

/// Structs of the program's own, with every attribute.
#[tokio::test]
async fn structs() {
    let (db, mock) = Db::mock();
    let cards = || db.user().find_many().select::<Card>();
    mock.on(cards()).returns(vec![card(), card()]);
    assert_eq!(cards().await, Ok(vec![card(), card()]));
}

#[derive(Selection, Debug, PartialEq)]
#[prisma(model = blog::User, vars = u32)]
struct Feed {
    name: Asked<String>,
    #[prisma(with = |posts, count| posts.first(*count))]
    posts: Asked<Vec<Title>>,
}

/// Variables, and fields that are not asked for.
#[tokio::test]
async fn variables_and_asked_fields() {
    let (db, mock) = Db::mock();
    let feed = |count| {
        let asked: prisma_runtime::Lookahead = ["name"].into_iter().collect();
        db.user()
            .find_many()
            .asked(asked)
            .select_with::<Feed>(count)
    };
    let row = || Feed {
        name: Asked::Yes("Ann".into()),
        posts: Asked::No,
    };
    mock.on(feed(3)).returns(vec![row()]);
    assert_eq!(feed(3).await, Ok(vec![row()]));
}

#[tokio::test]
async fn picks() {
    let (db, mock) = Db::mock();
    let pick = || {
        db.user().find_many().pick(|u| {
            let titles = u
                .posts
                .first(1)
                .pick(|p| (p.title, p.reviewer.pick(|r| r.age)));
            (u.id, (u.age, u.reviews.count()), titles, u.posts)
        })
    };
    let titles = vec![("Hello".to_owned(), Some(None)), ("Rust".to_owned(), None)];
    let row = (Id::new("1"), (None, 2), titles, vec![post("p")]);
    mock.on(pick()).returns(vec![row.clone()]);
    assert_eq!(pick().await, Ok(vec![row]));
}

/// Rows of `select!` have no name, so their answer is JSON.
#[tokio::test]
async fn rows_without_a_name() {
    let (db, mock) = Db::mock();
    let data = json!({"users": [{"name": "Ann", "posts": [{"title": "Hello"}]}]});
    mock.on(db.user().find_many().pick(select! { name posts { title } }))
        .returns_json(data);
    let rows = db
        .user()
        .find_many()
        .pick(select! { name posts { title } })
        .await
        .unwrap();
    assert_eq!(rows[0].posts[0].title, "Hello");
    mock.on_raw("{ anything }", json!({}))
        .returns_json(json!({"anything": 3}));
    assert_eq!(
        db.raw("{ anything }", json!({})).await,
        Ok(json!({"anything": 3}))
    );
}

/// All scalars that there are.
#[tokio::test]
async fn scalars() {
    use shapes::{Everything, Models, State, everything};
    let (db, mock) = shapes::Db::mock();
    let all = || Everything {
        id: Id::new("1"),
        text: "a\"b".into(),
        text_optional: Some(String::new()),
        texts: vec!["x".into()],
        number: -1,
        number_optional: None,
        numbers: vec![],
        ratio: 1.0,
        ratio_optional: Some(1e300),
        flag: true,
        flag_optional: None,
        moment: "2020-01-01T00:00:00.001Z".parse().unwrap(),
        moment_optional: None,
        details: json!({"a": [null, 1.5]}),
        details_optional: None,
        uuid: prisma_runtime::Uuid::nil(),
        uuid_optional: None,
        foreign: "f".into(),
        state: State::Self_,
        state_optional: Some(State::InReview),
        states: vec![State::New],
        created_at: "2020-01-01T00:00:00Z".parse().unwrap(),
        updated_at: "2020-01-01T00:00:00Z".parse().unwrap(),
    };
    let find = || db.everything().find_unique(everything::by_id("1"));
    mock.on(find()).returns(Some(all()));
    assert_eq!(find().await, Ok(Some(all())));
}

#[tokio::test]
async fn batches() {
    let (db, mock) = Db::mock();
    let reads = || (db.user().count(), db.user().find_many().first(2));
    mock.on_batch(reads()).returns((5, vec![ann()]));
    assert_eq!(db.batch(reads()).await, Ok((5, vec![ann()])));

    // Reads and writes are documents of their own, within a transaction.
    let mixed = || {
        (
            db.user().create(new_user()),
            db.user().count(),
            db.tag().count(),
        )
    };
    mock.on_batch(mixed()).returns((ann(), 1, 2));
    assert_eq!(db.batch(mixed()).await, Ok((ann(), 1, 2)));

    let list = || ["1", "2"].map(|id| db.user().find_unique(user::by_id(id)));
    mock.on_batch(list()).returns([Some(ann()), None]);
    assert_eq!(db.batch(list()).await, Ok([Some(ann()), None]));
    let list = || list().into_iter().collect::<Vec<_>>();
    assert_eq!(db.batch(list()).await, Ok(vec![Some(ann()), None]));
}

#[tokio::test]
async fn transactions() {
    let (db, mock) = Db::mock();
    mock.on(db.user().count()).returns(3);
    let counted = db.transaction(async |tx| tx.user().count().await).await;
    assert_eq!(counted, Ok(3));
}

/// Lookups stay what they are, so each is expected on its own.
#[tokio::test]
async fn scoped_clients() {
    let (db, mock) = Db::mock();
    for id in ["1", "2"] {
        let user = User {
            id: Id::new(id),
            ..ann()
        };
        mock.on(db.user().find_unique(user::by_id(id)))
            .returns(Some(user));
    }
    let scoped = db.scoped();
    let lookups = ["1", "2"].map(|id| scoped.user().find_unique(user::by_id(id)).into_future());
    let found = futures_util::future::try_join_all(lookups).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].as_ref().unwrap().id, Id::new("2"));
}

#[tokio::test]
async fn failures() {
    let (db, mock) = Db::mock();
    let model = "User".to_owned();
    mock.on(db.user().delete(user::by_id("1")))
        .fails(ErrorKind::NotFound { model });
    let error = db.user().delete(user::by_id("1")).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some(3039));
    assert_eq!(error.to_string(), "no such User");

    mock.on_any::<Post>().fails(ErrorKind::Timeout);
    for error in [
        db.post().count().await.unwrap_err(),
        db.post().delete(post::by_id("1")).await.unwrap_err(),
        db.batch((db.user().count(), db.post().find_many()))
            .await
            .unwrap_err(),
    ] {
        assert_eq!(*error.kind(), ErrorKind::Timeout);
        assert!(error.is_retryable());
    }
    // What only passes by is not what is meant, and the precise goes before.
    mock.on(db.user().find_many().pick(|u| u.posts))
        .returns(vec![]);
    assert_eq!(db.user().find_many().pick(|u| u.posts).await, Ok(vec![]));
    mock.on(db.post().find_first()).returns(None);
    assert_eq!(db.post().find_first().await, Ok(None));
}

#[tokio::test]
async fn times() {
    let (db, mock) = Db::mock();
    let count = || db.user().count();
    mock.on(count()).times(2).returns(1);
    mock.on(count()).returns(9);
    let counts = [count().await, count().await, count().await, count().await];
    assert_eq!(counts, [Ok(1), Ok(1), Ok(9), Ok(9)]);
}

#[tokio::test]
async fn requests() {
    let (db, mock) = Db::mock();
    mock.on_any::<User>().returns_json(json!({"users": []}));
    db.user()
        .find_many()
        .filter(|u| u.name.eq("Ann"))
        .first(2)
        .await
        .unwrap();
    let clone = db.clone();
    clone.user().find_many().pick(|u| u.id).await.unwrap();
    let sent: Vec<String> = mock.requests().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(sent.join("\n\n"));
}

#[tokio::test]
async fn what_nobody_expected() {
    let (db, _mock) = Db::mock();
    let error: Error = db.user().count().await.unwrap_err();
    assert!(error.is_validation(), "{error:?}");
    assert!(!error.is_retryable());
    insta::assert_snapshot!(error);
}

/// The message of the panic of dropping a mock.
fn dropped(mock: Mock) -> Option<String> {
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(mock)));
    dropped
        .err()
        .map(|panic| *panic.downcast::<String>().unwrap())
}

#[tokio::test]
async fn what_did_not_come() {
    let (db, mock) = Db::mock();
    mock.on(db.user().count()).times(3).returns(1);
    mock.on(db.user().find_unique(user::by_id("1")))
        .returns(None);
    mock.on(db.tag().find_unique(tag::by_label("x")))
        .times(0)
        .returns(None);
    mock.on_any::<Post>().fails(ErrorKind::Timeout);
    db.user().count().await.unwrap();
    assert_eq!(mock.unmet().len(), 3);
    insta::assert_snapshot!(dropped(mock).unwrap());
}

#[tokio::test]
async fn everything_came() {
    let (db, mock) = Db::mock();
    mock.on(db.user().count()).times(1).returns(1);
    db.user().count().await.unwrap();
    assert_eq!(dropped(mock), None);
}
