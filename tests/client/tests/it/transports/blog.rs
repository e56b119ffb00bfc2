//! Every operation of a client, on users and their posts.

use prisma_runtime::{Client, ErrorKind, Id, Link, Query, new, select};
use prisma_tests_client::blog::{Db, Models, Role, post, tag, user};
use serde_json::json;

use super::{Journal, both, datamodel};

/// Runs a program on a blog with two users, three posts and two tags.
pub(super) async fn on_the_blog(program: impl AsyncFn(&Db, &mut Journal)) -> String {
    both(&datamodel("blog"), async |client: Client, journal| {
        let db = Db::from(client);
        fill(&db).await;
        program(&db, journal).await;
    })
    .await
}

async fn fill(db: &Db) {
    let post = |id: &'static str, title: &'static str| {
        new!(post::NewWithoutAuthor { title }).with(|p| p.id.to(id))
    };
    let ann = new!(user::New {
        email: "ann@b.c",
        name: "Ann"
    })
    .with(|u| {
        (
            (u.id.to("ann"), u.age.to(30), u.role.to(Role::Admin)),
            u.posts.create([
                post("p1", "One").with(|p| {
                    p.tags.create([
                        new!(tag::New { label: "rust" }).with(|t| t.id.to("t1")),
                        new!(tag::New { label: "web" }).with(|t| t.id.to("t2")),
                    ])
                }),
                post("p2", "Two").with(|p| p.published.to(true)),
            ]),
        )
    });
    db.user().create(ann).await.unwrap();
    let bob = new!(user::New {
        email: "bob@b.c",
        name: "Bob"
    })
    .with(|u| {
        (
            u.id.to("bob"),
            u.posts.create([post("p3", "Three")]),
            u.reviews.connect([post::by_id("p1")]),
        )
    });
    db.user().create(bob).await.unwrap();
}

/// What the blog holds.
pub(super) async fn everything(db: &Db, journal: &mut Journal) {
    let users = db.user().find_many().order_by(|u| u.id.asc());
    journal
        .run(users.pick(select! { id email name age role posts { id } reviews { id } }))
        .await;
    let posts = db.post().find_many().order_by(|p| p.id.asc());
    journal
        .run(
            posts.pick(select! { id title published author { id } reviewer { id } tags { label } }),
        )
        .await;
}

