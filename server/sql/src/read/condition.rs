//! Conditions as SQL (api.md §3.2 to §3.4).

use prisma_connector::{Comparison, ConnectorError, Filter, Quantifier};
use prisma_datamodel::{Datamodel, FieldId};

use super::level::{Bind, Match};
use super::select::Select;
use crate::layout::id_column;
use crate::link::{Path, hop};

impl Select<'_> {
    /// Appends a condition on the row of an alias.
    pub(crate) fn condition(&mut self, alias: u32, filter: &Filter) -> Result<(), ConnectorError> {
        match filter {
            Filter::And(parts) => self.all(alias, parts, " AND ", "1"),
            Filter::Or(parts) => self.all(alias, parts, " OR ", "0"),
            Filter::Not(part) => self.negated(alias, part),
            Filter::Scalar {
                field,
                comparison,
                value,
            } => self.comparison(alias, *field, *comparison, *value),
            Filter::Null(field) => {
                self.field(alias, *field);
                self.text.push(" IS NULL");
                Ok(())
            }
            Filter::Related {
                field,
                quantifier,
                filter,
            } => self.related(alias, *field, *quantifier, filter),
        }
    }

    fn all(
        &mut self,
        alias: u32,
        parts: &[Filter],
        separator: &str,
        none: &str,
    ) -> Result<(), ConnectorError> {
        match parts {
            [] => {
                self.text.push(none);
                Ok(())
            }
            [only] => self.condition(alias, only),
            [first, rest @ ..] => {
                self.text.push("(");
                self.condition(alias, first)?;
                for part in rest {
                    self.text.push(separator);
                    self.condition(alias, part)?;
                }
                self.text.push(")");
                Ok(())
            }
        }
    }

    fn negated(&mut self, alias: u32, part: &Filter) -> Result<(), ConnectorError> {
        match part {
            Filter::Null(field) => {
                self.field(alias, *field);
                self.text.push(" IS NOT NULL");
                Ok(())
            }
            part => {
                self.text.push("NOT (");
                self.condition(alias, part)?;
                self.text.push(")");
                Ok(())
            }
        }
    }

    fn comparison(
        &mut self,
        alias: u32,
        field: FieldId,
        comparison: Comparison,
        slot: prisma_connector::Slot,
    ) -> Result<(), ConnectorError> {
        self.field(alias, field);
        let (before, bind, after) = match comparison {
            Comparison::Equals => (" = ", Bind::Slot(slot), ""),
            Comparison::Less => (" < ", Bind::Slot(slot), ""),
            Comparison::LessOrEqual => (" <= ", Bind::Slot(slot), ""),
            Comparison::Greater => (" > ", Bind::Slot(slot), ""),
            Comparison::GreaterOrEqual => (" >= ", Bind::Slot(slot), ""),
            Comparison::In => (" IN (SELECT value FROM json_each(", Bind::Slot(slot), "))"),
            Comparison::Contains => like(slot, Match::Anywhere),
            Comparison::StartsWith => like(slot, Match::Start),
            Comparison::EndsWith => like(slot, Match::End),
        };
        self.text.push(before);
        self.bind(bind);
        self.text.push(after);
        Ok(())
    }

    /// `NOT EXISTS` rather than `NOT IN`: rows without a partner must not make a condition unknown.
    fn related(
        &mut self,
        alias: u32,
        field: FieldId,
        quantifier: Quantifier,
        filter: &Filter,
    ) -> Result<(), ConnectorError> {
        if quantifier != Quantifier::Some {
            self.text.push("NOT ");
        }
        self.text.push("EXISTS (SELECT 1 FROM ");
        let child = self.joined(alias, field)?;
        let violated;
        let filter = if quantifier == Quantifier::Every {
            violated = Filter::Not(Box::new(filter.clone()));
            &violated
        } else {
            filter
        };
        if *filter != Filter::TRUE {
            self.text.push(" AND ");
            self.condition(child, filter)?;
        }
        self.text.push(")");
        Ok(())
    }

    /// Appends the tables behind a relation field and the condition that links them to the row of an alias.
    fn joined(&mut self, alias: u32, field: FieldId) -> Result<u32, ConnectorError> {
        let datamodel: &Datamodel = self.datamodel;
        let hop = hop(datamodel, field).ok_or(super::select::FOREIGN)?;
        let parent_id = id_column(datamodel, hop.parent);
        let child_id = id_column(datamodel, hop.child);
        let child = self.next_alias();
        match hop.path {
            Path::Child { column } => {
                self.table(hop.child, child).push(" WHERE ");
                self.column(child, column).push(" = ");
                self.column(alias, parent_id);
            }
            Path::Parent { column } => {
                self.table(hop.child, child).push(" WHERE ");
                self.column(child, child_id).push(" = ");
                self.column(alias, column);
            }
            Path::Table {
                table,
                parent: own,
                child: other,
                ..
            } => {
                let link = self.next_alias();
                self.named_table(table, link).push(" JOIN ");
                self.table(hop.child, child).push(" ON ");
                self.column(child, child_id).push(" = ");
                self.column(link, other).push(" WHERE ");
                self.column(link, own).push(" = ");
                self.column(alias, parent_id);
            }
        }
        Ok(child)
    }
}

fn like(slot: prisma_connector::Slot, place: Match) -> (&'static str, Bind, &'static str) {
    (" LIKE ", Bind::Pattern(slot, place), " ESCAPE '\\'")
}
