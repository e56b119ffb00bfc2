//! Orders, cursors and limits (api.md §3.5, §3.6).

use prisma_connector::{ConnectorError, Filter, Find, Order as OrderBy, Page, Slot};
use sea_query::{
    Alias, Asterisk, Expr, ExprTrait as _, Func, Order, OrderedStatement, OverStatement as _,
    Query, SelectStatement, WindowStatement,
};

use super::builder::{Builder, Table, name, slot};
use super::query::{Derived, Param, SHORT_PAGE, Token};

/// What answers a page that has few rows.
pub(super) struct ShortPage {
    pub(super) statement: SelectStatement,
    /// How long the page is.
    pub(super) count: Slot,
}

impl Builder<'_> {
    /// Keeps the rows behind and before the cursors. The position of a cursor is that of its stored row, whatever
    /// the filter; without such a row, or with null in the field of the order, nothing is left.
    pub(super) fn window(
        &mut self,
        select: &mut SelectStatement,
        table: Table,
        order: Option<OrderBy>,
        page: &Page,
    ) -> Result<(), ConnectorError> {
        for (cursor, behind) in [(page.after, true), (page.before, false)] {
            let Some(cursor) = cursor else { continue };
            let cursor = self.operand(self.datamodel.id_type(table.model), cursor)?;
            let condition = self.beyond(table, order, cursor, behind)?;
            select.and_where(condition);
        }
        Ok(())
    }

    /// Stands a row behind (or before) the cursor?
    fn beyond(
        &mut self,
        table: Table,
        order: Option<OrderBy>,
        cursor: Param,
        behind: bool,
    ) -> Result<Expr, ConnectorError> {
        let own_id = self.datamodel[table.model].id;
        let by_id = order.is_none_or(|order| order.field == own_id);
        let descending = order.is_some_and(|order| order.descending);
        let id = self.id(table);
        if by_id {
            let position = self.position(table, own_id, cursor)?;
            return Ok(if behind == descending {
                id.lt(position)
            } else {
                id.gt(position)
            });
        }
        let field = order.map_or(own_id, |order| order.field);
        let value = self.field(table, field)?;
        let first = self.position(table, field, cursor)?;
        let second = self.position(table, field, cursor)?;
        let (at_least, more) = if behind == descending {
            (value.clone().lte(first), value.lt(second))
        } else {
            (value.clone().gte(first), value.gt(second))
        };
        // Ties are by id ascending, whatever the direction. The first half is a range that an index can serve.
        let tie = if behind {
            id.gt(cursor.expr())
        } else {
            id.lt(cursor.expr())
        };
        Ok(at_least.and(more.or(tie)))
    }

    /// The value of a field in the cursor's row.
    fn position(
        &mut self,
        table: Table,
        field: prisma_datamodel::FieldId,
        cursor: Param,
    ) -> Result<Expr, ConnectorError> {
        let row = self.table(table.model);
        let select = Query::select()
            .expr(self.field(row, field)?)
            .from_as(self.stored(row), name(row))
            .and_where(self.id(row).eq(cursor.expr()))
            .take();
        Ok(Expr::SubQuery(None, Box::new(select.into())))
    }

    /// Orders the rows; from the end if the last of them are wanted.
    pub(super) fn order(
        &self,
        select: &mut impl OrderedStatement,
        table: Table,
        order: Option<OrderBy>,
        from_end: bool,
    ) -> Result<(), ConnectorError> {
        let direction = |descending: bool| {
            if descending == from_end {
                Order::Asc
            } else {
                Order::Desc
            }
        };
        let own_id = self.datamodel[table.model].id;
        let mut id_descends = false;
        match order {
            Some(order) if order.field == own_id => id_descends = order.descending,
            Some(order) => {
                let field = self.field(table, order.field)?;
                select.order_by_expr(field, direction(order.descending));
            }
            None => {}
        }
        select.order_by_expr(self.id(table), direction(id_descends));
        Ok(())
    }

    /// Skips and limits rows. `one_more` fetches a row beyond the page, to know whether there is one.
    pub(super) fn limit(
        &mut self,
        select: &mut SelectStatement,
        page: &Page,
        one_more: bool,
    ) -> Result<(), ConnectorError> {
        let limit = match page.first.or(page.last) {
            Some(count) if one_more => Some(self.derive(Derived::OneMore(count))?),
            Some(count) => Some(Param::Slot(count)),
            // Databases want a limit before an offset.
            None if page.skip.is_some() => Some(self.derive(Derived::NoLimit)?),
            None => None,
        };
        if let Some(limit) = limit {
            select.limit(Token::Param(limit).into());
        }
        if let Some(skip) = page.skip {
            select.offset(Token::Param(Param::Slot(skip)).into());
        }
        Ok(())
    }

    /// The same rows as a short page, for a database that guesses limits: told that there are few rows, it makes one
    /// plan for all pages, which costs less than a plan for each. Where a filter chooses the rows it shall look at its
    /// values. Also the length of the page; the statement is ordered, and not limited yet.
    pub(super) fn short_page(
        &mut self,
        statement: &SelectStatement,
        find: &Find,
        one_more: bool,
    ) -> Result<Option<ShortPage>, ConnectorError> {
        let Page {
            first, last, skip, ..
        } = find.page;
        let (Some(count), None) = (first.or(last), skip) else {
            return Ok(None);
        };
        let is_filtered = !matches!(&find.filter, Filter::And(filters) if filters.is_empty());
        if is_filtered || !self.namespace.dialect.guesses_limits {
            return Ok(None);
        }
        let mut few = statement.clone();
        few.limit(Token::Number(SHORT_PAGE + 1).into());
        let mut statement = Query::select()
            .column(Asterisk)
            .from_subquery(few, Alias::new("w"))
            .take();
        self.limit(&mut statement, &find.page, one_more)?;
        Ok(Some(ShortPage { statement, count }))
    }

    /// Skips and limits rows per parent: numbers them first. `columns` are the expressions to answer, the last of
    /// them the parent's key.
    pub(super) fn page_of_each(
        &mut self,
        mut statement: SelectStatement,
        table: Table,
        find: &Find,
        columns: Vec<Expr>,
    ) -> Result<SelectStatement, ConnectorError> {
        let (numbered, number) = (Alias::new("w"), Alias::new("n"));
        let mut paged = Query::select();
        let mut window = WindowStatement::new();
        window.add_partition_by(columns.last().cloned().unwrap_or_else(|| self.id(table)));
        self.order(&mut window, table, find.order, find.page.last.is_some())?;
        for (position, column) in columns.into_iter().enumerate() {
            let alias = Alias::new(format!("c{position}"));
            paged.column((numbered.clone(), alias.clone()));
            statement.expr_as(column, alias);
        }
        let row_number = Func::cust(Alias::new("ROW_NUMBER"));
        statement.expr_window_as(row_number, window, number.clone());

        let number = Expr::col((numbered.clone(), number));
        paged.from_subquery(statement, numbered);
        let Page {
            first, last, skip, ..
        } = find.page;
        if let Some(skip) = skip {
            paged.and_where(number.clone().gt(slot(skip)));
        }
        let end = match (first.or(last), skip) {
            (Some(count), Some(skip)) => Some(self.derive(Derived::Sum(count, skip))?),
            (Some(count), None) => Some(Param::Slot(count)),
            (None, _) => None,
        };
        if let Some(end) = end {
            paged.and_where(number.clone().lte(end.expr()));
        }
        paged.order_by_expr(number, Order::Asc);
        Ok(paged)
    }
}
