//! A database in memory with a datamodel laid out in it, and short ways to write.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use prisma_connector::{
    Condition, Connector, ConnectorError, Create, Database, Filter, Key, Nested, NestedWrite,
    ServiceName, Storage, StorageAction, Update, Value, Write, WriteOutcome, WriteRequest,
};
use prisma_datamodel::{Datamodel, FieldId, Link, ModelId, Source};
use prisma_sql::SqlDatabase;
use prisma_sqlite::SqliteHost;

/// A service in memory.
pub(crate) struct World {
    pub(crate) datamodel: Arc<Datamodel>,
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) connector: Arc<dyn Connector>,
}

impl World {
    pub(crate) fn new(text: &str) -> Self {
        let source = Source::new("datamodel.prisma", text);
        let datamodel = match prisma_datamodel::parse(&source) {
            Ok((datamodel, _)) => Arc::new(datamodel),
            Err(errors) => panic!("{text}: {errors:?}"),
        };
        let database = at_once(SqlDatabase::open(SqliteHost::memory())).unwrap();
        let service = ServiceName::default();
        at_once(database.create_container(&service)).unwrap();
        let storage = database.storage(&service).unwrap();
        at_once(storage.apply(Arc::clone(&datamodel), all_actions(&datamodel))).unwrap();
        let connector = database
            .connector(&service, Arc::clone(&datamodel))
            .unwrap();
        Self {
            datamodel,
            storage,
            connector,
        }
    }

    pub(crate) fn model(&self, name: &str) -> ModelId {
        self.datamodel.model(name).unwrap()
    }

    /// `Model.field`
    pub(crate) fn field(&self, path: &str) -> FieldId {
        let (model, field) = path.split_once('.').unwrap();
        self.datamodel.field(self.model(model), field).unwrap()
    }

    /// A node by its id.
    pub(crate) fn key(&self, model: &str, id: &str) -> Key {
        let model = self.model(model);
        Key {
            field: self.datamodel[model].id,
            value: text(id),
        }
    }

    /// A node with nothing but an id and what is nested in it.
    pub(crate) fn create(&self, model: &str, id: &str, nested: Vec<Nested>) -> Create {
        Create {
            model: self.model(model),
            id: Some(text(id)),
            set: Vec::new(),
            lists: Vec::new(),
            nested,
        }
    }

    pub(crate) fn nested(&self, path: &str, write: NestedWrite) -> Nested {
        Nested {
            field: self.field(path),
            write,
        }
    }

    pub(crate) fn write(&self, write: Write) -> Result<WriteOutcome, ConnectorError> {
        at_once(self.connector.write(WriteRequest {
            write,
            answer: None,
            buffer: Vec::new(),
        }))
    }

    /// Makes nodes without links.
    pub(crate) fn nodes(&self, model: &str, ids: &[&str]) {
        for id in ids {
            let create = self.create(model, id, Vec::new());
            self.write(Write::Create(create)).unwrap();
        }
    }

    /// Runs one nested operation on a node that is there.
    pub(crate) fn update(&self, path: &str, id: &str, write: NestedWrite) -> Result<(), String> {
        let (model, _) = path.split_once('.').unwrap();
        let update = Update {
            nested: vec![self.nested(path, write)],
            ..Update::default()
        };
        let at = self.key(model, id);
        self.write(Write::Update { at, update })
            .map(drop)
            .map_err(|error| refusal(&error))
    }

    /// Deletes a node.
    pub(crate) fn delete(&self, model: &str, id: &str) -> Result<(), String> {
        let at = self.key(model, id);
        self.write(Write::Delete { at })
            .map(drop)
            .map_err(|error| refusal(&error))
    }

