//! Every type there and back.

use prisma_connector::Value;

use crate::world::{World, text};

/// Stores a value in a column of a type; answers the cell that comes back.
async fn stored(world: &World, ty: &str, value: Value) -> String {
    world
        .script(&format!(
            "DROP TABLE IF EXISTS {{}}.`t`; CREATE TABLE {{}}.`t` (`v` {ty} NULL)"
        ))
        .await;
    let values = [value];
    let written = world
        .run("INSERT INTO {}.`t` (`v`) VALUES (?)", &values)
        .await;
    assert_eq!(written.unwrap(), 1, "{ty}");
    world.cell("SELECT `v` FROM {}.`t`", &[]).await
}

const TEXT: &str = "mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
const ID: &str = "char(25) CHARACTER SET utf8 COLLATE utf8_general_ci";

#[tokio::test]
async fn texts() {
    let Some(world) = World::new().await else {
        return;
    };
    for sent in [
        "",
        "a",
        "naïve Ünïcödé",
        "emoji 👩‍👩‍👧‍👦 🏳️‍🌈",
        "nul \0 inside",
        "quotes ' \" ` \\ %_ ? :name",
        " blanks ",
        "line\r\nline\t",
    ] {
        let cell = stored(&world, TEXT, text(sent)).await;
        assert_eq!(cell, format!("Text({sent:?})"));
    }
    let long = "é".repeat(1 << 20);
    let cell = stored(&world, TEXT, text(&long)).await;
    assert!(cell == format!("Text({long:?})"), "{} bytes", cell.len());
    let id = "cjld2cjxh0000qzrmn831i7rn";
    assert_eq!(stored(&world, ID, text(id)).await, format!("Text({id:?})"));
    let json = Value::Json(r#"{"a":[1,"😀"]}"#.to_owned());
    assert_eq!(
        stored(&world, TEXT, json).await,
        r#"Text("{\"a\":[1,\"😀\"]}")"#
    );
    let value = Value::Enum("ACTIVE".to_owned());
    assert_eq!(
        stored(&world, "varchar(191)", value).await,
        r#"Text("ACTIVE")"#
    );
}

#[tokio::test]
async fn nulls() {
    let Some(world) = World::new().await else {
        return;
    };
    for ty in [TEXT, ID, "int", "boolean", "Decimal(65,30)", "datetime(3)"] {
        assert_eq!(stored(&world, ty, Value::Null).await, "Null");
    }
}

#[tokio::test]
async fn numbers() {
    let Some(world) = World::new().await else {
        return;
    };
    for sent in [0, 1, -1, i64::from(i32::MAX), i64::from(i32::MIN)] {
        let cell = stored(&world, "int", Value::Int(sent)).await;
        assert_eq!(cell, format!("Int({sent})"));
    }
    for sent in [i64::MAX, i64::MIN] {
        let cell = stored(&world, "bigint", Value::Int(sent)).await;
        assert_eq!(cell, format!("Int({sent})"));
    }
    for sent in [true, false] {
        let cell = stored(&world, "boolean", Value::Bool(sent)).await;
        assert_eq!(cell, format!("Int({})", i64::from(sent)));
    }
}

/// A decimal holds all digits of a float: 35 before the point, 30 behind it.
#[tokio::test]
async fn floats() {
    let Some(world) = World::new().await else {
        return;
    };
    for (sent, stored_as) in [
        (0.0, "0.000000000000000000000000000000"),
        (-0.0, "0.000000000000000000000000000000"),
        (1.5, "1.500000000000000000000000000000"),
        (0.300_000_000_000_000_04, "0.300000000000000040000000000000"),
        (-123_456.789, "-123456.789000000000000000000000000000"),
        (1e-30, "0.000000000000000000000000000001"),
        (1e-31, "0.000000000000000000000000000000"),
        (
            9_007_199_254_740_993.0,
            "9007199254740992.000000000000000000000000000000",
        ),
        (
            1e34,
            "10000000000000000000000000000000000.000000000000000000000000000000",
        ),
    ] {
        let value = Value::Float(sent);
        let cell = stored(&world, "Decimal(65,30)", value.clone()).await;
        assert_eq!(cell, format!("Decimal({stored_as:?})"));
        if sent != 1e-31 {
            let found = world
                .cell("SELECT COUNT(*) FROM {}.`t` WHERE `v` = ?", &[value])
                .await;
            assert_eq!(found, "Int(1)", "{sent}");
        }
    }
    assert_eq!(
        stored(&world, "double", Value::Float(f64::MAX)).await,
        format!("Float({:?})", f64::MAX)
    );
    // The number that somebody wrote, not the one that its bits are nearest to in a wider format.
    assert_eq!(
        stored(&world, "float", Value::Float(0.1)).await,
        "Float(0.1)"
    );
}

#[tokio::test]
async fn dates() {
    let Some(world) = World::new().await else {
        return;
    };
    for sent in [
        0,
        1,
        -1,
        1_544_013_263_123,
        -62_135_596_800_000, // 0001-01-01
        253_402_300_799_999, // 9999-12-31, the last millisecond
    ] {
        let value = Value::DateTime(sent);
        let cell = stored(&world, "datetime(3)", value.clone()).await;
        assert_eq!(cell, format!("DateTime({sent})"));
        let found = world
            .cell("SELECT COUNT(*) FROM {}.`t` WHERE `v` = ?", &[value])
            .await;
        assert_eq!(found, "Int(1)", "{sent}");
    }
    let text = world
        .cell(
            "SELECT CAST(? AS char)",
            &[Value::DateTime(1_544_013_263_007)],
        )
        .await;
    assert!(text.contains("2018-12-05 12:34:23.007"), "{text}");
}

/// A year that no `datetime` holds is refused, not changed.
#[tokio::test]
async fn dates_out_of_range() {
    let Some(world) = World::new().await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`v` datetime(3) NULL)")
        .await;
    for sent in [253_402_300_800_000, -62_198_755_200_000, i64::MAX, i64::MIN] {
        let written = world
            .run(
                "INSERT INTO {}.`t` (`v`) VALUES (?)",
                &[Value::DateTime(sent)],
            )
            .await;
        assert!(written.is_err(), "{sent}: {written:?}");
    }
}

