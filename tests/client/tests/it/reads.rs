//! Queries: their texts and variables.

use prisma_runtime::{Cursor, Filter, Id, select};
use prisma_tests_client::blog::{Db, Models, Role, User, post, user};

use crate::recorder::{Recorder, Transcript};

fn db() -> Db {
    Db::custom(Recorder::answering("{}"))
}

#[test]
fn one_record() {
    let db = db();
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().find_unique(user::by_id("1")));
    sent.add(
        &db.user()
            .find_unique(user::by_email("a@b.c"))
            .or_not_found(),
    );
    sent.add(&db.user().find_first());
    sent.add(
        &db.user()
            .find_first()
            .filter(|u| u.role.eq(Role::Admin))
            .order_by(|u| u.name.desc())
            .skip(2)
            .after(Id::new("u1").cursor())
            .or_not_found(),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn related_records() {
    let db = db();
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().find_unique(user::by_id("1")).rel(|u| u.posts));
    sent.add(
        &db.user()
            .find_unique(user::by_email("a@b.c"))
            .rel(|u| u.posts)
            .filter(|p| p.published.eq(true))
            .order_by(|p| p.created_at.desc())
            .first(3),
    );
    sent.add(&db.post().find_unique(post::by_id("1")).rel(|p| p.reviewer));
    sent.add(
        &db.post()
            .find_unique(post::by_id("1"))
            .rel(|p| p.author)
            .rel(|u| u.posts)
            .pick(|p| p.title),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn conditions() {
    let db = db();
    let u = User::FIELDS;
    let mut sent = Transcript::new("blog");
    for filter in [
        u.name.eq("Ann"),
        u.name.ne(String::from("Ann")),
        u.age.eq(None::<i32>),
        u.age.eq(Some(3)),
        u.age.is_null(),
        u.age.not_null(),
        u.age.is_in([1, 2]),
        u.age.not_in(Vec::<i32>::new()),
        u.age.lt(1),
        u.age.lte(1),
        u.age.gt(1),
        u.age.gte(1),
        u.age.between(18, 65),
        u.role.eq(Role::Admin),
        u.role.is_in([Role::Admin, Role::User]),
        u.id.eq(Id::new("1")),
        u.id.is_in(["1", "2"]),
        u.name.contains("n"),
        u.name.not_contains("n"),
        u.name.starts_with("A"),
        u.name.not_starts_with("A"),
        u.name.ends_with("n"),
        u.name.not_ends_with("n"),
        u.id.starts_with("c"),
        u.posts.some(|p| p.published.eq(true)),
        u.posts.every(|p| p.tags.none(|t| t.label.eq("rust"))),
        u.posts.some(|p| p.author.is(|a| a.name.eq("Ann"))),
        u.posts.some(|p| p.author.is_not(|a| a.name.eq("Ann"))),
        u.posts.some(|p| p.reviewer.is_null()),
        u.posts.some(|p| p.reviewer.not_null()),
        u.posts.some(|p| p.reviewer.is_not(|r| r.name.eq("Bob"))),
    ] {
        sent.add(&db.user().count().filter(|_| filter));
    }
    insta::assert_snapshot!(sent.text());
}

#[test]
fn conditions_together() {
    let db = db();
    let names = ["Ann", "Bob"];
    let search = Some(String::from("@example.org"));
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().find_many().filter(|u| {
        u.name.starts_with("A") & (u.age.gt(18) | u.age.is_null()) & !u.role.eq(Role::Admin)
    }));
    sent.add(
        &db.user()
            .find_many()
            .filter(|u| u.age.gt(18))
            .filter(|u| u.age.lt(65))
            .filter_some(search, |u, s| u.email.ends_with(s))
            .filter_some(None::<i32>, |u, age| u.age.eq(age)),
    );
    sent.add(&db.user().find_many().filter(|u| {
        Filter::any(names.iter().map(|name| u.name.eq(*name))) & Filter::all([u.age.gt(17)])
    }));
    sent.add(&db.user().exists(|u| u.email.eq("a@b.c")));
    sent.add(&db.user().count());
    insta::assert_snapshot!(sent.text());
}

#[test]
fn pages() {
    let db = db();
    let cursor: Cursor<User> = "u7".parse().unwrap();
    let mut sent = Transcript::new("blog");
    sent.add(
        &db.user()
            .find_many()
            .skip(2)
            .first(10)
            .after(cursor.clone()),
    );
    sent.add(
        &db.user()
            .find_many()
            .last(10)
            .before(cursor)
            .order_by(|u| u.id.asc()),
    );
    sent.add(&db.user().find_many().pick(|u| {
        (
            u.posts.first(1).pick(|p| p.id),
            u.posts.last(1).skip(1).pick(|p| (p.id, p.title)),
        )
    }));
    insta::assert_snapshot!(sent.text());
}

#[test]
fn selections_on_the_spot() {
    let db = db();
    let count = 3;
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().find_many().pick(|u| (u.id, u.age)));
    sent.add(&db.user().find_many().pick(|u| (u.name, u.posts, u.name)));
    sent.add(&db.user().find_many().pick(select! {
        id  mail: email
        posts(first: count, order_by: title.desc(), filter: published.eq(true) & !title.eq("x")) {
            title author { email } tags(filter: |t| t.label.ne("old")) { label }
        }
        latest: posts(last: 1) { id }
    }));
    insta::assert_snapshot!(sent.text());
}

/// A server parses and plans a text once; what differs between two calls must not be in it.
#[test]
fn equal_calls_have_equal_texts() {
    let db = db();
    let text = |name: &str, first: u32| {
        let query = db.user().find_many();
        let query = query
            .filter(|u| u.name.eq(name))
            .first(first)
            .pick(|u| u.id);
        prisma_runtime::Query::operation(&query)
            .request()
            .unwrap()
            .query
    };
    assert_eq!(text("Ann", 1), text("Bob", 20));
}
