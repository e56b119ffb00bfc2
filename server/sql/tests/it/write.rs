//! The statements of writes.

use std::sync::Arc;

use prisma_connector::{
    Assign, AssignList, Comparison, Condition, Connector, Create, Database, Filter, Key, Nested,
    NestedWrite, ServiceName, Slot, Update, Value, Write, WriteRequest,
};
use prisma_datamodel::{Datamodel, FieldId, ModelId};
use prisma_sql::dialect::SQLITE;
use prisma_sql::write::{self, Statements, Way, WriteContext};
use prisma_sql::{Dialect, Namespace, SqlDatabase};

use crate::fixtures::{parse, read};
use crate::recorder::{Recorder, at_once, everywhere};

/// A datamodel with a recorder behind it.
struct World {
    datamodel: Arc<Datamodel>,
    recorder: Recorder,
    connector: Arc<dyn Connector>,
}

impl World {
    fn new(dialect: &'static Dialect, datamodel: Arc<Datamodel>) -> Self {
        let recorder = Recorder::of(dialect);
        let database = at_once(SqlDatabase::open(recorder.clone())).unwrap();
        let connector = database
            .connector(&ServiceName::default(), Arc::clone(&datamodel))
            .unwrap();
        recorder.take();
        Self {
            datamodel,
            recorder,
            connector,
        }
    }

    fn model(&self, name: &str) -> ModelId {
        self.datamodel.model(name).unwrap()
    }

    fn field(&self, path: &str) -> FieldId {
        let (model, field) = path.split_once('.').unwrap();
        self.datamodel.field(self.model(model), field).unwrap()
    }

    fn key(&self, path: &str, value: &str) -> Key {
        Key {
            field: self.field(path),
            value: Value::Text(value.to_owned()),
        }
    }

    fn set(&self, path: &str, value: &str) -> Assign {
        Assign {
            field: self.field(path),
            value: Value::Text(value.to_owned()),
        }
    }

    fn create(&self, model: &str, id: &str, nested: Vec<Nested>) -> Create {
        Create {
            model: self.model(model),
            id: Some(Value::Text(id.to_owned())),
            set: Vec::new(),
            lists: Vec::new(),
            nested,
        }
    }

    fn nested(&self, path: &str, write: NestedWrite) -> Nested {
        Nested {
            field: self.field(path),
            write,
        }
    }

    /// The statements of a write.
    fn run(&self, write: Write) -> String {
        let request = WriteRequest {
            write,
            answer: None,
            buffer: Vec::new(),
        };
        at_once(self.connector.write(request)).unwrap();
        self.recorder.take()
    }

    /// The statements of one nested operation in an update.
    fn run_nested(&self, path: &str, write: NestedWrite) -> String {
        let (model, _) = path.split_once('.').unwrap();
        let update = Update {
            nested: vec![self.nested(path, write)],
            ..Update::default()
        };
        let at = self.key(&format!("{model}.id"), "p");
        self.run(Write::Update { at, update })
    }
}

#[test]
fn one_node() {
    insta::assert_snapshot!(everywhere(one_node_in));
}

fn one_node_in(dialect: &'static Dialect) -> String {
    let world = World::new(
        dialect,
        parse(
            "type User { id: ID! @id email: String! @unique name: String
                     tags: [String] @scalarList(strategy: RELATION) }",
        ),
    );
    let tags = |values: &[&str]| AssignList {
        field: world.field("User.tags"),
        values: values
            .iter()
            .map(|value| Value::Text((*value).to_owned()))
            .collect(),
    };
    let mut create = world.create("User", "u", Vec::new());
    create.set = vec![world.set("User.email", "a@b"), world.set("User.name", "A")];
    create.lists = vec![tags(&["x", "y"])];
    let update = Update {
        set: vec![world.set("User.name", "B")],
        lists: vec![tags(&["z"])],
        nested: Vec::new(),
    };
    let at = || world.key("User.email", "a@b");
    let writes = [
        Write::Create(create.clone()),
        Write::Update {
            at: at(),
            update: update.clone(),
        },
        Write::Update {
            at: at(),
            update: Update::default(),
        },
        Write::Upsert {
            at: at(),
            create,
            update,
        },
        Write::Delete { at: at() },
    ];
    writes.map(|write| world.run(write)).join("\n")
}

