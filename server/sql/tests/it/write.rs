//! The statements of writes.

use std::sync::Arc;

use prisma_connector::{
    Assign, AssignList, Connector, Create, Database, Key, Nested, NestedWrite, ServiceName, Update,
    Value, Write, WriteRequest,
};
use prisma_datamodel::{Datamodel, FieldId, ModelId};
use prisma_sql::SqlDatabase;

use crate::fixtures::{parse, read};
use crate::recorder::{Recorder, at_once};

/// A datamodel with a recorder behind it.
struct World {
    datamodel: Arc<Datamodel>,
    recorder: Recorder,
    connector: Arc<dyn Connector>,
}

impl World {
    fn new(datamodel: Arc<Datamodel>) -> Self {
        let recorder = Recorder::default();
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
    let world = World::new(parse(
        "type User { id: ID! @id email: String! @unique name: String
                     tags: [String] @scalarList(strategy: RELATION) }",
    ));
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
    insta::assert_snapshot!(writes.map(|write| world.run(write)).join("\n"));
}

#[test]
fn ids_of_the_database() {
    let world = World::new(read("0020_int_ids"));
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
    insta::assert_snapshot!(world.recorder.take());
}

#[test]
fn nested_creates() {
    let world = World::new(parse(
        "type User { id: ID! @id posts: [Post] profile: Profile @relation(link: INLINE) }
         type Profile { id: ID! @id user: User }
         type Post { id: ID! @id author: User labels: [Label] }
         type Label { id: ID! @id name: String @unique posts: [Post] }",
    ));
    let label = NestedWrite::Connect(world.key("Label.name", "l"));
    let post = world.create("Post", "p", vec![world.nested("Post.labels", label)]);
    let profile = world.create("Profile", "f", Vec::new());
    let user = world.create(
        "User",
        "u",
        vec![
            world.nested("User.posts", NestedWrite::Create(post)),
            world.nested("User.profile", NestedWrite::Create(profile)),
        ],
    );
    insta::assert_snapshot!(world.run(Write::Create(user)));
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
        let world = World::new(parse(datamodel));
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
        insta::with_settings!({ snapshot_suffix => name, omit_expression => true }, {
            insta::assert_snapshot!(found);
        });
    }
}

#[test]
fn link_tables_with_ids_get_ids() {
    let world = World::new(read("0037_v1_relations"));
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
