//! Storage actions as DDL (deploy.md §2.3 to §2.7). Pure: a datamodel and an action in, statements out.
//!
//! Each database has a module of its own, because the layouts of Prisma 1 differ in more than syntax. The statements
//! follow Prisma 1 where its databases must stay readable, and leave it where it was broken: names are quoted, index
//! names of SQLite contain their table, and columns of links are indexed.

mod mysql;
mod postgres;
mod sqlite;

use prisma_connector::{ConnectorError, StorageAction};
use prisma_datamodel::scalar::format_date_time;
use prisma_datamodel::{
    Datamodel, DefaultValue, Field, FieldId, FieldType, IdStrategy, Link, Model, ModelId, Relation,
    RelationId, ScalarType, Side,
};

use crate::layout::{id_column, list_table};
use crate::namespace::Namespace;
use crate::text::Text;

pub(crate) use self::mysql::MYSQL;
pub(crate) use self::postgres::POSTGRES;
pub(crate) use self::sqlite::SQLITE;

/// One statement, and what it makes.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) text: String,
    pub(crate) makes: Makes,
}

/// What a statement makes. What a container has already is not made again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Makes {
    /// Nothing that could be there before.
    Nothing,
    Table(String),
    Column {
        table: String,
        column: String,
    },
    Index {
        table: String,
        index: String,
    },
}

/// How one database lays out a service.
#[derive(Debug)]
pub(crate) struct Style {
    /// A table with the id only; all other columns come one by one.
    model: fn(&Ddl<'_>, &Model, &Field) -> Result<Vec<Change>, ConnectorError>,
    /// A column; where it is required, nodes that exist already get the migration value.
    column: fn(&Ddl<'_>, &Field) -> Result<Vec<Change>, ConnectorError>,
    /// The table of a list of scalars.
    list: fn(&Ddl<'_>, FieldId) -> Result<Vec<Change>, ConnectorError>,
    /// A column that holds the id of the other side's node. It is nullable even where the field is required, because
    /// parents are inserted before their children.
    inline_link: fn(&Ddl<'_>, &Inline<'_>) -> Result<Vec<Change>, ConnectorError>,
    /// A table of links.
    link_table: fn(&Ddl<'_>, &Links<'_>) -> Result<Vec<Change>, ConnectorError>,
    /// A moment, as a literal.
    date_time: fn(&mut Text<'_>, i64),
    /// A truth value, as a literal.
    boolean: fn(bool) -> &'static str,
}

/// The statements of one action, in order.
pub(crate) fn changes(
    namespace: &Namespace,
    datamodel: &Datamodel,
    action: StorageAction,
) -> Result<Vec<Change>, ConnectorError> {
    let ddl = Ddl {
        namespace,
        style: namespace.dialect.layout.ddl,
        datamodel,
    };
    match action {
        StorageAction::CreateModel(model) => {
            let model = &datamodel[model];
            (ddl.style.model)(&ddl, model, &datamodel[model.id])
        }
        StorageAction::CreateColumn(field) if datamodel[field].is_column() => {
            (ddl.style.column)(&ddl, &datamodel[field])
        }
        StorageAction::CreateList(field) if datamodel[field].is_scalar_list() => {
            (ddl.style.list)(&ddl, field)
        }
        StorageAction::CreateColumn(_) => Err(NO_COLUMN),
        StorageAction::CreateList(_) => Err(NO_LIST),
        StorageAction::CreateLink(relation) => ddl.link(relation),
    }
}

const NO_COLUMN: ConnectorError =
    ConnectorError::Plan("a column needs a scalar or enum field that is no list");
const NO_LIST: ConnectorError = ConnectorError::Plan("a list table needs a list of scalars");

/// What all statements of one action are written with.
struct Ddl<'a> {
    namespace: &'a Namespace,
    style: &'static Style,
    datamodel: &'a Datamodel,
}

/// A link in a row: the table and the column that hold it, and the model it leads to.
struct Inline<'a> {
    table: &'a str,
    column: &'a str,
    target: ModelId,
}

/// A table of links.
struct Links<'a> {
    relation: &'a Relation,
    table: &'a str,
    /// The columns of both sides and the models they lead to.
    columns: [(&'a str, ModelId); 2],
    /// The column of an own id (deploy.md §2.5, the legacy form).
    id: Option<&'a str>,
}

impl Ddl<'_> {
    fn link(&self, relation: RelationId) -> Result<Vec<Change>, ConnectorError> {
        let relation = &self.datamodel[relation];
        match &relation.link {
            Link::Inline { side, column } => {
                let inline = Inline {
                    table: self.datamodel[relation.end(*side).model].table(),
                    column,
                    target: relation.end(side.opposite()).model,
                };
                (self.style.inline_link)(self, &inline)
            }
            Link::Table {
                table,
                column_a,
                column_b,
                id_column,
            } => {
                let links = Links {
                    relation,
                    table,
                    columns: [
                        (column_a, relation.end(Side::A).model),
                        (column_b, relation.end(Side::B).model),
                    ],
                    id: id_column.as_deref(),
                };
                (self.style.link_table)(self, &links)
            }
        }
    }

    fn text(&self) -> Text<'_> {
        Text::new(self.namespace)
    }

    fn table_of(&self, field: &Field) -> &str {
        self.datamodel[field.model].table()
    }

    fn id_type(&self, model: ModelId) -> Result<&'static str, ConnectorError> {
        self.column_type(self.datamodel.id_type(model))
    }

