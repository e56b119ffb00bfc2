//! What all statements of a read are built with: names, parameters, and the way along relations.

use prisma_connector::{ConnectorError, Format, Slot};
use prisma_datamodel::{Datamodel, FieldId, FieldType, ModelId, ScalarType};
use sea_query::{
    Alias, Expr, ExprTrait as _, Func, JoinType, Query as Sql, SelectStatement, TableRef,
};

use super::query::{Derived, Param, Query, Token};
use super::tree::Level;
use crate::dialect::List;
use crate::layout::id_column;
use crate::link::{Hop, Path, hop};
use crate::namespace::Namespace;

/// How many related tables that a filter asks for a database may reorder. With each one more the ways to do so multiply:
/// PostgreSQL plans forty for a second, and for hundreds it does not end. MySQL has 61 tables in a statement at most, SQLite
/// 64.
const MOST_JOINS: usize = 8;

pub(super) const NO_RELATION: ConnectorError =
    ConnectorError::Plan("a relation field is needed here");

/// Builds the statements of one read.
pub(crate) struct Builder<'a> {
    pub(super) datamodel: &'a Datamodel,
    pub(super) namespace: &'a Namespace,
    derived: Vec<Derived>,
    /// The statements of one root, while they are made; each is known once it is closed.
    pub(super) levels: Vec<Option<Level>>,
    tables: usize,
    /// How the answer is written.
    pub(super) format: Format,
    /// How many more related tables a database may reorder in the current statement.
    pub(super) joins_left: usize,
}

/// A table in a statement: its model and the name it goes by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) model: ModelId,
    pub(super) number: usize,
    /// The relation field whose links the table holds, where they stand for the nodes: nothing but their ids is there.
    link: Option<FieldId>,
}

/// Whose children a statement finds.
#[derive(Clone, Debug)]
pub(super) enum Parents {
    /// Those of the parent with this key.
    One(Expr),
    /// Those of all parents whose keys are in a list.
    All(Expr),
}

