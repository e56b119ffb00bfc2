//! Plans to levels.

use prisma_connector::{
    ConnectionRead, ConnectorError, EdgeRead, Filter, Find, One, Order, Page, Read, ReadPlan,
    Selected, Slot,
};
use prisma_datamodel::{Arity, Datamodel, FieldId, FieldType, ModelId, ScalarType};

use super::level::{
    Bind, Connection, EdgeShape, Edges, Field, FieldRead, Key, Level, Part, PartShape, Query, Root,
    Shape,
};
use super::select::{FOREIGN, Select};
use crate::dialect::Dialect;
use crate::layout::{id_column, list_table};
use crate::link::{Path, hop};

/// Prepares a plan.
pub(super) fn root(
    datamodel: &Datamodel,
    dialect: &'static Dialect,
    plan: &ReadPlan,
) -> Result<Root, ConnectorError> {
    let maker = Maker { datamodel, dialect };
    Ok(match plan {
        ReadPlan::One(one) => Root::One(maker.one(one)?),
        ReadPlan::Many(find) => Root::Many(maker.many(find, None)?),
        ReadPlan::Connection(connection) => Root::Connection(maker.connection(connection)?),
        ReadPlan::Node(node) => Root::Node {
            id: node.id,
            candidates: node
                .candidates
                .iter()
                .filter_map(|(model, select)| Some((maker.id_type(*model)?, *model, select)))
                .map(|(ty, model, select)| {
                    let one = One {
                        model,
                        field: datamodel[model].id,
                        value: node.id,
                        select: select.clone(),
                    };
                    Ok((ty, maker.one(&one)?))
                })
                .collect::<Result<_, ConnectorError>>()?,
        },
    })
}

/// See [`crate::read::matching`].
pub(super) fn matching(
    datamodel: &Datamodel,
    dialect: &'static Dialect,
    model: ModelId,
    via: Option<FieldId>,
    filter: &Filter,
) -> Result<Query, ConnectorError> {
    let maker = Maker { datamodel, dialect };
    let mut select = Select::new(datamodel, dialect);
    let alias = select.next_alias();
    select.text.push("SELECT ");
    select.column(alias, id_column(datamodel, model));
    select.text.push(" FROM ");
    match via {
        Some(field) => {
            maker.related(&mut select, alias, field, model)?;
            select.text.push(" AND ");
        }
        None => {
            select.table(model, alias).push(" WHERE ");
        }
    }
    select.condition(alias, filter)?;
    Ok(select.into_query())
}

/// What all preparations need.
#[derive(Clone, Copy)]
struct Maker<'a> {
    datamodel: &'a Datamodel,
    dialect: &'static Dialect,
}

/// The columns that one statement answers.
#[derive(Default)]
struct Columns<'a>(Vec<&'a str>);

impl<'a> Columns<'a> {
    /// The position of a column, added if it is new.
    fn at(&mut self, name: &'a str) -> usize {
        let known = self.0.iter().position(|column| *column == name);
        known.unwrap_or_else(|| {
            self.0.push(name);
            self.0.len() - 1
        })
    }
}

impl<'a> Maker<'a> {
    fn id_type(self, model: ModelId) -> Option<ScalarType> {
        match self.datamodel.id_type(model) {
            FieldType::Scalar(ty) => Some(ty),
            FieldType::Enum(_) | FieldType::Relation(..) => None,
        }
    }

    fn one(self, one: &One) -> Result<Level, ConnectorError> {
        let filter = Filter::Scalar {
            field: one.field,
            comparison: prisma_connector::Comparison::Equals,
            value: one.value,
        };
        let mut columns = Columns::default();
        let shape = self.shape(&one.select, &mut columns)?;
        let mut select = Select::new(self.datamodel, self.dialect);
        let alias = select.next_alias();
        list_columns(&mut select, alias, &columns, "");
        select.text.push(" FROM ");
        select.table(one.model, alias).push(" WHERE ");
        select.condition(alias, &filter)?;
        Ok(level(select.into_query(), &columns, shape))
    }

    fn many(self, find: &Find, via: Option<FieldId>) -> Result<Level, ConnectorError> {
        let mut columns = Columns::default();
        let shape = self.shape(&find.select, &mut columns)?;
        let query = self.page(find, via, &columns, Bind::Slot)?;
        Ok(level(query, &columns, shape))
    }