    fn column_type(&self, ty: FieldType) -> Result<&'static str, ConnectorError> {
        self.namespace
            .dialect
            .layout
            .column_type(ty)
            .ok_or(NO_COLUMN)
    }

    /// The table of a list of scalars up to its primary key; the last brackets are open.
    fn list_table(
        &self,
        table: &str,
        field: &Field,
        position: &str,
    ) -> Result<Text<'_>, ConnectorError> {
        let mut text = self.text();
        text.push("CREATE TABLE ").table(table).push(" (");
        text.name("nodeId").push(" ");
        text.push(self.id_type(field.model)?).push(" NOT NULL, ");
        text.name("position").push(" ").push(position);
        text.push(" NOT NULL, ").name("value").push(" ");
        text.push(self.column_type(field.ty)?);
        text.push(" NOT NULL, PRIMARY KEY (");
        text.names(["nodeId", "position"]);
        Ok(text)
    }

    /// A table of links, an index on each pair and one on the second column.
    fn link_table_and_indexes(
        &self,
        links: &Links<'_>,
        unique: &str,
        second: &str,
    ) -> Result<Vec<Change>, ConnectorError> {
        let table = links.table;
        let mut text = self.text();
        text.push("CREATE TABLE ").table(table).push(" (");
        if let Some(id) = links.id {
            text.name(id).push(" CHAR(25) NOT NULL PRIMARY KEY, ");
        }
        for (column, model) in links.columns {
            text.name(column).push(" ");
            text.push(self.id_type(model)?).push(" NOT NULL, ");
        }
        text.separated(", ", links.columns, |text, (column, model)| {
            self.foreign_key(text, column, model);
            text.push(" ON DELETE CASCADE");
        });
        text.push(")");
        let pair = links.columns.map(|(column, _)| column);
        Ok(vec![
            table_made(text, table),
            self.index("UNIQUE INDEX", unique, table, &pair),
            self.index("INDEX", second, table, &pair[1..]),
        ])
    }

    fn index(&self, kind: &str, name: &str, table: &str, columns: &[&str]) -> Change {
        let mut text = self.text();
        text.push("CREATE ").push(kind).push(" ").name(name);
        text.push(" ON ").table(table).push(" (");
        text.separated(", ", columns, |text, column| {
            text.name(column).push(" ASC");
        });
        text.push(")");
        index_made(text, table, name)
    }

    /// ` FOREIGN KEY (column) REFERENCES target(id)`
    fn foreign_key(&self, text: &mut Text<'_>, column: &str, target: ModelId) {
        text.push("FOREIGN KEY (").name(column).push(") ");
        self.references(text, target);
    }

    fn references(&self, text: &mut Text<'_>, target: ModelId) {
        text.push("REFERENCES ");
        text.table(self.datamodel[target].table()).push("(");
        text.name(id_column(self.datamodel, target)).push(")");
    }

    /// `UPDATE table SET column = value` for the nodes that exist already and have none.
    fn fill(&self, field: &Field) -> Change {
        let mut text = self.text();
        text.push("UPDATE ").table(self.table_of(field));
        text.push(" SET ").name(field.column()).push(" = ");
        self.migration_value(&mut text, field);
        text.push(" WHERE ").name(field.column()).push(" IS NULL");
        nothing_made(text)
    }

    /// What nodes that exist already get in a new required column (deploy.md §2.4).
    fn migration_value(&self, text: &mut Text<'_>, field: &Field) {
        let default = field.default.as_ref();
        match default.filter(|default| **default != DefaultValue::Null) {
            Some(default) => self.literal(text, default),
            None => self.fallback_value(text, field.ty),
        }
    }

    fn fallback_value(&self, text: &mut Text<'_>, ty: FieldType) {
        match ty {
            FieldType::Scalar(scalar) => match scalar {
                ScalarType::String => text.push("''"),
                ScalarType::Boolean => text.push((self.style.boolean)(false)),
                ScalarType::Int => text.push("0"),
                ScalarType::DateTime => {
                    (self.style.date_time)(text, 0);
                    text
                }
                ScalarType::Float => text.push("0.0"),
                ScalarType::Json => text.push("'{}'"),
                ScalarType::Id => text.push("'DefaultCUIDMigrationValue'"),
                ScalarType::Uuid => text.push("'550e8400-e29b-11d4-a716-446655440000'"),
            },
            FieldType::Enum(id) => {
                let first = self.datamodel[id].values.first();
                text.literal(first.map(String::as_str).unwrap_or_default())
            }
            FieldType::Relation(..) => text.push("NULL"),
        };
    }

    /// A default as SQL, in the form in which values of its type are stored.
    fn literal(&self, text: &mut Text<'_>, value: &DefaultValue) {
        match value {
            DefaultValue::String(value) | DefaultValue::Json(value) | DefaultValue::Enum(value) => {
                text.literal(value)
            }
            DefaultValue::Int(value) => text.push(&value.to_string()),
            DefaultValue::Float(value) => text.push(&format!("{value:?}")),
            DefaultValue::Boolean(value) => text.push((self.style.boolean)(*value)),
            DefaultValue::DateTime(ms) => {
                (self.style.date_time)(text, *ms);
                text
            }
            DefaultValue::Null => text.push("NULL"),
        };
    }
}

