//! The statements of writes: each is named by its [`Shape`], built once and kept.
//!
//! A text depends on models and fields only. Sets of ids of any size are one value, a list.

mod insert;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use prisma_connector::{ConnectorError, Filter};
use prisma_datamodel::{Datamodel, FieldId, FieldType, ModelId};
use quick_cache::sync::Cache;

use crate::dialect::{Dialect, List};
use crate::driver::Statement;
use crate::layout::{id_column, list_table};
use crate::link::{Hop, Path, hop};
use crate::namespace::Namespace;
use crate::read::{self, Query};
use crate::text::Text;

pub(super) use insert::{Answer, NewRows, Pair, Planted, PlantedRows};

/// What a statement does, and for which model and fields. Values come in the order in which they are named here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// Inserts nodes. Values of each: one per field, one per link.
    Insert(NewRows),
    /// Inserts a tree of nodes. Values: those of its insertions, then of each link in a table the parent's id and the
    /// child's; none for ids that are made in the statement itself.
    Planted(Planted),
    /// The id that the database made for the row inserted last.
    InsertedId,
    /// Changes the node with this unique value. Values: one per field, the unique value.
    Update {
        at: FieldId,
        fields: Vec<FieldId>,
        answer: Answer,
    },
    /// Changes nodes. Values: see [`Shape::update_all_values`].
    UpdateAll {
        model: ModelId,
        fields: Vec<FieldId>,
    },
    /// Deletes nodes. Values: the ids.
    Delete { model: ModelId },
    /// Removes the lists of nodes. Values: the ids of the nodes.
    ClearList { field: FieldId },
    /// Gives nodes the same list. Values: the ids of the nodes, the values.
    FillList { field: FieldId },
    /// The id of a node. Values: the unique value.
    Find { at: FieldId },
    /// The ids of nodes, not locked, each behind the position of its value from 1. Values: a list of unique values.
    FindEach { at: FieldId },
    /// The id of a node, and whether a parent is linked to it. Values: the parent's id, the unique value.
    FindLinked { field: FieldId, at: FieldId },
    /// The ids of the nodes that a parent is linked to. Values: the parent's id.
    Children { field: FieldId },
    /// The ids of the nodes that any of the parents is linked to. Values: the parents' ids.
    ChildrenOfAll { field: FieldId },
    /// Is some parent linked to a node outside of a set? Values: the parents' ids; the set, if there is one.
    LinksBeyond { field: FieldId, set: bool },
    /// Links parents with children, several if their links are in a table. Values of each: see [`Shape::link_values`].
    Link { field: FieldId, rows: usize },
    /// Removes all links of a parent. Values: the parent's id.
    UnlinkAll { field: FieldId },
    /// Removes one link. Values: the parent's id, the child's id.
    Unlink { field: FieldId },
}

impl Shape {
    /// The values of [`Shape::UpdateAll`], the ids and one per field, in the order of its text.
    pub(super) fn update_all_values<T>(dialect: &Dialect, ids: T, mut values: Vec<T>) -> Vec<T> {
        let place = if dialect.lists_come_first {
            0
        } else {
            values.len()
        };
        values.insert(place, ids);
        values
    }

    /// The values of [`Shape::Link`] in the order of its text.
    pub(super) fn link_values<T>(path: Path<'_>, parent: T, child: T) -> [T; 2] {
        match path {
            Path::Parent { .. } => [child, parent],
            Path::Child { .. } | Path::Table { .. } => [parent, child],
        }
    }

    /// The text.
    pub(super) fn text<'n>(
        &self,
        namespace: &'n Namespace,
        datamodel: &Datamodel,
    ) -> Result<Text<'n>, ConnectorError> {
        let mut writer = Writer {
            text: Text::new(namespace),
            dialect: namespace.dialect,
            datamodel,
        };
        writer.shape(self)?;
        Ok(writer.text)
    }
}

/// Names a search: its model, its filter without values, and the field that leads to the model.
type Search = (ModelId, Filter, Option<FieldId>);

/// The statements of one connector.
#[derive(Debug)]
pub struct Statements {
    built: Cache<Shape, Statement>,
    searches: Cache<Search, Arc<Query>>,
    builds: AtomicU64,
}

/// Statements kept per connector. Which fields are set together is up to the callers, so there is a bound.
const CAPACITY: usize = 2_000;

impl Default for Statements {
    fn default() -> Self {
        Self {
            built: Cache::new(CAPACITY),
            searches: Cache::new(CAPACITY),
            builds: AtomicU64::new(0),
        }
    }
}

