//! Storage actions as DDL (deploy.md §2.3 to §2.7). Pure: a datamodel and an action in, statements out.
//!
//! The statements follow Prisma 1 where its databases must stay readable, and leave it where it was broken: names
//! are quoted, index names contain their table (in SQLite they are global), and columns of links are indexed.

use prisma_connector::{ConnectorError, StorageAction};
use prisma_datamodel::{
    Arity, Datamodel, DefaultValue, Field, FieldId, FieldType, IdStrategy, Link, ModelId,
    RelationId, ScalarType, Side,
};

use crate::dialect::Dialect;
use crate::layout::{id_column, list_table};
use crate::text::Text;

/// The statements of one action, in order.
pub(crate) fn statements(
    dialect: &'static Dialect,
    datamodel: &Datamodel,
    action: StorageAction,
) -> Result<Vec<String>, ConnectorError> {
    let ddl = Ddl { dialect, datamodel };
    match action {
        StorageAction::CreateModel(model) => ddl.model(model),
        StorageAction::CreateColumn(field) => ddl.column(field),
        StorageAction::CreateList(field) => ddl.list(field),
        StorageAction::CreateLink(relation) => ddl.link(relation),
    }
}

const NO_COLUMN: ConnectorError =
    ConnectorError::Plan("a column needs a scalar or enum field that is no list");
const NO_LIST: ConnectorError = ConnectorError::Plan("a list table needs a list of scalars");

struct Ddl<'a> {
    dialect: &'static Dialect,
    datamodel: &'a Datamodel,
}

