//! Connections: how many, how they break, what they prepare.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use prisma_connector::{ConnectorError, Value};
use prisma_mysql::{MysqlHost, Ssl};
use prisma_sql::{Access, Connection, Driver, Host};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::world::{World, job, options, rows, statement};

/// 64 callers share 4 connections; everyone gets their own answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrency() {
    let Some(world) = World::with(|it| it.connection_limit = 4).await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`id` int NOT NULL PRIMARY KEY, `n` int NOT NULL); INSERT INTO {}.`t` VALUES (1, 0)")
        .await;
    let world = Arc::new(world);
    let ids = Arc::new(std::sync::Mutex::new(std::collections::HashSet::new()));
    let mut callers = JoinSet::new();
    for caller in 0..64_i64 {
        let (world, ids) = (Arc::clone(&world), Arc::clone(&ids));
        callers.spawn(async move {
            for turn in 0..10 {
                let value = Value::Int(caller * 100 + turn);
                let query = "SELECT CONNECTION_ID(), ?";
                let rows = world
                    .query(query, std::slice::from_ref(&value))
                    .await
                    .unwrap();
                assert_eq!(rows[0][1], format!("{value:?}"));
                ids.lock().unwrap().insert(rows[0][0].clone());
                let added = world.run("UPDATE {}.`t` SET `n` = `n` + 1", &[]).await;
                assert_eq!(added.unwrap(), 1);
            }
        });
    }
    callers.join_all().await;
    assert!(ids.lock().unwrap().len() <= 4);
    assert_eq!(world.cell("SELECT `n` FROM {}.`t`", &[]).await, "Int(640)");
}

/// Whoever gets no connection in time hears that the database is busy.
#[tokio::test]
async fn waiting_for_a_connection_ends() {
    let Some(world) = World::with(|it| {
        it.connection_limit = 1;
        it.acquire_timeout = Duration::from_millis(100);
    })
    .await
    else {
        return;
    };
    let sleeper = statement("SELECT SLEEP(1)");
    let sleeper =
        job(move |connection| Box::pin(async move { rows(connection, &sleeper, &[]).await }));
    let driver = Arc::clone(&world.driver);
    let sleeper = tokio::spawn(async move { driver.with(Access::Read, sleeper).await });
    sleep(Duration::from_millis(50)).await;
    let late = world.query("SELECT 1", &[]).await;
    assert!(
        matches!(late, Err(ConnectorError::Unavailable(_))),
        "{late:?}"
    );
    sleeper.await.unwrap().unwrap();
    assert_eq!(world.cell("SELECT 1", &[]).await, "Int(1)");
}

