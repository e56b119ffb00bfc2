//! What jobs see of each other, and what stays of them.

use std::sync::Arc;
use std::time::Duration;

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Connection, Driver};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use crate::world::{World, job, rows, statement};

async fn world() -> Option<World> {
    let world = World::new().await?;
    world
        .script(
            "CREATE TABLE {}.`t` (`id` int NOT NULL PRIMARY KEY, `n` int NOT NULL); \
             INSERT INTO {}.`t` VALUES (1, 0), (2, 0)",
        )
        .await;
    Some(world)
}

async fn numbers(world: &World) -> Vec<String> {
    let query = "SELECT `n` FROM {}.`t` ORDER BY `id`";
    let rows = world.query(query, &[]).await.unwrap();
    rows.into_iter().map(|mut row| row.remove(0)).collect()
}

#[tokio::test]
async fn failed_jobs_leave_nothing() {
    let Some(world) = world().await else {
        return;
    };
    let update = statement(&world.named("UPDATE {}.`t` SET `n` = 1"));
    let failed = job::<(), _>(move |connection| {
        Box::pin(async move {
            assert_eq!(connection.run(&update, &[]).await?, 2);
            Err(ConnectorError::Plan("changed my mind"))
        })
    });
    let failure = world.driver.with(Access::Write, failed).await;
    assert!(matches!(failure, Err(ConnectorError::Plan(_))));
    assert_eq!(numbers(&world).await, ["Int(0)", "Int(0)"]);
}

/// A statement that fails takes those before it along.
#[tokio::test]
async fn failed_statements_leave_nothing() {
    let Some(world) = world().await else {
        return;
    };
    let update = statement(&world.named("UPDATE {}.`t` SET `n` = 1"));
    let insert = statement(&world.named("INSERT INTO {}.`t` VALUES (1, 1)"));
    let failed = job(move |connection| {
        Box::pin(async move {
            connection.run(&update, &[]).await?;
            connection.run(&insert, &[]).await
        })
    });
    assert!(world.driver.with(Access::Write, failed).await.is_err());
    assert_eq!(numbers(&world).await, ["Int(0)", "Int(0)"]);
}

/// All statements of a snapshot see one state; those of a write see what is committed.
#[tokio::test]
async fn snapshots() {
    let Some(world) = world().await else {
        return;
    };
    for (access, expected) in [
        (Access::Snapshot, [["Int(0)"], ["Int(0)"]]),
        (Access::Write, [["Int(0)"], ["Int(1)"]]),
    ] {
        world.script("UPDATE {}.`t` SET `n` = 0").await;
        let (started, changed) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let query = statement(&world.named("SELECT `n` FROM {}.`t` WHERE `id` = 1"));
        let reader = {
            let (started, changed) = (Arc::clone(&started), Arc::clone(&changed));
            job(move |connection| {
                Box::pin(async move {
                    let first = rows(connection, &query, &[]).await?;
                    started.notify_one();
                    changed.notified().await;
                    let second = rows(connection, &query, &[]).await?;
                    Ok([first, second].concat())
                })
            })
        };
        let driver = Arc::clone(&world.driver);
        let reader = tokio::spawn(async move { driver.with(access, reader).await });
        started.notified().await;
        world.run("UPDATE {}.`t` SET `n` = 1", &[]).await.unwrap();
        changed.notify_one();
        assert_eq!(reader.await.unwrap().unwrap(), expected, "{access:?}");
    }
}

/// The next snapshot on a connection is another one, and so is what comes between.
#[tokio::test]
async fn snapshots_end() {
    let Some(world) = world().await else {
        return;
    };
    let query = statement(&world.named("SELECT `n` FROM {}.`t` WHERE `id` = 1"));
    for number in 1..=20 {
        world
            .run(&format!("UPDATE {{}}.`t` SET `n` = {number}"), &[])
            .await
            .unwrap();
        for access in [Access::Snapshot, Access::Read, Access::Snapshot] {
            let query = query.clone();
            let reader =
                job(move |connection| Box::pin(async move { rows(connection, &query, &[]).await }));
            let seen = world.driver.with(access, reader).await.unwrap();
            assert_eq!(seen, [[format!("Int({number})")]], "{access:?}");
        }
    }
}

#[tokio::test]
async fn snapshots_do_not_write() {
    let Some(world) = world().await else {
        return;
    };
    let update = statement(&world.named("UPDATE {}.`t` SET `n` = 1"));
    let writer = job(move |connection| Box::pin(async move { connection.run(&update, &[]).await }));
    assert!(world.driver.with(Access::Snapshot, writer).await.is_err());
    // The next transaction on that connection is an ordinary one again.
    assert_eq!(
        world.run("UPDATE {}.`t` SET `n` = 2", &[]).await.unwrap(),
        2
    );
}

/// Whoever loses a deadlock hears of a conflict, and the other one goes on.
#[tokio::test]
async fn deadlocks() {
    let Some(world) = world().await else {
        return;
    };
    let meet = Arc::new(tokio::sync::Barrier::new(2));
    let mut writers = JoinSet::new();
    for order in [[1, 2], [2, 1]] {
        let [first, second] = order.map(|id| {
            statement(&world.named(&format!(
                "UPDATE {{}}.`t` SET `n` = `n` + 1 WHERE `id` = {id}"
            )))
        });
        let (driver, meet) = (Arc::clone(&world.driver), Arc::clone(&meet));
        let writer = job(move |connection| {
            Box::pin(async move {
                connection.run(&first, &[]).await?;
                meet.wait().await;
                connection.run(&second, &[]).await
            })
        });
        writers.spawn(async move { driver.with(Access::Write, writer).await });
    }
    let outcomes = writers.join_all().await;
    let lost = |it: &Result<u64, _>| matches!(it, Err(ConnectorError::Conflict(_)));
    assert_eq!(
        outcomes.iter().filter(|it| lost(it)).count(),
        1,
        "{outcomes:?}"
    );
    assert_eq!(numbers(&world).await, ["Int(1)", "Int(1)"]);
}

