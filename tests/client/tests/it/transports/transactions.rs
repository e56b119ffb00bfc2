//! Transactions and batches.

use std::{sync::Arc, time::Duration};

use prisma_runtime::{
    Client, EmbeddedBuilder, Error, ErrorKind, Isolation, Result, Tx, TxError, new, select,
};
use prisma_tests_client::blog::{Db, Models, post, tag, user};

use super::{Journal, both, datamodel, world::World};

/// Runs a program on an empty blog.
async fn on_an_empty_blog(program: impl AsyncFn(&Db, &mut Journal)) -> String {
    both(&datamodel("blog"), async |client: Client, journal| {
        program(&Db::from(client), journal).await;
    })
    .await
}

async fn add(db: &(impl Models + Sync), label: &str) -> Result<String> {
    let tag = new!(tag::New { label });
    db.tag().create(tag).pick(|t| t.label).await
}

async fn labels(db: &(impl Models + Sync)) -> Vec<String> {
    let tags = db.tag().find_many().order_by(|t| t.label.asc());
    tags.pick(|t| t.label).await.unwrap()
}

fn kind<T>(result: Result<T>) -> ErrorKind {
    result.err().unwrap().kind().clone()
}

const EXPIRED: ErrorKind = ErrorKind::Transaction(TxError::Expired);

#[tokio::test]
async fn success_commits_and_failure_rolls_back() {
    on_an_empty_blog(async |db, journal| {
        let total = db.transaction(async |tx| {
            add(tx, "a").await?;
            add(tx, "b").await?;
            tx.tag().count().await
        });
        journal.note(total.await);
        assert_eq!(labels(db).await, ["a", "b"]);
        let failed = db.transaction(async |tx| {
            add(tx, "c").await?;
            add(tx, "a").await
        });
        let failed = failed.await;
        assert!(failed.as_ref().unwrap_err().is_unique_violation());
        journal.note(failed);
        assert_eq!(labels(db).await, ["a", "b"]);
        // What was refused leaves nothing, and may be handled.
        let handled = db.transaction(async |tx| {
            add(tx, "c").await?;
            let again = add(tx, "a").await;
            assert!(again.unwrap_err().is_unique_violation());
            Ok::<_, Error>(labels(tx).await)
        });
        journal.note(handled.await);
        assert_eq!(labels(db).await, ["a", "b", "c"]);
    })
    .await;
}

/// Errors of the program's own end a transaction, too.
#[tokio::test]
async fn any_error_rolls_back() {
    #[derive(Debug, PartialEq)]
    enum Mine {
        No,
        Database(String),
    }
    impl From<Error> for Mine {
        fn from(error: Error) -> Self {
            Self::Database(error.to_string())
        }
    }
    on_an_empty_blog(async |db, _| {
        let refused: Result<(), Mine> = db
            .transaction(async |tx| {
                add(tx, "a").await?;
                Err(Mine::No)
            })
            .await;
        assert_eq!(refused, Err(Mine::No));
        assert_eq!(labels(db).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn begun_by_hand() {
    on_an_empty_blog(async |db, _| {
        let tx = db.transactions().begin().await.unwrap();
        add(&tx, "a").await.unwrap();
        tx.commit().await.unwrap();
        let tx = db.transactions().begin().await.unwrap();
        add(&tx, "b").await.unwrap();
        tx.rollback().await.unwrap();
        let tx = db.transactions().begin().await.unwrap();
        add(&tx, "c").await.unwrap();
        drop(tx);
        // Waits for the end of the one that was dropped.
        add(db, "d").await.unwrap();
        assert_eq!(labels(db).await, ["a", "d"]);
        let nested = db.transaction(async |tx| tx.transaction(async |_| Ok(())).await);
        let not_within = ErrorKind::Transaction(TxError::NotWithin);
        assert_eq!(kind(nested.await), not_within);
    })
    .await;
}

#[tokio::test]
async fn time_is_limited() {
    on_an_empty_blog(async |db, _| {
        let brief = || db.transactions().timeout(Duration::from_millis(200));
        let started = std::time::Instant::now();
        let dropped = Arc::new(());
        let held = Arc::clone(&dropped);
        let late: Result<()> = brief()
            .run(async move |tx| {
                let _held = held;
                add(tx, "a").await?;
                tokio::time::sleep(Duration::from_secs(60)).await;
                Ok(())
            })
            .await;
        assert_eq!(kind(late), EXPIRED);
        assert!(started.elapsed() < Duration::from_secs(30));
        assert_eq!(Arc::strong_count(&dropped), 1);
        add(db, "b").await.unwrap();
        assert_eq!(labels(db).await, ["b"]);

        let tx = brief().begin().await.unwrap();
        assert_eq!(tx.lease(), Duration::from_millis(200));
        add(&tx, "c").await.unwrap();
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(kind(add(&tx, "d").await), EXPIRED);
        assert_eq!(kind(tx.commit().await), EXPIRED);
        assert_eq!(labels(db).await, ["b"]);
    })
    .await;
}

#[tokio::test]
async fn a_panic_rolls_back() {
    on_an_empty_blog(async |db, _| {
        let task = {
            let db = db.clone();
            tokio::spawn(async move {
                let work = db.transaction(async |tx| {
                    add(tx, "a").await?;
                    if labels(tx).await == ["a"] {
                        panic!("on purpose");
                    }
                    Ok::<_, Error>(())
                });
                work.await
            })
        };
        assert!(task.await.unwrap_err().is_panic());
        add(db, "b").await.unwrap();
        assert_eq!(labels(db).await, ["b"]);
    })
    .await;
}

/// On files readers go on, and see what was there before; who writes waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_do_not_see_it_before_its_end() {
    async fn check(db: Db) {
        let tx = db.transactions().begin().await.unwrap();
        add(&tx, "a").await.unwrap();
        assert_eq!(labels(&tx).await, ["a"]);
        assert_eq!(labels(&db).await, [""; 0]);
        let late = db.transactions().max_wait(Duration::from_millis(50));
        let not_begun = ErrorKind::Transaction(TxError::NotBegun);
        let error = late.begin().await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (&not_begun, true));
        let writer = {
            let db = db.clone();
            tokio::spawn(async move { add(&db, "b").await })
        };
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!writer.is_finished());
        tx.commit().await.unwrap();
        writer.await.unwrap().unwrap();
        assert_eq!(labels(&db).await, ["a", "b"]);
    }
    let world = World::start(&datamodel("blog")).await;
    check(Db::from(world.http())).await;
    world.stop().await;
    let folder = tempfile::tempdir().unwrap();
    let builder = EmbeddedBuilder::<Client>::new(folder.path().to_str().unwrap());
    let client = builder.deploy(&datamodel("blog")).build().await.unwrap();
    check(Db::from(client)).await;
}

/// Each of many reads and then writes; none is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_a_time() {
    on_an_empty_blog(async |db, _| {
        let new = new!(user::New {
            email: "a",
            name: ""
        });
        db.user().create(new.with(|u| u.age.to(0))).await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.transactions()
                        .isolation(Isolation::Serializable)
                        .max_wait(Duration::from_secs(20))
                        .retry(5)
                        .run(async |tx: &Tx| {
                            let user = tx.user().find_unique(user::by_email("a")).or_not_found();
                            let age = user.await?.age.unwrap_or_default();
                            let update = tx.user().update(user::by_email("a"));
                            update.set(|u| u.age.to(age + 1)).await
                        })
                        .await
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let user = db.user().find_unique(user::by_email("a")).await.unwrap();
        assert_eq!(user.unwrap().age, Some(8));
    })
    .await;
}

