//! Conditions on related nodes (api.md §3.4), for every place that a link can be in.

use prisma_connector::{Comparison, Filter, Quantifier, Value};

use super::ask::{Arguments, Ask};
use super::world::World;

/// Parents with children of three kinds: links in the child's row, in the parent's row, in a table.
fn world(link: &str) -> World {
    let world = World::new(&format!(
        r#"
        type Parent {{ id: ID! @id children: [Child] @relation(name: "R"{link}) }}
        type Child {{ id: ID! @id n: Int parent: Parent @relation(name: "R") toys: [Toy] }}
        type Toy {{ id: ID! @id n: Int child: Child }}
        "#
    ));
    // `none` has no child, `one` one with 1, `null` one with null, `two` has 1 and 2. An orphan has 1.
    world.rows("INSERT INTO Parent VALUES ('none'), ('null'), ('one'), ('two')");
    let children = [
        ("c1", "1", "'one'"),
        ("c2", "NULL", "'null'"),
        ("c3", "1", "'two'"),
        ("c4", "2", "'two'"),
        ("orphan", "1", "NULL"),
    ];
    for (id, n, parent) in children {
        if link.is_empty() {
            world.rows(&format!(
                "INSERT INTO Child (id, n, parent) VALUES ('{id}', {n}, {parent})"
            ));
        } else {
            world.rows(&format!("INSERT INTO Child (id, n) VALUES ('{id}', {n})"));
            if parent != "NULL" {
                world.rows(&format!("INSERT INTO _R VALUES ('{id}', {parent})"));
            }
        }
    }
    world.rows("INSERT INTO Toy VALUES ('t1', 7, 'c4'), ('t2', 7, 'orphan')");
    world
}

fn found(world: &World, model: &str, filter: impl FnOnce(&mut Ask<'_>) -> Filter) -> String {
    let mut ask = Ask::new(world);
    let filter = filter(&mut ask);
    let arguments = Arguments {
        filter,
        ..Arguments::default()
    };
    ask.ids(model, arguments).join(" ")
}

fn n(ask: &mut Ask<'_>, model: &str, value: i64) -> Filter {
    ask.is(&format!("{model}.n"), Comparison::Equals, Value::Int(value))
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

#[test]
fn some_every_and_none() {
    use Quantifier::{Every, None, Some};
    for link in ["", ", link: TABLE"] {
        let world = world(link);
        for (quantifier, expected, opposite, any, no) in [
            (Some, "one two", "none null", "null one two", ""),
            // Unknown is no violation.
            (Every, "none null one", "two", "none null one two", "none"),
            (None, "none null", "one two", "none", "none null one two"),
        ] {
            let related =
                |ask: &mut Ask<'_>, filter| ask.related("Parent.children", quantifier, filter);
            let what = format!("{quantifier:?} {link}");
            let plain = |ask: &mut Ask<'_>| {
                let filter = n(ask, "Child", 1);
                related(ask, filter)
            };
            assert_eq!(found(&world, "Parent", plain), expected, "{what}");
            assert_eq!(
                found(&world, "Parent", |ask| not(plain(ask))),
                opposite,
                "not {what}"
            );
            assert_eq!(
                found(&world, "Parent", |ask| related(ask, Filter::TRUE)),
                any,
                "{what} of any"
            );
            assert_eq!(
                found(&world, "Parent", |ask| related(ask, Filter::FALSE)),
                no,
                "{what} of no"
            );
        }
    }
}

#[test]
fn to_one_in_every_position() {
    for link in ["", ", link: TABLE"] {
        let world = world(link);
        let parent = |ask: &mut Ask<'_>, id: &str| {
            let filter = ask.is("Parent.id", Comparison::Equals, Value::Text(id.into()));
            ask.related("Child.parent", Quantifier::Some, filter)
        };
        let any = |ask: &mut Ask<'_>| ask.related("Child.parent", Quantifier::Some, Filter::TRUE);
        assert_eq!(found(&world, "Child", |ask| parent(ask, "two")), "c3 c4");
        assert_eq!(
            found(&world, "Child", |ask| not(parent(ask, "two"))),
            "c1 c2 orphan"
        );
        assert_eq!(found(&world, "Child", any), "c1 c2 c3 c4");
        assert_eq!(found(&world, "Child", |ask| not(any(ask))), "orphan");
        let either = |ask: &mut Ask<'_>| Filter::Or(vec![parent(ask, "one"), n(ask, "Child", 2)]);
        assert_eq!(found(&world, "Child", either), "c1 c4");
        // The same relation twice in one conjunction.
        let both = |ask: &mut Ask<'_>| {
            let one = parent(ask, "two");
            Filter::And(vec![one, Filter::And(vec![any(ask), n(ask, "Child", 1)])])
        };
        assert_eq!(found(&world, "Child", both), "c3");
    }
}

#[test]
fn conditions_across_three_models() {
    for link in ["", ", link: TABLE"] {
        let world = world(link);
        let down = |ask: &mut Ask<'_>| {
            let toy = n(ask, "Toy", 7);
            let child = ask.related("Child.toys", Quantifier::Some, toy);
            ask.related("Parent.children", Quantifier::Some, child)
        };
        assert_eq!(found(&world, "Parent", down), "two");
        let up = |ask: &mut Ask<'_>| {
            let siblings = n(ask, "Child", 1);
            let parent = ask.related("Parent.children", Quantifier::Some, siblings);
            let child = ask.related("Child.parent", Quantifier::Some, parent);
            ask.related("Toy.child", Quantifier::Some, child)
        };
        assert_eq!(found(&world, "Toy", up), "t1");
        assert_eq!(found(&world, "Toy", |ask| not(up(ask))), "t2");
    }
}

#[test]
fn self_relations() {
    let world = World::new(
        "type Twig { id: ID! @id up: Twig @relation(name: \"T\") downs: [Twig] @relation(name: \"T\") }",
    );
    world.rows("INSERT INTO Twig VALUES ('root', NULL), ('mid', 'root'), ('leaf', 'mid')");
    let no_downs = |ask: &mut Ask<'_>| ask.related("Twig.downs", Quantifier::None, Filter::TRUE);
    assert_eq!(found(&world, "Twig", no_downs), "leaf");
    let grandparent = |ask: &mut Ask<'_>| {
        let up = ask.related("Twig.up", Quantifier::Some, Filter::TRUE);
        ask.related("Twig.up", Quantifier::Some, up)
    };
    assert_eq!(found(&world, "Twig", grandparent), "leaf");
}
