//! Filters as SQL conditions (api.md §3.2 to §3.4).

use prisma_connector::{Comparison, ConnectorError, Filter, Quantifier, Slot};
use prisma_datamodel::FieldId;
use sea_query::{BinOper, Expr, ExprTrait as _, JoinType, Query, SelectStatement};

use super::builder::{Builder, Parents, Table, column, name, slot};
use super::query::{Derived, ESCAPE};
use crate::link::Path;

impl Builder<'_> {
    /// Restricts a statement to the rows of a table that satisfy a filter.
    ///
    /// A condition on a related node that must hold becomes a join where the row itself has the link: it can find
    /// no second row, and the database may start from either end. Everything else becomes a condition.
    pub(super) fn restrict(
        &mut self,
        select: &mut SelectStatement,
        table: Table,
        filter: &Filter,
    ) -> Result<(), ConnectorError> {
        match filter {
            Filter::And(filters) => {
                for filter in filters {
                    self.restrict(select, table, filter)?;
                }
                return Ok(());
            }
            Filter::Related {
                field,
                quantifier: Quantifier::Some,
                filter,
            } => {
                let hop = self.hop(*field)?;
                if let Path::Parent { column: link } = hop.path {
                    let related = self.table(hop.child);
                    let on = self.id(related).eq(column(table, link));
                    let stored = self.stored(related);
                    select.join_as(JoinType::InnerJoin, stored, name(related), on);
                    return self.restrict(select, related, filter);
                }
            }
            _ => {}
        }
        let condition = self.condition(table, filter)?;
        select.and_where(condition);
        Ok(())
    }

    /// A filter as one expression, true, false or unknown.
    fn condition(&mut self, table: Table, filter: &Filter) -> Result<Expr, ConnectorError> {
        Ok(match filter {
            Filter::And(filters) => self.each(table, filters, BinOper::And)?,
            Filter::Or(filters) => self.each(table, filters, BinOper::Or)?,
            Filter::Not(filter) => self.condition(table, filter)?.not(),
            Filter::Null(field) => self.field(table, *field)?.is_null(),
            Filter::Scalar {
                field,
                comparison,
                value,
            } => self.comparison(table, *field, *comparison, *value)?,
            Filter::Related {
                field,
                quantifier,
                filter,
            } => self.related(table, *field, *quantifier, filter)?,
        })
    }

    fn each(
        &mut self,
        table: Table,
        filters: &[Filter],
        operator: BinOper,
    ) -> Result<Expr, ConnectorError> {
        let conditions = filters
            .iter()
            .map(|filter| self.condition(table, filter))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(chain(conditions, operator))
    }

    fn comparison(
        &mut self,
        table: Table,
        id: FieldId,
        comparison: Comparison,
        value: Slot,
    ) -> Result<Expr, ConnectorError> {
        let field = self.field(table, id)?;
        let (before, behind) = match comparison {
            Comparison::Equals => return Ok(field.eq(slot(value))),
            Comparison::In => {
                let ty = self.datamodel[id].ty;
                return Ok(self.among(field, ty, slot(value)));
            }
            Comparison::Less => return Ok(field.lt(slot(value))),
            Comparison::LessOrEqual => return Ok(field.lte(slot(value))),
            Comparison::Greater => return Ok(field.gt(slot(value))),
            Comparison::GreaterOrEqual => return Ok(field.gte(slot(value))),
            Comparison::Contains => (true, true),
            Comparison::StartsWith => (false, true),
            Comparison::EndsWith => (true, false),
        };
        let pattern = self.derive(Derived::Pattern {
            slot: value,
            before,
            behind,
        })?;
        let escape = Expr::cust(format!("'{ESCAPE}'"));
        let pattern = pattern.expr().binary(BinOper::Escape, escape);
        Ok(field.binary(BinOper::Like, pattern))
    }

    fn related(
        &mut self,
        table: Table,
        field: FieldId,
        quantifier: Quantifier,
        filter: &Filter,
    ) -> Result<Expr, ConnectorError> {
        let hop = self.hop(field)?;
        let parent = match hop.path {
            Path::Parent { column: link } => column(table, link),
            Path::Child { .. } | Path::Table { .. } => self.id(table),
        };
        let related = self.table(hop.child);
        let mut select = Query::select();
        select.expr(Expr::cust("1"));
        self.children(&mut select, related, hop, &Parents::One(parent));
        if quantifier == Quantifier::Every {
            let condition = self.condition(related, filter)?.not();
            select.and_where(condition);
        } else {
            self.restrict(&mut select, related, filter)?;
        }
        let exists = Expr::exists(select);
        Ok(match quantifier {
            Quantifier::Some => exists,
            Quantifier::Every | Quantifier::None => exists.not(),
        })
    }
}

/// Databases limit the depth of an expression, and a chain is as deep as it is long.
const LONGEST_CHAIN: usize = 64;

/// All conditions with an operator in between; of none, what changes nothing in such a chain.
fn chain(mut conditions: Vec<Expr>, operator: BinOper) -> Expr {
    while conditions.len() > LONGEST_CHAIN {
        let mut conditions_left = conditions.into_iter().peekable();
        conditions = Vec::new();
        while conditions_left.peek().is_some() {
            let group = conditions_left.by_ref().take(LONGEST_CHAIN).collect();
            conditions.push(Expr::tuple([chain(group, operator)]));
        }
    }
    let empty = if operator == BinOper::And {
        "TRUE"
    } else {
        "FALSE"
    };
    conditions
        .into_iter()
        .reduce(|all, next| all.binary(operator, next))
        .unwrap_or_else(|| Expr::cust(empty))
}