#[tokio::test]
async fn uuids() {
    let Some(world) = World::new().await else {
        return;
    };
    let bytes = u128::to_be_bytes(0x550e_8400_e29b_11d4_a716_4466_5544_0000);
    assert_eq!(
        stored(&world, "char(36)", Value::Uuid(bytes)).await,
        r#"Text("550e8400-e29b-11d4-a716-446655440000")"#
    );
}

/// What this program never creates, and a database that it finds may have.
#[tokio::test]
async fn types_of_others() {
    let Some(world) = World::new().await else {
        return;
    };
    for (sql, cell) in [
        ("CAST(18446744073709551615 AS unsigned)", "Other"),
        (
            "CAST(9223372036854775807 AS unsigned)",
            "Int(9223372036854775807)",
        ),
        ("b'1000000001'", "Text(\"\\u{2}\\u{1}\")"),
        ("DATE '2020-02-29'", "DateTime(1582934400000)"),
        ("TIME '12:34:56'", "Other"),
        ("x'FF00'", "Other"),
        ("JSON_OBJECT('a', 1)", "Text(\"{\\\"a\\\": 1}\")"),
        ("1 = 1", "Int(1)"),
        ("COUNT(*)", "Int(1)"),
        ("1.50", "Decimal(\"1.50\")"),
    ] {
        assert_eq!(
            world.cell(&format!("SELECT {sql}"), &[]).await,
            cell,
            "{sql}"
        );
    }
    world
        .script(
            "CREATE TABLE {}.`t` (`b` bit(10), `y` year, `u` int unsigned, `s` smallint unsigned, `ts` timestamp(6) \
             NULL, `e` enum('a','b')); \
             INSERT INTO {}.`t` VALUES (513, 1999, 4294967295, 65535, '2020-01-01 00:00:00.123987', 'b')",
        )
        .await;
    let rows = world.query("SELECT * FROM {}.`t`", &[]).await.unwrap();
    let row = [
        "Int(513)",
        "Int(1999)",
        "Int(4294967295)",
        "Int(65535)",
        "DateTime(1577836800123)",
        r#"Text("b")"#,
    ];
    assert_eq!(rows, [row]);
}

/// The session decides about time zones and modes, not the server.
#[tokio::test]
async fn session() {
    let Some(world) = World::new().await else {
        return;
    };
    let rows = world
        .query(
            "SELECT @@SESSION.time_zone, @@SESSION.sql_mode, @@SESSION.collation_connection, @@autocommit, \
             @@innodb_lock_wait_timeout, DATABASE(), 'a\\\\b'",
            &[],
        )
        .await
        .unwrap();
    let mode = "NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION";
    assert_eq!(
        rows,
        [[
            r#"Text("+00:00")"#,
            &format!("Text({mode:?})"),
            r#"Text("utf8mb4_unicode_ci")"#,
            "Int(1)",
            "Int(10)",
            "Null",
            r#"Text("a\\b")"#,
        ]]
    );
}
