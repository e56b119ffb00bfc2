//! Operations on related records: their texts and variables.

use prisma_runtime::{ErrorKind, Link, Query, new};
use prisma_tests_client::blog::{Db, Models, post, tag, user};

use crate::recorder::{Recorder, Transcript};

fn db() -> Db {
    Db::custom(Recorder::answering("{}"))
}

#[test]
fn of_lists() {
    let db = db();
    let title = Some("old");
    let mut sent = Transcript::new("blog");
    let ann = || db.user().update(user::by_id("ann"));
    sent.add(&ann().set(|u| {
        (
            u.posts
                .create([new!(post::NewWithoutAuthor { title: "New" })]),
            u.posts.connect([post::by_id("p1")]),
            u.posts.disconnect([post::by_id("p2"), post::by_id("p3")]),
            u.posts.delete([post::by_id("p4")]),
            u.posts.delete([post::by_id("p5")]),
            u.reviews.set([post::by_id("p6")]),
        )
    }));
    sent.add(&ann().set(|u| {
        (
            u.posts.update(post::by_id("p1"), |p| p.title.to("One")),
            u.posts.upsert(
                post::by_id("p2"),
                new!(post::NewWithoutAuthor { title: "Two" }).with(|p| p.published.to(true)),
                |p| (p.title.to("Two again"), p.published.to(false)),
            ),
            u.posts.update(post::by_id("p3"), |p| p.published.to(true)),
        )
    }));
    sent.add(&ann().set(|u| {
        (
            u.posts
                .update_many()
                .set(|p| p.published.to(true))
                .filter(|p| p.title.starts_with("A"))
                .filter_some(title, |p, title| p.title.ne(title)),
            u.posts
                .update_many()
                .set(|p| (p.published.to(false), p.title.to("x")))
                .everything(),
            u.posts.delete_many().filter(|p| p.published.eq(false)),
            u.reviews.delete_many().everything(),
            u.reviews.set([]),
        )
    }));
    insta::assert_snapshot!(sent.text());
}

#[test]
fn of_single_records() {
    let db = db();
    let mut sent = Transcript::new("blog");
    let post = || db.post().update(post::by_id("p1"));
    sent.add(&post().set(|p| p.reviewer.disconnect()));
    sent.add(&post().set(|p| p.reviewer.delete()));
    sent.add(&post().set(|p| {
        (
            p.author.update(|u| u.name.to("Ann")),
            p.reviewer.upsert(
                new!(user::New {
                    email: "b@b.c",
                    name: "Bob"
                }),
                |u| u.name.to("Bob"),
            ),
        )
    }));
    sent.add(&post().set(|p| {
        p.author.upsert(
            new!(user::New {
                email: "a@b.c",
                name: "Ann"
            }),
            |u| u.age.null(),
        )
    }));
    insta::assert_snapshot!(sent.text());
}

#[test]
fn to_any_depth() {
    let db = db();
    let mut sent = Transcript::new("blog");
    sent.add(&db.tag().update(tag::by_label("rust")).set(|t| {
        t.posts.update(post::by_id("p1"), |p| {
            (
                p.author.update(|u| {
                    u.reviews
                        .update(post::by_id("p2"), |p| p.tags.disconnect([tag::by_id("t")]))
                }),
                p.reviewer.update(|u| u.posts.delete_many().everything()),
            )
        })
    }));
    sent.add(
        &db.user().upsert(
            user::by_id("ann"),
            new!(user::New {
                email: "a@b.c",
                name: "Ann"
            })
            .with(|u| u.posts.connect([post::by_id("p1")])),
            |u| u.posts.set([post::by_id("p1")]),
        ),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn of_scalar_lists() {
    use prisma_tests_client::shapes::{self, Models, State, everything};
    let db = shapes::Db::custom(Recorder::answering("{}"));
    let mut sent = Transcript::new("shapes");
    sent.add(&db.everything().update(everything::by_id("1")).set(|e| {
        (
            e.texts.to(["a", "b"]),
            e.numbers.to([1]),
            e.states.to([State::New]),
            e.texts.to([] as [String; 0]),
        )
    }));
    sent.add(
        &db.everything()
            .update_many()
            .set(|e| e.numbers.to(vec![1, 2]))
            .everything(),
    );
    insta::assert_snapshot!(sent.text());
}

/// A nested record is related to its parent by its place. Nothing is sent that says so again, or says otherwise.
#[test]
fn back_to_the_parent() {
    let db = db();
    let ann = || {
        new!(user::New {
            email: "a@b.c",
            name: "Ann"
        })
    };
    let hello = || new!(post::NewWithoutAuthor { title: "Hello" });
    let by_ann = || hello().with(|p| p.author.connect(user::by_id("ann")));
    let p1 = || post::by_id("p1");
    let refused = [
        (
            "author",
            db.user()
                .create(ann().with(|u| u.posts.create([by_ann()])))
                .operation(),
        ),
        (
            "author",
            db.user()
                .update(user::by_id("ann"))
                .set(|u| {
                    u.posts
                        .update(p1(), |p| p.author.connect(user::by_id("bob")))
                })
                .operation(),
        ),
        (
            "author",
            db.user()
                .update(user::by_id("ann"))
                .set(|u| u.posts.upsert(p1(), by_ann(), |p| p.title.to("Hello")))
                .operation(),
        ),
        (
            "reviews",
            db.post()
                .update(p1())
                .set(|p| p.reviewer.update(|u| u.reviews.connect([p1()])))
                .operation(),
        ),
        (
            "posts",
            db.post()
                .create(post::New {
                    title: "Hello".into(),
                    author: Link::create(ann().with(|u| u.posts.connect([p1()]))),
                })
                .operation(),
        ),
    ];
    for (field, operation) in refused {
        let error = operation.request().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Validation { .. }));
        assert!(error.to_string().contains(&format!("`{field}`")), "{error}");
    }

    let other = hello().with(|p| p.reviewer.connect(user::by_id("bob")));
    let create = db.user().create(ann().with(|u| u.posts.create([other])));
    create.operation().request().unwrap();
}
