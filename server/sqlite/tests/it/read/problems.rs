//! Nulls where the API promises none, and where they move to (api.md §1.6, §3.1).

use prisma_connector::{PathSegment, Problem, ProblemKind, Value};

use super::ask::{Arguments, Ask};
use super::connections::edges;
use super::world::World;

/// A chain of required relations, kept in join tables so that links can be missing.
const DATAMODEL: &str = r#"
    type Top { id: ID! @id mid: Mid @relation(name: "Mid", link: TABLE) mids: [Mid] @relation(name: "Mids") }
    type Mid {
        id: ID! @id
        end: End! @relation(name: "End", link: TABLE)
        tops: [Top] @relation(name: "Mids")
    }
    type End { id: ID! @id  mid: Mid @relation(name: "End") }
"#;

fn world() -> World {
    let world = World::new(DATAMODEL);
    world.rows(
        "INSERT INTO Top VALUES ('t1'), ('t2')
         INSERT INTO Mid VALUES ('m1'), ('m2')
         INSERT INTO End VALUES ('e1')
         INSERT INTO _End VALUES ('e1', 'm1')
         INSERT INTO _Mid VALUES ('m1', 't1'), ('m2', 't2')
         INSERT INTO _Mids VALUES ('m1', 't1'), ('m1', 't2'), ('m2', 't2')",
    );
    world
}

/// `1 mids 0 end`
fn path(problem: &Problem) -> String {
    let steps = problem.path.iter().map(|step| match step {
        PathSegment::Key(key) => key.to_string(),
        PathSegment::Index(index) => index.to_string(),
    });
    steps.collect::<Vec<_>>().join(" ")
}

fn answer(world: &World, model: &str, select: &str) -> (String, Vec<String>) {
    let mut ask = Ask::new(world);
    let plan = ask.many(model, Arguments::default(), select);
    let (json, problems) = world.json_and_problems(&plan, &ask.values);
    (json, problems.iter().map(path).collect())
}

#[test]
fn an_element_of_a_root_list_becomes_null() {
    let (json, paths) = answer(&world(), "Mid", "id end { id }");
    assert_eq!(json, r#"[{"id":"m1","end":{"id":"e1"}},null]"#);
    assert_eq!(paths, ["1 end"]);
}

#[test]
fn an_optional_field_takes_the_null() {
    let (json, paths) = answer(&world(), "Top", "mid { end { id } } id");
    assert_eq!(
        json,
        r#"[{"mid":{"end":{"id":"e1"}},"id":"t1"},{"mid":null,"id":"t2"}]"#
    );
    assert_eq!(paths, ["1 mid end"]);
}

#[test]
fn a_nested_list_becomes_null_as_a_whole() {
    let (json, paths) = answer(&world(), "Top", "mids { end { id } } id");
    assert_eq!(
        json,
        r#"[{"mids":[{"end":{"id":"e1"}}],"id":"t1"},{"mids":null,"id":"t2"}]"#
    );
    assert_eq!(paths, ["1 mids 1 end"]);
}

#[test]
fn a_root_object_becomes_null() {
    let world = world();
    let mut ask = Ask::new(&world);
    let plan = ask.one("Mid.id", Value::Text("m2".into()), "id end { id }");
    let answer = world.read(&plan, &ask.values);
    assert_eq!(answer.buffer, b"null");
    assert!(answer.is_null);
    assert_eq!(path(&answer.problems[0]), "end");
    assert_eq!(answer.problems[0].kind, ProblemKind::MissingRequired);
    let plan = ask.one("Mid.id", Value::Text("m9".into()), "id end { id }");
    let answer = world.read(&plan, &ask.values);
    assert!(answer.problems.is_empty() && !answer.is_null);
}

#[test]
fn an_edge_becomes_null() {
    let world = world();
    let mut ask = Ask::new(&world);
    let plan = edges(&mut ask, "Mid", Arguments::default(), "end { id }");
    let (json, problems) = world.json_and_problems(&plan, &ask.values);
    assert_eq!(
        json,
        r#"{"edges":[{"node":{"end":{"id":"e1"}},"cursor":"m1"},null]}"#
    );
    assert_eq!(path(&problems[0]), "edges 1 node end");
}

#[test]
fn required_scalars_that_others_emptied() {
    let world = World::new(
        "type Top { id: ID! @id mids: [Mid] } type Mid { id: ID! @id top: Top name: String! }",
    );
    world.rows(
        "INSERT INTO Top VALUES ('t1')
         INSERT INTO Mid (id, top, name) VALUES ('m1', 't1', 'one'), ('m2', 't1', 'two')
         PRAGMA writable_schema = ON
         UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL DEFAULT', 'DEFAULT') WHERE name = 'Mid'
         PRAGMA writable_schema = RESET",
    );
    if world
        .raw("UPDATE Mid SET name = NULL WHERE id = 'm2'")
        .is_err()
    {
        panic!("the constraint is still there");
    }
    assert_eq!(
        answer(&world, "Mid", "name"),
        (
            r#"[{"name":"one"},null]"#.to_owned(),
            vec!["1 name".to_owned()],
        )
    );
    assert_eq!(
        answer(&world, "Top", "mids { name } id"),
        (
            r#"[{"mids":null,"id":"t1"}]"#.to_owned(),
            vec!["0 mids 1 name".to_owned()],
        )
    );
}

#[test]
fn refused_arguments_are_told_once_per_parent() {
    let (json, paths) = answer(&world(), "Top", "id mids:refused");
    assert_eq!(json, r#"[{"id":"t1","mids":null},{"id":"t2","mids":null}]"#);
    assert_eq!(paths, ["0 mids", "1 mids"]);
}

#[test]
fn problems_come_in_the_order_of_the_answer() {
    let (_, paths) = answer(
        &world(),
        "Top",
        "a:refused mid { b:refused end { id } } c:refused",
    );
    let expected = [
        "0 a",
        "0 mid b",
        "0 c",
        "1 a",
        "1 mid b",
        "1 mid end",
        "1 c",
    ];
    assert_eq!(paths, expected);
}
