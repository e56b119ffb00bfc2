//! Writes of single nodes, lists and batches; violations; answers; sizes.

use prisma_connector::{
    Assign, AssignList, Comparison, Condition, ConnectorError, Create, Filter, Format, Key, Nested,
    NestedWrite, One, Read, ReadPlan, Selected, SelectionId, Slot, Update, Value, Write,
    WriteAnswer, WriteRequest,
};

use crate::write_world::{World, all, at_once, text};

const USERS: &str = "
    type User {
        id: ID! @id
        email: String! @unique
        name: String
        code: ID
        tags: [String] @scalarList(strategy: RELATION)
        posts: [Post]
    }
    type Post { id: ID! @id title: String @unique author: User }
";

impl World {
    fn set(&self, path: &str, value: impl Into<Option<&'static str>>) -> Assign {
        Assign {
            field: self.field(path),
            value: value.into().map_or(Value::Null, text),
        }
    }

    fn user(&self, id: &str, email: &'static str) -> Create {
        Create {
            set: vec![self.set("User.email", email)],
            ..self.create("User", id, Vec::new())
        }
    }

    fn by_email(&self, email: &str) -> Key {
        Key {
            field: self.field("User.email"),
            value: text(email),
        }
    }

    fn named(&self, name: &'static str) -> Update {
        Update {
            set: vec![self.set("User.name", name)],
            ..Update::default()
        }
    }

    fn tags(&self, tags: &[&str]) -> AssignList {
        AssignList {
            field: self.field("User.tags"),
            values: tags.iter().map(|tag| text(tag)).collect(),
        }
    }

    fn stored_tags(&self) -> Vec<String> {
        self.column(
            r#"SELECT "nodeId" || ' ' || position || ' ' || value FROM "User_tags" ORDER BY 1"#,
        )
    }

    fn names(&self) -> Vec<String> {
        self.column("SELECT id || ':' || coalesce(name, '-') FROM User ORDER BY id")
    }
}

fn users() -> World {
    let world = World::new(USERS);
    for (id, email) in [("u1", "a@x"), ("u2", "b@x")] {
        world.write(Write::Create(world.user(id, email))).unwrap();
    }
    world
}

#[test]
fn update_by_any_unique_field() {
    let world = users();
    let at = world.by_email("a@x");
    let update = world.named("A");
    world.write(Write::Update { at, update }).unwrap();
    assert_eq!(world.names(), ["u1:A", "u2:-"]);
    let at = world.by_email("c@x");
    for update in [world.named("C"), Update::default()] {
        let at = at.clone();
        let missing = world.write(Write::Update { at, update });
        assert!(matches!(missing, Err(ConnectorError::NodeNotFound(_))));
    }
}

#[test]
fn upsert_takes_one_branch() {
    let world = users();
    let upsert = |email: &'static str| Write::Upsert {
        at: world.by_email(email),
        create: world.user("u3", "c@x"),
        update: world.named("there"),
    };
    world.write(upsert("a@x")).unwrap();
    world.write(upsert("c@x")).unwrap();
    assert_eq!(world.names(), ["u1:there", "u2:-", "u3:-"]);
    world.write(upsert("c@x")).unwrap();
    assert_eq!(world.names(), ["u1:there", "u2:-", "u3:there"]);
}

#[test]
fn lists_are_replaced_as_a_whole() {
    let world = users();
    let write = |lists| {
        let update = Update {
            lists,
            ..Update::default()
        };
        let at = world.by_email("a@x");
        world.write(Write::Update { at, update }).unwrap();
    };
    write(vec![world.tags(&["x", "y", "x"])]);
    assert_eq!(world.stored_tags(), ["u1 1000 x", "u1 2000 y", "u1 3000 x"]);
    write(vec![world.tags(&["it's"])]);
    assert_eq!(world.stored_tags(), ["u1 1000 it's"]);
    write(vec![world.tags(&[])]);
    assert!(world.stored_tags().is_empty());
}