/// A statement that takes too long is ended by the server, and the connection is kept.
#[tokio::test]
async fn statements_that_take_too_long() {
    let Some(world) = World::with(|it| it.statement_timeout = Duration::from_millis(300)).await
    else {
        return;
    };
    let start = Instant::now();
    let endless = "WITH RECURSIVE n AS (SELECT 1 AS v UNION ALL SELECT v + 1 FROM n WHERE v < 4000) \
                   SELECT COUNT(*) FROM n AS a JOIN n AS b JOIN n AS c";
    let late = world.query(endless, &[]).await;
    assert!(
        matches!(late, Err(ConnectorError::Unavailable(_))),
        "{late:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(world.cell("SELECT 1", &[]).await, "Int(1)");
}

/// Connections that are gone, as after a restart of the server, are replaced.
#[tokio::test]
async fn broken_connections_are_replaced() {
    let Some(world) = World::new().await else {
        return;
    };
    let other = MysqlHost::connect(&options().unwrap()).await.unwrap();
    let other = other.open("").unwrap();
    for idle in [Duration::ZERO, Duration::from_millis(1_200)] {
        let id = world.cell("SELECT CONNECTION_ID()", &[]).await;
        let id = id
            .trim_start_matches("Int(")
            .trim_end_matches(')')
            .to_owned();
        let kill = format!("KILL {id}");
        let kill = job(move |connection| Box::pin(async move { connection.script(&kill).await }));
        other.with(Access::Raw, kill).await.unwrap();
        sleep(idle).await;
        let mut failures = 0;
        while let Err(error) = world.query("SELECT 1", &[]).await {
            assert!(matches!(error, ConnectorError::Unavailable(_)), "{error:?}");
            failures += 1;
        }
        // Nobody asks a connection that was used a moment ago whether it is still there.
        let allowed = usize::from(idle.is_zero());
        assert!(failures <= allowed, "{failures} failures");
    }
}

/// A transaction whose connection breaks is undone, and its caller hears of it.
#[tokio::test]
async fn connections_that_break_in_a_transaction() {
    let Some(world) = World::new().await else {
        return;
    };
    world.script("CREATE TABLE {}.`t` (`n` int)").await;
    let insert = statement(&world.named("INSERT INTO {}.`t` VALUES (1)"));
    let driver = Arc::clone(&world.driver);
    let broken = job(move |connection| {
        Box::pin(async move {
            connection.run(&insert, &[]).await?;
            let ids = rows(connection, &statement("SELECT CONNECTION_ID()"), &[]).await?;
            let id = ids[0][0].trim_start_matches("Int(").trim_end_matches(')');
            let kill = format!("KILL {id}");
            let kill = job(move |killer| Box::pin(async move { killer.script(&kill).await }));
            driver.with(Access::Raw, kill).await?;
            Ok(())
        })
    });
    // The job itself was fine: it is the commit that fails.
    let outcome = world.driver.with(Access::Write, broken).await;
    assert!(
        matches!(outcome, Err(ConnectorError::Unavailable(_))),
        "{outcome:?}"
    );
    assert_eq!(
        world.cell("SELECT COUNT(*) FROM {}.`t`", &[]).await,
        "Int(0)"
    );
}

/// Each text is prepared once, and kept within limits.
#[tokio::test]
async fn prepared_statements() {
    let Some(world) = World::with(|it| it.connection_limit = 1).await else {
        return;
    };
    let counted = || {
        job(|connection| {
            Box::pin(async move {
                for round in 0..3_i64 {
                    for text in ["SELECT ?", "SELECT ? + 1"] {
                        let found =
                            rows(connection, &statement(text), &[Value::Int(round)]).await?;
                        assert_eq!(found.len(), 1);
                    }
                }
                Ok(connection.prepared())
            })
        })
    };
    for _ in 0..2 {
        let prepared = world.driver.with(Access::Read, counted()).await.unwrap();
        assert_eq!(prepared, 2);
    }
    // More texts than a connection keeps: they all work, and so do those that had to go.
    let many = job(|connection| {
        Box::pin(async move {
            for n in 0..600 {
                let found = rows(connection, &statement(&format!("SELECT {n}")), &[]).await?;
                assert_eq!(found, [[format!("Int({n})")]]);
            }
            Ok(connection.prepared())
        })
    });
    assert_eq!(world.driver.with(Access::Read, many).await.unwrap(), 602);
    assert_eq!(
        world.driver.with(Access::Read, counted()).await.unwrap(),
        604
    );
    let kept = world
        .raw("SHOW SESSION STATUS LIKE 'Prepared_stmt_count'")
        .await;
    let server = world.query("SELECT @@max_prepared_stmt_count", &[]).await;
    assert!(kept.is_ok() && server.is_ok());
}

/// Tables may change under a statement that is prepared.
#[tokio::test]
async fn statements_survive_changes_of_tables() {
    let Some(world) = World::with(|it| it.connection_limit = 2).await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`a` int); INSERT INTO {}.`t` VALUES (1)")
        .await;
    assert_eq!(
        world.query("SELECT * FROM {}.`t`", &[]).await.unwrap(),
        [["Int(1)"]]
    );
    let other = MysqlHost::connect(&options().unwrap()).await.unwrap();
    let alter = world.named("ALTER TABLE {}.`t` ADD COLUMN `b` varchar(20) NOT NULL DEFAULT 'x'");
    let alter = job(move |connection| Box::pin(async move { connection.script(&alter).await }));
    other
        .open("")
        .unwrap()
        .with(Access::Write, alter)
        .await
        .unwrap();
    assert_eq!(
        world.query("SELECT * FROM {}.`t`", &[]).await.unwrap(),
        [["Int(1)", "Text(\"x\")"]]
    );
}

/// A sink that has seen enough ends the statement, not the connection.
#[tokio::test]
async fn sinks_may_refuse() {
    let Some(world) = World::with(|it| it.connection_limit = 1).await else {
        return;
    };
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    let refusing = job(move |connection| {
        Box::pin(async move {
            let numbers = statement(
                "WITH RECURSIVE n AS (SELECT 1 AS v UNION ALL SELECT v + 1 FROM n WHERE v < 1000) SELECT v FROM n",
            );
            let mut sink = |_: &dyn prisma_sql::Row| {
                if count.fetch_add(1, Ordering::Relaxed) == 2 {
                    return Err(ConnectorError::Plan("enough"));
                }
                Ok(())
            };
            connection.each(&numbers, &[], &mut sink).await
        })
    });
    let refused = world.driver.with(Access::Read, refusing).await;
    assert!(matches!(refused, Err(ConnectorError::Plan("enough"))));
    assert_eq!(seen.load(Ordering::Relaxed), 3);
    assert_eq!(world.cell("SELECT 1", &[]).await, "Int(1)");
}

#[tokio::test]
async fn nobody_there() {
    let mut nowhere = prisma_mysql::MysqlOptions::new("127.0.0.1", 1, "prisma", "prisma");
    nowhere.connect_timeout = Duration::from_secs(1);
    let refused = MysqlHost::connect(&nowhere).await;
    assert!(
        matches!(refused, Err(ConnectorError::Unavailable(_))),
        "{refused:?}"
    );
    let Some(mut wrong) = options() else {
        return;
    };
    "wrong".clone_into(&mut wrong.password);
    let refused = MysqlHost::connect(&wrong).await;
    assert!(
        matches!(refused, Err(ConnectorError::Internal(_))),
        "{refused:?}"
    );
}

/// A server without TLS serves those who only prefer it.
#[tokio::test]
async fn encryption() {
    let Some(mut options) = options() else {
        return;
    };
    options.ssl = Ssl::Prefer;
    MysqlHost::connect(&options).await.unwrap();
}
