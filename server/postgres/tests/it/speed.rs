//! How fast reads by key are, for whoever changes them:
//! `cargo test --release -p prisma-postgres --test it speed -- --ignored --nocapture`
//!
//! `bare` is tokio-postgres with nothing around it, on as many connections as the lanes are or the pool has.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, hint};

use futures_util::TryStreamExt as _;
use prisma_sql::{Access, Cell, Connection as _};
use tokio::sync::Semaphore;
use tokio_postgres::{Client, NoTls};

use crate::world::{World, each, options, text};

const SELECT: &str = "SELECT id, name, n, price, at FROM %.t WHERE id = $1";
const ROWS: u64 = 10_000;
const TIME: Duration = Duration::from_secs(3);

#[test]
#[ignore = "measures"]
fn reads_by_key() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let Some(options) = options() else { return };
        let world = Arc::new(World::new(options.clone()).await);
        world
            .script(
                "CREATE TABLE %.t (id varchar(25) PRIMARY KEY, name text, n int, price numeric(65,30), at timestamp(3));
                 INSERT INTO %.t SELECT 'id' || n, 'Name of ' || n, n, n * 0.01, now() FROM generate_series(0, 9999) n;
                 ANALYZE %.t",
            )
            .await;
        let url = prisma_tests_databases::Server::postgres().unwrap().url().to_owned();
        for tasks in [1, 16, 64] {
            for access in [Access::Read, Access::Snapshot, Access::Write] {
                let world = Arc::clone(&world);
                measure(&format!("{access:?}"), tasks, move |key| {
                    let world = Arc::clone(&world);
                    async move { by_driver(&world, access, key).await }
                })
                .await;
            }
            for (name, count, per_client) in [("bare, shared", 2, usize::MAX >> 4), ("bare, pool", 8, 1)] {
                let clients = clients(&url, count, &world.statement(SELECT).text).await;
                let clients = Arc::new(clients);
                let permits = Arc::new(Semaphore::new(count.saturating_mul(per_client).min(1 << 20)));
                measure(name, tasks, move |key| {
                    let (clients, permits) = (Arc::clone(&clients), Arc::clone(&permits));
                    async move {
                        let _permit = permits.acquire().await.unwrap();
                        let (client, statement) = &clients[key as usize % clients.len()];
                        by_hand(client, statement, key).await;
                    }
                })
                .await;
            }
        }
    });
}

async fn by_driver(world: &World, access: Access, key: u64) {
    let statement = world.statement(SELECT);
    let id = [text(&format!("id{key}"))];
    let found = world.with(access, move |connection| {
        Box::pin(async move {
            let mut found = 0;
            connection
                .each(&statement, &each(&id), &mut |row| {
                    for column in 0..5 {
                        found += usize::from(hint::black_box(row.cell(column)) != Cell::Null);
                    }
                    Ok(())
                })
                .await?;
            Ok(found)
        })
    });
    assert_eq!(found.await.unwrap(), 5);
}

async fn by_hand(client: &Client, statement: &tokio_postgres::Statement, key: u64) {
    let id = format!("id{key}");
    let rows = client.query_raw(statement, [&id]).await.unwrap();
    let rows: Vec<_> = rows.try_collect().await.unwrap();
    let name: &str = rows[0].get(1);
    assert!(!hint::black_box(name).is_empty());
}

async fn clients(
    url: &str,
    count: usize,
    select: &str,
) -> Vec<(Client, tokio_postgres::Statement)> {
    let mut clients = Vec::new();
    for _ in 0..count {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        let statement = client.prepare(select).await.unwrap();
        clients.push((client, statement));
    }
    clients
}

async fn measure<F>(name: &str, tasks: u64, work: impl Fn(u64) -> F + Clone + Send + 'static)
where
    F: Future<Output = ()> + Send,
{
    for key in 0..100 {
        work(key).await;
    }
    let done = Arc::new(AtomicU64::new(0));
    let (start, before) = (Instant::now(), processor_time());
    let running: Vec<_> = (0..tasks)
        .map(|task| {
            let (work, done) = (work.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                let mut key = task * 617;
                while start.elapsed() < TIME {
                    key = (key * 31 + 7) % ROWS;
                    work(key).await;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in running {
        task.await.unwrap();
    }
    let done = done.load(Ordering::Relaxed) as f64;
    println!(
        "{tasks:3} tasks, {name:14} {:8.0} per second, {:6.1} µs of this process each",
        done / start.elapsed().as_secs_f64(),
        (processor_time() - before).as_micros() as f64 / done,
    );
}

/// What this process has used of the processors, in steps of ten milliseconds.
fn processor_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks = |index: usize| fields[index].parse::<u64>().unwrap();
    Duration::from_millis(10 * (ticks(11) + ticks(12)))
}
