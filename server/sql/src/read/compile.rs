//! Plans to statements and shapes.

mod connection;
mod level;

use std::sync::Arc;

use prisma_connector::{
    ConnectorError, Filter, Find, Format, Node, Page, PathSegment, Read, ReadPlan, Selected,
    SelectionId,
};
use prisma_datamodel::{Arity, FieldId, FieldType, ModelId};
use sea_query::{Alias, CaseStatement, Expr, ExprTrait as _, Order, Query as Sql, SelectStatement};

use self::level::{Above, Columns, Keys};
use super::builder::{Builder, Parents, Table, column, name};
use super::parts::Parts;
use super::query::{Derived, Param, Query};
use super::shape::{Answered, Child, ChildRead, List, One, Part, Place, Root, RootRow, Shape};
use crate::json::Form;
use crate::layout::{id_column, list_table};
use crate::link::{Hop, Path};

/// A shape being put together.
#[derive(Debug)]
struct Draft {
    parts: Parts<Part>,
    children: Vec<Child>,
}

impl Draft {
    fn new(format: Format) -> Self {
        Self {
            parts: Parts::new(format, Part::Fixed),
            children: Vec::new(),
        }
    }

    fn child(&mut self, place: Place, read: ChildRead, relation: Option<Answered>) {
        self.parts.push(Part::Child(self.children.len()));
        self.children.push(Child {
            place,
            read,
            relation,
        });
    }

    fn finish(self) -> Shape {
        Shape {
            format: self.parts.format(),
            parts: self.parts.finish(),
            children: self.children,
        }
    }
}

/// Compiles a plan.
pub(super) fn root(builder: &mut Builder<'_>, plan: &ReadPlan) -> Result<Root, ConnectorError> {
    Ok(match plan {
        ReadPlan::One(one) => {
            let value = builder.operand(builder.datamodel[one.field].ty, one.value)?;
            Root::One(builder.by_unique(one.model, one.field, value, &one.select)?)
        }
        ReadPlan::Many(find) => Root::Many(builder.list(find, None)?.0),
        ReadPlan::Connection(connection) => Root::Connection(builder.connection(connection)?),
        ReadPlan::Node(node) => Root::Node(builder.node(node)?),
    })
}

/// The nodes of a list, neither ordered nor limited.
struct Found {
    statement: SelectStatement,
    table: Table,
    /// The parent's key in each row, where the statement answers for all parents.
    key: Option<Key>,
}

/// What is equal to the parent's key in each row.
struct Key {
    expression: Expr,
    ty: FieldType,
}

impl<'a> Builder<'a> {
    fn by_unique(
        &mut self,
        model: ModelId,
        field: FieldId,
        value: Param,
        select: &[Selected],
    ) -> Result<RootRow, ConnectorError> {
        let (shape, columns) = self.object(model, select)?;
        let names = columns.names.as_slice().into();
        let table = self.start(model);
        let mut statement = self.all(table);
        let field = self.field(table, field)?;
        statement.and_where(field.eq(value.expr()));
        let answered = self.columns(table, &columns);
        self.answer(&mut statement, answered);
        let one = One {
            source: self.root_source(statement, columns)?,
            shape,
            key: None,
        };
        Ok(RootRow {
            one,
            columns: names,
        })
    }

    /// Which candidate has the id? Tables behind the first hit are not looked at.
    fn node(&mut self, node: &Node) -> Result<super::shape::Node, ConnectorError> {
        let mut candidates = Vec::with_capacity(node.candidates.len());
        let mut probe = CaseStatement::new();
        for (position, (model, select)) in node.candidates.iter().enumerate() {
            let ty = self.datamodel.id_type(*model);
            let id = self.derive(Derived::Id {
                slot: node.id,
                ty,
                narrow: self.is_narrow(ty),
            })?;
            let id_field = self.datamodel[*model].id;
            candidates.push(self.by_unique(*model, id_field, id, select)?);
            let table = self.start(*model);
            let mut found = self.all(table);
            found.expr(Expr::cust("1"));
            found.and_where(self.id(table).eq(id.expr()));
            probe = probe.case(Expr::exists(found), Expr::cust(position.to_string()));
        }
        let probe = match candidates.len() {
            0 | 1 => None,
            _ => Some(self.finish(&Sql::select().expr(probe).take())?),
        };
        Ok(super::shape::Node { probe, candidates })
    }

