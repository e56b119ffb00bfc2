//! Statements for few parents on databases that take a list apart with `JSON_TABLE`.
//!
//! Such a list is a table of its own to them, and what is sorted behind a join with it goes through a temporary table,
//! which MariaDB makes a file as soon as a column is a text. A few keys with a placeholder each are looked up in the index
//! and sorted in memory.

use std::iter::repeat_n;
use std::ops::Range;
use std::sync::OnceLock;

use prisma_connector::{ConnectorError, Value};

use super::query::{Bound, Param};
use crate::driver::Statement;

/// The numbers of keys that have a statement of their own: the powers of two below this one. With numbers in between,
/// the last key is repeated, so that there are few texts to prepare.
const SIZES: usize = 8;

/// A statement's forms for few keys. They are made when they are first needed.
#[derive(Debug)]
pub(super) struct FewKeys {
    /// What takes the list apart, in the text for any number of keys.
    list: Range<usize>,
    statements: [OnceLock<Statement>; SIZES],
}

impl FewKeys {
    pub(super) fn new(list: Range<usize>) -> Self {
        Self {
            list,
            statements: Default::default(),
        }
    }

    /// The statement for so many keys, and how many it takes; none if they are many.
    pub(super) fn statement(&self, any: &Statement, keys: usize) -> Option<(&Statement, usize)> {
        let count = keys.checked_next_power_of_two().filter(|_| keys > 0)?;
        let size = usize::try_from(count.ilog2()).ok()?;
        let made = self.statements.get(size)?;
        let statement = made.get_or_init(|| Statement {
            text: self.text(&any.text, count).into(),
        });
        Some((statement, count))
    }

    fn text(&self, any: &str, count: usize) -> String {
        let before = any.get(..self.list.start).unwrap_or_default();
        let behind = any.get(self.list.end..).unwrap_or_default();
        let places = vec!["?"; count].join(", ");
        format!("{before}({places}){behind}")
    }

    /// The values of the statement for so many keys.
    pub(super) fn bind<'v>(
        &self,
        params: &[Param],
        values: &'v Bound<'_>,
        keys: &'v [Value],
        count: usize,
    ) -> Result<Vec<&'v Value>, ConnectorError> {
        let mut bound = Vec::with_capacity(params.len() + count);
        for &param in params {
            if param == Param::Parent {
                bound.extend(keys);
                bound.extend(keys.last().into_iter().flat_map(|last| {
                    let missing = count.saturating_sub(keys.len());
                    repeat_n(last, missing)
                }));
            } else {
                bound.push(values.get(param, None)?);
            }
        }
        Ok(bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: &str = "SELECT a FROM t WHERE b IN (SELECT v FROM JSON_TABLE(?)) AND c = ?";

    fn few() -> (FewKeys, Statement) {
        let list = ANY.find("(SELECT").unwrap()..ANY.find(" AND").unwrap();
        (FewKeys::new(list), Statement { text: ANY.into() })
    }

    #[test]
    fn texts() {
        let (few, any) = few();
        let text = |keys| {
            let (statement, count) = few.statement(&any, keys)?;
            Some((statement.text.to_string(), count))
        };
        assert_eq!(text(0), None);
        assert_eq!(
            text(1),
            Some(("SELECT a FROM t WHERE b IN (?) AND c = ?".to_owned(), 1))
        );
        assert_eq!(
            text(3),
            Some((
                "SELECT a FROM t WHERE b IN (?, ?, ?, ?) AND c = ?".to_owned(),
                4
            ))
        );
        assert_eq!(text(128).map(|(_, count)| count), Some(128));
        assert_eq!(text(129), None);
    }

    #[test]
    fn the_last_key_is_repeated() {
        let (few, _) = few();
        let given = [Value::Int(7)];
        let values = Bound::new(&given, &[]).unwrap();
        let keys = [Value::Int(1), Value::Int(2), Value::Int(3)];
        let params = [Param::Parent, Param::Slot(prisma_connector::Slot(0))];
        let bound = few.bind(&params, &values, &keys, 4).unwrap();
        assert_eq!(
            bound,
            [1, 2, 3, 3, 7].map(Value::Int).iter().collect::<Vec<_>>()
        );
    }
}