impl Statements {
    /// How many texts were built so far. For tests.
    #[must_use]
    pub fn builds(&self) -> u64 {
        self.builds.load(Ordering::Relaxed)
    }

    /// The statement of a shape.
    pub(super) fn get(
        &self,
        namespace: &Namespace,
        datamodel: &Datamodel,
        shape: Shape,
    ) -> Result<Statement, ConnectorError> {
        if let Some(statement) = self.built.get(&shape) {
            return Ok(statement);
        }
        self.builds.fetch_add(1, Ordering::Relaxed);
        let statement = shape.text(namespace, datamodel)?.into_statement();
        self.built.insert(shape, statement.clone());
        Ok(statement)
    }

    /// The statement of a search.
    pub(super) fn search(
        &self,
        namespace: &Namespace,
        datamodel: &Datamodel,
        search: Search,
    ) -> Result<Arc<Query>, ConnectorError> {
        if let Some(query) = self.searches.get(&search) {
            return Ok(query);
        }
        self.builds.fetch_add(1, Ordering::Relaxed);
        let (model, filter, via) = &search;
        let query = Arc::new(read::matching(datamodel, namespace, *model, *via, filter)?);
        self.searches.insert(search, Arc::clone(&query));
        Ok(query)
    }
}

const NO_RELATION: ConnectorError =
    ConnectorError::Plan("a nested operation needs a relation field");

struct Writer<'a, 'n> {
    text: Text<'n>,
    dialect: &'static Dialect,
    datamodel: &'a Datamodel,
}