    /// A list of nodes: all of a model, or those that parents are linked to. Also the columns that it takes.
    fn list(
        &mut self,
        find: &Find,
        above: Option<Above<'_>>,
    ) -> Result<(List, Arc<[String]>), ConnectorError> {
        let (shape, mut columns) = self.object(find.model, &find.select)?;
        let names = columns.names.as_slice().into();
        let from_end = find.page.last.is_some();
        let Found {
            mut statement,
            table,
            key,
        } = self.found(find, above)?;
        let mut answered = self.columns(table, &columns);
        let key_column = key.is_some().then_some(answered.len());
        if let Some(Key { expression, ty }) = key {
            answered.push(expression);
            columns.types.push(ty);
        }
        let Page {
            first, last, skip, ..
        } = find.page;
        let source = if key_column.is_some() && first.or(last).or(skip).is_some() {
            statement = self.page_of_each(statement, table, find, answered)?;
            self.child_source(statement, columns)?
        } else {
            self.answer(&mut statement, answered);
            self.order(&mut statement, table, find.order, from_end)?;
            if above.is_some() {
                self.limit(&mut statement, &find.page, false)?;
                self.child_source(statement, columns)?
            } else {
                self.page_source(statement, columns, find, false)?
            }
        };
        let list = List {
            source,
            shape,
            key: key_column,
            from_end,
            nullable_elements: above.is_none(),
        };
        Ok((list, names))
    }

    /// Is it all of the nodes, in the order of their ids?
    fn is_whole(&self, find: &Find) -> bool {
        let by_id = |order: prisma_connector::Order| {
            order.field == self.datamodel[find.model].id && !order.descending
        };
        find.filter == Filter::TRUE && find.page.is_whole() && find.order.is_none_or(by_id)
    }

    /// The nodes of a list, neither ordered nor limited.
    fn found(&mut self, find: &Find, above: Option<Above<'_>>) -> Result<Found, ConnectorError> {
        let table = self.start(find.model);
        let (mut statement, key) = match above {
            None => (self.all(table), None),
            Some(above) => self.linked(table, above),
        };
        self.restrict(&mut statement, table, &find.filter)?;
        self.window(&mut statement, table, find.order, &find.page)?;
        Ok(Found {
            statement,
            table,
            key,
        })
    }

    /// The nodes that the parent is linked to, or all parents are; then also the parent's key in each row.
    fn linked(&mut self, table: Table, above: Above<'_>) -> (SelectStatement, Option<Key>) {
        let Above { hop, keys } = above;
        let mut statement = Sql::select();
        let parents = self.parents(keys);
        let expression = self.children(&mut statement, table, hop, &parents);
        let ty = self.datamodel.id_type(match hop.path {
            Path::Parent { .. } => hop.child,
            Path::Child { .. } | Path::Table { .. } => hop.parent,
        });
        let is_asked = matches!(parents, Parents::All(_));
        (statement, is_asked.then_some(Key { expression, ty }))
    }

    fn all(&self, table: Table) -> SelectStatement {
        Sql::select()
            .from_as(self.stored(table), name(table))
            .take()
    }

    fn columns(&self, table: Table, columns: &Columns) -> Vec<Expr> {
        let names = columns.names.iter();
        names.map(|stored| column(table, stored)).collect()
    }

    /// An object per row, and the columns it takes.
    fn object(
        &mut self,
        model: ModelId,
        select: &[Selected],
    ) -> Result<(Shape, Columns), ConnectorError> {
        let mut draft = Draft::new(self.format);
        let mut columns = self.open_level();
        self.members(&mut draft, &mut columns, model, select, &[])?;
        self.answer_something(&mut columns, model);
        Ok((draft.finish(), columns))
    }

