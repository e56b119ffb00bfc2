//! Filters as SQL conditions (api.md §3.2 to §3.4).

use prisma_connector::{Comparison, ConnectorError, Filter, Quantifier, Slot};
use prisma_datamodel::FieldId;
use sea_query::{
    Alias, BinOper, CaseStatement, Expr, ExprTrait as _, Func, JoinType, Query, SelectStatement,
};

use super::builder::{Builder, Parents, Table, column, name, slot};
use super::query::{Derived, ESCAPE, Pattern};
use crate::link::{Hop, Path};

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
        let mut conditions = Vec::new();
        self.split(select, table, filter, &mut conditions)?;
        if conditions.len() > LONGEST_CHAIN {
            conditions = vec![chain(conditions, BinOper::And)];
        }
        for condition in conditions {
            select.and_where(condition);
        }
        Ok(())
    }

    /// Splits a filter that must hold into joins and conditions.
    fn split(
        &mut self,
        select: &mut SelectStatement,
        table: Table,
        filter: &Filter,
        conditions: &mut Vec<Expr>,
    ) -> Result<(), ConnectorError> {
        match filter {
            Filter::And(filters) => {
                for filter in filters {
                    self.split(select, table, filter, conditions)?;
                }
            }
            Filter::Related {
                field,
                quantifier: Quantifier::Some,
                filter,
            } if self.joins_left > 0 => {
                let hop = self.hop(*field)?;
                let Path::Parent { column: link } = hop.path else {
                    conditions.push(self.related(table, *field, Quantifier::Some, filter)?);
                    return Ok(());
                };
                if self.asks_for_ids(hop, filter) {
                    let linked = self.linked_nodes(table, *field, hop);
                    if !refuses_null(filter) {
                        conditions.push(column(table, link).is_not_null());
                    }
                    return self.split(select, linked, filter, conditions);
                }
                self.joins_left -= 1;
                let related = self.table(hop.child);
                let on = self.id(related).eq(column(table, link));
                let stored = self.stored(related);
                select.join_as(JoinType::InnerJoin, stored, name(related), on);
                self.split(select, related, filter, conditions)?;
            }
            _ => conditions.push(self.condition(table, filter)?),
        }
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
        let ty = self.datamodel[id].ty;
        let operand = self.operand(ty, value)?.expr();
        let (before, behind) = match comparison {
            Comparison::Equals => return Ok(field.eq(operand)),
            Comparison::In => return Ok(self.among(field, ty, slot(value))),
            Comparison::Less => return Ok(field.lt(operand)),
            Comparison::LessOrEqual => return Ok(field.lte(operand)),
            Comparison::Greater => return Ok(field.gt(operand)),
            Comparison::GreaterOrEqual => return Ok(field.gte(operand)),
            Comparison::Contains => (true, true),
            Comparison::StartsWith => (false, true),
            Comparison::EndsWith => (true, false),
        };
        self.like(
            field,
            Pattern {
                slot: value,
                before,
                behind,
                narrow: self.is_narrow(ty),
                longest: self.namespace.dialect.longest_pattern,
            },
        )
    }

    fn like(&mut self, field: Expr, pattern: Pattern) -> Result<Expr, ConnectorError> {
        let written = self.derive(Derived::Pattern(pattern))?;
        let escape = Expr::cust(format!("'{ESCAPE}'"));
        let escaped = written.expr().binary(BinOper::Escape, escape);
        let like = field.clone().binary(BinOper::Like, escaped);
        if pattern.longest.is_none() {
            return Ok(like);
        }
        let text = self.derive(Derived::Folded(pattern))?;
        let folded: Expr = Func::lower(field).into();
        let function = |name| Func::cust(Alias::new(name));
        let found = if pattern.before && !pattern.behind {
            let from_end = function("length").arg(text.expr());
            let end = function("substr")
                .arg(folded)
                .arg(Expr::cust_with_expr("-?", from_end));
            Expr::from(end).eq(text.expr())
        } else {
            let place: Expr = function("instr").arg(folded).arg(text.expr()).into();
            if pattern.before {
                place.gt(Expr::cust("0"))
            } else {
                place.eq(Expr::cust("1"))
            }
        };
        let is_written = written.expr().is_not_null();
        Ok(CaseStatement::new()
            .case(is_written, like)
            .finally(found)
            .into())
    }

    fn related(
        &mut self,
        table: Table,
        field: FieldId,
        quantifier: Quantifier,
        filter: &Filter,
    ) -> Result<Expr, ConnectorError> {
        let hop = self.hop(field)?;
        let asks_for_ids = self.asks_for_ids(hop, filter);
        let wanted = quantifier == Quantifier::Some;
        let parent = match hop.path {
            Path::Parent { column: link } if asks_for_ids => {
                let linked = self.linked_nodes(table, field, hop);
                let mut found = column(table, link).is_not_null();
                if *filter != Filter::TRUE || quantifier == Quantifier::Every {
                    found = found.and(self.sought(linked, quantifier, filter)?);
                }
                return Ok(if wanted { found } else { found.not() });
            }
            Path::Parent { column: link } => column(table, link),
            Path::Child { .. } | Path::Table { .. } => self.id(table),
        };
        let joins_left = self.joins_left.checked_sub(1);
        self.joins_left = joins_left.unwrap_or(0);
        let mut select = Query::select();
        select.expr(Expr::cust("1"));
        let related = match hop.path {
            Path::Table {
                table: stored,
                parent: above,
                ..
            } if asks_for_ids => {
                let links = self.table(hop.child);
                select.from_as(self.namespace.table(stored), name(links));
                select.and_where(column(links, above).eq(parent));
                self.linked_nodes(links, field, hop)
            }
            _ => {
                let related = self.table(hop.child);
                self.children(&mut select, related, hop, &Parents::One(parent));
                related
            }
        };
        if quantifier == Quantifier::Every {
            select.and_where(self.sought(related, quantifier, filter)?);
        } else {
            self.restrict(&mut select, related, filter)?;
        }
        let exists = Expr::exists(select);
        Ok(match (joins_left, wanted) {
            (Some(_), true) => exists,
            (Some(_), false) => exists.not(),
            // Databases turn a bare EXISTS into a join; a comparison is none.
            (None, true) => exists.eq(Expr::cust("TRUE")),
            (None, false) => exists.eq(Expr::cust("FALSE")),
        })
    }

    /// What is looked for among related nodes: one that satisfies the filter, or where all have to, one that does not.
    fn sought(
        &mut self,
        related: Table,
        quantifier: Quantifier,
        filter: &Filter,
    ) -> Result<Expr, ConnectorError> {
        let condition = self.condition(related, filter)?;
        Ok(match quantifier {
            Quantifier::Every => condition.not(),
            Quantifier::Some | Quantifier::None => condition,
        })
    }

    /// Can links answer a filter on related nodes? They hold ids, and each leads to a node: the database sees to that.
    fn asks_for_ids(&self, hop: Hop<'_>, filter: &Filter) -> bool {
        let holds_ids = matches!(hop.path, Path::Parent { .. } | Path::Table { .. });
        holds_ids && asks_only_for(self.datamodel[hop.child].id, filter)
    }
}

