//! Servers that are not there, or not any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use prisma_connector::{ConnectorError, Value};
use prisma_postgres::{Lost, PostgresHost, PostgresOptions};
use prisma_sql::Access;
use tokio::net::TcpListener;

use crate::proxy::Proxy;
use crate::world::{World, options};

#[tokio::test]
async fn connections_that_the_server_ends_are_replaced() {
    let Some(options) = options() else { return };
    let world = World::new(PostgresOptions {
        connections: 6,
        ..options.clone()
    })
    .await;
    let operator = World::new(options).await;
    for _ in 0..3 {
        for access in [
            Access::Read,
            Access::Snapshot,
            Access::Single,
            Access::Write,
            Access::Raw,
        ] {
            let pid = soon(&world, access, "SELECT pg_backend_pid()").await;
            let pid = pid[0].trim_start_matches("Int(").trim_end_matches(')');
            let end = format!("SELECT pg_terminate_backend({pid})");
            assert_eq!(operator.read(&end, &[]).await, ["Bool(true)"]);
            soon(&world, access, "SELECT 1").await;
        }
    }
}

/// The rows of a statement, in five seconds at most: the end of a connection has to get here before it is known.
async fn soon(world: &World, access: Access, text: &str) -> Vec<String> {
    let start = Instant::now();
    loop {
        match world.rows(access, text, &[]).await {
            Ok(rows) => return rows,
            Err(ConnectorError::Unavailable(_)) => {
                assert!(start.elapsed() < Duration::from_secs(5), "{access:?}");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(error) => panic!("{access:?}: {error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_comes_back_is_used_again() {
    let Some(mut options) = options() else { return };
    let proxy = Proxy::start(&mut options, None).await;
    let world = Arc::new(World::new(options).await);
    world.script("CREATE TABLE %.t (n int PRIMARY KEY)").await;
    let is_over = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> = (0..16_i64)
        .map(|task| {
            let (world, is_over) = (Arc::clone(&world), Arc::clone(&is_over));
            tokio::spawn(async move {
                let access = [Access::Read, Access::Snapshot][task as usize % 2];
                let write = [Access::Single, Access::Write][task as usize / 2 % 2];
                let (mut done, mut key) = (Vec::new(), task);
                while !is_over.load(Ordering::Relaxed) {
                    let value = [Value::Int(key)];
                    // One that was sent a second time would be a duplicate.
                    match world
                        .rows(write, "INSERT INTO %.t VALUES ($1)", &value)
                        .await
                    {
                        Ok(_) => done.push(key),
                        Err(error) => {
                            assert!(matches!(error, ConnectorError::Unavailable(_)), "{error:?}");
                        }
                    }
                    key += 16;
                    if let Err(error) = world.rows(access, "SELECT 1", &[]).await {
                        assert!(matches!(error, ConnectorError::Unavailable(_)), "{error:?}");
                        tokio::time::sleep(Duration::from_millis(2)).await;
                    }
                }
                done
            })
        })
        .collect();
    for _ in 0..3 {
        proxy.set_up(false);
        tokio::time::sleep(Duration::from_millis(50)).await;
        proxy.set_up(true);
        let start = Instant::now();
        while world.write("SELECT 1", &[]).await.is_err() {
            assert!(start.elapsed() < Duration::from_secs(5));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    is_over.store(true, Ordering::Relaxed);
    // What was acknowledged is there.
    let mut done = Vec::new();
    for task in tasks {
        done.extend(task.await.unwrap());
    }
    assert!(!done.is_empty());
    let list = Value::List(done.iter().copied().map(Value::Int).collect());
    let count = world
        .read("SELECT COUNT(*) FROM %.t WHERE n = ANY($1)", &[list])
        .await;
    assert_eq!(count, [format!("Int({})", done.len())]);
}

#[tokio::test]
async fn a_statement_whose_connection_breaks_is_unavailable() {
    let Some(options) = options() else { return };
    let world = World::new(PostgresOptions {
        connections: 5,
        ..options
    })
    .await;
    let end = "SELECT pg_terminate_backend(pg_backend_pid())";
    for access in [
        Access::Read,
        Access::Snapshot,
        Access::Single,
        Access::Write,
    ] {
        let broken = world.rows(access, end, &[]).await;
        assert!(
            matches!(broken, Err(ConnectorError::Unavailable(_))),
            "{broken:?}"
        );
        soon(&world, access, "SELECT 1").await;
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let options = PostgresOptions {
        host: "127.0.0.1".to_owned(),
        port: listener.local_addr().unwrap().port(),
        connect_timeout: Duration::from_millis(200),
        ..PostgresOptions::default()
    };
    let start = Instant::now();
    let Err(ConnectorError::Unavailable(error)) = PostgresHost::connect(options).await else {
        panic!("connected");
    };
    assert_eq!(error.downcast_ref(), Some(&Lost::Connecting));
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let options = PostgresOptions {
        host: "127.0.0.1".to_owned(),
        port,
        ..PostgresOptions::default()
    };
    let refused = PostgresHost::connect(options).await;
    assert!(matches!(refused, Err(ConnectorError::Unavailable(_))));
}