    /// A statement answers at least the id.
    fn answer_something(&self, columns: &mut Columns, model: ModelId) {
        if columns.names.is_empty() {
            self.id_position(columns, model);
        }
    }

    fn id_position(&self, columns: &mut Columns, model: ModelId) -> usize {
        let ty = self.datamodel.id_type(model);
        columns.position(id_column(self.datamodel, model), ty)
    }

    /// Appends an object with its members; `above` is its place in the row's object.
    fn members(
        &mut self,
        draft: &mut Draft,
        columns: &mut Columns,
        model: ModelId,
        select: &[Selected],
        above: &[PathSegment],
    ) -> Result<(), ConnectorError> {
        draft.parts.object();
        for (position, selected) in select.iter().enumerate() {
            draft.parts.key(position, &selected.key);
            let place = place(above, &selected.key, selected.id);
            match &selected.read {
                Read::Literal(json) => draft.parts.literal(json),
                Read::Refused => draft.child(place, ChildRead::Refused, None),
                Read::Scalar(field) => {
                    let part = self.scalar(columns, model, *field, place)?;
                    draft.parts.push(part);
                }
                Read::ScalarList(field) => {
                    let column = self.id_position(columns, model);
                    let list = self.scalar_list(model, *field, columns.keys(column))?;
                    draft.child(place, ChildRead::Many { column, list }, None);
                }
                Read::ToOne { field, select } => {
                    let hop = self.own_hop(model, *field)?;
                    let column = self.link(columns, hop);
                    let keys = columns.keys(column);
                    let (one, names) = self.related_one(Above { hop, keys }, select)?;
                    let required = self.datamodel[*field].arity == Arity::Required;
                    let read = ChildRead::One {
                        column,
                        one,
                        required,
                    };
                    let relation = Answered {
                        field: *field,
                        columns: Some(names),
                    };
                    draft.child(place, read, Some(relation));
                }
                Read::ToMany { field, find } => {
                    let hop = self.own_hop(model, *field)?;
                    let column = self.link(columns, hop);
                    let keys = columns.keys(column);
                    let (list, names) = self.list(find, Some(Above { hop, keys }))?;
                    let relation = Answered {
                        field: *field,
                        columns: self.is_whole(find).then_some(names),
                    };
                    draft.child(place, ChildRead::Many { column, list }, Some(relation));
                }
            }
        }
        draft.parts.end_object();
        Ok(())
    }

    fn scalar(
        &self,
        columns: &mut Columns,
        model: ModelId,
        field: FieldId,
        place: Place,
    ) -> Result<Part, ConnectorError> {
        let definition = &self.datamodel[field];
        let form = Form::of(definition.ty)
            .filter(|_| definition.is_column() && definition.model == model)
            .ok_or(ConnectorError::Plan("a field is no scalar of this model"))?;
        Ok(Part::Cell {
            column: columns.position(definition.column(), definition.ty),
            form,
            required: (definition.arity == Arity::Required).then_some(place),
        })
    }

