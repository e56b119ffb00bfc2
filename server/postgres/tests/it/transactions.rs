//! Transactions begin, end, and are not left open by anybody.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{ConnectorError, Value};
use prisma_postgres::{Lost, PostgresOptions};
use prisma_sql::{Access, Connection as _};
use tokio::sync::oneshot;

use crate::proxy::Proxy;
use crate::world::{World, options, rows, small, statement, world};

const COUNT: &str = "SELECT COUNT(*) FROM %.t";

async fn table(world: &World) {
    world.script("CREATE TABLE %.t (n int PRIMARY KEY)").await;
}

#[tokio::test]
async fn a_failed_job_leaves_nothing() {
    let Some(world) = small().await else { return };
    table(&world).await;
    let insert = world.statement("INSERT INTO %.t VALUES (1)");
    let failed = world
        .with(Access::Write, |connection| {
            Box::pin(async move {
                connection.run(&insert, &[]).await?;
                Err::<(), _>(ConnectorError::Plan("on purpose"))
            })
        })
        .await;
    assert!(matches!(failed, Err(ConnectorError::Plan("on purpose"))));
    assert_eq!(world.read(COUNT, &[]).await, ["Int(0)"]);
}

#[tokio::test]
async fn a_job_cannot_hide_a_failed_statement() {
    let Some(world) = small().await else { return };
    table(&world).await;
    let insert = world.statement("INSERT INTO %.t VALUES (1)");
    let hidden = world
        .with(Access::Write, |connection| {
            Box::pin(async move {
                connection.run(&insert, &[]).await?;
                assert!(connection.run(&insert, &[]).await.is_err());
                Ok(())
            })
        })
        .await;
    assert!(
        matches!(hidden, Err(ConnectorError::Internal(_))),
        "{hidden:?}"
    );
    assert_eq!(world.read(COUNT, &[]).await, ["Int(0)"]);
}

#[tokio::test]
async fn a_snapshot_sees_one_state_and_changes_none() {
    let Some(world) = world().await else { return };
    table(&world).await;
    let world = Arc::new(world);
    let count = world.statement(COUNT);
    let writer = Arc::clone(&world);
    let seen = world
        .with(Access::Snapshot, |connection| {
            Box::pin(async move {
                let before = rows(connection, &count, &[]).await?;
                writer.write("INSERT INTO %.t VALUES (1)", &[]).await?;
                let after = rows(connection, &count, &[]).await?;
                Ok((before, after))
            })
        })
        .await
        .unwrap();
    assert_eq!(seen.0, seen.1);
    assert_eq!(world.read(COUNT, &[]).await, ["Int(1)"]);
    let written = world
        .rows(Access::Snapshot, "INSERT INTO %.t VALUES (2)", &[])
        .await;
    assert!(written.is_err());
}

#[tokio::test]
async fn writes_read_what_others_have_committed() {
    let Some(world) = world().await else { return };
    table(&world).await;
    let world = Arc::new(world);
    let count = world.statement(COUNT);
    let writer = Arc::clone(&world);
    let after = world
        .with(Access::Write, |connection| {
            Box::pin(async move {
                rows(connection, &count, &[]).await?;
                writer.write("INSERT INTO %.t VALUES (1)", &[]).await?;
                rows(connection, &count, &[]).await
            })
        })
        .await
        .unwrap();
    assert_eq!(after, ["Int(1)"]);
}

/// Starts a write that has inserted a row when this answers, and then waits to be told.
async fn held(world: &Arc<World>) -> (tokio::task::JoinHandle<()>, oneshot::Sender<()>) {
    let insert = world.statement("INSERT INTO %.t VALUES (1)");
    let (started, has_started) = oneshot::channel();
    let (go, told) = oneshot::channel::<()>();
    let world = Arc::clone(world);
    let task = tokio::spawn(async move {
        let written = world.with(Access::Write, |connection| {
            Box::pin(async move {
                connection.run(&insert, &[]).await?;
                let _ = started.send(());
                let _ = told.await;
                connection.run(&statement("SELECT 1"), &[]).await
            })
        });
        written.await.unwrap();
    });
    has_started.await.unwrap();
    (task, go)
}

#[tokio::test]
async fn a_write_whose_caller_has_gone_is_done_all_the_same() {
    let Some(world) = small().await else { return };
    let world = Arc::new(world);
    table(&world).await;
    let (task, go) = held(&world).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    go.send(()).unwrap();
    // The only connection that writes is free again when the transaction has ended.
    assert_eq!(
        world.rows(Access::Write, COUNT, &[]).await.unwrap(),
        ["Int(1)"]
    );
}

#[tokio::test]
async fn a_write_that_waits_is_gone_with_its_caller() {
    let Some(world) = small().await else { return };
    let world = Arc::new(world);
    table(&world).await;
    let (_task, go) = held(&world).await;
    let waiting = world.write("INSERT INTO %.t VALUES (2)", &[]);
    assert!(
        tokio::time::timeout(Duration::from_millis(50), waiting)
            .await
            .is_err()
    );
    go.send(()).unwrap();
    assert_eq!(
        world.rows(Access::Write, COUNT, &[]).await.unwrap(),
        ["Int(1)"]
    );
}

