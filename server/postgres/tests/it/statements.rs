//! Prepared statements, and how they stay right.

use std::sync::Arc;

use prisma_connector::{ConnectorError, Value};
use prisma_sql::{Access, Connection as _, Effect, Question};

use crate::world::{rows, small, statement, world};

async fn prepared(world: &crate::world::World, access: Access) -> u64 {
    world
        .with(access, |connection| {
            Box::pin(async move { Ok(connection.prepared()) })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_text_is_prepared_once_per_connection() {
    let Some(world) = small().await else { return };
    for access in [
        Access::Read,
        Access::Snapshot,
        Access::Single,
        Access::Write,
    ] {
        let before = prepared(&world, access).await;
        let text = format!("SELECT $1::int, '{access:?}'");
        for n in 0..5 {
            let rows = world.rows(access, &text, &[Value::Int(n)]).await.unwrap();
            assert_eq!(rows, [format!("Int({n}) Text(\"{access:?}\")")]);
        }
        assert_eq!(prepared(&world, access).await - before, 1, "{access:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_at_once_share_what_is_prepared() {
    let Some(world) = world().await else { return };
    let world = Arc::new(world);
    world.script("CREATE TABLE %.t (n int PRIMARY KEY)").await;
    let tasks: Vec<_> = (0..64)
        .map(|n| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let n = [Value::Int(n)];
                assert_eq!(
                    world
                        .write("INSERT INTO %.t VALUES ($1)", &n)
                        .await
                        .unwrap(),
                    1
                );
                for access in [Access::Read, Access::Snapshot] {
                    let read = world
                        .rows(access, "SELECT n FROM %.t WHERE n = $1", &n)
                        .await;
                    assert_eq!(
                        read.unwrap(),
                        [format!(
                            "{:?}",
                            prisma_sql::Cell::Int(match n[0] {
                                Value::Int(n) => n,
                                _ => 0,
                            })
                        )]
                    );
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(
        world.read("SELECT COUNT(*) FROM %.t", &[]).await,
        ["Int(64)"]
    );
    // The two statements of this test that reads have seen, on whichever connection.
    assert!(prepared(&world, Access::Read).await <= 2);
}

#[tokio::test]
async fn statements_follow_their_tables() {
    let Some(world) = small().await else { return };
    for access in [Access::Read, Access::Snapshot, Access::Write] {
        world
            .script(
                "DROP TABLE IF EXISTS %.t; CREATE TABLE %.t (a int); INSERT INTO %.t VALUES (1)",
            )
            .await;
        let all = || world.rows(access, "SELECT * FROM %.t WHERE a = $1", &[Value::Int(1)]);
        assert_eq!(all().await.unwrap(), ["Int(1)"]);
        world
            .script("ALTER TABLE %.t ADD COLUMN b text DEFAULT 'x'")
            .await;
        assert_eq!(all().await.unwrap(), ["Int(1) Text(\"x\")"], "{access:?}");
        world
            .script("ALTER TABLE %.t ALTER COLUMN a TYPE text")
            .await;
        assert_eq!(
            all().await.unwrap(),
            ["Text(\"1\") Text(\"x\")"],
            "{access:?}"
        );
        world.script("DROP TABLE %.t").await;
        assert!(all().await.is_err());
        world.script("CREATE TABLE %.t (a bool)").await;
        let truth = world.rows(
            access,
            "SELECT * FROM %.t WHERE a = $1",
            &[Value::Bool(true)],
        );
        assert!(truth.await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_table_that_changes_within_a_transaction_costs_the_transaction() {
    let Some(world) = small().await else { return };
    world
        .script("CREATE TABLE %.t (a int); INSERT INTO %.t VALUES (1)")
        .await;
    let twice = || {
        let (one, all) = (statement("SELECT 1"), world.statement("SELECT * FROM %.t"));
        world.with(Access::Write, move |connection| {
            Box::pin(async move {
                rows(connection, &one, &[]).await?;
                rows(connection, &all, &[]).await
            })
        })
    };
    assert_eq!(twice().await.unwrap(), ["Int(1)"]);
    world
        .script("ALTER TABLE %.t ADD COLUMN b int DEFAULT 2")
        .await;
    let lost = twice().await;
    assert!(matches!(lost, Err(ConnectorError::Conflict(_))), "{lost:?}");
    assert_eq!(twice().await.unwrap(), ["Int(1) Int(2)"]);
}

#[tokio::test]
async fn statements_that_somebody_deallocated_are_prepared_again() {
    let Some(world) = small().await else { return };
    for _ in 0..2 {
        assert_eq!(
            world.rows(Access::Write, "SELECT 7", &[]).await.unwrap(),
            ["Int(7)"]
        );
        world.raw("DEALLOCATE ALL").await.unwrap();
    }
    assert_eq!(
        world.rows(Access::Snapshot, "SELECT 7", &[]).await.unwrap(),
        ["Int(7)"]
    );
}

#[tokio::test]
async fn a_connection_keeps_no_more_statements_than_it_needs() {
    let Some(world) = small().await else { return };
    world
        .with(Access::Snapshot, |connection| {
            Box::pin(async move {
                for n in 0..700 {
                    connection
                        .run(&statement(&format!("SELECT {n}")), &[])
                        .await?;
                }
                let kept = statement("SELECT COUNT(*)::int FROM pg_prepared_statements");
                let mut count = 0;
                connection
                    .each(&kept, &[], &mut |row| {
                        if let prisma_sql::Cell::Int(kept) = row.cell(0) {
                            count = kept;
                        }
                        Ok(())
                    })
                    .await?;
                assert!((128..=257).contains(&count), "{count}");
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn what_is_sent_together_keeps_its_order() {
    let Some(world) = small().await else { return };
    world
        .script("CREATE TABLE %.t (n int PRIMARY KEY, before int REFERENCES %.t); INSERT INTO %.t VALUES (0)")
        .await;
    // Each needs the one before, and has a text of its own.
    let insert = |n: i64| Effect {
        statement: world.statement(&format!("INSERT INTO %.t VALUES ({n}, $1)")),
        values: vec![Value::Int(n - 1)],
    };
    let effects: Vec<Effect> = (1..=100).map(insert).collect();
    let count = world.statement("SELECT COUNT(*) FROM %.t");
    let counted = world.with(Access::Write, |connection| {
        Box::pin(async move {
            // More than a connection keeps, all of them in use.
            for n in 0..600 {
                connection
                    .run(&statement(&format!("SELECT {}", n % 300)), &[])
                    .await?;
            }
            let mut counted = String::new();
            let question = Question {
                statement: &count,
                values: &[],
                sink: &mut |row| {
                    counted = format!("{:?}", row.cell(0));
                    Ok(())
                },
            };
            let sent = connection.pipeline(&effects, Some(question)).await;
            sent.map_err(|failed| failed.error)?;
            Ok(counted)
        })
    });
    assert_eq!(counted.await.unwrap(), "Int(101)");
}

#[tokio::test]
async fn the_first_that_fails_is_named() {
    let Some(world) = small().await else { return };
    world.script("CREATE TABLE %.t (n int PRIMARY KEY)").await;
    let insert = |n: i64| Effect {
        statement: world.statement("INSERT INTO %.t VALUES ($1)"),
        values: vec![Value::Int(n)],
    };
    let effects = [insert(1), insert(2), insert(1), insert(3)];
    let failed = world.with(Access::Write, |connection| {
        Box::pin(async move {
            let Err(failed) = connection.pipeline(&effects, None).await else {
                panic!("nothing failed");
            };
            assert_eq!(failed.effect, Some(2));
            Err::<(), _>(failed.error)
        })
    });
    let Err(ConnectorError::Internal(error)) = failed.await else {
        panic!("nothing failed");
    };
    assert!(error.is::<prisma_sql::Violation>());
    assert_eq!(
        world.read("SELECT COUNT(*) FROM %.t", &[]).await,
        ["Int(0)"]
    );
}