    /// Runs SQL; rows come as JSON.
    pub(crate) fn sql(&self, sql: &str) -> String {
        let answer = at_once(self.connector.raw(sql.to_owned())).unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// The texts in one column, in the order of the statement.
    pub(crate) fn column(&self, sql: &str) -> Vec<String> {
        let rows: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(&self.sql(sql)).unwrap();
        rows.into_iter()
            .map(|row| match row.into_iter().next().unwrap().1 {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            })
            .collect()
    }

    /// The ids of a model's nodes.
    pub(crate) fn ids(&self, model: &str) -> String {
        self.column(&format!(r#"SELECT id FROM "{model}" ORDER BY id"#))
            .join(" ")
    }

    /// Links two nodes as they are stored, past all rules. The first is of the model that owns the field.
    pub(crate) fn link(&self, path: &str, parent: &str, child: &str) {
        let (relation, side) = self.datamodel[self.field(path)].relation().unwrap();
        let relation = &self.datamodel[relation];
        let table = |side| self.datamodel[relation.end(side).model].table();
        let sql = match &relation.link {
            Link::Inline { side: at, column } => {
                let (id, value) = if *at == side {
                    (parent, child)
                } else {
                    (child, parent)
                };
                let table = table(*at);
                format!(r#"UPDATE "{table}" SET "{column}" = '{value}' WHERE id = '{id}'"#)
            }
            Link::Table {
                table,
                column_a,
                column_b,
                ..
            } => {
                let (a, b) = match side {
                    prisma_datamodel::Side::A => (parent, child),
                    prisma_datamodel::Side::B => (child, parent),
                };
                format!(
                    r#"INSERT INTO "{table}" ("{column_a}", "{column_b}") VALUES ('{a}', '{b}')"#
                )
            }
        };
        self.sql(&sql);
    }

    /// All links of a relation as they are stored: `parent-child`, sorted.
    pub(crate) fn links(&self, path: &str) -> String {
        let (relation, side) = self.datamodel[self.field(path)].relation().unwrap();
        let relation = &self.datamodel[relation];
        let (sql, a_first) = match &relation.link {
            Link::Inline { side: at, column } => {
                let table = self.datamodel[relation.end(*at).model].table();
                let sql = format!(
                    r#"SELECT id || '-' || "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL"#
                );
                (sql, *at == side)
            }
            Link::Table {
                table,
                column_a,
                column_b,
                ..
            } => {
                let sql = format!(r#"SELECT "{column_a}" || '-' || "{column_b}" FROM "{table}""#);
                (sql, side == prisma_datamodel::Side::A)
            }
        };
        let mut links: Vec<String> = self
            .column(&sql)
            .into_iter()
            .map(|link| {
                let (a, b) = link.split_once('-').unwrap();
                if a_first { link } else { format!("{b}-{a}") }
            })
            .collect();
        links.sort();
        links.join(" ")
    }
}

/// What a first deploy does.
pub(crate) fn all_actions(datamodel: &Datamodel) -> Vec<StorageAction> {
    let mut actions: Vec<_> = datamodel
        .models()
        .map(|(id, _)| StorageAction::CreateModel(id))
        .collect();
    for (model, definition) in datamodel.models() {
        for (id, field) in datamodel.fields_of(model) {
            if field.is_scalar_list() {
                actions.push(StorageAction::CreateList(id));
            } else if field.is_column() && id != definition.id {
                actions.push(StorageAction::CreateColumn(id));
            }
        }
    }
    actions.extend(
        datamodel
            .relations()
            .map(|(id, _)| StorageAction::CreateLink(id)),
    );
    actions
}

/// Every node.
pub(crate) fn all() -> Condition {
    Condition {
        filter: Filter::TRUE,
        values: Vec::new(),
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A refusal in few words.
pub(crate) fn refusal(error: &ConnectorError) -> String {
    let shown = |key: &Option<Key>| match key {
        Some(Key {
            value: Value::Text(text),
            ..
        }) => text.clone(),
        _ => "?".to_owned(),
    };
    match error {
        ConnectorError::RequiredRelation { .. } => "required".to_owned(),
        ConnectorError::NodeNotFound(key) => format!("no {}", shown(&Some(key.clone()))),
        ConnectorError::NotLinked { parent, child, .. } => {
            format!("{}/{} not linked", shown(parent), shown(child))
        }
        other => format!("{other:?}"),
    }
}

/// The output of a future that never waits, as those of a database in memory.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a database in memory never waits"),
    }
}