#[test]
fn ids_of_the_database() {
    insta::assert_snapshot!(everywhere(ids_of_the_database_in));
}

fn ids_of_the_database_in(dialect: &'static Dialect) -> String {
    let world = World::new(dialect, read("0020_int_ids"));
    let (model, _) = world
        .datamodel
        .models()
        .find(|(_, model)| world.datamodel[model.id].is_generated_by_database())
        .unwrap();
    let recorded = at_once(world.connector.write(WriteRequest {
        write: Write::Create(Create {
            model,
            id: None,
            set: Vec::new(),
            lists: Vec::new(),
            nested: Vec::new(),
        }),
        answer: None,
        buffer: Vec::new(),
    }));
    // The recorder answers texts, and a text is no id of this model.
    assert!(recorded.is_err());
    world.recorder.take()
}

#[test]
fn nested_creates() {
    insta::assert_snapshot!(everywhere(nested_creates_in));
}

fn nested_creates_in(dialect: &'static Dialect) -> String {
    let world = World::new(
        dialect,
        parse(
            "type User { id: ID! @id posts: [Post] profile: Profile @relation(link: INLINE) }
         type Profile { id: ID! @id user: User }
         type Post { id: ID! @id author: User labels: [Label] }
         type Label { id: ID! @id name: String @unique posts: [Post] }",
        ),
    );
    let label = NestedWrite::Connect(world.key("Label.name", "l"));
    let post = world.create("Post", "p", vec![world.nested("Post.labels", label)]);
    let profile = world.create("Profile", "f", Vec::new());
    let alone = |id| NestedWrite::Create(world.create("Post", id, Vec::new()));
    let user = world.create(
        "User",
        "u",
        vec![
            world.nested("User.posts", NestedWrite::Create(post)),
            world.nested("User.posts", alone("q")),
            world.nested("User.posts", alone("r")),
            world.nested("User.profile", NestedWrite::Create(profile)),
        ],
    );
    world.run(Write::Create(user))
}

/// One operation after the other, for links in the parent, in the child, and in a table.
#[test]
fn nested_operations() {
    for (name, datamodel, field, child) in [
        (
            "parent",
            "type P { id: ID! @id c: C @relation(link: INLINE) } type C { id: ID! @id p: P }",
            "P.c",
            None,
        ),
        (
            "child",
            "type P { id: ID! @id cs: [C] } type C { id: ID! @id p: P }",
            "P.cs",
            Some("c"),
        ),
        (
            "table",
            "type P { id: ID! @id cs: [C] } type C { id: ID! @id ps: [P] }",
            "P.cs",
            Some("c"),
        ),
    ] {
        let found = everywhere(|dialect| nested_operations_in(dialect, datamodel, field, child));
        insta::with_settings!({ snapshot_suffix => name, omit_expression => true }, {
            insta::assert_snapshot!(found);
        });
    }
}

fn nested_operations_in(
    dialect: &'static Dialect,
    datamodel: &str,
    field: &str,
    child: Option<&str>,
) -> String {
    let world = World::new(dialect, parse(datamodel));
    let at = || child.map(|id| world.key("C.id", id));
    let writes = [
        NestedWrite::Create(world.create("C", "new", Vec::new())),
        NestedWrite::Connect(world.key("C.id", "c")),
        NestedWrite::Disconnect { at: at() },
        NestedWrite::Delete { at: at() },
        NestedWrite::Update {
            at: at(),
            update: Update::default(),
        },
    ];
    let mut found = writes
        .map(|write| world.run_nested(field, write))
        .join("\n");
    if child.is_some() {
        let keys = vec![world.key("C.id", "c"), world.key("C.id", "d")];
        found.push('\n');
        found.push_str(&world.run_nested(field, NestedWrite::Set(keys)));
    }
    found
}