#[tokio::test]
async fn batches_of_queries() {
    let said = on_an_empty_blog(async |db, journal| {
        for label in ["a", "b", "c"] {
            let new = new!(tag::New { label }).with(|t| t.id.to(label));
            db.tag().create(new).await.unwrap();
        }
        let tags = || db.tag().find_many().order_by(|t| t.label.asc());
        journal.note(
            db.batch((
                db.tag().count(),
                tags().first(2),
                tags().skip(1).pick(select! { label posts { id } }),
                db.tag().exists(|t| t.label.eq("x")),
            ))
            .await,
        );
        let ids = ["a", "x", "c"];
        let found = ids.map(|id| db.tag().find_unique(tag::by_id(id)));
        journal.note(db.batch(found).await);
        let found: Vec<_> = ids.map(|id| db.tag().find_unique(tag::by_id(id))).into();
        journal.note(db.batch(found).await);
        let none: Vec<prisma_runtime::FindUnique<'_, prisma_tests_client::blog::Tag>> = vec![];
        journal.note(db.batch(none).await);
        let wrong = db.tag().find_unique(tag::by_id("x")).or_not_found();
        journal.note(db.batch((db.tag().count(), wrong)).await);
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn batches_of_mutations() {
    let said = on_an_empty_blog(async |db, journal| {
        let create = |label: &'static str| {
            let new = new!(tag::New { label }).with(|t| t.id.to(label));
            db.tag().create(new)
        };
        journal.note(db.batch((create("a"), create("b").pick(|t| t.label))).await);
        journal.note(db.batch([create("c"), create("a"), create("d")]).await);
        assert_eq!(labels(db).await, ["a", "b"]);
        // Queries and mutations are no one document, but one transaction.
        journal.note(db.batch((create("c"), db.tag().count(), create("d"))).await);
        journal.note(db.batch((create("e"), db.tag().count(), create("d"))).await);
        assert_eq!(labels(db).await, ["a", "b", "c", "d"]);
        let inside = db.transaction(async |tx| {
            let new = |label: &'static str| new!(tag::New { label }).with(|t| t.id.to(label));
            let creates = (tx.tag().create(new("e")), tx.tag().count());
            tx.batch(creates).await
        });
        journal.note(inside.await);
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn creates_of_many() {
    on_an_empty_blog(async |db, journal| {
        let new = |number: usize| {
            new!(tag::New {
                label: format!("{number:03}")
            })
        };
        let made = db.tag().create_many((0..450).map(new)).pick(|t| t.label);
        assert_eq!(made.await.unwrap().len(), 450);
        assert_eq!(labels(db).await.len(), 450);
        let again = db
            .tag()
            .create_many((449..900).rev().map(new))
            .pick(|t| t.id);
        let error = again.await.unwrap_err();
        assert!(error.is_unique_violation(), "{error}");
        assert_eq!(labels(db).await.len(), 450);
        let nobody: [tag::New; 0] = [];
        assert_eq!(db.tag().create_many(nobody).await.unwrap(), []);
        let author = user::by_id("nobody");
        let posts = db
            .post()
            .create_many([new!(post::New { title: "x", author })]);
        journal.note(posts.pick(|p| p.id).await);
    })
    .await;
}