/// Does a filter compare nothing but this field?
fn asks_only_for(id: FieldId, filter: &Filter) -> bool {
    match filter {
        Filter::And(filters) | Filter::Or(filters) => {
            filters.iter().all(|filter| asks_only_for(id, filter))
        }
        Filter::Not(filter) => asks_only_for(id, filter),
        Filter::Scalar { field, .. } => *field == id,
        // Of a link that is missing this would be true.
        Filter::Null(_) | Filter::Related { .. } => false,
    }
}

/// Does a filter on a link refuse one that is missing, without being told to?
fn refuses_null(filter: &Filter) -> bool {
    match filter {
        Filter::And(filters) => filters.iter().any(refuses_null),
        Filter::Or(filters) => filters.iter().all(refuses_null),
        Filter::Scalar { .. } => true,
        Filter::Not(_) | Filter::Null(_) | Filter::Related { .. } => false,
    }
}

/// A chain is as deep an expression as it is long. Databases bound the depth, and everything that reads or writes an
/// expression recurses.
const LONGEST_CHAIN: usize = 8;

/// All conditions with an operator in between, many of them as a balanced tree; of none, what changes nothing in such
/// a chain.
fn chain(mut conditions: Vec<Expr>, operator: BinOper) -> Expr {
    if conditions.len() > LONGEST_CHAIN {
        let second = conditions.split_off(conditions.len() / 2);
        let [first, second] = [conditions, second].map(|half| Expr::tuple([chain(half, operator)]));
        return first.binary(operator, second);
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