    fn own_hop(&self, model: ModelId, field: FieldId) -> Result<Hop<'a>, ConnectorError> {
        let hop = self.hop(field)?;
        if hop.parent == model {
            Ok(hop)
        } else {
            Err(ConnectorError::Plan("a relation field of another model"))
        }
    }

    /// The column of the parent that its children's statement takes.
    fn link(&self, columns: &mut Columns, hop: Hop<'_>) -> usize {
        match hop.path {
            Path::Parent { column } => {
                let ty = self.datamodel.id_type(hop.child);
                columns.position(column, ty)
            }
            Path::Child { .. } | Path::Table { .. } => self.id_position(columns, hop.parent),
        }
    }

    fn related_one(
        &mut self,
        above: Above<'_>,
        select: &[Selected],
    ) -> Result<(One, Arc<[String]>), ConnectorError> {
        let (shape, mut columns) = self.object(above.hop.child, select)?;
        let names = columns.names.as_slice().into();
        let table = self.start(above.hop.child);
        let (mut statement, key) = self.linked(table, above);
        let mut answered = self.columns(table, &columns);
        let key_column = key.is_some().then_some(answered.len());
        if let Some(Key { expression, ty }) = key {
            answered.push(expression);
            columns.types.push(ty);
        }
        self.answer(&mut statement, answered);
        let one = One {
            source: self.child_source(statement, columns)?,
            shape,
            key: key_column,
        };
        Ok((one, names))
    }

    /// The values of a list in stored order. Its table is no model's, but names work the same.
    fn scalar_list(
        &mut self,
        model: ModelId,
        field: FieldId,
        keys: Keys,
    ) -> Result<List, ConnectorError> {
        let definition = &self.datamodel[field];
        let form = Form::of(definition.ty)
            .filter(|_| definition.is_scalar_list() && definition.model == model)
            .ok_or(ConnectorError::Plan(
                "a field is no list of scalars of this model",
            ))?;
        let mut columns = self.open_level();
        let value = Part::Cell {
            column: columns.position("value", definition.ty),
            form,
            required: None,
        };
        let table = self.start(model);
        let stored = self.namespace.table(&list_table(self.datamodel, field));
        let mut statement = Sql::select()
            .from_as(stored, name(table))
            .order_by_expr(column(table, "position"), Order::Asc)
            .take();
        let (node, id_type) = (column(table, "nodeId"), self.datamodel.id_type(model));
        let key = match self.parents(keys) {
            Parents::One(parent) => {
                statement.and_where(node.eq(parent));
                None
            }
            Parents::All(parents) => {
                statement.and_where(self.among_keys(node, id_type, parents));
                Some(columns.position("nodeId", id_type))
            }
        };
        let answered = self.columns(table, &columns);
        self.answer(&mut statement, answered);
        Ok(List {
            source: self.child_source(statement, columns)?,
            shape: Shape {
                format: self.format,
                parts: vec![value],
                children: Vec::new(),
            },
            key,
            from_end: false,
            nullable_elements: true,
        })
    }

    /// The ids of the nodes that satisfy a condition, of all or of those that a parent is linked to.
    pub(super) fn ids(
        &mut self,
        model: ModelId,
        filter: &Filter,
        through: Option<FieldId>,
    ) -> Result<Query, ConnectorError> {
        let hop = through.map(|field| self.hop(field)).transpose()?;
        let table = self.start(model);
        let mut statement = match hop {
            None => self.all(table),
            Some(hop) => {
                let parent = match hop.path {
                    Path::Parent { column } => self.held(hop.parent, column),
                    Path::Child { .. } | Path::Table { .. } => Param::Parent.expr(),
                };
                let mut statement = Sql::select();
                self.children(&mut statement, table, hop, &Parents::One(parent));
                statement
            }
        };
        self.restrict(&mut statement, table, filter)?;
        self.order(&mut statement, table, None, false)?;
        statement.expr(self.id(table));
        self.finish(&statement)
    }

    /// What the row of the parent holds in a column.
    fn held(&mut self, parent: ModelId, link: &str) -> Expr {
        let row = self.table(parent);
        let select = Sql::select()
            .expr(column(row, link))
            .from_as(self.stored(row), name(row))
            .and_where(self.id(row).eq(Param::Parent.expr()))
            .take();
        Expr::SubQuery(None, Box::new(select.into()))
    }

    fn count(&mut self, find: &Find) -> Result<Query, ConnectorError> {
        let Found {
            mut statement,
            table,
            ..
        } = self.found(find, None)?;
        let page = &find.page;
        if page.first.is_none() && page.last.is_none() && page.skip.is_none() {
            statement.expr(Expr::cust("COUNT(*)"));
            return self.finish(&statement);
        }
        statement.expr(self.id(table));
        self.limit(&mut statement, page, false)?;
        let window = Alias::new("w");
        let count = Sql::select()
            .expr(Expr::cust("COUNT(*)"))
            .from_subquery(statement, window)
            .take();
        self.finish(&count)
    }
}

fn place(above: &[PathSegment], key: &str, selection: SelectionId) -> Place {
    let mut path = above.to_vec();
    path.push(PathSegment::Key(key.into()));
    Place { path, selection }
}
