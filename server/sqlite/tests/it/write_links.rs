//! Nested operations by the shape of the relation and the place of its links (api.md §4.5).

use prisma_connector::{NestedWrite, Update, Write};

use crate::write_world::{World, all, refusal, text};

/// How many nodes the field of P and the field of C lead to.
const SHAPES: [(&str, &str); 9] = [
    ("!", "!"),
    ("!", "?"),
    ("?", "!"),
    ("?", "?"),
    ("*", "?"),
    ("*", "!"),
    ("?", "*"),
    ("!", "*"),
    ("*", "*"),
];

/// Datamodels of a shape, one for each place its links can have.
fn datamodels((p, c): (&str, &str)) -> Vec<String> {
    let field = |name: &str, target: &str, arity: &str| match arity {
        "*" => format!("{name}: [{target}]"),
        "?" => format!("{name}: {target}"),
        _ => format!("{name}: {target}!"),
    };
    let types = |in_p: &str, in_c: &str| {
        format!(
            "type P {{ id: ID! @id {} {in_p} }} type C {{ id: ID! @id {} {in_c} name: String }}",
            field("c", "C", p),
            field("p", "P", c),
        )
    };
    let inline = "@relation(link: INLINE)";
    let mut found = vec![types("@relation(link: TABLE)", "")];
    if p != "*" {
        found.push(types(inline, ""));
    }
    if c != "*" {
        found.push(types("", inline));
    }
    found
}