impl Ddl<'_> {
    /// A table with the id only; all other columns come one by one.
    fn model(&self, model: ModelId) -> Result<Vec<String>, ConnectorError> {
        let model = &self.datamodel[model];
        let id = &self.datamodel[model.id];
        let mut text = self.text();
        text.push("CREATE TABLE ").name(model.table()).push(" (");
        text.name(id.column()).push(" ");
        if id.is_generated_by_database() {
            text.push(self.dialect.layout.types.counted_id);
        } else {
            text.push(self.column_type(id.ty)?);
            text.push(" NOT NULL, PRIMARY KEY (").name(id.column());
            text.push(")");
        }
        text.push(")");
        let mut statements = vec![text.into_string()];
        statements.extend(self.sequence_start(model.table(), id));
        Ok(statements)
    }

    /// Lets the counter of a new table start where its sequence says.
    fn sequence_start(&self, table: &str, id: &Field) -> Option<String> {
        let Some(IdStrategy::Sequence(Some(sequence))) = &id.id else {
            return None;
        };
        let last = i64::from(sequence.initial_value) - 1;
        if !id.is_generated_by_database() || last == 0 {
            return None;
        }
        let mut text = self.text();
        text.push("INSERT INTO sqlite_sequence (name, seq) VALUES (");
        text.literal(table).push(&format!(", {last})"));
        Some(text.into_string())
    }

    /// A column; where it is required, nodes that exist already get the migration value.
    fn column(&self, field: FieldId) -> Result<Vec<String>, ConnectorError> {
        let field = &self.datamodel[field];
        if !field.is_column() {
            return Err(NO_COLUMN);
        }
        let table = self.datamodel[field.model].table();
        let mut text = self.text();
        text.push("ALTER TABLE ").name(table);
        text.push(" ADD COLUMN ").name(field.column()).push(" ");
        text.push(self.column_type(field.ty)?);
        if field.arity == Arity::Required {
            text.push(" NOT NULL DEFAULT ");
            self.migration_value(&mut text, field);
        } else {
            text.push(" NULL");
        }
        let mut statements = vec![text.into_string()];
        if field.unique {
            let name = format!("{table}.{}._UNIQUE", field.column());
            statements.push(self.index("UNIQUE INDEX", &name, table, &[field.column()]));
        }
        Ok(statements)
    }

    /// What nodes that exist already get in a new required column (deploy.md §2.4).
    fn migration_value(&self, text: &mut Text, field: &Field) {
        let default = field.default.as_ref();
        match default.filter(|default| **default != DefaultValue::Null) {
            Some(default) => literal(text, default),
            None => self.fallback_value(text, field.ty),
        }
    }

    fn fallback_value(&self, text: &mut Text, ty: FieldType) {
        match ty {
            FieldType::Scalar(scalar) => match scalar {
                ScalarType::String => text.push("''"),
                ScalarType::Boolean | ScalarType::Int | ScalarType::DateTime => text.push("0"),
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

    /// The table of a list of scalars.
    fn list(&self, field: FieldId) -> Result<Vec<String>, ConnectorError> {
        if !self.datamodel[field].is_scalar_list() {
            return Err(NO_LIST);
        }
        let table = list_table(self.datamodel, field);
        let field = &self.datamodel[field];
        let mut text = self.text();
        text.push("CREATE TABLE ").name(&table).push(" (");
        text.name("nodeId").push(" ");
        text.push(self.id_type(field.model)?).push(" NOT NULL, ");
        text.name("position").push(" ");
        text.push(self.dialect.layout.types.position);
        text.push(" NOT NULL, ").name("value").push(" ");
        text.push(self.column_type(field.ty)?);
        text.push(" NOT NULL, PRIMARY KEY (");
        text.names(["nodeId", "position"]).push("), ");
        self.foreign_key(&mut text, "nodeId", field.model);
        text.push(")");
        let index = format!("{table}.value_Index");
        Ok(vec![
            text.into_string(),
            self.index("INDEX", &index, &table, &["value"]),
        ])
    }

    fn link(&self, relation: RelationId) -> Result<Vec<String>, ConnectorError> {
        match &self.datamodel[relation].link {
            Link::Inline { side, column } => self.inline_link(relation, *side, column),
            Link::Table { .. } => self.link_table(relation),
        }
    }

    /// A column that holds the id of the other side's node. It is nullable even where the field is required,
    /// because parents are inserted before their children.
    fn inline_link(
        &self,
        relation: RelationId,
        side: Side,
        column: &str,
    ) -> Result<Vec<String>, ConnectorError> {
        let relation = &self.datamodel[relation];
        let table = self.datamodel[relation.end(side).model].table();
        let target = relation.end(side.opposite()).model;
        let mut text = self.text();
        text.push("ALTER TABLE ").name(table);
        text.push(" ADD COLUMN ").name(column).push(" ");
        text.push(self.id_type(target)?).push(" NULL ");
        self.references(&mut text, target);
        text.push(" ON DELETE SET NULL");
        let index = format!("{table}.{column}._INDEX");
        Ok(vec![
            text.into_string(),
            self.index("INDEX", &index, table, &[column]),
        ])
    }

    fn link_table(&self, relation: RelationId) -> Result<Vec<String>, ConnectorError> {
        let relation = &self.datamodel[relation];
        let Link::Table {
            table,
            column_a,
            column_b,
            id_column,
        } = &relation.link
        else {
            return Ok(Vec::new());
        };
        let mut text = self.text();
        text.push("CREATE TABLE ").name(table).push(" (");
        if let Some(id) = id_column {
            text.name(id).push(" CHAR(25) NOT NULL PRIMARY KEY, ");
        }
        let columns = [(column_a, relation.a.model), (column_b, relation.b.model)];
        for (column, model) in columns {
            text.name(column).push(" ");
            text.push(self.id_type(model)?).push(" NOT NULL, ");
        }
        text.separated(", ", columns, |text, (column, model)| {
            self.foreign_key(text, column, model);
        });
        text.push(")");
        let pair = [column_a.as_str(), column_b.as_str()];
        Ok(vec![
            text.into_string(),
            self.index("UNIQUE INDEX", &format!("{table}_AB_unique"), table, &pair),
            self.index("INDEX", &format!("{table}_B"), table, &[column_b]),
        ])
    }

    fn index(&self, kind: &str, name: &str, table: &str, columns: &[&str]) -> String {
        let mut text = self.text();
        text.push("CREATE ").push(kind).push(" ").name(name);
        text.push(" ON ").name(table).push(" (");
        text.separated(", ", columns, |text, column| {
            text.name(column).push(" ASC");
        });
        text.push(")");
        text.into_string()
    }

    fn foreign_key(&self, text: &mut Text, column: &str, target: ModelId) {
        text.push("FOREIGN KEY (").name(column).push(") ");
        self.references(text, target);
        text.push(" ON DELETE CASCADE");
    }

    fn references(&self, text: &mut Text, target: ModelId) {
        text.push("REFERENCES ");
        text.name(self.datamodel[target].table()).push("(");
        text.name(id_column(self.datamodel, target)).push(")");
    }

    fn id_type(&self, model: ModelId) -> Result<&'static str, ConnectorError> {
        self.column_type(self.datamodel.id_type(model))
    }

    fn column_type(&self, ty: FieldType) -> Result<&'static str, ConnectorError> {
        self.dialect.layout.column_type(ty).ok_or(NO_COLUMN)
    }

    fn text(&self) -> Text {
        Text::new(self.dialect)
    }
}

/// A default as SQL, in the form in which values of its type are stored.
fn literal(text: &mut Text, value: &DefaultValue) {
    match value {
        DefaultValue::String(value) | DefaultValue::Json(value) | DefaultValue::Enum(value) => {
            text.literal(value)
        }
        DefaultValue::Int(value) => text.push(&value.to_string()),
        DefaultValue::Float(value) => text.push(&format!("{value:?}")),
        DefaultValue::Boolean(value) => text.push(if *value { "1" } else { "0" }),
        DefaultValue::DateTime(value) => text.push(&value.to_string()),
        DefaultValue::Null => text.push("NULL"),
    };
}
