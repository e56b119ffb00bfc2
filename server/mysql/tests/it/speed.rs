//! How fast jobs are, for whoever changes the driver:
//! `cargo test --release -p prisma-mysql --test it speed -- --ignored --nocapture`

use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, io};

use prisma_connector::{BoxFuture, ConnectorError, Value};
use prisma_mysql::MysqlConnection;
use prisma_sql::{Access, Connection, Driver, Row, Statement};
use tokio::task::JoinSet;

use crate::world::{World, job, statement, text};

const TIME: Duration = Duration::from_secs(3);

/// What a row comes to: something that looks at every cell.
async fn read(
    connection: &mut MysqlConnection,
    statement: &Statement,
    id: &Value,
) -> Result<usize, ConnectorError> {
    let mut seen = 0;
    let mut sink = |row: &dyn Row| {
        seen += (0..6)
            .map(|cell| size_of_val(&row.cell(cell)))
            .sum::<usize>();
        Ok(())
    };
    connection.each(statement, &[id], &mut sink).await?;
    Ok(seen)
}

fn work<'c>(
    connection: &'c mut MysqlConnection,
    access: Access,
    statements: Arc<[Statement; 2]>,
    id: Value,
) -> BoxFuture<'c, Result<usize, ConnectorError>> {
    Box::pin(async move {
        match access {
            Access::Write => connection.run(&statements[1], &[&id]).await.map(|_| 1),
            _ => read(connection, &statements[0], &id).await,
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn speed() {
    let world = World::with(|it| it.connection_limit = 16).await.unwrap();
    world
        .script(
            "CREATE TABLE {}.`t` (`id` char(25) CHARACTER SET utf8 COLLATE utf8_general_ci NOT NULL PRIMARY KEY, \
             `name` mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL, `age` int NOT NULL, \
             `score` Decimal(65,30) NULL, `loved` boolean NOT NULL, `at` datetime(3) NOT NULL); \
             INSERT INTO {}.`t` WITH RECURSIVE n AS (SELECT 0 AS v UNION ALL SELECT v + 1 FROM n WHERE v < 999) \
             SELECT CONCAT('c', LPAD(v, 24, '0')), CONCAT('Name of ', v), v, v / 7, v % 2, '2020-01-01' FROM n",
        )
        .await;
    let statements = Arc::new([
        statement(&world.named(
            "SELECT `id`, `name`, `age`, `score`, `loved`, `at` FROM {}.`t` WHERE `id` = ?",
        )),
        statement(&world.named("UPDATE {}.`t` SET `age` = `age` + 1 WHERE `id` = ?")),
    ]);
    for access in [Access::Read, Access::Snapshot, Access::Write] {
        for concurrency in [1, 16, 64] {
            measure(&world, access, &statements, concurrency).await;
        }
    }
}

async fn measure(
    world: &World,
    access: Access,
    statements: &Arc<[Statement; 2]>,
    concurrency: usize,
) {
    let start = Instant::now();
    let cpu = cpu().unwrap();
    let mut callers = JoinSet::new();
    for caller in 0..concurrency {
        let (driver, statements) = (Arc::clone(&world.driver), Arc::clone(statements));
        callers.spawn(async move {
            let mut times = Vec::new();
            while start.elapsed() < TIME {
                let id = text(&format!("c{:024}", (caller * 61 + times.len() * 7) % 1000));
                let statements = Arc::clone(&statements);
                let begin = Instant::now();
                let work = job(move |connection| work(connection, access, statements, id));
                assert_ne!(driver.with(access, work).await.unwrap(), 0);
                times.push(begin.elapsed());
            }
            times
        });
    }
    let mut times: Vec<Duration> = callers.join_all().await.concat();
    times.sort();
    let done = times.len();
    let cpu = self::cpu().unwrap() - cpu;
    println!(
        "{access:?} by {concurrency:2}: {:6.0}/s, median {:4} µs, 99 of 100 within {:5} µs, {:3} µs of processor",
        done as f64 / start.elapsed().as_secs_f64(),
        times[done / 2].as_micros(),
        times[done * 99 / 100].as_micros(),
        cpu.as_micros() / done as u128,
    );
}

/// Processor time of this process so far.
fn cpu() -> io::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum();
    Ok(Duration::from_millis(ticks * 10))
}
