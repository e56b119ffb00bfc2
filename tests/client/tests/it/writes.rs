//! Mutations: their texts and variables.

use prisma_runtime::{Link, new, select};
use prisma_tests_client::blog::{Db, Models, Role, post, tag, user};

use crate::recorder::{Recorder, Transcript};

fn db() -> Db {
    Db::custom(Recorder::answering("{}"))
}

#[test]
fn creates() {
    let db = db();
    let email = "a@b.c";
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().create(new!(user::New { email, name: "Ann" })));
    sent.add(
        &db.user().create(
            new!(user::New {
                email: "a@b.c",
                name: "Ann"
            })
            .with(|u| (u.age.to(30), u.role.to(Role::Admin))),
        ),
    );
    sent.add(&db.post().create(new!(post::New {
        title: "Hi",
        author: user::by_id("1")
    })));
    sent.add(
        &db.post()
            .create(post::New {
                title: "Hi".into(),
                author: Link::create(new!(user::New {
                    email: "a@b.c",
                    name: "Ann"
                })),
            })
            .pick(select! { id author { id } }),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn nested_creates() {
    let db = db();
    let mut sent = Transcript::new("blog");
    sent.add(
        &db.user().create(
            new!(user::New {
                email: "a@b.c",
                name: "Ann"
            })
            .with(|u| {
                (
                    u.posts.create([
                        new!(post::NewWithoutAuthor { title: "One" }).with(|p| {
                            (
                                p.tags.create([new!(tag::New { label: "new" })]),
                                p.tags
                                    .connect([tag::by_label("rust"), tag::by_label("web")]),
                                p.reviewer.create(new!(user::New {
                                    email: "b@b.c",
                                    name: "Bob"
                                })),
                            )
                        }),
                        new!(post::NewWithoutAuthor { title: "Two" }).into(),
                    ]),
                    u.posts
                        .create([new!(post::NewWithoutAuthor { title: "Three" })]),
                    u.posts.connect([post::by_id("p1")]),
                )
            }),
        ),
    );
    insta::assert_snapshot!(sent.text());
}

#[test]
fn changes() {
    let db = db();
    let name: Option<&str> = None;
    let mut sent = Transcript::new("blog");
    sent.add(
        &db.user()
            .update(user::by_id("1"))
            .set(|u| (u.name.to("B"), u.age.null())),
    );
    sent.add(
        &db.user()
            .update(user::by_id("1"))
            .set(|u| vec![u.age.to(1), u.age.to(2)]),
    );
    sent.add(
        &db.user()
            .update(user::by_id("1"))
            .set(|u| name.map(|name| u.name.to(name))),
    );
    sent.add(
        &db.post()
            .update(post::by_id("1"))
            .set(|p| {
                (
                    p.author.connect(user::by_email("a@b.c")),
                    p.reviewer.connect(user::by_id("2")),
                )
            })
            .pick(|p| p.id),
    );
    sent.add(&db.user().upsert(
        user::by_email("a@b.c"),
        new!(user::New {
            email: "a@b.c",
            name: "Ann"
        }),
        |u| u.name.to("Ann"),
    ));
    sent.add(&db.user().delete(user::by_id("1")).pick(|u| u.name));
    insta::assert_snapshot!(sent.text());
}

#[test]
fn many_at_once() {
    let db = db();
    let older_than = Some(65);
    let mut sent = Transcript::new("blog");
    sent.add(
        &db.user()
            .update_many()
            .set(|u| (u.role.to(Role::User), u.age.null()))
            .filter(|u| u.age.lt(18)),
    );
    sent.add(
        &db.user()
            .update_many()
            .set(|u| u.role.to(Role::User))
            .filter_some(older_than, |u, age| u.age.gt(age))
            .everything(),
    );
    sent.add(&db.post().delete_many().everything());
    sent.add(
        &db.post()
            .delete_many()
            .filter(|p| p.author.is(|a| a.name.eq("Ann"))),
    );
    insta::assert_snapshot!(sent.text());
}
