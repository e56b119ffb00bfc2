//! Reading page by page, row by row, and with arguments at any depth.

use prisma_runtime::{Asked, Filter, Id, Lookahead, Page, Selection, select};
use prisma_tests_client::blog::{self, Models, User, post, user};

use super::blog::on_the_blog;

#[tokio::test]
async fn connections() {
    let said = on_the_blog(async |db, journal| {
        let titles = || {
            db.post()
                .connection()
                .order_by(|p| p.title.asc())
                .pick(|p| p.title)
        };
        journal.run(titles()).await;
        journal.run(titles().with_count()).await;
        let first = titles().first(2).with_count().await.unwrap();
        journal.note(Ok(&first));
        let second = first.next().await.unwrap().unwrap();
        journal.note(Ok(&second));
        assert!(second.next().await.unwrap().is_none());
        // The other way round, pages come before one another.
        let last = titles().last(2).await.unwrap();
        journal.note(Ok(&last));
        let before = last.next().await.unwrap().unwrap();
        journal.note(Ok(&before));
        assert!(before.next().await.unwrap().is_none());
        let skipped = titles().skip(1).first(1).await.unwrap();
        let next = skipped.next().await.unwrap().unwrap();
        assert_eq!(next.into_nodes(), ["Two"]);
        journal
            .run(
                titles()
                    .filter(|p| p.title.eq("Nine"))
                    .first(1)
                    .with_count(),
            )
            .await;
        journal
            .run(titles().after(Id::new("nowhere").cursor()))
            .await;
        let page = Page::from_relay(None, None, Some(1), Some("p3".into())).unwrap();
        journal.run(titles().page(page)).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn streams() {
    let said = on_the_blog(async |db, journal| {
        for size in [1, 2, 3, 100] {
            let titles = db.post().find_many().order_by(|p| p.title.desc());
            let mut rows = titles.pick(|p| p.title).stream(size);
            while let Some(row) = rows.next().await {
                journal.note(row);
            }
        }
        let after = db.post().find_many().after(Id::new("p1").cursor()).first(1);
        let mut rows = after.pick(|p| p.id).stream(5);
        while let Some(row) = rows.next().await {
            journal.note(row);
        }
        let related = db.user().find_unique(user::by_id("ann")).rel(|u| u.posts);
        let mut rows = related.pick(|p| p.title).stream(1);
        while let Some(row) = rows.next().await {
            journal.note(row);
        }
        let mut none = db
            .post()
            .find_many()
            .filter(|p| p.title.eq("Nine"))
            .stream(2);
        assert!(none.next().await.is_none());
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn arguments_at_any_depth() {
    let said = on_the_blog(async |db, journal| {
        let (size, letter, cursor) = (1, String::from("T"), Id::new("p1").cursor());
        let users = || db.user().find_many().order_by(|u| u.id.asc());
        journal
            .run(users().pick(select! {
                id
                later: posts(after: cursor, first: size) { title }
                by_letter: posts(filter: title.starts_with(letter.clone()), order_by: title.desc(), skip: 0) {
                    title
                    tags(last: size, filter: label.ne("rust")) { label posts(first: size) { id } }
                }
                posts_count: posts(count)
                published: posts(filter: published.eq(true), count)
            }))
            .await;
        journal
            .run(users().pick(|u| {
                (
                    u.posts.filter_some(None::<&str>, |p, t| p.title.eq(t)).pick(|p| p.id),
                    u.posts.filter_some(Some("One"), |p, t| p.title.eq(t)).last(1).pick(|p| p.title),
                )
            }))
            .await;
        // More fields than a tuple holds.
        journal
            .run(db.user().find_first().pick(select! {
                a: id b: id c: id d: id e: id f: id g: id h: id i: id j: id
                k: id l: id m: id n: id o: id p: id q: id r: name
            }))
            .await;
        journal.run(db.user().find_first().pick(select! { posts { } })).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn conditions_of_every_kind() {
    let said = on_the_blog(async |db, journal| {
        let u = User::FIELDS;
        let p = blog::Post::FIELDS;
        for filter in [
            Filter::none([u.name.eq("Ann"), u.name.eq("Cat")]),
            Filter::none([]),
            Filter::any([]),
            Filter::all([]),
            u.age.between(29, 30),
            u.age.not_in([30]),
            u.name.not_starts_with("A") & u.name.not_ends_with("x") & u.name.not_contains("q"),
            u.posts.every(|p| p.published.eq(false)),
            u.posts.none(|p| p.tags.some(|t| t.label.eq("rust"))),
            u.reviews.some(|p| p.author.is_not(|a| a.name.eq("Bob"))),
        ] {
            journal
                .run(db.user().find_many().filter(|_| filter).pick(|u| u.id))
                .await;
        }
        for filter in [
            p.reviewer.is_null(),
            p.reviewer.not_null(),
            p.reviewer.is(|r| r.name.eq("Bob")),
            p.reviewer.is_not(|r| r.name.eq("Bob")),
            p.author.is(|a| a.age.is_null()),
        ] {
            journal
                .run(db.post().find_many().filter(|_| filter).pick(|p| p.id))
                .await;
        }
    })
    .await;
    insta::assert_snapshot!(said);
}

#[derive(Selection, Debug)]
#[prisma(model = blog::User)]
#[allow(dead_code)]
struct Reader {
    name: Asked<String>,
    #[prisma(count)]
    posts_count: u64,
    #[prisma(default = 99)]
    age: i32,
}

#[tokio::test]
async fn structs() {
    let said = on_the_blog(async |db, journal| {
        let asked = |paths: &[&'static str]| paths.iter().copied().collect::<Lookahead>();
        let readers = || {
            db.user()
                .find_many()
                .order_by(|u| u.id.asc())
                .select::<Reader>()
        };
        journal.run(readers()).await;
        journal.run(readers().asked(asked(&[]))).await;
        journal.run(readers().asked(asked(&["name"]))).await;
        let author = db.post().find_unique(post::by_id("p3")).rel(|p| p.author);
        journal.run(author.select::<Reader>().or_not_found()).await;
        let update = db.user().update(user::by_id("bob")).set(|u| u.age.to(1));
        journal.run(update.select::<Reader>()).await;
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn documents() {
    let said = on_the_blog(async |db, journal| {
        let size = 1;
        journal
            .run(db.query(select! {
                users(first: size, filter: name.contains("n")) { id name }
                posts(order_by: title.desc()) { title author { name } }
                user(by: user::by_id("bob")) { name posts(count) }
                nobody: user(by: user::by_id("nobody")) { name }
                all: tags(count)
            }))
            .await;
        let query = db.query(|query| {
            (
                query.users.pick(|u| u.name),
                query.post.by(post::by_id("p1")),
            )
        });
        let (names, post) = query.await.unwrap();
        assert_eq!((names.len(), post.unwrap().title.as_str()), (2, "One"));
    })
    .await;
    insta::assert_snapshot!(said);
}

/// What is merged answers as it does alone.
#[tokio::test]
async fn lookups_in_a_scope() {
    on_the_blog(async |db, _| {
        let scoped = db.scoped();
        let mut said = Vec::new();
        let ids = ["ann", "bob", "nobody", "ann"];
        for db in [db, &scoped] {
            let users = ids.map(|id| {
                let user = db.user().find_unique(user::by_id(id));
                user.pick(select! { name posts(first: 1) { title } })
                    .into_future()
            });
            let users = futures_util::future::join_all(users).await;
            let authors = ["p1", "p3", "p2"].map(|id| {
                let post = db.post().find_unique(post::by_id(id));
                post.rel(|p| p.author)
                    .rel(|u| u.posts)
                    .pick(|p| p.title)
                    .into_future()
            });
            let authors = futures_util::future::join_all(authors).await;
            assert_eq!(*authors[1].as_ref().unwrap(), ["Three"]);
            said.push(format!("{users:?} {authors:?}"));
        }
        assert_eq!(said[0], said[1]);
    })
    .await;
}