impl<'a> Writer<'a, '_> {
    fn shape(&mut self, shape: &Shape) -> Result<(), ConnectorError> {
        match *shape {
            Shape::Insert(ref rows) => {
                self.insert(rows, None)?;
                self.returning(rows.model, &rows.answer)?;
            }
            Shape::Planted(ref planted) => self.planted(planted)?,
            Shape::InsertedId => {
                self.push("SELECT LAST_INSERT_ID()");
            }
            Shape::Update {
                at,
                ref fields,
                ref answer,
            } => self.update(at, fields, answer)?,
            Shape::UpdateAll { model, ref fields } => self.update_all(model, fields),
            Shape::Delete { model } => self.delete(model),
            Shape::ClearList { field } => self.clear_list(field),
            Shape::FillList { field } => self.fill_list(field),
            Shape::Find { at } => self.find(at),
            Shape::FindEach { at } => self.find_each(at),
            Shape::FindLinked { field, at } => self.find_linked(self.hop(field)?, at),
            Shape::Children { field } => {
                self.children(self.hop(field)?, false);
                self.lock();
            }
            Shape::ChildrenOfAll { field } => {
                self.children(self.hop(field)?, true);
                self.lock();
            }
            Shape::LinksBeyond { field, set } => self.links_beyond(self.hop(field)?, set),
            Shape::Link { field, rows } => self.link(self.hop(field)?, rows),
            Shape::UnlinkAll { field } => self.unlink(self.hop(field)?, false),
            Shape::Unlink { field } => self.unlink(self.hop(field)?, true),
        }
        Ok(())
    }

    fn update(
        &mut self,
        at: FieldId,
        fields: &[FieldId],
        answer: &Answer,
    ) -> Result<(), ConnectorError> {
        let key = &self.datamodel[at];
        self.push("UPDATE ").table(key.model);
        self.set(fields);
        self.push(" WHERE ").name(key.column());
        self.push(" = ").value();
        self.returning(key.model, answer)
    }

    fn update_all(&mut self, model: ModelId, fields: &[FieldId]) {
        let (table, id, ty) = (self.table_of(model), self.id_of(model), self.id_type(model));
        self.push("UPDATE ");
        if self.dialect.lists_come_first {
            self.rows_of_list(table, id, ty);
            let datamodel = self.datamodel;
            self.push(" SET ");
            self.text.separated(", ", fields, |text, &field| {
                text.name(table).push(".").name(datamodel[field].column());
                text.push(" = ").value();
            });
        } else {
            self.text.table(table);
            self.set(fields);
            self.push(" WHERE ").name(id);
            self.in_list(ty);
        }
    }

    fn set(&mut self, fields: &[FieldId]) {
        self.push(" SET ");
        let datamodel = self.datamodel;
        self.text.separated(", ", fields, |text, &field| {
            text.name(datamodel[field].column()).push(" = ").value();
        });
    }

    fn delete(&mut self, model: ModelId) {
        let (table, id) = (self.table_of(model), self.id_of(model));
        self.delete_from(table, id, self.id_type(model));
    }

    fn clear_list(&mut self, field: FieldId) {
        let table = list_table(self.datamodel, field);
        let ty = self.id_type(self.datamodel[field].model);
        self.delete_from(&table, "nodeId", ty);
    }

    /// Deletes the rows whose column has a value of a list.
    fn delete_from(&mut self, table: &str, column: &str, ty: FieldType) {
        self.push("DELETE ");
        if self.dialect.lists_come_first {
            self.text.table(table);
            self.push(" FROM ");
            self.rows_of_list(table, column, ty);
        } else {
            self.push("FROM ");
            self.text.table(table);
            self.push(" WHERE ").name(column);
            self.in_list(ty);
        }
    }

    /// The rows of a table that a list leads to, one after the other. Left to itself, the database reads a small table
    /// as a whole, and locks every row of it.
    fn rows_of_list(&mut self, table: &str, column: &str, ty: FieldType) {
        self.list(ty, "_list");
        self.push(" STRAIGHT_JOIN ");
        self.text.table(table);
        self.push(" ON ").name(table).push(".").name(column);
        self.push(" = _list.v");
    }

    /// Positions count 1000, 2000, 3000 (deploy.md §2.7).
    fn fill_list(&mut self, field: FieldId) {
        let (id, value) = (
            self.id_type(self.datamodel[field].model),
            self.datamodel[field].ty,
        );
        self.push("INSERT INTO ");
        self.text.table(&list_table(self.datamodel, field));
        self.push(" (");
        self.names(["nodeId", "position", "value"]);
        self.push(") SELECT n.v, v.o * 1000, v.v FROM ");
        self.list(id, "n");
        self.push(", ");
        self.list(value, "v");
    }

    fn find(&mut self, at: FieldId) {
        let key = &self.datamodel[at];
        self.push("SELECT ").id(key.model);
        self.push(" FROM ").table(key.model);
        self.push(" WHERE ").name(key.column());
        self.push(" = ").value();
        self.lock();
    }

    /// Rows come in no order, so each says what it was found by. Comparing values here would not do: databases differ in
    /// what they take for equal.
    fn find_each(&mut self, at: FieldId) {
        let key = &self.datamodel[at];
        let (model, ty) = (key.model, self.dialect.layout.listed_type(key.ty));
        self.push("SELECT _list.o, n.").id(model).push(" FROM ");
        self.list_of(ty, "_list");
        self.push(match self.dialect.lists_come_first {
            true => " STRAIGHT_JOIN ",
            false => " JOIN ",
        });
        self.table(model).push(" AS n ON n.").name(key.column());
        self.push(" = _list.v");
    }

    fn find_linked(&mut self, hop: Hop<'a>, at: FieldId) {
        self.push("SELECT n.").id(hop.child).push(", ");
        match hop.path {
            Path::Child { column } => {
                self.push("n.").name(column).push(" = ").value();
            }
            Path::Parent { column } => {
                let (table, id) = (self.table_of(hop.parent), self.id_of(hop.parent));
                self.exists(table, id, column, hop.child);
            }
            Path::Table {
                table,
                parent,
                child,
                ..
            } => self.exists(table, parent, child, hop.child),
        }
        self.push(" FROM ").table(hop.child);
        self.push(" AS n WHERE n.");
        self.name(self.datamodel[at].column());
        self.push(" = ").value();
        self.lock();
    }

    fn exists(&mut self, table: &str, parent: &str, child: &str, model: ModelId) {
        self.push("EXISTS (SELECT 1 FROM ");
        self.text.table(table);
        self.push(" AS l WHERE l.").name(parent);
        self.push(" = ").value();
        self.push(" AND l.").name(child);
        self.push(" = n.").id(model).push(")");
    }

    fn children(&mut self, hop: Hop<'a>, of_all: bool) {
        let (table, parent, child) = self.columns(hop);
        self.push("SELECT ").name(child);
        self.push(" FROM ");
        self.text.table(table);
        self.push(" WHERE ").name(parent);
        if of_all {
            self.in_list(self.id_type(hop.parent));
        } else {
            self.push(" = ").value();
        }
        if matches!(hop.path, Path::Parent { .. }) {
            self.push(" AND ").name(child).push(" IS NOT NULL");
        }
    }

    fn links_beyond(&mut self, hop: Hop<'a>, set: bool) {
        let (_, _, child) = self.columns(hop);
        self.children(hop, true);
        if set {
            self.push(" AND NOT ").name(child);
            self.in_list(self.id_type(hop.child));
        }
        self.push(" LIMIT 1");
    }

    fn link(&mut self, hop: Hop<'a>, rows: usize) {
        match hop.path {
            Path::Parent { column } => self.set_link(hop.parent, column),
            Path::Child { column } => self.set_link(hop.child, column),
            Path::Table {
                table,
                parent,
                child,
                id,
            } => self.link_in_table([table, parent, child], id, 0..rows, |writer, _| {
                writer.value().push(", ").value();
            }),
        }
    }

    fn set_link(&mut self, model: ModelId, column: &str) {
        self.push("UPDATE ").table(model);
        self.push(" SET ").name(column).push(" = ").value();
        self.push(" WHERE ").id(model);
        self.push(" = ").value();
    }

    fn unlink(&mut self, hop: Hop<'a>, one: bool) {
        let (table, parent, child) = self.columns(hop);
        match hop.path {
            Path::Parent { column } | Path::Child { column } => {
                self.push("UPDATE ");
                self.text.table(table);
                self.push(" SET ").name(column).push(" = NULL");
            }
            Path::Table { .. } => {
                self.push("DELETE FROM ");
                self.text.table(table);
            }
        }
        self.push(" WHERE ").name(parent).push(" = ").value();
        if one {
            self.push(" AND ").name(child).push(" = ").value();
        }
    }

    /// Is it among the values of a list, which is one value?
    fn in_list(&mut self, ty: FieldType) {
        match self.dialect.list {
            List::Array => {
                self.push(" = ANY(").value().push(")");
            }
            List::JsonEach => {
                self.push(" IN (SELECT value FROM json_each(").value();
                self.push("))");
            }
            List::JsonTable => {
                let ty = self.dialect.layout.listed_type(ty);
                self.push(" IN (SELECT v FROM JSON_TABLE(").value();
                self.push(", '$[*]' COLUMNS (v ").push(ty);
                self.push(" PATH '$')) AS l)");
            }
        }
    }

    /// The values of a list, which is one value, as a table with the columns `v` and `o`, the position from 1.
    fn list(&mut self, ty: FieldType, alias: &str) {
        self.list_of(
            self.dialect.layout.column_type(ty).unwrap_or_default(),
            alias,
        );
    }

    fn list_of(&mut self, ty: &str, alias: &str) {
        match self.dialect.list {
            List::Array => {
                self.push("unnest(").value().push("::").push(ty);
                self.push("[]) WITH ORDINALITY AS ");
                self.push(alias).push("(v, o)");
            }
            List::JsonEach => {
                self.push("(SELECT value AS v, key + 1 AS o FROM json_each(");
                self.value().push(")) AS ").push(alias);
            }
            List::JsonTable => {
                self.push("JSON_TABLE(").value();
                self.push(", '$[*]' COLUMNS (o FOR ORDINALITY, v ").push(ty);
                self.push(" PATH '$')) AS ").push(alias);
            }
        }
    }

    /// Keeps other transactions from changing the rows that were found.
    fn lock(&mut self) {
        self.push(self.dialect.lock_rows.unwrap_or_default());
    }

    /// The table that holds the links, and in it the columns with the parent's and the child's id.
    fn columns(&self, hop: Hop<'a>) -> (&'a str, &'a str, &'a str) {
        match hop.path {
            Path::Parent { column } => (self.table_of(hop.parent), self.id_of(hop.parent), column),
            Path::Child { column } => (self.table_of(hop.child), column, self.id_of(hop.child)),
            Path::Table {
                table,
                parent,
                child,
                ..
            } => (table, parent, child),
        }
    }

    fn hop(&self, field: FieldId) -> Result<Hop<'a>, ConnectorError> {
        hop(self.datamodel, field).ok_or(NO_RELATION)
    }

    fn table_of(&self, model: ModelId) -> &'a str {
        self.datamodel[model].table()
    }

    fn id_type(&self, model: ModelId) -> FieldType {
        self.datamodel.id_type(model)
    }

    fn id_of(&self, model: ModelId) -> &'a str {
        id_column(self.datamodel, model)
    }

    fn push(&mut self, sql: &str) -> &mut Self {
        self.text.push(sql);
        self
    }

    fn name(&mut self, name: &str) -> &mut Self {
        self.text.name(name);
        self
    }

    fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> &mut Self {
        self.text.names(names);
        self
    }

    fn value(&mut self) -> &mut Self {
        self.text.value();
        self
    }

    fn table(&mut self, model: ModelId) -> &mut Self {
        let table = self.table_of(model);
        self.text.table(table);
        self
    }

    fn id(&mut self, model: ModelId) -> &mut Self {
        self.name(self.id_of(model))
    }
}
