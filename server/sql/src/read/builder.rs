//! What all statements of a read are built with: names, parameters, and the way along relations.

use prisma_connector::{ConnectorError, Slot};
use prisma_datamodel::{Datamodel, FieldId, ModelId};
use sea_query::{Alias, Expr, ExprTrait as _, SelectStatement};

use super::query::{Derived, Param, Query};
use crate::dialect::Dialect;
use crate::layout::id_column;
use crate::link::{Hop, Path, hop};

pub(super) const NO_RELATION: ConnectorError =
    ConnectorError::Plan("a relation field is needed here");

/// Builds the statements of one read.
pub(crate) struct Builder<'a> {
    pub(super) datamodel: &'a Datamodel,
    dialect: &'static Dialect,
    derived: Vec<Derived>,
    tables: usize,
}

/// A table in a statement: its model and the name it goes by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) model: ModelId,
    pub(super) number: usize,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(datamodel: &'a Datamodel, dialect: &'static Dialect) -> Self {
        Self {
            datamodel,
            dialect,
            derived: Vec::new(),
            tables: 0,
        }
    }

    /// The derived values that the statements refer to.
    pub(crate) fn into_derived(self) -> Vec<Derived> {
        self.derived
    }

    /// A parameter made of others.
    pub(super) fn derive(&mut self, derived: Derived) -> Result<Param, ConnectorError> {
        let index = self.derived.iter().position(|known| *known == derived);
        let index = index.unwrap_or_else(|| {
            self.derived.push(derived);
            self.derived.len() - 1
        });
        u16::try_from(index)
            .map(Param::Derived)
            .map_err(|_| ConnectorError::Plan("too many values"))
    }

    /// Starts a statement: names of tables count from 0 in each, so that equal statements have equal texts.
    pub(super) fn start(&mut self, model: ModelId) -> Table {
        self.tables = 0;
        self.table(model)
    }

    pub(super) fn table(&mut self, model: ModelId) -> Table {
        let number = self.tables;
        self.tables += 1;
        Table { model, number }
    }

    pub(super) fn finish(&self, select: &SelectStatement) -> Result<Query, ConnectorError> {
        Query::new(self.dialect, select)
    }

    /// The name of a model's table in the database.
    pub(super) fn stored(&self, table: Table) -> Alias {
        Alias::new(self.datamodel[table.model].table())
    }

    pub(super) fn id(&self, table: Table) -> Expr {
        column(table, id_column(self.datamodel, table.model))
    }

    pub(super) fn field(&self, table: Table, field: FieldId) -> Result<Expr, ConnectorError> {
        let definition = &self.datamodel[field];
        if definition.model != table.model || !definition.is_column() {
            return Err(ConnectorError::Plan("a field is no column of this model"));
        }
        Ok(column(table, definition.column()))
    }

    pub(super) fn hop(&self, field: FieldId) -> Result<Hop<'a>, ConnectorError> {
        hop(self.datamodel, field).ok_or(NO_RELATION)
    }

    /// Adds the nodes that a parent is linked to through a relation field. The parameter is the parent's id; where
    /// the parent's own row has the link, the child's id that it holds.
    pub(super) fn children(
        &mut self,
        select: &mut SelectStatement,
        children: Table,
        path: Path<'_>,
        parent: &Expr,
    ) {
        let stored = self.stored(children);
        match path {
            Path::Parent { .. } => {
                select.from_as(stored, name(children));
                select.and_where(self.id(children).eq(parent.clone()));
            }
            Path::Child { column: link } => {
                select.from_as(stored, name(children));
                select.and_where(column(children, link).eq(parent.clone()));
            }
            Path::Table {
                table,
                parent: above,
                child: below,
                ..
            } => {
                let links = self.table(children.model);
                select.from_as(Alias::new(table), name(links));
                let on = self.id(children).eq(column(links, below));
                select.join_as(sea_query::JoinType::InnerJoin, stored, name(children), on);
                select.and_where(column(links, above).eq(parent.clone()));
            }
        }
    }
}

/// The name of a table in a statement.
pub(super) fn name(table: Table) -> Alias {
    Alias::new(format!("t{}", table.number))
}

pub(super) fn column(table: Table, column: &str) -> Expr {
    Expr::col((name(table), Alias::new(column)))
}

pub(super) fn slot(slot: Slot) -> Expr {
    Param::Slot(slot).expr()
}
