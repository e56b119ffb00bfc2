//! What the server's errors mean.

use std::sync::Arc;

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Violation};
use tokio::sync::Barrier;

use crate::world::{World, world};

async fn violation(world: &World, text: &str) -> Violation {
    match world.write(text, &[]).await {
        Err(ConnectorError::Internal(error)) => match error.downcast::<Violation>() {
            Ok(violation) => *violation,
            Err(error) => panic!("{text}: {error:?}"),
        },
        other => panic!("{text}: {other:?}"),
    }
}

#[tokio::test]
async fn violations_name_what_they_violate() {
    let Some(world) = world().await else { return };
    world
        .script(
            "CREATE TABLE %.\"A \"\"t\"\"\" (id int PRIMARY KEY, \"first, name\" text, last text NOT NULL);
             CREATE UNIQUE INDEX \"A \"\"k\"\"\" ON %.\"A \"\"t\"\"\" (\"first, name\", lower(last));
             CREATE TABLE %.b (a int REFERENCES %.\"A \"\"t\"\"\" DEFERRABLE INITIALLY DEFERRED);
             CREATE TABLE %.c (small smallint, short varchar(3));
             INSERT INTO %.\"A \"\"t\"\"\" VALUES (1, 'x', 'y')",
        )
        .await;
    let insert = "INSERT INTO %.\"A \"\"t\"\"\" VALUES";
    let unique = |key: &str, columns: &[&str]| Violation::Unique {
        key: Some(key.to_owned()),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
    };
    assert_eq!(
        violation(&world, &format!("{insert} (1, 'z', 'z')")).await,
        unique("A \"t\"_pkey", &["id"])
    );
    assert_eq!(
        violation(&world, &format!("{insert} (2, 'x', 'Y')")).await,
        unique("A \"k\"", &["first, name", "lower(last)"])
    );
    assert_eq!(
        violation(&world, &format!("{insert} (3)")).await,
        Violation::NotNull {
            column: Some("last".to_owned())
        }
    );
    // Nobody says which column.
    let too_long = Violation::TooLong { column: None };
    let list = "SELECT string_agg(md5(n::text), '') FROM generate_series(1, 1000) AS n";
    for statement in [
        "INSERT INTO %.c VALUES (1, 'abcd')".to_owned(),
        "INSERT INTO %.c VALUES (70000, '')".to_owned(),
        format!("{insert} (4, ({list}), 'z')"),
    ] {
        assert_eq!(violation(&world, &statement).await, too_long, "{statement}");
    }
    // Checked when the transaction ends: a commit that fails is a failure.
    assert_eq!(
        violation(&world, "INSERT INTO %.b VALUES (9)").await,
        Violation::ForeignKey
    );
    assert_eq!(
        world.read("SELECT COUNT(*) FROM %.b", &[]).await,
        ["Int(0)"]
    );
}

#[tokio::test]
async fn errors_are_told_apart_by_what_helps() {
    let Some(world) = world().await else { return };
    for (code, expected) in [
        ("40001", "conflict"),
        ("40P01", "conflict"),
        ("55P03", "unavailable"),
        ("57014", "unavailable"),
        ("57P03", "unavailable"),
        ("53300", "unavailable"),
        ("08006", "unavailable"),
        ("22003", "internal"),
        ("22021", "internal"),
        ("42P01", "internal"),
        ("P0001", "internal"),
    ] {
        let raise = format!("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$");
        let said = match world.write(&raise, &[]).await {
            Err(ConnectorError::Conflict(_)) => "conflict",
            Err(ConnectorError::Unavailable(_)) => "unavailable",
            Err(ConnectorError::Internal(_)) => "internal",
            other => panic!("{code}: {other:?}"),
        };
        assert_eq!(said, expected, "{code}");
    }
    // And the connections stand.
    assert_eq!(
        world.rows(Access::Write, "SELECT 1", &[]).await.unwrap(),
        ["Int(1)"]
    );
}

#[tokio::test]
async fn a_deadlock_is_a_conflict_for_one_of_two() {
    let Some(world) = world().await else { return };
    world
        .script("CREATE TABLE %.t (id int PRIMARY KEY); INSERT INTO %.t VALUES (1), (2)")
        .await;
    let have_one = Arc::new(Barrier::new(2));
    let both = |first: u8, second: u8| {
        let have_one = Arc::clone(&have_one);
        let lock = |id| world.statement(&format!("SELECT id FROM %.t WHERE id = {id} FOR UPDATE"));
        let (first, second) = (lock(first), lock(second));
        world.with(Access::Write, move |connection| {
            Box::pin(async move {
                crate::world::rows(connection, &first, &[]).await?;
                have_one.wait().await;
                crate::world::rows(connection, &second, &[]).await
            })
        })
    };
    let (one, other) = tokio::join!(both(1, 2), both(2, 1));
    let lost = match (one, other) {
        (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
        both => panic!("{both:?}"),
    };
    assert!(matches!(lost, ConnectorError::Conflict(_)), "{lost:?}");
}