#[test]
fn link_tables_with_ids_get_ids() {
    let world = World::new(&SQLITE, read("0037_v1_relations"));
    let (field, child) = world
        .datamodel
        .relations()
        .find_map(|(_, relation)| {
            let table = matches!(relation.link, prisma_datamodel::Link::Table { .. });
            table.then_some((relation.a.field, relation.b.model))
        })
        .unwrap();
    let key = |model: ModelId| Key {
        field: world.datamodel[model].id,
        value: Value::Text("x".to_owned()),
    };
    let update = Update {
        nested: vec![Nested {
            field,
            write: NestedWrite::Connect(key(child)),
        }],
        ..Update::default()
    };
    let at = key(world.datamodel[field].model);
    let statements = world.run(Write::Update { at, update });
    assert!(
        statements.contains("'c' || lower(hex(randomblob(12)))"),
        "{statements}"
    );
}

#[test]
fn batches_and_cascades() {
    insta::assert_snapshot!(everywhere(batches_and_cascades_in));
}

fn batches_and_cascades_in(dialect: &'static Dialect) -> String {
    let world = World::new(
        dialect,
        parse(
            "type P { id: ID! @id name: String tags: [String] @scalarList(strategy: RELATION)
                  cs: [C] @relation(onDelete: CASCADE) }
         type C { id: ID! @id p: P! ds: [D] }
         type D { id: ID! @id c: C! @relation(onDelete: CASCADE) }",
        ),
    );
    let condition = |path| Condition {
        filter: Filter::Scalar {
            field: world.field(path),
            comparison: Comparison::In,
            value: Slot(0),
        },
        values: vec![Value::List(vec![Value::Text("x".to_owned())])],
    };
    let update = Update {
        set: vec![world.set("P.name", "n")],
        ..Update::default()
    };
    let model = world.model("P");
    let mut found = [
        Write::UpdateMany {
            model,
            condition: condition("P.id"),
            update,
        },
        Write::DeleteMany {
            model,
            condition: condition("P.id"),
        },
    ]
    .map(|write| world.run(write))
    .join("\n");
    let nested = NestedWrite::UpdateMany {
        condition: condition("C.id"),
        update: Update::default(),
    };
    found.push('\n');
    found.push_str(&world.run_nested("P.cs", nested));
    found
}

/// Values are no part of a statement, and numbers of values hardly are: one statement makes up to eight rows of any
/// number, or a power of two. So a write that is like earlier ones builds nothing.
#[test]
fn warm_writes_build_nothing() {
    let world = World::new(&SQLITE, parse(
        "type P { id: ID! @id name: String tags: [String] @scalarList(strategy: RELATION) cs: [C] }
         type C { id: ID! @id p: P }",
    ));
    let statements = Statements::default();
    let run = |write| {
        let context = WriteContext {
            datamodel: &world.datamodel,
            namespace: &Namespace::new(&prisma_sql::dialect::SQLITE, "service"),
            statements: &statements,
        };
        let mut connection = world.recorder.clone();
        at_once(write::run(
            &mut connection,
            context,
            &write,
            None,
            Way::AtOnce,
            Vec::new(),
        ))
        .unwrap();
        statements.builds()
    };
    let writes = |count: usize| {
        let child = |number: usize| {
            let create = world.create("C", &number.to_string(), Vec::new());
            world.nested("P.cs", NestedWrite::Create(create))
        };
        let mut create = world.create("P", &count.to_string(), (0..count).map(child).collect());
        create.lists = vec![AssignList {
            field: world.field("P.tags"),
            values: vec![Value::Text("x".to_owned()); count],
        }];
        let id = |number: usize| Value::Text(number.to_string());
        let condition = Condition {
            filter: Filter::Scalar {
                field: world.field("P.id"),
                comparison: Comparison::In,
                value: Slot(0),
            },
            values: vec![Value::List((0..count).map(id).collect())],
        };
        [
            Write::Create(create),
            Write::DeleteMany {
                model: world.model("P"),
                condition,
            },
        ]
    };
    let cold = writes(1).map(run)[1];
    assert!(cold > 0);
    for count in 2..=64 {
        for write in writes(count) {
            run(write);
        }
    }
    let warm = cold + 7 + 3;
    assert_eq!(writes(500).map(run), [warm, warm]);
}