    fn to_one(
        self,
        field: FieldId,
        model: ModelId,
        selected: &[Selected],
    ) -> Result<Level, ConnectorError> {
        let mut columns = Columns::default();
        let shape = self.shape(selected, &mut columns)?;
        let mut select = Select::new(self.datamodel, self.dialect);
        let alias = select.next_alias();
        list_columns(&mut select, alias, &columns, "");
        select.text.push(" FROM ");
        self.related(&mut select, alias, field, model)?;
        // Rows written by others may break the promise of one.
        select.text.push(" LIMIT 1");
        Ok(level(select.into_query(), &columns, shape))
    }

    fn shape(
        self,
        selected: &[Selected],
        columns: &mut Columns<'a>,
    ) -> Result<Shape, ConnectorError> {
        let fields = selected
            .iter()
            .map(|selected| {
                Ok(Field {
                    name: selected.key.clone(),
                    key: json_key(&selected.key),
                    selection: selected.id,
                    read: self.field(&selected.read, columns)?,
                })
            })
            .collect::<Result<_, ConnectorError>>()?;
        Ok(Shape { fields })
    }

    fn field(self, read: &Read, columns: &mut Columns<'a>) -> Result<FieldRead, ConnectorError> {
        let datamodel = self.datamodel;
        Ok(match read {
            Read::Literal(text) => FieldRead::Literal(text.clone()),
            Read::Scalar(id) => {
                let field = &datamodel[*id];
                FieldRead::Cell {
                    column: columns.at(field.column()),
                    ty: field.ty,
                    required: field.arity == Arity::Required,
                }
            }
            Read::ScalarList(id) => FieldRead::List {
                parent: Key {
                    column: columns.at(id_column(datamodel, datamodel[*id].model)),
                },
                query: self.list(*id),
                ty: datamodel[*id].ty,
            },
            Read::ToOne { field, select } => FieldRead::ToOne {
                parent: self.key(*field, columns)?,
                level: Box::new(self.to_one(
                    *field,
                    datamodel.related_model(*field).ok_or(FOREIGN)?,
                    select,
                )?),
                required: datamodel[*field].arity == Arity::Required,
            },
            Read::ToMany { field, find } => FieldRead::ToMany {
                parent: self.key(*field, columns)?,
                level: Box::new(self.many(find, Some(*field))?),
            },
            Read::Refused => FieldRead::Refused,
        })
    }

    /// The column of the parent's row that its children are found by.
    fn key(self, field: FieldId, columns: &mut Columns<'a>) -> Result<Key, ConnectorError> {
        let hop = hop(self.datamodel, field).ok_or(FOREIGN)?;
        let column = match hop.path {
            Path::Parent { column } => column,
            Path::Child { .. } | Path::Table { .. } => id_column(self.datamodel, hop.parent),
        };
        Ok(Key {
            column: columns.at(column),
        })
    }

    /// The values of a list of scalars.
    fn list(self, field: FieldId) -> Query {
        let mut select = Select::new(self.datamodel, self.dialect);
        let text = select.text.push("SELECT ").name("value").push(" FROM ");
        text.name(&list_table(self.datamodel, field))
            .push(" WHERE ")
            .name("nodeId")
            .push(" = ");
        select
            .bind(Bind::Parent)
            .push(" ORDER BY ")
            .name("position");
        select.into_query()
    }

    /// Appends the tables of the related nodes and the condition that links them to the parent.
    fn related(
        self,
        select: &mut Select<'a>,
        alias: u32,
        field: FieldId,
        model: ModelId,
    ) -> Result<(), ConnectorError> {
        let hop = hop(self.datamodel, field).ok_or(FOREIGN)?;
        match hop.path {
            Path::Child { column } => {
                select.table(model, alias).push(" WHERE ");
                select.column(alias, column).push(" = ");
            }
            Path::Parent { .. } => {
                select.table(model, alias).push(" WHERE ");
                let id = id_column(self.datamodel, model);
                select.column(alias, id).push(" = ");
            }
            Path::Table {
                table,
                parent,
                child,
                ..
            } => {
                let link = select.next_alias();
                select.named_table(table, link).push(" JOIN ");
                select.table(model, alias).push(" ON ");
                let id = id_column(self.datamodel, model);
                select.column(alias, id).push(" = ");
                select.column(link, child).push(" WHERE ");
                select.column(link, parent).push(" = ");
            }
        }
        select.bind(Bind::Parent);
        Ok(())
    }

