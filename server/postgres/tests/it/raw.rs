//! Statements of the caller's own.

use prisma_connector::ConnectorError;
use prisma_sql::Access;

use crate::world::{small, world};

#[tokio::test]
async fn rows_are_objects() {
    let Some(world) = world().await else { return };
    world.script("CREATE TYPE %.mood AS ENUM ('so so')").await;
    for (sql, expected) in [
        ("Select 1", r#"[{"?column?":1}]"#),
        ("SELECT 1 AS a, 'x' AS b, 2 AS a", r#"[{"a":2,"b":"x"}]"#),
        ("SELECT n FROM generate_series(1, 2) n", r#"[{"n":1},{"n":2}]"#),
        ("SELECT 1 AS \"a\"\"b\" WHERE false", "[]"),
        (
            "SELECT NULL AS n, true AS t, false AS f, 1::int2 AS i2, 9223372036854775807 AS i8",
            r#"[{"n":null,"t":true,"f":false,"i2":1,"i8":9223372036854775807}]"#,
        ),
        (
            "SELECT 0.1::float4 AS f4, 1e21::float8 AS f8, 'NaN'::float8 AS nan, 12.50 AS d,
                    123456789012345678901234567890.5 AS big",
            r#"[{"f4":0.1,"f8":1e+21,"nan":"NaN","d":12.50,"big":123456789012345678901234567890.5}]"#,
        ),
        (
            "SELECT '2020-01-02 03:04:05.678'::timestamp AS a, '2020-01-02 03:04:05+01'::timestamptz AS b,
                    '2020-01-02'::date AS c, '03:04'::time AS d, '1 day 2:00'::interval AS e",
            r#"[{"a":"2020-01-02 03:04:05.678","b":"2020-01-02 02:04:05+00","c":"2020-01-02","d":"03:04:00","e":"1 day 02:00:00"}]"#,
        ),
        (
            "SELECT '{\"a\": [1]}'::json AS j, '[null]'::jsonb AS b, '\\x00ff'::bytea AS x,
                    'so so'::%.mood AS m, '550e8400-e29b-11d4-a716-446655440000'::uuid AS u",
            r#"[{"j":{"a": [1]},"b":[null],"x":"\\x00ff","m":"so so","u":"550e8400-e29b-11d4-a716-446655440000"}]"#,
        ),
        (
            "SELECT ARRAY[[1,NULL],[2,3]] AS a, ARRAY['x','y \"z\\'] AS b, '{}'::text[] AS c",
            r#"[{"a":[[1,null],[2,3]],"b":["x","y \"z\\"],"c":[]}]"#,
        ),
        ("SHOW transaction_isolation", r#"[{"transaction_isolation":"read committed"}]"#),
        ("VALUES ('é🎈\u{1}\n')", "[{\"column1\":\"é🎈\\u0001\\n\"}]"),
    ] {
        assert_eq!(world.raw(sql).await.expect(sql), expected, "{sql}");
    }
}

#[tokio::test]
async fn other_statements_answer_how_many_rows_they_changed() {
    let Some(world) = world().await else { return };
    for (sql, expected) in [
        ("CREATE TABLE %.t (n int PRIMARY KEY)", "0"),
        ("INSERT INTO %.t VALUES (1), (2), (3)", "3"),
        ("UPDATE %.t SET n = n + 10 WHERE n > 1", "2"),
        ("DELETE FROM %.t WHERE n = 1 RETURNING n", r#"[{"n":1}]"#),
        ("DELETE FROM %.t", "2"),
        ("", "0"),
        (" -- nothing", "0"),
        ("VACUUM %.t", "0"),
        ("INSERT INTO %.t VALUES (7); SELECT n FROM %.t", "1"),
        (
            "; SELECT n, ';' AS s FROM %.t; DELETE FROM %.t",
            r#"[{"n":7,"s":";"}]"#,
        ),
        ("SELECT COUNT(*) FROM %.t", r#"[{"count":0}]"#),
    ] {
        assert_eq!(world.raw(sql).await.expect(sql), expected, "{sql}");
    }
}

#[tokio::test]
async fn errors_are_in_the_servers_words() {
    let Some(world) = small().await else { return };
    world.script("CREATE TABLE %.t (n int PRIMARY KEY)").await;
    for (sql, expected) in [
        (
            "SELECT * FROM nope",
            "ERROR: relation \"nope\" does not exist\n  Position: 15",
        ),
        (
            "SELECT * FROM ",
            "ERROR: syntax error at end of input\n  Position: 15",
        ),
        (
            "SELECT 1; SELECT 2 +",
            "ERROR: syntax error at end of input\n  Position: 21",
        ),
        ("SELECT 1/0", "ERROR: division by zero"),
        (
            "SELECT 'a\0'",
            "ERROR: invalid byte sequence for encoding \"UTF8\": 0x00",
        ),
        (
            "INSERT INTO %.t VALUES (1), (1)",
            "ERROR: duplicate key value violates unique constraint \"t_pkey\"\n  Detail: Key (n)=(1) already exists.",
        ),
        (
            "SELECT tru",
            "ERROR: column \"tru\" does not exist\n  Position: 8",
        ),
    ] {
        let Err(ConnectorError::Raw { code, message }) = world.raw(sql).await else {
            panic!("{sql}");
        };
        assert_eq!((code, &*message), (0, expected), "{sql}");
    }
    // Several statements are one transaction.
    world
        .raw("INSERT INTO %.t VALUES (1); SELECT 1/0")
        .await
        .unwrap_err();
    assert_eq!(
        world.raw("SELECT COUNT(*) FROM %.t").await.unwrap(),
        r#"[{"count":0}]"#
    );
}

#[tokio::test]
async fn a_caller_cannot_spoil_the_connection() {
    let Some(world) = small().await else { return };
    world.script("CREATE TABLE %.t (n int)").await;
    let state = "SELECT current_setting('search_path') || current_user || current_setting('statement_timeout')
                 || current_setting('jit') || current_setting('timezone') || pg_backend_pid()";
    let before = world.rows(Access::Write, state, &[]).await.unwrap();
    for sql in [
        "SET search_path = nowhere; SET timezone = 'Asia/Tokyo'; SET jit = on",
        "SET ROLE pg_monitor",
        "SET SESSION AUTHORIZATION pg_monitor",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "BEGIN; INSERT INTO %.t VALUES (1)",
        "BEGIN; LOCK TABLE %.t; SELECT 1/0",
        "CREATE TEMPORARY TABLE t (x text)",
        "PREPARE mine AS SELECT 1",
        "LISTEN somebody",
        "SELECT pg_advisory_lock(4711)",
    ] {
        let _ = world.raw(sql).await;
        let after = world.rows(Access::Write, state, &[]).await.unwrap();
        assert_eq!(after, before, "{sql}");
        let rest = world.rows(
            Access::Write,
            "SELECT (SELECT COUNT(*) FROM %.t), (SELECT COUNT(*) FROM pg_listening_channels()),
                    (SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
                    (SELECT COUNT(*) FROM pg_class WHERE relpersistence = 't' AND pg_table_is_visible(oid)), 1",
            &[],
        );
        assert_eq!(
            rest.await.unwrap(),
            ["Int(0) Int(0) Int(0) Int(0) Int(1)"],
            "{sql}"
        );
    }
}

#[tokio::test]
async fn copying_is_refused_and_costs_the_connection() {
    let Some(world) = small().await else { return };
    world.script("CREATE TABLE %.t (n int)").await;
    for sql in ["COPY %.t FROM STDIN", "COPY %.t TO STDOUT"] {
        assert!(world.raw(sql).await.is_err(), "{sql}");
        assert_eq!(world.raw("SELECT 1 AS n").await.unwrap(), r#"[{"n":1}]"#);
    }
}