impl<'a> Builder<'a> {
    pub(crate) fn new(datamodel: &'a Datamodel, namespace: &'a Namespace, format: Format) -> Self {
        Self {
            datamodel,
            namespace,
            derived: Vec::new(),
            levels: Vec::new(),
            tables: 0,
            format,
            joins_left: MOST_JOINS,
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

    /// What a field of this type is compared with.
    pub(super) fn operand(&mut self, ty: FieldType, slot: Slot) -> Result<Param, ConnectorError> {
        if self.is_narrow(ty) {
            self.derive(Derived::Narrow(slot))
        } else {
            Ok(Param::Slot(slot))
        }
    }

    /// Does a field of this type take no wide characters?
    pub(super) fn is_narrow(&self, ty: FieldType) -> bool {
        self.namespace.dialect.narrow_ids && ty == FieldType::Scalar(ScalarType::Id)
    }

    /// Starts a statement: names of tables count from 0 in each, so that equal statements have equal texts.
    pub(super) fn start(&mut self, model: ModelId) -> Table {
        self.tables = 0;
        self.joins_left = MOST_JOINS;
        self.table(model)
    }

    pub(super) fn table(&mut self, model: ModelId) -> Table {
        let number = self.tables;
        self.tables += 1;
        Table {
            model,
            number,
            link: None,
        }
    }

    pub(super) fn finish(&self, select: &SelectStatement) -> Result<Query, ConnectorError> {
        Query::new(self.namespace.dialect, select)
    }

    /// The name of a model's table in the database.
    pub(super) fn stored(&self, table: Table) -> TableRef {
        self.namespace.table(self.datamodel[table.model].table())
    }

    /// The nodes behind the links of a relation field, as a table that holds the links knows them.
    pub(super) fn linked_nodes(&self, links: Table, field: FieldId, hop: Hop<'_>) -> Table {
        Table {
            model: hop.child,
            number: links.number,
            link: Some(field),
        }
    }

    pub(super) fn id(&self, table: Table) -> Expr {
        let link = table.link.and_then(|field| hop(self.datamodel, field));
        match link.map(|hop| hop.path) {
            Some(Path::Parent { column: id } | Path::Table { child: id, .. }) => column(table, id),
            Some(Path::Child { .. }) | None => {
                column(table, id_column(self.datamodel, table.model))
            }
        }
    }

    pub(super) fn field(&self, table: Table, field: FieldId) -> Result<Expr, ConnectorError> {
        if table.link.is_some() {
            return if field == self.datamodel[table.model].id {
                Ok(self.id(table))
            } else {
                Err(ConnectorError::Plan("a link holds nothing but an id"))
            };
        }
        let definition = &self.datamodel[field];
        if definition.model != table.model || !definition.is_column() {
            return Err(ConnectorError::Plan("a field is no column of this model"));
        }
        Ok(column(table, definition.column()))
    }

    pub(super) fn hop(&self, field: FieldId) -> Result<Hop<'a>, ConnectorError> {
        hop(self.datamodel, field).ok_or(NO_RELATION)
    }

    /// Is it among the values of a list, which is one parameter whatever its length?
    pub(super) fn among(&self, operand: Expr, ty: FieldType, list: Expr) -> Expr {
        let dialect = self.namespace.dialect;
        let values = Alias::new("l");
        let value = (values.clone(), Alias::new("value"));
        let function = match dialect.list {
            List::Array => return operand.eq(Func::cust(Alias::new("ANY")).arg(list)),
            List::JsonEach => Func::cust(Alias::new("json_each")).arg(list),
            List::JsonTable => {
                let ty = dialect.layout.listed_type(ty);
                let columns = format!("?, '$[*]' COLUMNS (value {ty} PATH '$')");
                Func::cust(Alias::new("JSON_TABLE")).arg(Expr::cust_with_expr(columns, list))
            }
        };
        operand.in_subquery(
            Sql::select()
                .column(value)
                .from_function(function, values)
                .take(),
        )
    }

    /// Is it among the keys of all parents?
    pub(super) fn among_keys(&self, operand: Expr, ty: FieldType, keys: Expr) -> Expr {
        let dialect = self.namespace.dialect;
        if dialect.list != List::JsonTable {
            return self.among(operand, ty, keys);
        }
        let ty = dialect.layout.listed_type(ty);
        let text = format!(
            "? IN ?(SELECT `l`.`value` FROM JSON_TABLE(?, '$[*]' COLUMNS (value {ty} PATH '$')) AS `l`)?"
        );
        let [begin, end] = [Token::KeysBegin, Token::KeysEnd].map(Token::expr);
        Expr::cust_with_exprs(text, [operand, begin, keys, end])
    }

    /// Adds the nodes that parents are linked to through a relation field; answers what is equal to the parent's key
    /// in each row. A key is the parent's id; where the parent's own row has the link, the child's id that it holds.
    pub(super) fn children(
        &mut self,
        select: &mut SelectStatement,
        children: Table,
        hop: Hop<'_>,
        parents: &Parents,
    ) -> Expr {
        let stored = self.stored(children);
        let key = match hop.path {
            Path::Parent { .. } => {
                select.from_as(stored, name(children));
                self.id(children)
            }
            Path::Child { column: link } => {
                select.from_as(stored, name(children));
                column(children, link)
            }
            Path::Table {
                table,
                parent: above,
                child: below,
                ..
            } => {
                let links = self.table(children.model);
                select.from_as(self.namespace.table(table), name(links));
                let on = self.id(children).eq(column(links, below));
                select.join_as(JoinType::InnerJoin, stored, name(children), on);
                column(links, above)
            }
        };
        let of_parents = match parents {
            Parents::One(parent) => key.clone().eq(parent.clone()),
            Parents::All(parents) => {
                let ty = match hop.path {
                    Path::Parent { .. } => self.datamodel.id_type(hop.child),
                    Path::Child { .. } | Path::Table { .. } => self.datamodel.id_type(hop.parent),
                };
                self.among_keys(key.clone(), ty, parents.clone())
            }
        };
        select.and_where(of_parents);
        key
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