#[test]
fn batches() {
    let world = users();
    let update = Update {
        lists: vec![world.tags(&["x", "y"])],
        ..world.named("all")
    };
    let model = world.model("User");
    let outcome = world
        .write(Write::UpdateMany {
            model,
            condition: all(),
            update,
        })
        .unwrap();
    assert_eq!(outcome.count, 2);
    assert_eq!(world.names(), ["u1:all", "u2:all"]);
    assert_eq!(world.stored_tags().len(), 4);

    let condition = Condition {
        filter: Filter::Scalar {
            field: world.field("User.email"),
            comparison: Comparison::StartsWith,
            value: Slot(0),
        },
        values: vec![text("b")],
    };
    let outcome = world
        .write(Write::DeleteMany {
            model,
            condition: condition.clone(),
        })
        .unwrap();
    assert_eq!(outcome.count, 1);
    assert_eq!(world.ids("User"), "u1");
    assert_eq!(world.stored_tags().len(), 2);

    // Nothing is left that matches, and nothing to set is no reason not to count.
    let outcome = world
        .write(Write::UpdateMany {
            model,
            condition,
            update: world.named("none"),
        })
        .unwrap();
    assert_eq!(outcome.count, 0);
    let outcome = world
        .write(Write::UpdateMany {
            model,
            condition: all(),
            update: Update::default(),
        })
        .unwrap();
    assert_eq!(outcome.count, 1);
}

#[test]
fn taken_values_are_named() {
    let world = users();
    let model = world.model("User");
    for (create, field) in [
        (world.user("u3", "a@x"), "User.email"),
        (world.user("u1", "c@x"), "User.id"),
    ] {
        match world.write(Write::Create(create)) {
            Err(ConnectorError::UniqueViolation {
                model: at,
                field: found,
            }) => {
                assert_eq!((at, found), (model, Some(world.field(field))));
            }
            other => panic!("{other:?}"),
        }
    }
    let update = Update {
        set: vec![world.set("User.email", "b@x")],
        ..Update::default()
    };
    let at = world.by_email("a@x");
    let writes = [
        Write::Update {
            at,
            update: update.clone(),
        },
        Write::UpdateMany {
            model,
            condition: all(),
            update,
        },
    ];
    for write in writes {
        let taken = world.write(write);
        assert!(matches!(
            taken,
            Err(ConnectorError::UniqueViolation { field: Some(_), .. })
        ));
    }
    // A nested node names its own model.
    let post = Create {
        set: vec![world.set("Post.title", "t")],
        ..world.create("Post", "p1", Vec::new())
    };
    world.write(Write::Create(post.clone())).unwrap();
    let again = NestedWrite::Create(Create {
        id: Some(text("p2")),
        ..post
    });
    let refused = world.update("User.posts", "u1", again).unwrap_err();
    assert!(refused.contains("UniqueViolation"), "{refused}");
    assert_eq!(world.ids("Post"), "p1");
}