/// Where a counted id starts, if it says so.
fn initial_value(id: &Field) -> Option<i32> {
    match &id.id {
        Some(IdStrategy::Sequence(Some(sequence))) if id.is_generated_by_database() => {
            Some(sequence.initial_value)
        }
        _ => None,
    }
}

/// `'1970-01-01 00:00:00.000'`
fn quoted_date_time(text: &mut Text<'_>, ms: i64) {
    let mut moment = String::new();
    // Writing to memory cannot fail.
    let _ = format_date_time(ms, &mut moment);
    text.literal(&moment.replace('T', " ").replace('Z', ""));
}

fn nothing_made(text: Text<'_>) -> Change {
    Change {
        text: text.into_string(),
        makes: Makes::Nothing,
    }
}

fn table_made(text: Text<'_>, table: &str) -> Change {
    Change {
        text: text.into_string(),
        makes: Makes::Table(table.to_owned()),
    }
}

fn column_made(text: Text<'_>, table: &str, column: &str) -> Change {
    Change {
        text: text.into_string(),
        makes: Makes::Column {
            table: table.to_owned(),
            column: column.to_owned(),
        },
    }
}

fn index_made(text: Text<'_>, table: &str, index: &str) -> Change {
    Change {
        text: text.into_string(),
        makes: Makes::Index {
            table: table.to_owned(),
            index: index.to_owned(),
        },
    }
}
