//! Operations on related records, and what is left afterwards.

use prisma_runtime::new;
use prisma_tests_client::blog::{Db, Models, post, tag, user};

use super::{
    Journal,
    blog::{everything, on_the_blog},
};

/// Runs updates of one user, and shows the blog after each.
async fn changes(change: impl AsyncFn(&Db, &mut Journal)) -> String {
    on_the_blog(async |db, journal| {
        change(db, journal).await;
        everything(db, journal).await;
    })
    .await
}

#[tokio::test]
async fn links_come_and_go() {
    let said = changes(async |db, journal| {
        let change = |id: &'static str| db.post().update(post::by_id(id));
        journal
            .run(
                change("p1")
                    .set(|p| p.tags.set([tag::by_label("web")]))
                    .pick(|p| p.id),
            )
            .await;
        journal
            .run(
                change("p1")
                    .set(|p| p.tags.disconnect([tag::by_label("web")]))
                    .pick(|p| p.id),
            )
            .await;
        journal
            .run(
                change("p1")
                    .set(|p| p.tags.disconnect([tag::by_label("web")]))
                    .pick(|p| p.id),
            )
            .await;
        journal
            .run(change("p1").set(|p| p.reviewer.disconnect()).pick(|p| p.id))
            .await;
        journal
            .run(change("p1").set(|p| p.reviewer.disconnect()).pick(|p| p.id))
            .await;
        // A post requires its author.
        journal
            .run(
                db.user()
                    .update(user::by_id("ann"))
                    .set(|u| u.posts.disconnect([post::by_id("p1")])),
            )
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn related_records_change() {
    let said = changes(async |db, journal| {
        let ann = || db.user().update(user::by_id("ann"));
        journal
            .run(ann().set(|u| u.posts.update(post::by_id("p1"), |p| p.title.to("First"))))
            .await;
        // Bob's.
        journal
            .run(ann().set(|u| u.posts.update(post::by_id("p3"), |p| p.title.to("Mine"))))
            .await;
        let upsert = |id: &'static str| {
            let new = new!(post::NewWithoutAuthor { title: "Made" }).with(|p| p.id.to(id));
            ann().set(|u| {
                u.posts
                    .upsert(post::by_id(id), new, |p| p.title.to("Changed"))
            })
        };
        journal.run(upsert("p2")).await;
        journal.run(upsert("p9")).await;
        journal
            .run(ann().set(|u| {
                u.posts
                    .update_many()
                    .set(|p| p.published.to(true))
                    .filter(|p| p.title.ne("Changed"))
            }))
            .await;
        journal
            .run(
                db.post()
                    .update(post::by_id("p1"))
                    .set(|p| {
                        (
                            p.author.update(|u| u.age.to(31)),
                            p.reviewer.upsert(
                                new!(user::New {
                                    email: "x",
                                    name: "X"
                                }),
                                |u| u.posts.update(post::by_id("p3"), |p| p.published.to(true)),
                            ),
                        )
                    })
                    .pick(|p| p.title),
            )
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn related_records_go() {
    let said = changes(async |db, journal| {
        let ann = || db.user().update(user::by_id("ann"));
        journal
            .run(ann().set(|u| u.posts.delete([post::by_id("p2")])))
            .await;
        journal
            .run(ann().set(|u| u.posts.delete([post::by_id("p3")])))
            .await;
        // Bob has a post that requires him.
        journal
            .run(
                db.post()
                    .update(post::by_id("p1"))
                    .set(|p| p.reviewer.delete())
                    .pick(|p| p.id),
            )
            .await;
        journal
            .run(
                db.user()
                    .update(user::by_id("bob"))
                    .set(|u| u.posts.delete_many().filter(|p| p.title.eq("no such"))),
            )
            .await;
        journal
            .run(
                db.user()
                    .update(user::by_id("bob"))
                    .set(|u| u.posts.delete_many().everything()),
            )
            .await;
        journal
            .run(
                db.post()
                    .update(post::by_id("p1"))
                    .set(|p| p.reviewer.delete())
                    .pick(|p| p.id),
            )
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}

/// What a create or update nests is done as a whole or not at all.
#[tokio::test]
async fn nothing_is_done_by_half() {
    let said = changes(async |db, journal| {
        journal
            .run(db.user().update(user::by_id("ann")).set(|u| {
                (
                    u.name.to("Changed"),
                    u.posts.delete([post::by_id("p2")]),
                    u.posts.update(post::by_id("p3"), |p| p.title.to("Mine")),
                )
            }))
            .await;
    })
    .await;
    insta::assert_snapshot!(said);
}