    /// Filter, order, cursors, skip, first or last (api.md §3.6). `last` takes from the reversed order, and an outer
    /// statement turns the rows around again.
    fn page(
        self,
        find: &Find,
        via: Option<FieldId>,
        columns: &Columns<'_>,
        limit: fn(Slot) -> Bind,
    ) -> Result<Query, ConnectorError> {
        let mut select = Select::new(self.datamodel, self.dialect);
        let alias = select.next_alias();
        let order = self.order(find);
        let backward = find.page.last.is_some();
        if backward {
            outer_columns(&mut select, columns);
        }
        list_columns(&mut select, alias, columns, if backward { "c" } else { "" });
        if backward {
            for (position, key) in order.keys().enumerate() {
                select.text.push(", ");
                select
                    .column(alias, key.0)
                    .push(&format!(" AS o{position}"));
            }
        }
        select.text.push(" FROM ");
        let separator = match via {
            Some(field) => {
                self.related(&mut select, alias, field, find.model)?;
                " AND "
            }
            None => {
                select.table(find.model, alias);
                " WHERE "
            }
        };
        self.window(&mut select, alias, find, &order, separator)?;
        select.text.push(" ORDER BY ");
        for (position, (column, descending)) in order.keys().enumerate() {
            select.text.push(if position == 0 { "" } else { ", " });
            select.column(alias, column);
            select
                .text
                .push(if descending == backward { "" } else { " DESC" });
        }
        limits(&mut select, find.page, limit);
        if backward {
            select.text.push(") ORDER BY ");
            for (position, (_, descending)) in order.keys().enumerate() {
                let comma = if position == 0 { "" } else { ", " };
                let direction = if descending { " DESC" } else { "" };
                select.text.push(&format!("{comma}o{position}{direction}"));
            }
        }
        Ok(select.into_query())
    }

    fn order(self, find: &Find) -> Ordering<'a> {
        let id = id_column(self.datamodel, find.model);
        match find.order {
            Some(Order { field, descending }) if field == self.datamodel[find.model].id => {
                Ordering {
                    by: None,
                    id,
                    id_descending: descending,
                }
            }
            Some(Order { field, descending }) => Ordering {
                by: Some((self.datamodel[field].column(), descending)),
                id,
                id_descending: false,
            },
            None => Ordering {
                by: None,
                id,
                id_descending: false,
            },
        }
    }

    /// Appends the filter and the cursors.
    fn window(
        self,
        select: &mut Select<'a>,
        alias: u32,
        find: &Find,
        order: &Ordering<'_>,
        mut separator: &str,
    ) -> Result<(), ConnectorError> {
        if find.filter != Filter::TRUE {
            select.text.push(separator);
            separator = " AND ";
            select.condition(alias, &find.filter)?;
        }
        for (cursor, behind) in [(find.page.after, true), (find.page.before, false)] {
            if let Some(slot) = cursor {
                select.text.push(separator);
                separator = " AND ";
                self.cursor(select, alias, find.model, order, (slot, behind));
            }
        }
        Ok(())
    }

    /// Rows behind or before a node. Its position is read from its row, so a node that is not there, and one without
    /// a value to order by, compare as unknown and leave nothing.
    fn cursor(
        self,
        select: &mut Select<'a>,
        alias: u32,
        model: ModelId,
        order: &Ordering<'_>,
        (slot, behind): (Slot, bool),
    ) {
        let operator = |descending: bool| if descending == behind { " < " } else { " > " };
        let of_cursor = |select: &mut Select<'a>, column: &str| {
            let other = select.next_alias();
            select.text.push("(SELECT ");
            select.column(other, column).push(" FROM ");
            select.table(model, other).push(" WHERE ");
            select.column(other, order.id).push(" = ");
            select.bind(Bind::Slot(slot)).push(")");
        };
        let Some((column, descending)) = order.by else {
            select.column(alias, order.id);
            select.text.push(operator(order.id_descending));
            of_cursor(select, order.id);
            return;
        };
        select.text.push("(");
        select.column(alias, column).push(operator(descending));
        of_cursor(select, column);
        select.text.push(" OR (");
        select.column(alias, column).push(" = ");
        of_cursor(select, column);
        select.text.push(" AND ");
        select.column(alias, order.id).push(operator(false));
        select.bind(Bind::Slot(slot)).push("))");
    }

    fn connection(
        self,
        connection: &prisma_connector::Connection,
    ) -> Result<Connection, ConnectorError> {
        let find = &connection.find;
        let mut columns = Columns::default();
        let id = columns.at(id_column(self.datamodel, find.model));
        let mut has_nodes = false;
        let parts = connection
            .parts
            .iter()
            .map(|part| {
                let shape = match &part.read {
                    ConnectionRead::Literal(text) => PartShape::Literal(text.clone()),
                    ConnectionRead::Aggregate(fields) => PartShape::Aggregate(keyed(fields)),
                    ConnectionRead::PageInfo(fields) => {
                        has_nodes = true;
                        PartShape::PageInfo(keyed(fields))
                    }
                    ConnectionRead::Edges(fields) => {
                        has_nodes = true;
                        PartShape::Edges(self.edges(fields, &mut columns)?)
                    }
                };
                Ok(Part {
                    key: json_key(&part.key),
                    shape,
                })
            })
            .collect::<Result<_, ConnectorError>>()?;
        let nodes = has_nodes
            .then(|| self.page(find, None, &columns, Bind::OneMore))
            .transpose()?
            .map(|query| level(query, &columns, Shape::default()));
        let count = (!has_nodes).then(|| self.count(find)).transpose()?;
        Ok(Connection {
            nodes,
            id,
            count,
            limit: find.page.first.or(find.page.last),
            backward: find.page.last.is_some(),
            parts,
        })
    }

    fn edges(
        self,
        fields: &[prisma_connector::EdgePart],
        columns: &mut Columns<'a>,
    ) -> Result<Edges, ConnectorError> {
        fields
            .iter()
            .map(|part| {
                let shape = match &part.read {
                    EdgeRead::Literal(text) => EdgeShape::Literal(text.clone()),
                    EdgeRead::Cursor => EdgeShape::Cursor,
                    EdgeRead::Node(select) => EdgeShape::Node(self.shape(select, columns)?),
                };
                Ok((json_key(&part.key), shape))
            })
            .collect()
    }

    /// How many nodes a page has.
    fn count(self, find: &Find) -> Result<Query, ConnectorError> {
        let mut select = Select::new(self.datamodel, self.dialect);
        let alias = select.next_alias();
        let order = self.order(find);
        if find.page.is_whole() {
            select.text.push("SELECT COUNT(*) FROM ");
        } else {
            select.text.push("SELECT COUNT(*) FROM (SELECT 1 FROM ");
        }
        select.table(find.model, alias);
        self.window(&mut select, alias, find, &order, " WHERE ")?;
        if !find.page.is_whole() {
            limits(&mut select, find.page, Bind::Slot);
            select.text.push(")");
        }
        Ok(select.into_query())
    }
}

