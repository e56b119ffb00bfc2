//! The rows of all parents, by parent. Keys are compared as the database shows them, so that only the first row of a
//! parent costs a copy of its key.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use prisma_connector::{ConnectorError, Value};

use super::buffer::key;
use crate::driver::Cell;

/// Positions of rows by the key of their parent.
#[derive(Debug, Default)]
pub(super) struct Groups {
    hasher: RandomState,
    groups: HashTable<Group>,
}

#[derive(Debug)]
struct Group {
    key: Value,
    rows: Vec<usize>,
}

impl Groups {
    /// Adds a row to those of the parent with this key.
    pub(super) fn push(&mut self, parent: Cell<'_>, row: usize) -> Result<(), ConnectorError> {
        let Self { hasher, groups } = self;
        let found = groups.find_mut(hash_of_cell(hasher, parent), |group| {
            is_same(&group.key, parent)
        });
        match found {
            Some(group) => group.rows.push(row),
            None => {
                let group = Group {
                    key: key(parent)?,
                    rows: vec![row],
                };
                let hash = hash_of_value(hasher, &group.key);
                groups.insert_unique(hash, group, |group| hash_of_value(hasher, &group.key));
            }
        }
        Ok(())
    }

    /// The rows of the parent with this key, in the order in which they came.
    pub(super) fn rows(&self, parent: &Value) -> &[usize] {
        let hash = hash_of_value(&self.hasher, parent);
        let found = self.groups.find(hash, |group| group.key == *parent);
        found.map_or(&[], |group| &group.rows)
    }
}

fn is_same(key: &Value, cell: Cell<'_>) -> bool {
    match (key, cell) {
        (Value::Int(key), Cell::Int(cell)) => *key == cell,
        (Value::Text(key), Cell::Text(cell)) => key == cell,
        (Value::Uuid(key), Cell::Uuid(cell)) => *key == cell,
        (Value::Null, Cell::Null) => true,
        _ => false,
    }
}

/// Equal to the hash of the same key as a value.
fn hash_of_cell(hasher: &RandomState, cell: Cell<'_>) -> u64 {
    match cell {
        Cell::Int(key) => hasher.hash_one(key),
        Cell::Text(key) => hasher.hash_one(key),
        Cell::Uuid(key) => hasher.hash_one(key),
        _ => 0,
    }
}

fn hash_of_value(hasher: &RandomState, key: &Value) -> u64 {
    match key {
        Value::Int(key) => hasher.hash_one(*key),
        Value::Text(key) => hasher.hash_one(key.as_str()),
        Value::Uuid(key) => hasher.hash_one(*key),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_keys_of_every_type() {
        let mut groups = Groups::default();
        let cells = [
            Cell::Text("a"),
            Cell::Int(1),
            Cell::Text("a"),
            Cell::Uuid([7; 16]),
            Cell::Null,
            Cell::Int(1),
        ];
        for (row, cell) in cells.into_iter().enumerate() {
            groups.push(cell, row).unwrap();
        }
        assert_eq!(groups.rows(&Value::Text("a".to_owned())), [0, 2]);
        assert_eq!(groups.rows(&Value::Int(1)), [1, 5]);
        assert_eq!(groups.rows(&Value::Uuid([7; 16])), [3]);
        assert_eq!(groups.rows(&Value::Null), [4]);
        assert!(groups.rows(&Value::Int(2)).is_empty());
        assert!(groups.push(Cell::Float(1.0), 6).is_err());
    }
}