#[test]
fn the_first_of_several_taken_values_is_named() {
    let world = World::new("type A { id: ID! @id x: String @unique y: String @unique }");
    let a = |id, x: Option<&'static str>, y| Create {
        set: vec![world.set("A.x", x), world.set("A.y", y)],
        ..world.create("A", id, Vec::new())
    };
    world
        .write(Write::Create(a("a1", Some("x1"), "y1")))
        .unwrap();
    world
        .write(Write::Create(a("a2", Some("x2"), "y2")))
        .unwrap();
    let update = |at, x, y| Write::Update {
        at: world.key("A", at),
        update: Update {
            set: vec![world.set("A.x", x), world.set("A.y", y)],
            ..Update::default()
        },
    };
    let all = Write::UpdateMany {
        model: world.model("A"),
        condition: all(),
        update: Update {
            set: vec![world.set("A.x", "x3"), world.set("A.y", "y3")],
            ..Update::default()
        },
    };
    for (write, field) in [
        (Write::Create(a("a1", Some("x1"), "y1")), "A.id"),
        (Write::Create(a("a3", Some("x1"), "y2")), "A.x"),
        (Write::Create(a("a3", None, "y2")), "A.y"),
        (update("a1", "x2", "y2"), "A.x"),
        (update("a1", "x1", "y2"), "A.y"),
        (all, "A.x"),
    ] {
        match world.write(write) {
            Err(ConnectorError::UniqueViolation { field: found, .. }) => {
                assert_eq!(found, Some(world.field(field)));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn refused_values() {
    let world = users();
    let long = "x".repeat(26);
    let too_long = world.write(Write::Create(world.user(&long, "c@x")));
    assert!(
        matches!(too_long, Err(ConnectorError::TooLong(Some(field))) if field == world.field("User.id"))
    );
    // 25 characters fit, whatever their size in bytes.
    let fits = "ü".repeat(25);
    world
        .write(Write::Create(world.user(&fits, "c@x")))
        .unwrap();

    let null = Update {
        set: vec![world.set("User.email", None)],
        ..Update::default()
    };
    let model = world.model("User");
    let nowhere = Condition {
        filter: Filter::FALSE,
        values: Vec::new(),
    };
    let writes = [
        Write::Update {
            at: world.by_email("a@x"),
            update: null.clone(),
        },
        Write::UpdateMany {
            model,
            condition: nowhere,
            update: null.clone(),
        },
    ];
    for write in writes {
        let refused = world.write(write);
        assert!(matches!(
            refused,
            Err(ConnectorError::RequiredNull(Some(_)))
        ));
    }
    let at = world.by_email("nobody");
    let missing = world.write(Write::Update { at, update: null });
    assert!(matches!(missing, Err(ConnectorError::NodeNotFound(_))));
}

#[test]
fn a_failure_deep_inside_leaves_nothing() {
    let world = users();
    let post = world.create("Post", "p1", Vec::new());
    let missing = world.create(
        "Post",
        "p2",
        vec![world.nested(
            "Post.author",
            NestedWrite::Connect(world.key("User", "nobody")),
        )],
    );
    let update = Update {
        nested: vec![
            world.nested("User.posts", NestedWrite::Create(post)),
            world.nested("User.posts", NestedWrite::Create(missing)),
        ],
        lists: vec![world.tags(&["x"])],
        ..world.named("changed")
    };
    let at = world.by_email("a@x");
    let failed = world.write(Write::Update { at, update });
    assert!(matches!(failed, Err(ConnectorError::NodeNotFound(_))));
    assert_eq!(world.names(), ["u1:-", "u2:-"]);
    assert_eq!(world.ids("Post"), "");
    assert!(world.stored_tags().is_empty());
}

/// As deep as a document can be nested, on a stack of the usual size.
#[test]
fn deep_creates() {
    const DEPTH: usize = 200;
    let world = World::new("type A { id: ID! @id down: A @relation(name: \"D\") }");
    let deepest = world.create("A", "a0", Vec::new());
    let tree = (1..DEPTH).fold(deepest, |below, depth| {
        let nested: Nested = world.nested("A.down", NestedWrite::Create(below));
        world.create("A", &format!("a{depth}"), vec![nested])
    });
    world.write(Write::Create(tree)).unwrap();
    assert_eq!(
        world.column("SELECT count(*) FROM A WHERE down IS NOT NULL"),
        [(DEPTH - 1).to_string()]
    );
}

#[test]
fn ids_made_by_the_database() {
    let world = World::new(
        "type A { id: Int! @id bs: [B] } type B { id: Int! @id(strategy: SEQUENCE) @sequence(name: \"s\", initialValue: 100, allocationSize: 1) a: A }",
    );
    let b = || Create {
        model: world.model("B"),
        id: None,
        set: Vec::new(),
        lists: Vec::new(),
        nested: Vec::new(),
    };
    let a = Create {
        model: world.model("A"),
        nested: vec![
            world.nested("A.bs", NestedWrite::Create(b())),
            world.nested("A.bs", NestedWrite::Create(b())),
        ],
        ..b()
    };
    world.write(Write::Create(a)).unwrap();
    assert_eq!(world.links("A.bs"), "1-100 1-101");
}

#[test]
fn uuids_are_kept_as_texts() {
    let world = World::new("type A { id: UUID! @id bs: [B] } type B { id: UUID! @id as: [A] }");
    let uuid = |byte| Value::Uuid([byte; 16]);
    let b = Create {
        id: Some(uuid(0xbb)),
        ..world.create("B", "", Vec::new())
    };
    let a = Create {
        id: Some(uuid(0xaa)),
        nested: vec![world.nested("A.bs", NestedWrite::Create(b))],
        ..world.create("A", "", Vec::new())
    };
    world.write(Write::Create(a)).unwrap();
    let linked = world.column(r#"SELECT A || ' ' || B FROM "_AToB""#);
    assert_eq!(
        linked,
        ["aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb"]
    );
    let at = Key {
        field: world.field("B.id"),
        value: uuid(0xbb),
    };
    world.write(Write::Delete { at }).unwrap();
    assert_eq!(world.column(r#"SELECT count(*) FROM "_AToB""#), ["0"]);
}

/// Reads the email of the written user.
fn email(world: &World) -> WriteAnswer {
    let plan = ReadPlan::One(One {
        model: world.model("User"),
        field: world.field("User.id"),
        value: Slot(0),
        select: vec![Selected {
            key: "email".into(),
            read: Read::Scalar(world.field("User.email")),
            id: SelectionId(0),
        }],
    });
    WriteAnswer {
        query: world.connector.prepare(&plan, Format::Json).unwrap(),
        values: vec![Value::Null],
        id: Slot(0),
    }
}

#[test]
fn answers_are_read_in_the_transaction() {
    let world = users();
    let answered = |write| {
        let request = WriteRequest {
            write,
            answer: Some(email(&world)),
            buffer: b"user: ".to_vec(),
        };
        let outcome = at_once(world.connector.write(request)).unwrap();
        assert_eq!(outcome.count, 1);
        String::from_utf8(outcome.answer.buffer).unwrap()
    };
    let create = Write::Create(world.user("u3", "c@x"));
    assert_eq!(answered(create), r#"user: {"email":"c@x"}"#);
    let update = Write::Update {
        at: world.by_email("c@x"),
        update: Update {
            set: vec![world.set("User.email", "d@x")],
            ..Update::default()
        },
    };
    assert_eq!(answered(update), r#"user: {"email":"d@x"}"#);
    let delete = Write::Delete {
        at: world.by_email("d@x"),
    };
    assert_eq!(answered(delete), r#"user: {"email":"d@x"}"#);
    assert_eq!(world.ids("User"), "u1 u2");
}

/// One statement takes any number of ids: no limit of parameters is near.
#[test]
fn many_ids() {
    const COUNT: u64 = 100_000;
    let world = World::new(
        "type A { id: ID! @id n: Int tags: [Int] @scalarList(strategy: RELATION) bs: [B] @relation(onDelete: CASCADE) } type B { id: ID! @id a: A }",
    );
    world.sql(&format!(
        "INSERT INTO A (id) SELECT 'a' || value FROM (WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s LIMIT {COUNT}) SELECT value FROM s)"
    ));
    world.sql("INSERT INTO B (id, a) SELECT 'b' || id, id FROM A");
    let model = world.model("A");
    let update = Update {
        set: vec![Assign {
            field: world.field("A.n"),
            value: Value::Int(7),
        }],
        lists: vec![AssignList {
            field: world.field("A.tags"),
            values: vec![Value::Int(1)],
        }],
        nested: Vec::new(),
    };
    let outcome = world.write(Write::UpdateMany {
        model,
        condition: all(),
        update,
    });
    assert_eq!(outcome.unwrap().count, COUNT);
    assert_eq!(
        world.column("SELECT count(*) FROM A WHERE n = 7"),
        ["100000"]
    );
    let outcome = world.write(Write::DeleteMany {
        model,
        condition: all(),
    });
    assert_eq!(outcome.unwrap().count, COUNT);
    for table in ["A", "A_tags", "B"] {
        assert_eq!(
            world.column(&format!("SELECT count(*) FROM {table}")),
            ["0"]
        );
    }
}
