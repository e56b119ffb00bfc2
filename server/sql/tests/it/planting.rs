//! Statements of creates that make many nodes: how many there are depends on the tree, never on the number of nodes.

use std::sync::Arc;

use prisma_connector::{
    Assign, Connector, Create, Database, Filter, Find, Format, Key, Nested, NestedWrite, One, Page,
    Read, ReadPlan, Selected, SelectionId, ServiceName, Slot, Value, Write, WriteAnswer,
    WriteRequest,
};
use prisma_datamodel::{Datamodel, FieldId};
use prisma_sql::dialect::{MARIADB, POSTGRES};
use prisma_sql::{Dialect, SqlDatabase};

use crate::fixtures::parse;
use crate::recorder::{Recorder, at_once, everywhere};

const SHOP: &str = "
    type Artist { id: Int! @id(strategy: AUTO) name: String albums: [Album] }
    type Album { id: Int! @id(strategy: AUTO) title: String! artist: Artist! @relation(link: INLINE) }
    type List { id: ID! @id tracks: [Track] }
    type Track { id: ID! @id name: String! list: List @relation(link: INLINE)
        genre: Genre @relation(link: INLINE) moods: [Mood] }
    type Genre { id: ID! @id name: String! @unique tracks: [Track] }
    type Mood { id: ID! @id name: String! @unique tracks: [Track] }";

struct World {
    datamodel: Arc<Datamodel>,
    recorder: Recorder,
    connector: Arc<dyn Connector>,
}

impl World {
    fn new(dialect: &'static Dialect) -> Self {
        let datamodel = parse(SHOP);
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

    fn field(&self, path: &str) -> FieldId {
        let (model, field) = path.split_once('.').unwrap();
        let model = self.datamodel.model(model).unwrap();
        self.datamodel.field(model, field).unwrap()
    }

    fn create(&self, set: &str, value: &str, nested: Vec<Nested>) -> Create {
        let field = self.field(set);
        let value = Value::Text(value.to_owned());
        Create {
            model: self.datamodel[field].model,
            id: None,
            set: vec![Assign { field, value }],
            lists: Vec::new(),
            nested,
        }
    }

    fn nest(&self, path: &str, create: Create) -> Nested {
        let write = NestedWrite::Create(create);
        let field = self.field(path);
        Nested { field, write }
    }

    fn connect(&self, path: &str, at: &str, value: Value) -> Nested {
        let field = self.field(at);
        let write = NestedWrite::Connect(Key { field, value });
        let field = self.field(path);
        Nested { field, write }
    }

    fn select(&self, number: u32, path: &str) -> Selected {
        Selected {
            key: path.into(),
            read: Read::Scalar(self.field(path)),
            id: SelectionId(number),
        }
    }

    /// Of an artist: the id and the albums.
    fn answer(&self) -> WriteAnswer {
        let id = self.field("Artist.id");
        let albums = self.field("Artist.albums");
        let find = Find {
            model: self.datamodel.model("Album").unwrap(),
            filter: Filter::TRUE,
            order: None,
            page: Page::default(),
            select: vec![self.select(1, "Album.id"), self.select(2, "Album.title")],
        };
        let related = Selected {
            key: "albums".into(),
            read: Read::ToMany {
                field: albums,
                find,
            },
            id: SelectionId(3),
        };
        let plan = ReadPlan::One(One {
            model: self.datamodel[id].model,
            field: id,
            value: Slot(0),
            select: vec![self.select(0, "Artist.id"), related],
        });
        WriteAnswer {
            query: self.connector.prepare(&plan, Format::Json).unwrap(),
            values: vec![Value::Null],
            id: Slot(0),
        }
    }

    fn record(&self, create: Create, answer: Option<WriteAnswer>) -> String {
        let request = WriteRequest {
            write: Write::Create(create),
            answer,
            buffer: Vec::new(),
        };
        let _ = at_once(self.connector.write(request));
        self.recorder.take()
    }
}

/// The recorder answers texts, which are no numbers: only what comes before the first id is to be seen.
#[test]
fn answered_by_what_they_return() {
    insta::assert_snapshot!(everywhere(|dialect| {
        let world = World::new(dialect);
        let albums = ["One", "Two"].map(|title| {
            let album = world.create("Album.title", title, Vec::new());
            world.nest("Artist.albums", album)
        });
        let artist = world.create("Artist.name", "Ada", albums.into());
        world.record(artist, Some(world.answer()))
    }));
}

#[test]
fn connected_to_nodes_that_are_looked_up_first() {
    insta::assert_snapshot!(everywhere(|dialect| {
        let world = World::new(dialect);
        world.record(list(&world, 3), None)
    }));
}

/// Tracks that are connected: to a genre by its name, to moods by name and by id.
fn list(world: &World, count: usize) -> Create {
    let tracks = (0..count).map(|number| {
        let text = |text: &str| Value::Text(format!("{text}{}", number % 2));
        let nested = vec![
            world.connect("Track.genre", "Genre.name", text("genre")),
            world.connect("Track.moods", "Mood.name", text("mood")),
            world.connect("Track.moods", "Mood.id", text("id")),
        ];
        let mut track = world.create("Track.name", "t", nested);
        track.id = Some(Value::Text(format!("t{number}")));
        world.nest("List.tracks", track)
    });
    let mut list = world.create("List.id", "l", tracks.collect());
    list.id = list.set.pop().map(|assign| assign.value);
    list
}

/// On SQLite a look-up is no trip, so there is one for each node. On PostgreSQL very many links have a statement of their
/// own, and so have the rows then.
#[test]
fn statements_do_not_grow_with_the_nodes() {
    for (dialect, expected) in [(&POSTGRES, [3, 3, 5]), (&MARIADB, [6, 6, 6])] {
        for (count, expected) in [2, 8, 32].into_iter().zip(expected) {
            let world = World::new(dialect);
            let recorded = world.record(list(&world, count), None);
            assert_eq!(recorded.lines().count(), expected, "{recorded}");
        }
    }
}