#[tokio::test]
async fn a_panicking_job_costs_its_caller_only() {
    let Some(world) = small().await else { return };
    let world = Arc::new(world);
    table(&world).await;
    for access in [Access::Read, Access::Write, Access::Snapshot, Access::Raw] {
        let begin = statement("SELECT 1");
        let panicking = Arc::clone(&world);
        let lost = tokio::spawn(async move {
            let job = panicking.with(access, |connection| -> crate::world::Answer<'_, ()> {
                Box::pin(async move {
                    connection.run(&begin, &[]).await?;
                    panic!("on purpose");
                })
            });
            job.await
        });
        assert!(lost.await.unwrap_err().is_panic(), "{access:?}");
        assert_eq!(world.read("SELECT 1", &[]).await, ["Int(1)"]);
        assert_eq!(
            world
                .write("INSERT INTO %.t VALUES (1)", &[])
                .await
                .unwrap(),
            1
        );
        assert_eq!(world.write("DELETE FROM %.t", &[]).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn too_many_jobs_are_told_so() {
    let Some(options) = options() else { return };
    let options = PostgresOptions {
        connections: 2,
        queue: 1,
        acquire_timeout: Duration::from_millis(200),
        ..options
    };
    let world = Arc::new(World::new(options).await);
    table(&world).await;
    let (_task, go) = held(&world).await;
    let (first, second) = tokio::join!(world.write(COUNT, &[]), world.write(COUNT, &[]));
    for (refused, expected) in [(first, Lost::Waiting), (second, Lost::Overrun)] {
        let Err(ConnectorError::Unavailable(error)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(error.downcast_ref(), Some(&expected));
    }
    // Reads go on.
    assert_eq!(world.read("SELECT 1", &[]).await, ["Int(1)"]);
    go.send(()).unwrap();
    assert_eq!(
        world.rows(Access::Write, COUNT, &[]).await.unwrap(),
        ["Int(1)"]
    );
}

#[tokio::test]
async fn a_statement_may_not_take_for_ever() {
    let Some(options) = options() else { return };
    let world = World::new(PostgresOptions {
        connections: 2,
        statement_timeout: Some(Duration::from_millis(100)),
        ..options
    })
    .await;
    for access in [Access::Read, Access::Snapshot, Access::Write] {
        let late = world.rows(access, "SELECT pg_sleep(60)", &[]).await;
        assert!(
            matches!(late, Err(ConnectorError::Unavailable(_))),
            "{late:?}"
        );
        assert_eq!(
            world.rows(access, "SELECT 1", &[]).await.unwrap(),
            ["Int(1)"]
        );
    }
}

#[tokio::test]
async fn slow_reads_do_not_hold_up_others_for_long() {
    let Some(world) = world().await else { return };
    let world = Arc::new(world);
    // One on each of the connections that reads share.
    let slow: Vec<_> = (0..2)
        .map(|_| {
            let world = Arc::clone(&world);
            tokio::spawn(async move { world.read("SELECT pg_sleep(1.5), 1", &[]).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(world.read("SELECT 1", &[]).await, ["Int(1)"]);
    assert!(slow.iter().all(|slow| !slow.is_finished()));
    for slow in slow {
        assert_eq!(slow.await.unwrap(), ["Other Int(1)"]);
    }
}

#[tokio::test]
async fn a_write_that_waits_for_a_lock_holds_up_few_others() {
    let Some(world) = world().await else { return };
    let world = Arc::new(world);
    table(&world).await;
    let insert = |n: i64| {
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let insert = "INSERT INTO %.t VALUES ($1)";
            world.rows(Access::Single, insert, &[Value::Int(n)]).await
        })
    };
    // Both lanes are open, and have something to do.
    for write in [insert(10), insert(11)] {
        write.await.unwrap().unwrap();
    }
    let (holder, go) = held(&world).await;
    // Whether it is a duplicate shows when the other transaction ends.
    let waits = insert(1);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let others: Vec<_> = (100..150).map(insert).collect();
    for other in others {
        let done = tokio::time::timeout(Duration::from_secs(5), other).await;
        done.expect("held up").unwrap().unwrap();
    }
    assert!(!waits.is_finished());
    go.send(()).unwrap();
    holder.await.unwrap();
    let refused = waits.await.unwrap();
    assert!(
        matches!(refused, Err(ConnectorError::Internal(_))),
        "{refused:?}"
    );
    assert_eq!(world.read(COUNT, &[]).await, ["Int(53)"]);
}

#[tokio::test]
async fn reads_that_take_their_time_spread_over_the_pool() {
    let Some(world) = world().await else { return };
    let world = Arc::new(world);
    let mut connections = HashSet::new();
    // What is slow shows when it has been seen once.
    for _ in 0..2 {
        let reads: Vec<_> = (0..8)
            .map(|_| {
                let world = Arc::clone(&world);
                let read = "SELECT pg_backend_pid(), pg_sleep(0.1)";
                tokio::spawn(async move { world.read(read, &[]).await })
            })
            .collect();
        connections.clear();
        for read in reads {
            connections.extend(read.await.unwrap());
        }
    }
    assert!(connections.len() > 2, "{connections:?}");
}

#[tokio::test]
async fn a_transaction_begins_with_its_first_statement() {
    let Some(mut options) = options() else { return };
    options.connections = 2;
    let proxy = Proxy::start(&mut options, None).await;
    let world = World::new(options).await;
    table(&world).await;
    let select = |access| world.rows(access, "SELECT n FROM %.t WHERE n = $1", &[Value::Int(1)]);
    for access in [Access::Read, Access::Snapshot, Access::Write] {
        select(access).await.unwrap();
    }
    for (access, expected) in [(Access::Read, 1), (Access::Write, 2)] {
        proxy.trips();
        select(access).await.unwrap();
        assert_eq!(proxy.trips(), expected, "{access:?}");
    }
    // A job without statements asks nothing.
    let nothing = world.with(Access::Write, |_| Box::pin(async { Ok(()) }));
    nothing.await.unwrap();
    assert_eq!(proxy.trips(), 0);
}
