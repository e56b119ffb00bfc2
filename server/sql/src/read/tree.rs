//! One statement for a whole tree of nodes: each level is a common table expression that finds its parents in the one
//! above, and all of them are answered as one list of rows, tagged with their level.
//!
//! Rows of a level come in the order of its expression: the union appends its parts one after the other.

use sea_query::{
    Alias, CommonTableExpression, Expr, Func, Query as Sql, SelectStatement, UnionType, WithClause,
};

use crate::driver::{Cell, Row};

/// A level of a tree that is being put together.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// Answers the columns `c0`, `c1` and so on.
    pub(super) select: SelectStatement,
    /// The types of the columns.
    pub(super) types: Vec<&'static str>,
}

/// Where the columns of each level are in the rows of the statement; column 0 is the number of the level.
pub(super) type Places = Vec<Vec<usize>>;

/// The name of a column of a level.
pub(super) fn column(position: usize) -> Alias {
    Alias::new(format!("c{position}"))
}

fn name(level: usize) -> Alias {
    Alias::new(format!("l{level}"))
}

/// The values of a column in all rows of a level, as an array. The planner expects few of them, whatever it thinks of
/// the level itself, and looks the children up by index.
pub(super) fn keys(level: usize, position: usize) -> Expr {
    let values = Sql::select()
        .column(column(position))
        .from(name(level))
        .take();
    Func::cust(Alias::new("ARRAY"))
        .arg(Expr::SubQuery(None, Box::new(values.into())))
        .into()
}

/// Puts the levels into one statement. Columns of equal types share a place in its rows.
pub(super) fn statement(levels: Vec<Level>) -> (SelectStatement, Places) {
    let mut types = Vec::new();
    let places: Places = levels
        .iter()
        .map(|level| places(&level.types, &mut types))
        .collect();
    let mut parts = places
        .iter()
        .enumerate()
        .map(|(number, places)| part(number, places, &types));
    let mut statement = parts.next().unwrap_or_default();
    for part in parts {
        statement.union(UnionType::All, part);
    }
    let mut with = WithClause::new();
    for (number, level) in levels.into_iter().enumerate() {
        let mut expression = CommonTableExpression::new();
        expression.query(level.select).table_name(name(number));
        with.cte(expression.materialized(true).to_owned());
    }
    statement.with_cte(with);
    (statement, places)
}

/// Finds a place for each column of a level, behind the number of the level.
fn places(columns: &[&'static str], types: &mut Vec<&'static str>) -> Vec<usize> {
    let mut taken = Vec::new();
    for ty in columns {
        let free = (0..types.len()).find(|place| types[*place] == *ty && !taken.contains(place));
        let place = free.unwrap_or_else(|| {
            types.push(ty);
            types.len() - 1
        });
        taken.push(place);
    }
    taken.into_iter().map(|place| place + 1).collect()
}

/// The rows of one level, with nulls in the places of others.
fn part(number: usize, places: &[usize], types: &[&'static str]) -> SelectStatement {
    let mut select = Sql::select();
    select.expr(Expr::cust(number.to_string()));
    for (place, ty) in types.iter().enumerate() {
        match places.iter().position(|taken| *taken == place + 1) {
            Some(position) => select.column(column(position)),
            None => select.expr(Expr::cust(format!("NULL::{ty}"))),
        };
    }
    select.from(name(number)).take()
}

/// A row of the statement as a row of its level.
pub(super) struct Placed<'a> {
    pub(super) row: &'a dyn Row,
    pub(super) places: &'a [usize],
}

impl Row for Placed<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        match self.places.get(column) {
            Some(place) => self.row.cell(*place),
            None => Cell::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_equal_types_share_places() {
        let mut types = Vec::new();
        assert_eq!(places(&["int", "text", "int"], &mut types), [1, 2, 3]);
        assert_eq!(places(&["text", "uuid", "int"], &mut types), [2, 4, 1]);
        assert_eq!(types, ["int", "text", "int", "uuid"]);
    }
}
