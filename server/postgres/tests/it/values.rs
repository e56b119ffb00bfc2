//! Values to the server and back.

use prisma_connector::{ConnectorError, Value};
use prisma_postgres::Unfit;
use prisma_sql::{Access, Cell, Connection as _};

use crate::world::{each, statement, text, world};

const UUID: [u8; 16] = 0x550e_8400_e29b_11d4_a716_4466_5544_0000_u128.to_be_bytes();
/// The first millisecond of the year 1, and the last of the year 9999.
const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

#[tokio::test]
async fn every_type_keeps_its_values() {
    let Some(world) = world().await else { return };
    world
        .script("CREATE TYPE %.mood AS ENUM ('sad', 'so so')")
        .await;
    world
        .script("CREATE DOMAIN %.age AS int4 CHECK (VALUE > 0)")
        .await;
    let enumeration = |value: &str| Value::Enum(value.to_owned());
    let json = |value: &str| Value::Json(value.to_owned());
    for (ty, value, expected) in [
        ("bool", Value::Bool(true), "Bool(true)"),
        ("bool", Value::Bool(false), "Bool(false)"),
        ("int2", Value::Int(i16::MIN.into()), "Int(-32768)"),
        ("int4", Value::Int(i32::MIN.into()), "Int(-2147483648)"),
        ("int4", Value::Int(i32::MAX.into()), "Int(2147483647)"),
        ("int8", Value::Int(i64::MIN), "Int(-9223372036854775808)"),
        ("int8", Value::Int(i64::MAX), "Int(9223372036854775807)"),
        ("%.age", Value::Int(7), "Int(7)"),
        ("oid", Value::Int(u32::MAX.into()), "Int(4294967295)"),
        ("float4", Value::Float(0.1), "Float(0.1)"),
        (
            "float8",
            Value::Float(f64::MAX),
            "Float(1.7976931348623157e308)",
        ),
        ("float8", Value::Float(5e-324), "Float(5e-324)"),
        ("float8", Value::Float(-0.0), "Float(-0.0)"),
        ("float8", Value::Int(3), "Float(3.0)"),
        (
            "numeric",
            Value::Int(i64::MIN),
            "Decimal(\"-9223372036854775808\")",
        ),
        ("numeric", Value::Float(0.1), "Decimal(\"0.1\")"),
        (
            "numeric",
            Value::Float(1e20),
            "Decimal(\"100000000000000000000\")",
        ),
        ("numeric", Value::Float(-0.0), "Decimal(\"0\")"),
        ("numeric", text("12.5"), "Decimal(\"12.5\")"),
        (
            "numeric(65,30)",
            Value::Float(1e-30),
            "Decimal(\"0.000000000000000000000000000001\")",
        ),
        ("text", text(""), "Text(\"\")"),
        (
            "text",
            text("é\u{1f388}\u{202e}\\x'\""),
            "Text(\"é🎈\\u{202e}\\\\x'\\\"\")",
        ),
        (
            "varchar(25)",
            text("cjld2cjxh0000qzrmn831i7rn"),
            "Text(\"cjld2cjxh0000qzrmn831i7rn\")",
        ),
        ("char(3)", text("a"), "Text(\"a  \")"),
        ("name", text("a"), "Text(\"a\")"),
        ("%.mood", enumeration("so so"), "Text(\"so so\")"),
        ("%.mood", text("sad"), "Text(\"sad\")"),
        ("text", enumeration("sad"), "Text(\"sad\")"),
        ("json", json("{\"a\": [1]}"), "Text(\"{\\\"a\\\": [1]}\")"),
        ("jsonb", json("{\"a\":[1]}"), "Text(\"{\\\"a\\\": [1]}\")"),
        ("text", json("[]"), "Text(\"[]\")"),
        (
            "uuid",
            Value::Uuid(UUID),
            "Uuid([85, 14, 132, 0, 226, 155, 17, 212, 167, 22, 68, 102, 85, 68, 0, 0])",
        ),
        (
            "uuid",
            text("550E8400-e29b-11d4-a716-446655440000"),
            "Uuid([85, 14, 132, 0, 226, 155, 17, 212, 167, 22, 68, 102, 85, 68, 0, 0])",
        ),
        (
            "text",
            Value::Uuid(UUID),
            "Text(\"550e8400-e29b-11d4-a716-446655440000\")",
        ),
        (
            "timestamp(3)",
            Value::DateTime(FIRST),
            "DateTime(-62135596800000)",
        ),
        ("timestamp(3)", Value::DateTime(-1), "DateTime(-1)"),
        (
            "timestamp(3)",
            Value::DateTime(LAST),
            "DateTime(253402300799999)",
        ),
        (
            "timestamptz",
            Value::DateTime(LAST),
            "DateTime(253402300799999)",
        ),
        (
            "timestamptz",
            text("2020-01-01T00:00:00.001+01:00"),
            "DateTime(1577833200001)",
        ),
        ("timestamp", text("infinity"), "Other"),
        ("date", Value::DateTime(-1), "DateTime(-86400000)"),
        ("date", Value::DateTime(LAST), "DateTime(253402214400000)"),
        ("int8", Value::DateTime(12), "Int(12)"),
        ("text", Value::Int(-12), "Text(\"-12\")"),
        ("text", Value::Bool(true), "Text(\"true\")"),
        ("text", Value::Float(1.5), "Text(\"1.5\")"),
        ("int4", text("12"), "Int(12)"),
        ("bool", text("f"), "Bool(false)"),
        ("numeric", text("NaN"), "Other"),
        ("inet", text("10.0.0.1"), "Other"),
        ("bytea", text("abc"), "Other"),
    ] {
        let shown = format!("{value:?} as {ty}");
        let select = format!("SELECT $1::{ty}");
        let rows = world.rows(Access::Read, &select, &[value]).await;
        assert_eq!(rows.expect(&shown), [expected], "{shown}");
    }
}