/// Three nodes each: p1 and c1 are linked, p2 and c2 are linked, p3 and c3 are free.
fn world(datamodel: &str) -> World {
    let world = World::new(datamodel);
    for (model, ids) in [("P", ["p1", "p2", "p3"]), ("C", ["c1", "c2", "c3"])] {
        for id in ids {
            world.sql(&format!(r#"INSERT INTO "{model}" (id) VALUES ('{id}')"#));
        }
    }
    world.link("P.c", "p1", "c1");
    world.link("P.c", "p2", "c2");
    assert_eq!(world.links("P.c"), "p1-c1 p2-c2");
    world
}

/// Runs an operation on a node of P in each shape, wherever the links are: the links afterwards, or the refusal.
/// Shapes with `-` have no such operation.
fn check(parent: &str, operation: impl Fn(&World) -> NestedWrite, expected: [&str; 9]) {
    for (shape, expected) in SHAPES.into_iter().zip(expected) {
        if expected == "-" {
            continue;
        }
        for datamodel in datamodels(shape) {
            let world = world(&datamodel);
            let found = match world.update("P.c", parent, operation(&world)) {
                Ok(()) => world.links("P.c"),
                Err(refusal) => {
                    assert_eq!(world.links("P.c"), "p1-c1 p2-c2", "{datamodel}");
                    assert_eq!(world.ids("C"), "c1 c2 c3", "{datamodel}");
                    refusal
                }
            };
            assert_eq!(found, expected, "{datamodel}");
        }
    }
}

#[test]
fn create() {
    check(
        "p1",
        |world| NestedWrite::Create(world.create("C", "new", Vec::new())),
        [
            "required",
            "p1-new p2-c2",
            "required",
            "p1-new p2-c2",
            "p1-c1 p1-new p2-c2",
            "p1-c1 p1-new p2-c2",
            "p1-new p2-c2",
            "p1-new p2-c2",
            "p1-c1 p1-new p2-c2",
        ],
    );
}

#[test]
fn create_where_nothing_is_linked() {
    let linked = "p1-c1 p2-c2 p3-new";
    check(
        "p3",
        |world| NestedWrite::Create(world.create("C", "new", Vec::new())),
        [
            "required", linked, linked, linked, linked, linked, linked, linked, linked,
        ],
    );
}

#[test]
fn connect_a_linked_node() {
    check(
        "p1",
        |world| NestedWrite::Connect(world.key("C", "c2")),
        [
            "required",
            "required",
            "required",
            "p1-c2",
            "p1-c1 p1-c2",
            "p1-c1 p1-c2",
            "p1-c2 p2-c2",
            "p1-c2 p2-c2",
            "p1-c1 p1-c2 p2-c2",
        ],
    );
}

#[test]
fn connect_a_free_node() {
    check(
        "p1",
        |world| NestedWrite::Connect(world.key("C", "c3")),
        [
            "required",
            "p1-c3 p2-c2",
            "required",
            "p1-c3 p2-c2",
            "p1-c1 p1-c3 p2-c2",
            "p1-c1 p1-c3 p2-c2",
            "p1-c3 p2-c2",
            "p1-c3 p2-c2",
            "p1-c1 p1-c3 p2-c2",
        ],
    );
}

#[test]
fn connect_to_a_free_node() {
    check(
        "p3",
        |world| NestedWrite::Connect(world.key("C", "c2")),
        [
            "required",
            "required",
            "p1-c1 p3-c2",
            "p1-c1 p3-c2",
            "p1-c1 p3-c2",
            "p1-c1 p3-c2",
            "p1-c1 p2-c2 p3-c2",
            "p1-c1 p2-c2 p3-c2",
            "p1-c1 p2-c2 p3-c2",
        ],
    );
}

#[test]
fn connect_what_is_connected() {
    let same = "p1-c1 p2-c2";
    check(
        "p1",
        |world| NestedWrite::Connect(world.key("C", "c1")),
        [
            "required", "required", "required", same, same, same, same, same, same,
        ],
    );
}

#[test]
fn connect_a_missing_node() {
    let missing = "no c9";
    check(
        "p1",
        |world| NestedWrite::Connect(world.key("C", "c9")),
        [
            "required", missing, missing, missing, missing, missing, missing, missing, missing,
        ],
    );
}

#[test]
fn set() {
    let expected = |moved, shared| ["-", "-", "-", "-", moved, moved, "-", "-", shared];
    check(
        "p1",
        |world| NestedWrite::Set(vec![world.key("C", "c2"), world.key("C", "c2")]),
        expected("p1-c2", "p1-c2 p2-c2"),
    );
    check(
        "p1",
        |world| NestedWrite::Set(vec![world.key("C", "c3"), world.key("C", "c1")]),
        expected("p1-c1 p1-c3 p2-c2", "p1-c1 p1-c3 p2-c2"),
    );
    check(
        "p1",
        |_| NestedWrite::Set(Vec::new()),
        expected("p2-c2", "p2-c2"),
    );
    check(
        "p1",
        |world| NestedWrite::Set(vec![world.key("C", "c3"), world.key("C", "c9")]),
        expected("no c9", "no c9"),
    );
}

#[test]
fn disconnect() {
    let required = "required";
    let one = |gone| {
        [
            required, required, required, gone, "-", "-", gone, required, "-",
        ]
    };
    let many = |gone| ["-", "-", "-", "-", gone, required, "-", "-", gone];
    check("p1", |_| NestedWrite::Disconnect { at: None }, one("p2-c2"));
    check(
        "p3",
        |_| NestedWrite::Disconnect { at: None },
        one("p3/? not linked"),
    );
    for (child, expected) in [("c1", "p2-c2"), ("c2", "p1/c2 not linked"), ("c9", "no c9")] {
        check(
            "p1",
            |world| NestedWrite::Disconnect {
                at: Some(world.key("C", child)),
            },
            many(expected),
        );
    }
}

#[test]
fn delete() {
    let one = |gone| ["-", "-", gone, gone, "-", "-", gone, "-", "-"];
    let many = |gone| ["-", "-", "-", "-", gone, gone, "-", "-", gone];
    check("p1", |_| NestedWrite::Delete { at: None }, one("p2-c2"));
    check(
        "p3",
        |_| NestedWrite::Delete { at: None },
        one("p3/? not linked"),
    );
    for (child, expected) in [("c1", "p2-c2"), ("c2", "p1/c2 not linked"), ("c9", "no c9")] {
        check(
            "p1",
            |world| NestedWrite::Delete {
                at: Some(world.key("C", child)),
            },
            many(expected),
        );
    }
}

/// The name given to a node in the tests below.
fn rename(world: &World) -> Update {
    Update {
        set: vec![prisma_connector::Assign {
            field: world.field("C.name"),
            value: text("new"),
        }],
        ..Update::default()
    }
}

fn renamed(world: &World) -> String {
    world
        .column("SELECT id FROM C WHERE name = 'new' ORDER BY id")
        .join(" ")
}

/// Runs an operation on p1 (p3 for `free`) in each shape where P has one or many: the renamed nodes, or the refusal.
fn check_renamed(
    parent: &str,
    many: bool,
    operation: impl Fn(&World) -> NestedWrite,
    expected: &str,
) {
    for shape in SHAPES.into_iter().filter(|(p, _)| (*p == "*") == many) {
        for datamodel in datamodels(shape) {
            let world = world(&datamodel);
            let found = match world.update("P.c", parent, operation(&world)) {
                Ok(()) => renamed(&world),
                Err(refusal) => {
                    assert_eq!(renamed(&world), "", "{datamodel}");
                    refusal
                }
            };
            assert_eq!(found, expected, "{datamodel}");
        }
    }
}

#[test]
fn update() {
    let to_one = |world: &World| NestedWrite::Update {
        at: None,
        update: rename(world),
    };
    check_renamed("p1", false, to_one, "c1");
    check_renamed("p3", false, to_one, "?/? not linked");
    for (child, expected) in [("c1", "c1"), ("c2", "?/c2 not linked"), ("c9", "no c9")] {
        check_renamed(
            "p1",
            true,
            |world| NestedWrite::Update {
                at: Some(world.key("C", child)),
                update: rename(world),
            },
            expected,
        );
    }
}

#[test]
fn upsert() {
    let upsert = |world: &World, child: Option<&str>| NestedWrite::Upsert {
        at: child.map(|child| world.key("C", child)),
        create: world.create("C", "new", Vec::new()),
        update: rename(world),
    };
    check_renamed("p1", false, |world| upsert(world, None), "c1");
    check_renamed("p1", true, |world| upsert(world, Some("c1")), "c1");
    let made = "p1-c1 p2-c2 p3-new";
    check(
        "p3",
        |world| upsert(world, None),
        ["required", made, made, made, "-", "-", made, made, "-"],
    );
    // A node that is linked elsewhere counts as missing.
    let made = "p1-c1 p1-new p2-c2";
    for child in ["c2", "c9"] {
        check(
            "p1",
            |world| upsert(world, Some(child)),
            ["-", "-", "-", "-", made, made, "-", "-", made],
        );
    }
}

#[test]
fn batches_reach_children_only() {
    check_renamed(
        "p1",
        true,
        |world| NestedWrite::UpdateMany {
            condition: all(),
            update: rename(world),
        },
        "c1",
    );
    check(
        "p1",
        |_| NestedWrite::DeleteMany { condition: all() },
        ["-", "-", "-", "-", "p2-c2", "p2-c2", "-", "-", "p2-c2"],
    );
    check(
        "p3",
        |_| NestedWrite::DeleteMany { condition: all() },
        [
            "-",
            "-",
            "-",
            "-",
            "p1-c1 p2-c2",
            "p1-c1 p2-c2",
            "-",
            "-",
            "p1-c1 p2-c2",
        ],
    );
}

/// Runs a create of p4 with operations on its field: the links afterwards, or the refusal.
fn check_create(operations: impl Fn(&World) -> Vec<NestedWrite>, expected: [&str; 9]) {
    for (shape, expected) in SHAPES.into_iter().zip(expected) {
        for datamodel in datamodels(shape) {
            let world = world(&datamodel);
            let nested = operations(&world)
                .into_iter()
                .map(|write| world.nested("P.c", write))
                .collect();
            let create = world.create("P", "p4", nested);
            let found = match world.write(Write::Create(create)) {
                Ok(_) => world.links("P.c"),
                Err(error) => {
                    assert_eq!(world.ids("P"), "p1 p2 p3", "{datamodel}");
                    refusal(&error)
                }
            };
            assert_eq!(found, expected, "{datamodel}");
        }
    }
}

#[test]
fn create_in_create() {
    check_create(
        |world| vec![NestedWrite::Create(world.create("C", "new", Vec::new()))],
        ["p1-c1 p2-c2 p4-new"; 9],
    );
}

#[test]
fn connect_in_create() {
    check_create(
        |world| vec![NestedWrite::Connect(world.key("C", "c3"))],
        [
            "required",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
        ],
    );
    check_create(
        |world| vec![NestedWrite::Connect(world.key("C", "c2"))],
        [
            "required",
            "required",
            "p1-c1 p4-c2",
            "p1-c1 p4-c2",
            "p1-c1 p4-c2",
            "p1-c1 p4-c2",
            "p1-c1 p2-c2 p4-c2",
            "p1-c1 p2-c2 p4-c2",
            "p1-c1 p2-c2 p4-c2",
        ],
    );
}

/// The later of two operations on a to-one field wins, and leaves no second child behind.
#[test]
fn create_and_connect_in_create() {
    check_create(
        |world| {
            vec![
                NestedWrite::Create(world.create("C", "new", Vec::new())),
                NestedWrite::Connect(world.key("C", "c3")),
            ]
        },
        [
            "required",
            "p1-c1 p2-c2 p4-c3",
            "required",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3 p4-new",
            "p1-c1 p2-c2 p4-c3 p4-new",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3",
            "p1-c1 p2-c2 p4-c3 p4-new",
        ],
    );
}

/// Without a cascade, a parent that a child requires cannot go.
#[test]
fn delete_a_parent() {
    let gone = "p2-c2";
    let expected = [
        "required", gone, "required", gone, gone, "required", gone, gone, gone,
    ];
    for (shape, expected) in SHAPES.into_iter().zip(expected) {
        for datamodel in datamodels(shape) {
            let world = world(&datamodel);
            let found = match world.delete("P", "p1") {
                Ok(()) => world.links("P.c"),
                Err(refusal) => refusal,
            };
            assert_eq!(found, expected, "{datamodel}");
            assert_eq!(world.ids("C"), "c1 c2 c3", "{datamodel}");
        }
    }
}

#[test]
fn hidden_back_fields_count_as_many() {
    let one = World::new("type P { id: ID! @id c: C } type C { id: ID! @id }");
    let many = World::new("type P { id: ID! @id c: [C] } type C { id: ID! @id }");
    for world in [&one, &many] {
        world.nodes("P", &["p1", "p2"]);
        world.nodes("C", &["c1", "c2"]);
        for parent in ["p1", "p2"] {
            let connect = NestedWrite::Connect(world.key("C", "c1"));
            world.update("P.c", parent, connect).unwrap();
        }
        assert_eq!(world.links("P.c"), "p1-c1 p2-c1");
    }
    let connect = |world: &World| NestedWrite::Connect(world.key("C", "c2"));
    one.update("P.c", "p1", connect(&one)).unwrap();
    assert_eq!(one.links("P.c"), "p1-c2 p2-c1");
    many.update("P.c", "p1", connect(&many)).unwrap();
    assert_eq!(many.links("P.c"), "p1-c1 p1-c2 p2-c1");
}

#[test]
fn self_relations() {
    // One to one: both fields see the same links, wherever the column is.
    let world = World::new(
        "type A { id: ID! @id o: A @relation(name: \"U\", link: INLINE) p: A @relation(name: \"U\") }",
    );
    world.nodes("A", &["a1", "a2", "a3"]);
    let connect = |id| NestedWrite::Connect(world.key("A", id));
    world.update("A.o", "a1", connect("a2")).unwrap();
    assert_eq!(world.links("A.o"), "a1-a2");
    assert_eq!(world.links("A.p"), "a2-a1");
    world.update("A.p", "a3", connect("a1")).unwrap();
    assert_eq!(world.links("A.o"), "a1-a3");
    world.update("A.o", "a1", connect("a1")).unwrap();
    assert_eq!(world.links("A.o"), "a1-a1");
    world
        .update("A.p", "a1", NestedWrite::Disconnect { at: None })
        .unwrap();
    assert_eq!(world.links("A.o"), "");

    // One to many, with the to-one field in either place of the alphabet.
    for (up, down) in [("boss", "team"), ("parent", "kids")] {
        let world = World::new(&format!(
            "type A {{ id: ID! @id {up}: A @relation(name: \"T\") {down}: [A] @relation(name: \"T\") }}"
        ));
        world.nodes("A", &["a1", "a2", "a3", "a4"]);
        let (up, down) = (format!("A.{up}"), format!("A.{down}"));
        let connect = |id| NestedWrite::Connect(world.key("A", id));
        world.update(&down, "a1", connect("a2")).unwrap();
        world.update(&up, "a3", connect("a1")).unwrap();
        world.update(&up, "a4", connect("a3")).unwrap();
        assert_eq!(world.links(&down), "a1-a2 a1-a3 a3-a4");
        world.update(&down, "a4", connect("a3")).unwrap();
        assert_eq!(world.links(&up), "a2-a1 a3-a4 a4-a3");
    }

    // Many to many is directed.
    let world = World::new(
        "type A { id: ID! @id follows: [A] @relation(name: \"F\") fans: [A] @relation(name: \"F\") }",
    );
    world.nodes("A", &["a1", "a2"]);
    let connect = |id| NestedWrite::Connect(world.key("A", id));
    world.update("A.follows", "a1", connect("a2")).unwrap();
    world.update("A.fans", "a2", connect("a1")).unwrap();
    assert_eq!(world.links("A.follows"), "a1-a2");
    world.update("A.follows", "a2", connect("a1")).unwrap();
    assert_eq!(world.links("A.fans"), "a1-a2 a2-a1");
}

#[test]
fn operations_run_in_their_order() {
    let world =
        World::new("type P { id: ID! @id c: [C] } type C { id: ID! @id p: P name: String }");
    world.nodes("P", &["p1"]);
    let update = Update {
        nested: vec![
            world.nested(
                "P.c",
                NestedWrite::Create(world.create("C", "c1", Vec::new())),
            ),
            world.nested(
                "P.c",
                NestedWrite::Update {
                    at: Some(world.key("C", "c1")),
                    update: rename(&world),
                },
            ),
            world.nested(
                "P.c",
                NestedWrite::Create(world.create("C", "c2", Vec::new())),
            ),
            world.nested(
                "P.c",
                NestedWrite::Delete {
                    at: Some(world.key("C", "c2")),
                },
            ),
        ],
        ..Update::default()
    };
    let at = world.key("P", "p1");
    world.write(Write::Update { at, update }).unwrap();
    assert_eq!(world.links("P.c"), "p1-c1");
    assert_eq!(renamed(&world), "c1");
}
