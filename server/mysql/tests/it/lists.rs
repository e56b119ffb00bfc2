//! Lists as one parameter, which `JSON_TABLE` takes apart.

use prisma_connector::Value;

use crate::world::{World, text};

fn table(ty: &str) -> String {
    format!("JSON_TABLE(?, '$[*]' COLUMNS (`v` {ty} PATH '$')) AS `l`")
}

async fn items(world: &World, ty: &str, values: Vec<Value>) -> Vec<String> {
    let query = format!("SELECT `v` FROM {}", table(ty));
    let rows = world.query(&query, &[Value::List(values)]).await.unwrap();
    rows.into_iter().map(|mut row| row.remove(0)).collect()
}

#[tokio::test]
async fn kinds() {
    let Some(world) = World::new().await else {
        return;
    };
    let texts = ["", "a", "😀", "quotes ' \" \\", "line\nline", "\u{1}"];
    let sent = texts.iter().map(|it| text(it)).collect();
    let expected: Vec<String> = texts.iter().map(|it| format!("Text({it:?})")).collect();
    let mb4 = "mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
    assert_eq!(items(&world, mb4, sent).await, expected);

    let numbers = [0, -1, i64::from(i32::MAX), i64::MAX, i64::MIN];
    let sent = numbers.map(Value::Int).to_vec();
    let expected: Vec<String> = numbers.iter().map(|it| format!("Int({it})")).collect();
    assert_eq!(items(&world, "bigint", sent).await, expected);

    let sent = vec![Value::Bool(true), Value::Bool(false)];
    assert_eq!(items(&world, "int", sent).await, ["Int(1)", "Int(0)"]);

    let dates = [0, -1, 1_544_013_263_123, 253_402_300_799_999];
    let sent = dates.map(Value::DateTime).to_vec();
    let expected: Vec<String> = dates.iter().map(|it| format!("DateTime({it})")).collect();
    assert_eq!(items(&world, "datetime(3)", sent).await, expected);

    let sent = vec![Value::Uuid([0xab; 16])];
    assert_eq!(
        items(&world, "varchar(191)", sent).await,
        [r#"Text("abababab-abab-abab-abab-abababababab")"#]
    );
}

/// An element equals the value that was stored from the same float, to the last digit.
#[tokio::test]
async fn floats_find_what_was_stored() {
    let Some(world) = World::new().await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`v` Decimal(65,30))")
        .await;
    for sent in [0.300_000_000_000_000_04, 1.5, -1e-30, 1e21, 123_456.789] {
        world.script("DELETE FROM {}.`t`").await;
        let value = Value::Float(sent);
        world
            .run(
                "INSERT INTO {}.`t` VALUES (?)",
                std::slice::from_ref(&value),
            )
            .await
            .unwrap();
        let query = format!(
            "SELECT COUNT(*) FROM {{}}.`t` WHERE `v` IN (SELECT `v` FROM {})",
            table("Decimal(65,30)")
        );
        let found = world.cell(&query, &[Value::List(vec![value])]).await;
        assert_eq!(found, "Int(1)", "{sent}");
    }
}

#[tokio::test]
async fn empty() {
    let Some(world) = World::new().await else {
        return;
    };
    assert!(items(&world, "int", Vec::new()).await.is_empty());
}

/// 100,000 ids insert, find and delete 100,000 rows.
#[tokio::test]
async fn hundred_thousand() {
    let Some(world) = World::new().await else {
        return;
    };
    let ids = ids(&world).await;
    let list = || Value::List((0..100_000).map(|n| text(&format!("c{n:024}"))).collect());
    let insert = format!("INSERT INTO {{}}.`t` SELECT `v`, 0 FROM {ids}");
    assert_eq!(world.run(&insert, &[list()]).await.unwrap(), 100_000);
    let query = format!("SELECT COUNT(*) FROM {{}}.`t` WHERE `id` IN (SELECT `v` FROM {ids})");
    assert_eq!(world.cell(&query, &[list()]).await, "Int(100000)");
    let delete = format!("DELETE {{}}.`t` FROM {{}}.`t` WHERE `t`.`id` IN (SELECT `v` FROM {ids})");
    assert_eq!(world.run(&delete, &[list()]).await.unwrap(), 100_000);
}

/// A row that had the new value before was found all the same; one that is named twice was found once.
#[tokio::test]
async fn updates_count_what_they_find() {
    let Some(world) = World::new().await else {
        return;
    };
    let ids = ids(&world).await;
    world
        .script("INSERT INTO {}.`t` VALUES ('a', 1), ('b', 2), ('c', 3)")
        .await;
    let list = Value::List(["a", "b", "b", "d"].map(text).to_vec());
    let update = format!("UPDATE {{}}.`t` AS `t` JOIN {ids} ON `t`.`id` = `l`.`v` SET `n` = ?");
    assert_eq!(world.run(&update, &[list, Value::Int(1)]).await.unwrap(), 2);
}

/// A table with ids; answers the list of ids as a table.
async fn ids(world: &World) -> String {
    let id = "CHARACTER SET utf8 COLLATE utf8_general_ci";
    world
        .script(&format!(
            "CREATE TABLE {{}}.`t` (`id` char(25) {id} NOT NULL PRIMARY KEY, `n` int NOT NULL)"
        ))
        .await;
    table(&format!("varchar(191) {id}"))
}