#[tokio::test]
async fn null_is_null_in_every_type() {
    let Some(world) = world().await else { return };
    for ty in [
        "bool",
        "int4",
        "numeric",
        "text",
        "uuid",
        "timestamp",
        "jsonb",
        "inet",
        "int4[]",
    ] {
        let rows = world
            .read(&format!("SELECT $1::{ty}, 1"), &[Value::Null])
            .await;
        assert_eq!(rows, ["Null Int(1)"], "{ty}");
    }
}

#[tokio::test]
async fn decimals_keep_every_float() {
    let Some(world) = world().await else { return };
    // Steps through all exponents, with mantissas that look random.
    let mut bits = 1_u64;
    let mut floats = Vec::new();
    while floats.len() < 2000 {
        bits = bits
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let float = f64::from_bits(bits);
        if float.is_finite() {
            floats.push(float);
        }
    }
    let list = Value::List(floats.iter().copied().map(Value::Float).collect());
    let rows = world.read("SELECT unnest($1::numeric[])", &[list]).await;
    assert_eq!(rows.len(), floats.len());
    for (row, float) in rows.iter().zip(&floats) {
        let digits = row
            .strip_prefix("Decimal(\"")
            .and_then(|row| row.strip_suffix("\")"));
        let back: f64 = digits.expect(row).parse().unwrap();
        assert_eq!(back.to_bits(), float.to_bits(), "{row}");
    }
}

#[tokio::test]
async fn lists_are_arrays() {
    let Some(world) = world().await else { return };
    world
        .script("CREATE TYPE %.mood AS ENUM ('sad', 'so so')")
        .await;
    let json = |value: &str| Value::Json(value.to_owned());
    for (ty, list, expected) in [
        (
            "int2",
            vec![Value::Int(1), Value::Int(-1)],
            vec!["Int(1)", "Int(-1)"],
        ),
        (
            "int4",
            vec![Value::Int(1), text("2")],
            vec!["Int(1)", "Int(2)"],
        ),
        ("bool", vec![Value::Bool(true)], vec!["Bool(true)"]),
        (
            "text",
            vec![text("{a},\"b\\"), text("NULL")],
            vec!["Text(\"{a},\\\"b\\\\\")", "Text(\"NULL\")"],
        ),
        ("text", vec![Value::Int(1)], vec!["Text(\"1\")"]),
        ("varchar", vec![text("")], vec!["Text(\"\")"]),
        (
            "%.mood",
            vec![Value::Enum("so so".to_owned())],
            vec!["Text(\"so so\")"],
        ),
        (
            "timestamp",
            vec![Value::DateTime(LAST)],
            vec!["DateTime(253402300799999)"],
        ),
        (
            "jsonb",
            vec![json("{\"a\": \"\\\\\"}"), json("[]")],
            vec!["Text(\"{\\\"a\\\": \\\"\\\\\\\\\\\"}\")", "Text(\"[]\")"],
        ),
        (
            "float8",
            vec![Value::Float(0.5), Value::Int(2)],
            vec!["Float(0.5)", "Float(2.0)"],
        ),
        ("uuid", vec![], vec![]),
    ] {
        let rows = world
            .read(&format!("SELECT unnest($1::{ty}[])"), &[Value::List(list)])
            .await;
        assert_eq!(rows, expected, "{ty}");
    }
    let with_null = Value::List(vec![Value::Int(1), Value::Null, Value::Int(3)]);
    let rows = world
        .read("SELECT unnest($1::int4[]), 1", &[with_null])
        .await;
    assert_eq!(rows, ["Int(1) Int(1)", "Null Int(1)", "Int(3) Int(1)"]);
}

