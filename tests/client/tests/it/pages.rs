//! Pages: cursors, sizes that come from elsewhere, and lists row by row.

use prisma_runtime::{Connection, ErrorKind, Id, Page, select};
use prisma_tests_client::blog::{Db, Models, User, user};

use crate::recorder::{Recorder, Transcript};

fn db() -> Db {
    Db::custom(Recorder::answering("{}"))
}

#[test]
fn texts() {
    let db = db();
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().connection());
    sent.add(
        &db.user()
            .connection()
            .filter(|u| u.age.gt(18))
            .filter_some(Some("A"), |u, s| u.name.starts_with(s))
            .order_by(|u| u.name.desc())
            .skip(1)
            .first(20)
            .after(Id::new("u1").cursor())
            .with_count()
            .pick(|u| u.name),
    );
    sent.add(
        &db.user()
            .connection()
            .last(2)
            .before(Id::new("u1").cursor())
            .pick(select! { id posts(first: 1) { title } }),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn pages_of_others() {
    let db = db();
    let page = |first, after: Option<&str>, last, before: Option<&str>| {
        Page::<User>::from_relay(
            first,
            after.map(str::to_owned),
            last,
            before.map(str::to_owned),
        )
    };
    let mut sent = Transcript::new("blog");
    for page in [
        Page::default(),
        page(Some(3), None, None, None).unwrap(),
        page(None, Some("u1"), None, None).unwrap().at_most(10),
        page(None, None, Some(30), Some("u1")).unwrap().at_most(10),
    ] {
        sent.add(&db.user().find_many().page(page.clone()).pick(|u| u.id));
        sent.add(&db.user().connection().page(page).pick(|u| u.id));
    }
    let posts = Page::from_relay(Some(1), None, None, None).unwrap();
    let user = db.user().find_unique(user::by_id("u1"));
    sent.add(&user.pick(|u| u.posts.page(posts).pick(|p| p.title)));
    insta::assert_snapshot!(sent.text());

    let refused = |page: prisma_runtime::Result<Page<User>>| match page.unwrap_err().kind() {
        ErrorKind::Validation { argument } => argument.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(page(Some(1), None, Some(1), None)), "last");
    assert_eq!(refused(page(None, Some("u1"), None, Some("u2"))), "before");
    assert_eq!(refused(page(Some(-1), None, None, None)), "first");
    assert_eq!(refused(page(None, None, Some(-1), None)), "last");
}

#[test]
fn documents() {
    let db = db();
    let mut sent = Transcript::new("blog");
    sent.add(&db.query(select! {
        users(first: 3, filter: name.contains("a")) { id name }
        posts { title author { name } }
        user(by: user::by_email("a@b.c")) { name }
        nobody: user(by: user::by_id("1")) { posts(first: 1) { id } }
    }));
    sent.add(&db.query(|query| (query.tags, query.user.by(user::by_id("1")))));
    insta::assert_snapshot!(sent.text());
}

/// Streams and pages can be sent and kept.
#[test]
fn pages_can_be_sent() {
    fn is_send<T: Send + 'static>(_: T) {}
    fn is_sync<T: Send + Sync>() {}
    is_sync::<Connection<User, User>>();
    let db = db();
    is_send(db.user().find_many().stream(10));
    is_send(
        db.user()
            .find_many()
            .pick(select! { id posts { title } })
            .stream(10),
    );
}

#[tokio::test]
async fn an_error_ends_a_stream() {
    let db = Db::custom(Recorder::answering(
        r#"{"data":null,"errors":[{"message":"Whoops. Looks like an internal server error."}]}"#,
    ));
    let mut rows = db.user().find_many().stream(2);
    let error = rows.next().await.unwrap().unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Server { code: None });
    assert!(rows.next().await.is_none());
    assert!(rows.next().await.is_none());
}