/// An order with its tie-break.
struct Ordering<'a> {
    by: Option<(&'a str, bool)>,
    id: &'a str,
    id_descending: bool,
}

impl<'a> Ordering<'a> {
    /// Columns, each with whether the greatest comes first.
    fn keys(&self) -> impl Iterator<Item = (&'a str, bool)> {
        self.by.into_iter().chain([(self.id, self.id_descending)])
    }
}

fn level(query: Query, columns: &Columns<'_>, shape: Shape) -> Level {
    Level {
        query,
        width: columns.0.len(),
        shape,
    }
}

/// Appends `SELECT` and the columns; with a prefix each gets a name: `c0`, `c1` …
fn list_columns(select: &mut Select<'_>, alias: u32, columns: &Columns<'_>, prefix: &str) {
    select.text.push("SELECT ");
    if columns.0.is_empty() {
        select.text.push("1");
    }
    for (position, column) in columns.0.iter().enumerate() {
        select.text.push(if position == 0 { "" } else { ", " });
        select.column(alias, column);
        if !prefix.is_empty() {
            select.text.push(&format!(" AS {prefix}{position}"));
        }
    }
}

fn outer_columns(select: &mut Select<'_>, columns: &Columns<'_>) {
    select.text.push("SELECT ");
    if columns.0.is_empty() {
        select.text.push("1");
    }
    for position in 0..columns.0.len() {
        let comma = if position == 0 { "" } else { ", " };
        select.text.push(&format!("{comma}c{position}"));
    }
    select.text.push(" FROM (");
}

fn limits(select: &mut Select<'_>, page: Page, limit: fn(Slot) -> Bind) {
    match page.first.or(page.last) {
        Some(slot) => {
            select.text.push(" LIMIT ");
            select.bind(limit(slot));
        }
        // An offset needs a limit before it; a negative one is none.
        None if page.skip.is_some() => {
            select.text.push(" LIMIT -1");
        }
        None => {}
    }
    if let Some(slot) = page.skip {
        select.text.push(" OFFSET ");
        select.bind(Bind::Slot(slot));
    }
}

fn keyed<T: Clone>(fields: &[(Box<str>, T)]) -> Vec<(Box<[u8]>, T)> {
    fields
        .iter()
        .map(|(key, read)| (json_key(key), read.clone()))
        .collect()
}

/// A response key as JSON, with the colon. GraphQL names need no escapes.
fn json_key(name: &str) -> Box<[u8]> {
    format!("\"{name}\":").into_bytes().into()
}