#[tokio::test]
async fn creates() {
    let said = on_the_blog(async |db, journal| {
        journal
            .run(
                db.user().create(
                    new!(user::New {
                        email: "cat@b.c",
                        name: "Cat"
                    })
                    .with(|u| u.id.to("cat")),
                ),
            )
            .await;
        journal
            .run(
                db.post()
                    .create(
                        post::New {
                            title: "Four".into(),
                            author: Link::create(
                                new!(user::New {
                                    email: "dan@b.c",
                                    name: "Dan"
                                })
                                .with(|u| u.id.to("dan")),
                            ),
                        }
                        .with(|p| {
                            (
                                p.id.to("p4"),
                                p.reviewer.connect(user::by_email("ann@b.c")),
                                p.tags.connect([tag::by_label("web")]),
                            )
                        }),
                    )
                    .pick(select! { id author { id role } reviewer { name } tags { id } }),
            )
            .await;
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn generated_values_have_equal_forms() {
    on_the_blog(async |db, _| {
        let tag = db
            .tag()
            .create(new!(tag::New { label: "new" }))
            .await
            .unwrap();
        let id: String = tag.id.to_string();
        assert!(id.len() == 25 && id.starts_with('c'), "{id}");
    })
    .await;
}

#[tokio::test]
async fn refused_creates() {
    let said = on_the_blog(async |db, journal| {
        let user = |email: &'static str| new!(user::New { email, name: "X" });
        journal.run(db.user().create(user("ann@b.c"))).await;
        journal
            .run(db.user().create(user("x").with(|u| u.id.to("ann"))))
            .await;
        let long = "x".repeat(26);
        journal
            .run(db.user().create(user("x").with(|u| u.id.to(long))))
            .await;
        let author = user::by_id("nobody");
        journal
            .run(db.post().create(new!(post::New { title: "X", author })))
            .await;
        // The parent is written first, and gone with what failed.
        let nested = user("x").with(|u| u.posts.connect([post::by_id("nowhere")]));
        journal.run(db.user().create(nested)).await;
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn updates() {
    let said = on_the_blog(async |db, journal| {
        journal
            .run(
                db.user()
                    .update(user::by_id("ann"))
                    .set(|u| (u.name.to("Anna"), u.age.null())),
            )
            .await;
        journal
            .run(
                db.post()
                    .update(post::by_id("p2"))
                    .set(|p| {
                        (
                            p.author.connect(user::by_id("bob")),
                            p.reviewer.connect(user::by_email("ann@b.c")),
                        )
                    })
                    .pick(select! { id author { name } reviewer { name } }),
            )
            .await;
        journal
            .run(db.user().update(user::by_id("nobody")).set(|u| u.age.to(1)))
            .await;
        journal
            .run(
                db.user()
                    .update(user::by_id("ann"))
                    .set(|u| u.email.to("bob@b.c")),
            )
            .await;
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn upserts() {
    let said = on_the_blog(async |db, journal| {
        let upsert = |email: &'static str| {
            let new = new!(user::New { email, name: "New" }).with(|u| u.id.to("new"));
            db.user()
                .upsert(user::by_email(email), new, |u| u.name.to("Changed"))
        };
        journal.run(upsert("ann@b.c")).await;
        journal.run(upsert("new@b.c")).await;
        journal.run(upsert("new@b.c")).await;
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn deletes() {
    let said = on_the_blog(async |db, journal| {
        journal
            .run(
                db.post()
                    .delete(post::by_id("p1"))
                    .pick(select! { id tags { label } reviewer { id } }),
            )
            .await;
        journal
            .run(db.post().delete(post::by_id("p1")).pick(|p| p.id))
            .await;
        // Their posts require an author.
        journal.run(db.user().delete(user::by_id("bob"))).await;
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn batches() {
    let said = on_the_blog(async |db, journal| {
        journal
            .run(
                db.user()
                    .update_many()
                    .set(|u| u.role.to(Role::User))
                    .filter(|u| u.age.gt(18)),
            )
            .await;
        journal
            .run(db.user().update_many().set(|u| u.age.to(1)).everything())
            .await;
        journal
            .run(
                db.user()
                    .update_many()
                    .set(|u| u.email.to("same@b.c"))
                    .everything(),
            )
            .await;
        journal
            .run(
                db.post()
                    .delete_many()
                    .filter(|p| p.tags.some(|t| t.label.eq("rust"))),
            )
            .await;
        journal
            .run(db.post().delete_many().filter(|p| p.title.eq("no such")))
            .await;
        everything(db, journal).await;
        journal.run(db.post().delete_many().everything()).await;
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn single_records() {
    let said = on_the_blog(async |db, journal| {
        journal.run(db.user().find_unique(user::by_id("ann"))).await;
        journal
            .run(db.user().find_unique(user::by_email("nobody")))
            .await;
        journal
            .run(
                db.user()
                    .find_unique(user::by_email("nobody"))
                    .or_not_found(),
            )
            .await;
        journal
            .run(db.user().find_first().filter(|u| u.age.is_null()))
            .await;
        journal
            .run(db.user().find_first().filter(|u| u.name.eq("X")))
            .await;
        let reviewer = |id: &'static str| {
            db.post()
                .find_unique(post::by_id(id))
                .rel(|p| p.reviewer)
                .pick(|u| u.name)
        };
        journal.run(reviewer("p1")).await;
        journal.run(reviewer("p2")).await;
        journal.run(reviewer("p9")).await;
        let siblings = db
            .post()
            .find_unique(post::by_id("p1"))
            .rel(|p| p.author)
            .rel(|u| u.posts);
        journal
            .run(siblings.order_by(|p| p.title.desc()).pick(|p| p.title))
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn lists() {
    let said = on_the_blog(async |db, journal| {
        for filter in [
            user_filter(|u| u.name.starts_with("A") & !u.role.eq(Role::User)),
            user_filter(|u| u.age.is_null() | u.age.between(30, 31)),
            user_filter(|u| u.posts.some(|p| p.published.eq(true))),
            user_filter(|u| u.posts.every(|p| p.reviewer.is_null())),
            user_filter(|u| u.reviews.none(|p| p.tags.some(|t| t.label.eq("web")))),
            user_filter(|u| u.id.is_in(["bob", "x"])),
        ] {
            let users = db.user().find_many().order_by(|u| u.name.desc());
            journal.run(users.filter(|_| filter.clone()).pick(|u| u.name)).await;
            journal.run(db.user().count().filter(|_| filter.clone())).await;
            journal.run(db.user().exists(|_| filter)).await;
        }
        let posts = || db.post().find_many().order_by(|p| p.id.asc());
        journal.run(posts().first(2).pick(|p| p.id)).await;
        journal.run(posts().first(2).after(Id::new("p1").cursor()).pick(|p| p.id)).await;
        journal.run(posts().last(1).before(Id::new("p3").cursor()).pick(|p| p.id)).await;
        journal.run(posts().skip(1).pick(|p| p.id)).await;
        journal
            .run(posts().pick(select! {
                id author { posts(order_by: id.desc(), first: 1) { id tags(order_by: label.desc()) { label } } }
            }))
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}

fn user_filter(
    filter: impl FnOnce(user::Fields) -> prisma_runtime::Filter<prisma_tests_client::blog::User>,
) -> prisma_runtime::Filter<prisma_tests_client::blog::User> {
    filter(prisma_tests_client::blog::User::FIELDS)
}

#[tokio::test]
async fn documents_of_the_callers_own() {
    let said = on_the_blog(async |db, journal| {
        for (document, variables) in [
            ("query ($id: ID) { user(where: {id: $id}) { __typename name } }", json!({ "id": "ann" })),
            ("{ users(first: -1) { id } }", json!({})),
            ("{ users { id nothing } }", json!({})),
            ("query ($id: ID!) { user(where: {id: $id}) { id } }", json!({})),
            ("{ users(where: {age: \"old\"}) { id } }", json!({})),
            ("{ users { id }", json!({})),
            ("", json!({})),
            ("{ user(where: {}) { id } }", json!({})),
            (
                "mutation { a: deletePost(where: {id: \"p9\"}) { id } b: deleteUser(where: {id: \"nobody\"}) { id } }",
                json!({}),
            ),
        ] {
            journal.note(db.raw(document, variables).await);
        }
        everything(db, journal).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

/// What never reaches a service is the transport's own to say, and still a typed error.
#[tokio::test]
async fn a_service_that_is_not_there() {
    let world = super::world::World::start(&datamodel("blog")).await;
    let stranger = world.stranger();
    let query = "{ users { id } }";
    let error = stranger.raw(query, json!({})).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Unauthorized);
    let error = world.nowhere().raw(query, json!({})).await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Server { code: Some(3016) });
    world.stop().await;
}

/// Both transports answer several callers at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_a_time() {
    on_the_blog(async |db, _| {
        let tasks: Vec<_> = (0..32)
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move {
                    let label = format!("tag {}", number % 4);
                    let new = new!(tag::New {
                        label: label.clone()
                    });
                    let upsert = db
                        .tag()
                        .upsert(tag::by_label(&label), new, |t| t.label.to(label.clone()));
                    upsert.await.map(|tag| tag.id)
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!(db.tag().count().await.unwrap(), 6);
    })
    .await;
}

/// A query is the same value for every transport.
#[tokio::test]
async fn a_query_is_text_and_variables() {
    let db = Db::from(super::world::World::embedded(&datamodel("blog")).await);
    let query = db.user().find_many().first(1);
    assert!(
        query
            .operation()
            .request()
            .unwrap()
            .query
            .starts_with("query($first: Int) { users")
    );
}
