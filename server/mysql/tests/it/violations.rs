//! Constraints, and other refusals.

use prisma_connector::{ConnectorError, Value};
use prisma_sql::Violation;

use crate::world::{World, text};

async fn world() -> Option<World> {
    let world = World::new().await?;
    world
        .script(
            "CREATE TABLE {}.`User` (`id` char(25) NOT NULL PRIMARY KEY, `email` varchar(191), \
             `na``me` varchar(20) NOT NULL, `first.last` int, UNIQUE INDEX `email_UNIQUE` (`email`)); \
             CREATE TABLE {}.`Post` (`id` int NOT NULL PRIMARY KEY, `author` char(25), \
             CONSTRAINT `Post_author_fkey` FOREIGN KEY (`author`) REFERENCES {}.`User` (`id`)); \
             INSERT INTO {}.`User` VALUES ('a', 'it''s for key ''x''', 'A', 1); \
             INSERT INTO {}.`Post` VALUES (1, 'a')",
        )
        .await;
    Some(world)
}

async fn violation(world: &World, text: &str, values: &[Value]) -> Violation {
    match world.run(text, values).await {
        Err(ConnectorError::Internal(error)) => match error.downcast() {
            Ok(violation) => *violation,
            Err(other) => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn unique(key: &str) -> Violation {
    Violation::Unique {
        key: Some(key.to_owned()),
        columns: Vec::new(),
    }
}

fn not_null(column: &str) -> Violation {
    Violation::NotNull {
        column: Some(column.to_owned()),
    }
}

#[tokio::test]
async fn values_that_are_too_long() {
    let Some(world) = world().await else {
        return;
    };
    let too_long = |column: &str| Violation::TooLong {
        column: Some(column.to_owned()),
    };
    let insert = "INSERT INTO {}.`User` (`id`, `na``me`, `first.last`) VALUES (?, ?, ?)";
    for (name, number, column) in [
        ("abcdefghijklmnopqrstu", 1, "na`me"),
        ("b", 3_000_000_000, "first.last"),
    ] {
        let values = [text("b"), text(name), Value::Int(number)];
        assert_eq!(violation(&world, insert, &values).await, too_long(column));
    }
}

#[tokio::test]
async fn uniques() {
    let Some(world) = world().await else {
        return;
    };
    let insert = "INSERT INTO {}.`User` (`id`, `email`, `na``me`) VALUES (?, ?, ?)";
    let violated = violation(&world, insert, &[text("A"), Value::Null, text("B")]).await;
    assert_eq!(violated, unique("PRIMARY"));
    // The value may look like the message around it.
    let email = text("it's for key 'x'");
    let violated = violation(&world, insert, &[text("b"), email, text("B")]).await;
    assert_eq!(violated, unique("email_UNIQUE"));
}

#[tokio::test]
async fn nulls() {
    let Some(world) = world().await else {
        return;
    };
    let update = "UPDATE {}.`User` SET `na``me` = ? WHERE `id` = ?";
    let violated = violation(&world, update, &[Value::Null, text("a")]).await;
    assert_eq!(violated, not_null("na`me"));
    let insert = "INSERT INTO {}.`User` (`id`) VALUES (?)";
    let violated = violation(&world, insert, &[text("b")]).await;
    assert_eq!(violated, not_null("na`me"));
}

#[tokio::test]
async fn foreign_keys() {
    let Some(world) = world().await else {
        return;
    };
    for text in [
        "INSERT INTO {}.`Post` VALUES (2, 'nobody')",
        "DELETE FROM {}.`User` WHERE `id` = 'a'",
    ] {
        assert_eq!(violation(&world, text, &[]).await, Violation::ForeignKey);
    }
}

/// Nothing is cut or rounded to fit, and nothing of it stays.
#[tokio::test]
async fn values_that_do_not_fit() {
    let Some(world) = world().await else {
        return;
    };
    let update = |column: &str| format!("UPDATE {{}}.`User` SET {column} = ?");
    for (column, value) in [
        ("`na``me`", text("more than twenty characters")),
        ("`first.last`", Value::Int(i64::MAX)),
        ("`first.last`", text("no number")),
    ] {
        let refused = world.run(&update(column), &[value]).await;
        assert!(
            matches!(refused, Err(ConnectorError::Internal(_))),
            "{column}: {refused:?}"
        );
    }
    let rows = world.query("SELECT * FROM {}.`User`", &[]).await.unwrap();
    let row = [
        r#"Text("a")"#,
        r#"Text("it's for key 'x'")"#,
        r#"Text("A")"#,
        "Int(1)",
    ];
    assert_eq!(rows, [row]);
}

/// A packet that is too large costs the connection, not the host.
#[tokio::test]
async fn packets_that_are_too_large() {
    let Some(world) = World::new().await else {
        return;
    };
    let long = text(&"x".repeat(70 << 20));
    let refused = world.query("SELECT LENGTH(?)", &[long]).await;
    assert!(refused.is_err());
    assert_eq!(world.cell("SELECT LENGTH(?)", &[text("é")]).await, "Int(2)");
}

#[tokio::test]
async fn statements_that_are_none() {
    let Some(world) = World::new().await else {
        return;
    };
    let refused = world.query("SELEKT 1", &[]).await;
    assert!(
        matches!(refused, Err(ConnectorError::Internal(_))),
        "{refused:?}"
    );
    let refused = world.query("SELECT ?", &[]).await;
    assert!(
        matches!(refused, Err(ConnectorError::Internal(_))),
        "{refused:?}"
    );
    assert_eq!(world.cell("SELECT 1", &[]).await, "Int(1)");
}
