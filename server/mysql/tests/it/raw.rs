//! Statements of the caller's own.

use prisma_connector::ConnectorError;

use crate::world::World;

fn refusal(result: Result<String, ConnectorError>) -> (i64, String) {
    match result {
        Err(ConnectorError::Raw { code, message }) => (code, message),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn shapes() {
    let Some(world) = World::new().await else {
        return;
    };
    for (text, answer) in [
        ("Select 1", r#"[{"1":1}]"#),
        (
            "SELECT 1 AS `a`, 'x' AS `b ``\"` UNION ALL SELECT 2, NULL",
            "[{\"a\":1,\"b `\\\"\":\"x\"},{\"a\":2,\"b `\\\"\":null}]",
        ),
        ("SELECT 1 FROM DUAL WHERE FALSE", "[]"),
        ("SELECT TRUE AS t, FALSE AS f", r#"[{"t":1,"f":0}]"#),
        (
            "SELECT CAST(18446744073709551615 AS unsigned) AS u, CAST(7 AS unsigned) AS s",
            r#"[{"u":"18446744073709551615","s":7}]"#,
        ),
        (
            "SELECT 1.50 AS d, 1e3 AS f, SUM(2) AS s",
            r#"[{"d":1.50,"f":1000.0,"s":2}]"#,
        ),
        (
            "SELECT DATE '2020-02-29' AS d, TIMESTAMP '2020-02-29 01:02:03.45' AS ts, TIME '-25:00:01' AS t",
            r#"[{"d":"2020-02-29","ts":"2020-02-29 01:02:03.45","t":"-25:00:01"}]"#,
        ),
        ("SELECT 'é 😀 \\'' AS t", r#"[{"t":"é 😀 '"}]"#),
        ("SELECT \"double\" AS t", r#"[{"t":"double"}]"#),
        ("SET @x = 1", "0"),
        ("DO 1", "0"),
        (
            "CREATE TABLE {}.`t` (`id` int PRIMARY KEY, `v` varchar(20), `b` blob, `bit` bit(3))",
            "0",
        ),
        (
            "INSERT INTO {}.`t` VALUES (1, 'a', x'ff', 5), (2, 'b', NULL, 1)",
            "2",
        ),
        ("UPDATE {}.`t` SET `v` = 'a'", "2"),
        (
            "SELECT `id`, `v`, `bit` FROM {}.`t` ORDER BY `id`",
            r#"[{"id":1,"v":"a","bit":5},{"id":2,"v":"a","bit":1}]"#,
        ),
        ("DELETE FROM {}.`t` WHERE `id` = 1;", "1"),
        ("SHOW TABLES IN {} LIKE 'u'", "[]"),
    ] {
        assert_eq!(world.raw(text).await.unwrap(), answer, "{text}");
    }
}

/// The server's own code and message, after the number of the connection.
#[tokio::test]
async fn errors() {
    let Some(world) = World::new().await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`t` (`id` int PRIMARY KEY, `b` blob)")
        .await;
    world.script("INSERT INTO {}.`t` VALUES (1, x'ff00')").await;
    for (text, code, message) in [
        ("SELECT * FROM", 1064, "syntax"),
        ("SELECT 1; SELECT 2", 1064, "syntax"),
        ("LOCK TABLES {}.`t` READ; SELECT 1", 1064, "syntax"),
        ("", 1065, "empty"),
        ("EXECUTE `nope`", 1243, "nope"),
        ("SELECT * FROM `t`", 1046, "No database selected"),
        ("SELECT * FROM {}.`nope`", 1146, "doesn't exist"),
        (
            "INSERT INTO {}.`t` (`id`) VALUES (1)",
            1062,
            "Duplicate entry '1' for key",
        ),
        ("SELECT ?", 1210, "placeholders"),
        (
            "SELECT * FROM {}.`t` WHERE `id` = :id",
            1210,
            "placeholders",
        ),
        ("SELECT `b` FROM {}.`t`", 1105, "blob"),
        (
            "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'mine', MYSQL_ERRNO = 4711",
            4711,
            "mine",
        ),
    ] {
        let (found, said) = refusal(world.raw(text).await);
        assert_eq!(found, code, "{text}: {said}");
        assert!(said.starts_with("(conn="), "{said}");
        assert!(said.contains(message), "{text}: {said}");
    }
}

/// Whatever a caller does to a session, the next one finds it as it should be.
#[tokio::test]
async fn sessions_are_left_clean() {
    let Some(world) = World::with(|it| it.connection_limit = 1).await else {
        return;
    };
    world.script("CREATE TABLE {}.`t` (`id` int)").await;
    let state = "SELECT DATABASE(), @mine, @@SESSION.time_zone, @@SESSION.sql_mode, @@autocommit, \
                 @@SESSION.foreign_key_checks, @@SESSION.innodb_lock_wait_timeout, IS_USED_LOCK('mine'), 1";
    let before = world.query(state, &[]).await.unwrap();
    for text in [
        "USE {}",
        "SET @mine = 1",
        "SET time_zone = '+05:00', autocommit = 0, foreign_key_checks = 0, innodb_lock_wait_timeout = 1",
        "SET SESSION sql_mode = 'ANSI_QUOTES'",
        "START TRANSACTION",
        "INSERT INTO {}.`t` VALUES (1)",
        "SELECT GET_LOCK('mine', 1)",
        "LOCK TABLES {}.`t` WRITE",
        "SET NAMES latin1",
    ] {
        world.raw(text).await.unwrap();
        assert_eq!(world.query(state, &[]).await.unwrap(), before, "{text}");
        assert_eq!(
            world.cell("SELECT '😀'", &[]).await,
            "Text(\"😀\")",
            "{text}"
        );
    }
    // No transaction went on from one statement to the next.
    assert_eq!(
        world.cell("SELECT COUNT(*) FROM {}.`t`", &[]).await,
        "Int(1)"
    );
}

/// A procedure answers with its first result.
#[tokio::test]
async fn procedures() {
    let Some(world) = World::new().await else {
        return;
    };
    world
        .raw("CREATE PROCEDURE {}.`p`() BEGIN SELECT 1 AS a; SELECT 2 AS b; END")
        .await
        .unwrap();
    assert_eq!(world.raw("CALL {}.`p`()").await.unwrap(), r#"[{"a":1}]"#);
    assert_eq!(world.raw("SELECT 3 AS c").await.unwrap(), r#"[{"c":3}]"#);
}
