//! What jobs see of each other, and what stays of them.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Connection, Driver};
use tokio::sync::Notify;
use tokio::task::{JoinSet, yield_now};
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

/// A snapshot is taken when the job begins, not when it first looks.
#[tokio::test]
async fn snapshots_begin_at_once() {
    let Some(world) = world().await else {
        return;
    };
    let (started, changed) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let query = statement(&world.named("SELECT `n` FROM {}.`t` WHERE `id` = 1"));
    let reader = {
        let (started, changed) = (Arc::clone(&started), Arc::clone(&changed));
        job(move |connection| {
            Box::pin(async move {
                started.notify_one();
                changed.notified().await;
                rows(connection, &query, &[]).await
            })
        })
    };
    let driver = Arc::clone(&world.driver);
    let reader = tokio::spawn(async move { driver.with(Access::Snapshot, reader).await });
    started.notified().await;
    world.run("UPDATE {}.`t` SET `n` = 1", &[]).await.unwrap();
    changed.notify_one();
    assert_eq!(reader.await.unwrap().unwrap(), [["Int(0)"]]);
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
    let holder = hold(&world).await;
    let start = Instant::now();
    let late = world.run("UPDATE {}.`t` SET `n` = 2", &[]).await;
    assert!(
        matches!(late, Err(ConnectorError::Unavailable(_))),
        "{late:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(5));
    holder.abort();
}

/// Locks the first row until aborted.
async fn hold(world: &World) -> tokio::task::JoinHandle<()> {
    let update = statement(&world.named("UPDATE {}.`t` SET `n` = 1 WHERE `id` = 1"));
    let (driver, held) = (Arc::clone(&world.driver), Arc::new(Notify::new()));
    let notify = Arc::clone(&held);
    let holder = job::<(), _>(move |connection| {
        Box::pin(async move {
            connection.run(&update, &[]).await?;
            notify.notify_one();
            pending().await
        })
    });
    let holder = tokio::spawn(async move {
        let _ = driver.with(Access::Write, holder).await;
    });
    held.notified().await;
    holder
}

/// A caller who goes away between two statements leaves neither changes nor locks.
#[tokio::test]
async fn cancelled_jobs_leave_nothing() {
    let Some(world) = world().await else {
        return;
    };
    let holder = hold(&world).await;
    holder.abort();
    assert!(holder.await.unwrap_err().is_cancelled());
    let written = timeout(
        Duration::from_secs(5),
        world.run("UPDATE {}.`t` SET `n` = `n` + 10", &[]),
    );
    assert_eq!(written.await.unwrap().unwrap(), 2);
    assert_eq!(numbers(&world).await, ["Int(10)", "Int(10)"]);
}

/// Wherever a caller goes away, a write happened as a whole or not at all, and the pool stays whole.
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
        yield_now().await;
    }
    let seen = numbers(&world).await;
    assert_eq!(seen[0], seen[1]);
    let opened = world
        .cell(
            "SELECT COUNT(*) FROM information_schema.innodb_trx AS x JOIN information_schema.processlist AS p \
             ON p.id = x.trx_mysql_thread_id WHERE p.info LIKE CONCAT('%', ?, '%')",
            &[crate::world::text(&world.name)],
        )
        .await;
    assert_eq!(opened, "Int(0)");
}
