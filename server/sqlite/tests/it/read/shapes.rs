//! Rows as JSON: scalars, lists, related nodes, whatever the shape of the relation.

use prisma_connector::{Node, ReadPlan, Value};

use super::ask::{Arguments, Ask};
use super::world::World;

const SCALARS: &str = r#"
    type Thing {
        id: ID! @id
        text: String
        number: Int
        amount: Float
        yes: Boolean
        at: DateTime
        data: Json
        uuid: UUID @unique
        colour: Colour
        tags: [String] @scalarList(strategy: RELATION)
        times: [DateTime] @scalarList(strategy: RELATION)
    }
    type Counted { id: Int! @id }
    type Marked { id: UUID! @id }
    enum Colour { RED GREEN }
"#;

#[test]
fn every_scalar_in_the_form_of_the_api() {
    let world = World::new(SCALARS);
    world.rows(
        r#"
        INSERT INTO Thing VALUES ('a', 'é "quoted" \ ' || char(10, 1), 7, 12.5, 1, -1, '{"k":[1.5]}', '00000001-0002-0003-0004-000000000005', 'RED')
        INSERT INTO Thing (id, amount, yes) VALUES ('b', 1e20, 0)
        INSERT INTO Thing (id) VALUES ('c')
        INSERT INTO Thing_tags VALUES ('a', 2000, 'second'), ('a', 1000, 'first'), ('b', 1000, 'b')
        INSERT INTO Thing_times VALUES ('a', 1000, 0)
        "#,
    );
    let mut ask = Ask::new(&world);
    let all = "id text number amount yes at data uuid colour tags times __typename";
    let plan = ask.many("Thing", Arguments::default(), all);
    insta::assert_snapshot!(ask.json(&plan).replace("},{", "},\n{"));
}

#[test]
fn objects_without_columns_and_keys_given_twice() {
    let world = World::new(SCALARS);
    world.rows("INSERT INTO Thing (id, number) VALUES ('a', 1), ('b', 2)");
    let mut ask = Ask::new(&world);
    let plan = ask.many("Thing", Arguments::default(), "__typename");
    assert_eq!(
        ask.json(&plan),
        r#"[{"__typename":"Thing"},{"__typename":"Thing"}]"#
    );
    let plan = ask.one("Thing.id", Value::Text("b".into()), "n:number m:number id");
    assert_eq!(ask.json(&plan), r#"{"n":2,"m":2,"id":"b"}"#);
    let plan = ask.one("Thing.id", Value::Text("c".into()), "id");
    assert_eq!(ask.json(&plan), "null");
}

#[test]
fn ids_of_every_type() {
    let world = World::new(SCALARS);
    world.rows(
        "INSERT INTO Counted VALUES (12)
         INSERT INTO Marked VALUES ('00000001-0002-0003-0004-000000000005')
         INSERT INTO Thing (id) VALUES ('12'), ('1-2-3-4-5')",
    );
    let uuid = prisma_datamodel::scalar::parse_uuid("1-2-3-4-5").unwrap();
    let mut ask = Ask::new(&world);
    let plan = ask.one("Counted.id", Value::Int(12), "id");
    assert_eq!(ask.json(&plan), r#"{"id":12}"#);
    let plan = ask.one("Marked.id", Value::Uuid(uuid), "id");
    let marked = r#"{"id":"00000001-0002-0003-0004-000000000005"}"#;
    assert_eq!(ask.json(&plan), marked);

    // By its text alone a node is found in the first candidate that has it, as an id of its type.
    let mut node = |id: &str, models: [&str; 2]| {
        let id = ask.text(id);
        let candidates = models.map(|name| {
            let model = world.model(name);
            (model, ask.select(model, "id"))
        });
        let plan = ReadPlan::Node(Node {
            id,
            candidates: candidates.into(),
        });
        ask.json(&plan)
    };
    assert_eq!(node("1-2-3-4-5", ["Marked", "Thing"]), marked);
    assert_eq!(
        node("1-2-3-4-5", ["Thing", "Marked"]),
        r#"{"id":"1-2-3-4-5"}"#
    );
    assert_eq!(node("12", ["Marked", "Thing"]), r#"{"id":"12"}"#);
    assert_eq!(node("no uuid", ["Marked", "Thing"]), "null");
}

/// Every place where a relation can keep its links, from both ends.
const RELATIONS: &str = r#"
    type Parent {
        id: ID! @id
        boxes: [Box] @relation(name: "Boxes")
        friends: [Box] @relation(name: "Friends", link: TABLE)
        lid: Lid @relation(name: "Lid", link: INLINE)
        twin: Twin @relation(name: "Twin", link: TABLE)
        next: Parent @relation(name: "Line", link: INLINE)
        previous: Parent @relation(name: "Line")
    }
    type Box {
        id: ID! @id
        owner: Parent @relation(name: "Boxes")
        friends: [Parent] @relation(name: "Friends")
    }
    type Lid { id: ID! @id of: Parent @relation(name: "Lid") }
    type Twin { id: ID! @id of: Parent @relation(name: "Twin") }
"#;

#[test]
fn related_nodes_from_both_ends() {
    let world = World::new(RELATIONS);
    world.rows(
        "INSERT INTO Lid VALUES ('l1')
         INSERT INTO Twin VALUES ('t1')
         INSERT INTO Parent (id, lid) VALUES ('p1', 'l1'), ('p2', NULL), ('p3', NULL)
         INSERT INTO Box VALUES ('b1', 'p1'), ('b2', 'p1'), ('b3', 'p2'), ('b4', NULL)
         INSERT INTO _Friends VALUES ('b4', 'p1'), ('b1', 'p1'), ('b1', 'p2')
         INSERT INTO _Twin VALUES ('p2', 't1')",
    );
    let (_, column) = match &world.datamodel[world.datamodel.relation("Line").unwrap()].link {
        prisma_datamodel::Link::Inline { side, column } => (side, column.clone()),
        other => panic!("{other:?}"),
    };
    world.rows(&format!(
        "UPDATE Parent SET {column} = 'p1' WHERE id = 'p2'"
    ));
    let mut ask = Ask::new(&world);
    let plan = ask.many(
        "Parent",
        Arguments::default(),
        "id boxes { id owner { id } } friends { id friends { id } } lid { of { id } } twin { of { id } } \
         next { id } previous { id }",
    );
    insta::assert_snapshot!(ask.json(&plan).replace("},{\"id\":\"p", "},\n{\"id\":\"p"));
}