#[tokio::test]
async fn a_hundred_thousand_values_are_one_parameter() {
    const COUNT: i64 = 100_000;
    let Some(world) = world().await else { return };
    world
        .script("CREATE TABLE %.t (id varchar(25) PRIMARY KEY, n int NOT NULL)")
        .await;
    let fill = "INSERT INTO %.t SELECT 'id' || n, n FROM generate_series(1, $1::int) n";
    assert_eq!(
        world.write(fill, &[Value::Int(COUNT)]).await.unwrap(),
        100_000
    );
    let ids = Value::List((1..=COUNT).map(|n| text(&format!("id{n}"))).collect());
    let numbers = Value::List((1..=COUNT).map(Value::Int).collect());
    for (column, list) in [("id", ids), ("n", numbers)] {
        let count = format!("SELECT COUNT(*) FROM %.t WHERE {column} = ANY($1)");
        assert_eq!(world.read(&count, &[list]).await, ["Int(100000)"]);
    }
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused_by_name() {
    let Some(world) = world().await else { return };
    let nul = text("a\0b");
    for (sql, value, expected) in [
        ("SELECT $1::text", nul.clone(), Unfit::Nul),
        (
            "SELECT $1::jsonb",
            Value::Json("\"\0\"".to_owned()),
            Unfit::Nul,
        ),
        (
            "SELECT $1::text[]",
            Value::List(vec![nul.clone()]),
            Unfit::Nul,
        ),
        ("SELECT $1::jsonb[]", Value::List(vec![nul]), Unfit::Nul),
        (
            "SELECT $1::timestamp",
            Value::DateTime(i64::MAX),
            Unfit::DateTime,
        ),
        (
            "SELECT $1::date",
            Value::DateTime(i64::MIN),
            Unfit::DateTime,
        ),
        ("SELECT $1::text", Value::DateTime(0), Unfit::DateTime),
        ("SELECT $1::text", Value::List(vec![]), Unfit::List),
        (
            "SELECT $1::text[]",
            Value::List(vec![Value::List(vec![])]),
            Unfit::List,
        ),
    ] {
        for access in [Access::Read, Access::Snapshot, Access::Write] {
            let refused = world.rows(access, sql, std::slice::from_ref(&value)).await;
            let Err(ConnectorError::Internal(error)) = refused else {
                panic!("{sql} {value:?}: {refused:?}");
            };
            assert_eq!(error.downcast_ref(), Some(&expected), "{sql} {value:?}");
        }
    }
    // The server has the last word on the rest.
    for (sql, value) in [
        ("SELECT $1::int4", Value::Int(i64::MAX)),
        ("SELECT $1::int4", text("one")),
        ("SELECT $1::uuid", text("one")),
        (
            "SELECT $1::timestamp",
            Value::DateTime(-300_000_000_000_000),
        ),
    ] {
        let refused = world
            .rows(Access::Read, sql, std::slice::from_ref(&value))
            .await;
        assert!(
            matches!(refused, Err(ConnectorError::Internal(_))),
            "{sql} {value:?}: {refused:?}"
        );
    }
    let refused = world
        .rows(Access::Read, "SELECT $1::int, $2::int", &[Value::Int(1)])
        .await;
    assert!(
        matches!(refused, Err(ConnectorError::Plan(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn rows_end_when_the_sink_wants_no_more() {
    let Some(world) = world().await else { return };
    for access in [Access::Read, Access::Snapshot] {
        let ended = world.with(access, |connection| {
            Box::pin(async move {
                let series = statement("SELECT generate_series(1, 100000)");
                let mut seen = 0;
                let ended = connection
                    .each(&series, &each(&[]), &mut |row| {
                        seen += 1;
                        assert_eq!(row.cell(0), Cell::Int(seen));
                        assert_eq!(row.cell(1), Cell::Null);
                        Err(ConnectorError::Plan("enough"))
                    })
                    .await;
                assert!(matches!(ended, Err(ConnectorError::Plan("enough"))));
                assert_eq!(seen, 1);
                // The connection is where it should be.
                crate::world::rows(connection, &statement("SELECT 1"), &[]).await
            })
        });
        assert_eq!(ended.await.unwrap(), ["Int(1)"]);
    }
}