/// Waiting for a lock ends, and says that the database was busy.
#[tokio::test]
async fn locks_that_are_held_for_too_long() {
    let Some(world) = World::with(|it| it.lock_timeout = Duration::from_secs(1)).await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`id` int NOT NULL PRIMARY KEY, `n` int NOT NULL); INSERT INTO {}.`t` VALUES (1, 0)")
        .await;
    let update = statement(&world.named("UPDATE {}.`t` SET `n` = 1 WHERE `id` = 1"));
    let (held, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let holder = {
        let (held, done) = (Arc::clone(&held), Arc::clone(&done));
        job(move |connection| {
            Box::pin(async move {
                connection.run(&update, &[]).await?;
                held.notify_one();
                done.notified().await;
                Ok(())
            })
        })
    };
    let driver = Arc::clone(&world.driver);
    let holder = tokio::spawn(async move { driver.with(Access::Write, holder).await });
    held.notified().await;
    let start = Instant::now();
    let late = world.run("UPDATE {}.`t` SET `n` = 2", &[]).await;
    assert!(
        matches!(late, Err(ConnectorError::Unavailable(_))),
        "{late:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(5));
    done.notify_one();
    holder.await.unwrap().unwrap();
}

/// A job whose caller went away ends all the same: with a commit, and on a connection that others use after it.
#[tokio::test]
async fn jobs_outlive_their_callers() {
    let Some(world) = World::with(|it| it.connection_limit = 1).await else {
        return;
    };
    world
        .script(
            "CREATE TABLE {}.`t` (`id` int NOT NULL PRIMARY KEY, `n` int NOT NULL); \
             INSERT INTO {}.`t` VALUES (1, 0), (2, 0)",
        )
        .await;
    let connection = world.cell("SELECT CONNECTION_ID()", &[]).await;
    let [first, second] = [1, 2].map(|id| {
        statement(&world.named(&format!("UPDATE {{}}.`t` SET `n` = 1 WHERE `id` = {id}")))
    });
    let (begun, goes_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let writer = {
        let (begun, goes_on) = (Arc::clone(&begun), Arc::clone(&goes_on));
        job(move |connection| {
            Box::pin(async move {
                connection.run(&first, &[]).await?;
                begun.notify_one();
                goes_on.notified().await;
                connection.run(&second, &[]).await
            })
        })
    };
    let driver = Arc::clone(&world.driver);
    let caller = tokio::spawn(async move { driver.with(Access::Write, writer).await });
    begun.notified().await;
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    goes_on.notify_one();
    // There is but one connection, so this waits for the end of the job.
    assert_eq!(numbers(&world).await, ["Int(1)", "Int(1)"]);
    assert_eq!(world.cell("SELECT CONNECTION_ID()", &[]).await, connection);
}

/// A job that panics is undone, and the pool stays whole.
#[tokio::test]
async fn jobs_that_panic() {
    let Some(world) = World::with(|it| it.connection_limit = 1).await else {
        return;
    };
    world.script("CREATE TABLE {}.`t` (`id` int NOT NULL PRIMARY KEY, `n` int NOT NULL); INSERT INTO {}.`t` VALUES (1, 0)").await;
    let update = statement(&world.named("UPDATE {}.`t` SET `n` = 1"));
    let panicking = job::<(), _>(move |connection| {
        Box::pin(async move {
            connection.run(&update, &[]).await?;
            panic!("a mistake")
        })
    });
    let driver = Arc::clone(&world.driver);
    let caller = tokio::spawn(async move { driver.with(Access::Write, panicking).await });
    assert!(caller.await.unwrap_err().is_panic());
    assert_eq!(
        world
            .run("UPDATE {}.`t` SET `n` = `n` + 10", &[])
            .await
            .unwrap(),
        1
    );
    assert_eq!(numbers(&world).await, ["Int(10)"]);
}

/// Wherever a caller goes away, a write happens as a whole or not at all, and the pool stays whole.
#[tokio::test]
async fn jobs_cancelled_anywhere() {
    let Some(world) = World::with(|it| it.connection_limit = 2).await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`id` int NOT NULL PRIMARY KEY, `n` int NOT NULL); INSERT INTO {}.`t` VALUES (1, 0), (2, 0)")
        .await;
    let [first, second] = [1, 2].map(|id| {
        statement(&world.named(&format!(
            "UPDATE {{}}.`t` SET `n` = `n` + 1 WHERE `id` = {id}"
        )))
    });
    for step in 0..200_u64 {
        let (first, second) = (first.clone(), second.clone());
        let writer = job(move |connection| {
            Box::pin(async move {
                connection.run(&first, &[]).await?;
                connection.run(&second, &[]).await
            })
        });
        let limit = Duration::from_micros(step * 20);
        let _ = timeout(limit, world.driver.with(Access::Write, writer)).await;
    }
    let seen = numbers(&world).await;
    assert_eq!(seen[0], seen[1]);
    // Both connections are there to be used.
    let (one, other) = tokio::join!(numbers(&world), numbers(&world));
    assert_eq!(one, other);
}
