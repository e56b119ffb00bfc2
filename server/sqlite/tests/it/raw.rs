//! Statements of the caller's own (api.md §4.10).

use prisma_connector::ConnectorError;

use crate::read::world::World;

fn world() -> World {
    let world = World::new(
        "type Item { id: ID! @id n: Int } type Part { id: ID! @id of: Item @relation(link: INLINE) }",
    );
    world.rows("INSERT INTO Item VALUES ('a', 1), ('b', NULL)");
    world
}

#[test]
fn rows_become_objects_and_changes_a_count() {
    let world = world();
    for (text, expected) in [
        (
            "SELECT * FROM Item ORDER BY id",
            r#"[{"id":"a","n":1},{"id":"b","n":null}]"#,
        ),
        ("Select 1", r#"[{"1":1}]"#),
        (
            "SELECT 1.5 AS f, 'x\"' AS \"t\", NULL AS z",
            r#"[{"f":1.5,"t":"x\"","z":null}]"#,
        ),
        ("SELECT * FROM Item WHERE 0", "[]"),
        ("UPDATE Item SET n = 5", "2"),
        ("CREATE TABLE Other (x)", "0"),
        ("UPDATE Item SET n = 6 WHERE id = 'x'", "0"),
        (
            "INSERT INTO Item VALUES ('c', 3) RETURNING id",
            r#"[{"id":"c"}]"#,
        ),
        ("", "0"),
        ("  -- nothing", "0"),
        ("SELECT 1;", r#"[{"1":1}]"#),
    ] {
        assert_eq!(world.raw(text).unwrap(), expected, "{text}");
    }
}

#[test]
fn the_vendors_code_and_message() {
    let world = world();
    for (text, expected_code, expected_message) in [
        ("SELECT * FROM Nope", 1, "no such table: Nope"),
        ("SELEC 1", 1, "near \"SELEC\": syntax error"),
        (
            "INSERT INTO Item VALUES ('a', 1)",
            19,
            "UNIQUE constraint failed: Item.id",
        ),
        (
            "INSERT INTO Part VALUES ('p', 'nope')",
            19,
            "FOREIGN KEY constraint failed",
        ),
        ("SELECT 1; SELECT 2", 1, "one statement at a time"),
        (
            "SELECT x'00'",
            1,
            "a blob has no JSON form; cast it to text",
        ),
    ] {
        match world.raw(text) {
            Err(ConnectorError::Raw { code, message }) => {
                assert_eq!(
                    (code, message.as_str()),
                    (expected_code, expected_message),
                    "{text}"
                );
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn nothing_is_left_behind() {
    let world = world();
    // A transaction that nobody ends would lock all writers out, and swallow what they write.
    world.raw("BEGIN").unwrap();
    world.raw("DELETE FROM Item").unwrap();
    assert!(
        world.raw("ROLLBACK").is_err(),
        "the transaction is still open"
    );
    // Links stay guarded.
    world.raw("PRAGMA foreign_keys = OFF").unwrap();
    assert!(world.raw("INSERT INTO Part VALUES ('p', 'nope')").is_err());
}
