//! Deletions and what they take along (api.md §4.7).

use prisma_connector::{NestedWrite, Write};

use crate::write_world::{World, all, refusal};

const FAMILY: &str = "
    type Parent { id: ID! @id children: [Child] @relation(onDelete: CASCADE) }
    type Child { id: ID! @id parent: Parent! toys: [Toy] @relation(onDelete: CASCADE) }
    type Toy { id: ID! @id child: Child! lender: Lender }
    type Lender { id: ID! @id toy: Toy @relation(link: INLINE) }
";

/// p1 has c1 and c2 with a toy each; p2 has c3 without.
fn family(datamodel: &str) -> World {
    let world = World::new(datamodel);
    world.nodes("Parent", &["p1", "p2"]);
    world.nodes("Child", &["c1", "c2", "c3"]);
    world.nodes("Toy", &["t1", "t2"]);
    for (parent, child) in [("p1", "c1"), ("p1", "c2"), ("p2", "c3")] {
        world.link("Parent.children", parent, child);
    }
    for (child, toy) in [("c1", "t1"), ("c2", "t2")] {
        world.link("Child.toys", child, toy);
    }
    world
}

fn left(world: &World) -> String {
    ["Parent", "Child", "Toy"]
        .map(|model| world.ids(model))
        .join(" / ")
}

#[test]
fn cascades_reach_grandchildren() {
    let world = family(FAMILY);
    world.delete("Parent", "p1").unwrap();
    assert_eq!(left(&world), "p2 / c3 / ");

    let world = family(FAMILY);
    let delete = NestedWrite::Delete {
        at: Some(world.key("Child", "c1")),
    };
    world.update("Parent.children", "p1", delete).unwrap();
    assert_eq!(left(&world), "p1 p2 / c2 c3 / t2");

    let world = family(FAMILY);
    let delete = NestedWrite::DeleteMany { condition: all() };
    world.update("Parent.children", "p1", delete).unwrap();
    assert_eq!(left(&world), "p1 p2 / c3 / ");

    let world = family(FAMILY);
    let outcome = world.write(Write::DeleteMany {
        model: world.model("Parent"),
        condition: all(),
    });
    assert_eq!(outcome.unwrap().count, 2);
    assert_eq!(left(&world), " /  / ");
}

#[test]
fn a_grandchild_required_elsewhere_stays_with_all_above() {
    let world = family(&FAMILY.replace("toy: Toy @relation", "toy: Toy! @relation"));
    world.nodes("Lender", &["l1"]);
    world.link("Lender.toy", "l1", "t1");
    assert_eq!(world.delete("Parent", "p1").unwrap_err(), "required");
    assert_eq!(left(&world), "p1 p2 / c1 c2 c3 / t1 t2");
    // What does not require it only loses its link.
    let world = family(FAMILY);
    world.nodes("Lender", &["l1"]);
    world.link("Lender.toy", "l1", "t1");
    world.delete("Parent", "p1").unwrap();
    assert_eq!(world.links("Lender.toy"), "");
    assert_eq!(world.ids("Lender"), "l1");
}

/// A cascade upwards must not leave siblings without what they require.
#[test]
fn siblings_of_a_cascade_are_looked_at() {
    let world = World::new(
        "type P { id: ID! @id cs: [C] } type C { id: ID! @id p: P! @relation(onDelete: CASCADE) }",
    );
    world.nodes("P", &["p1", "p2"]);
    world.nodes("C", &["c1", "c2", "c3"]);
    for (parent, child) in [("p1", "c1"), ("p1", "c2"), ("p2", "c3")] {
        world.link("P.cs", parent, child);
    }
    assert_eq!(world.delete("C", "c1").unwrap_err(), "required");
    world.delete("C", "c3").unwrap();
    assert_eq!(world.ids("P"), "p1");
    assert_eq!(world.ids("C"), "c1 c2");
}

#[test]
fn circles_end() {
    for link in ["INLINE", "TABLE"] {
        let world = World::new(&format!(
            "type A {{ id: ID! @id next: A @relation(name: \"N\", onDelete: CASCADE, link: {link}) back: [A] @relation(name: \"N\") }}"
        ));
        world.nodes("A", &["a1", "a2", "a3", "a4", "a5"]);
        for (from, to) in [
            ("a1", "a2"),
            ("a2", "a3"),
            ("a3", "a1"),
            ("a4", "a4"),
            ("a5", "a1"),
        ] {
            world.link("A.next", from, to);
        }
        world.delete("A", "a4").unwrap();
        assert_eq!(world.ids("A"), "a1 a2 a3 a5");
        world.delete("A", "a2").unwrap();
        assert_eq!(world.ids("A"), "a5");
        assert_eq!(world.links("A.next"), "");
    }
}

#[test]
fn cascades_of_many_to_many() {
    let types = |p: &str, c: &str| {
        format!("type P {{ id: ID! @id cs: [C] {p} }} type C {{ id: ID! @id ps: [P] {c} }}")
    };
    let cascade = "@relation(onDelete: CASCADE)";
    for (datamodel, parents, children) in [
        (types("", ""), "p2 p3", "c1 c2 c3"),
        (types(cascade, ""), "p2 p3", "c3"),
        (types(cascade, cascade), "p3", "c3"),
    ] {
        let world = World::new(&datamodel);
        world.nodes("P", &["p1", "p2", "p3"]);
        world.nodes("C", &["c1", "c2", "c3"]);
        for (parent, child) in [("p1", "c1"), ("p1", "c2"), ("p2", "c2"), ("p3", "c3")] {
            world.link("P.cs", parent, child);
        }
        world.delete("P", "p1").unwrap();
        assert_eq!(world.ids("P"), parents, "{datamodel}");
        assert_eq!(world.ids("C"), children, "{datamodel}");
    }
}

#[test]
fn both_ends_required() {
    let types = |p: &str, c: &str| {
        format!(
            "type P {{ id: ID! @id c: C! @relation(link: INLINE{p}) }} type C {{ id: ID! @id p: P! {c} }}"
        )
    };
    for (datamodel, expected) in [
        (types("", ""), Err("required")),
        (types(", onDelete: CASCADE", ""), Ok("")),
        (types("", "@relation(onDelete: CASCADE)"), Err("required")),
    ] {
        let world = World::new(&datamodel);
        world.nodes("P", &["p1"]);
        world.nodes("C", &["c1"]);
        world.link("P.c", "p1", "c1");
        let found = world.delete("P", "p1");
        match expected {
            Ok(left) => {
                found.unwrap();
                assert_eq!(world.ids("C"), left);
            }
            Err(refused) => {
                assert_eq!(found.unwrap_err(), refused);
                assert_eq!(world.ids("C"), "c1");
            }
        }
    }
}

#[test]
fn a_missing_node_cannot_be_deleted() {
    let world = family(FAMILY);
    let at = world.key("Parent", "p9");
    let missing = world.write(Write::Delete { at }).unwrap_err();
    assert_eq!(refusal(&missing), "no p9");
}
