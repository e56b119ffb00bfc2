//! Nested creates next to each other that differ in their values only: one statement makes several rows.

use prisma_connector::{ConnectorError, Create, Nested, NestedWrite, Value};
use prisma_datamodel::{Arity, FieldId};

use super::Writer;
use super::links::Relation;
use super::statement::{Answer, NewRows, Shape};
use crate::driver::Connection;
use crate::link::Path;

/// Up to so many rows every number has a statement of its own; beyond, powers of two.
const FEW_ROWS: usize = 8;

/// Rows that one statement makes at most: databases limit the values of a statement.
const MOST_ROWS: usize = 64;

/// The creates at the start of some operations that can share a statement.
pub(super) fn siblings<'s>(relation: Relation<'_>, nested: &'s [Nested]) -> Vec<&'s Create> {
    let mut found: Vec<&Create> = Vec::new();
    if relation.parent != Arity::List {
        return found;
    }
    // To link a row elsewhere, its id must be known.
    let in_row = matches!(relation.hop.path, Path::Child { .. });
    for Nested { field, write } in nested {
        match write {
            NestedWrite::Create(create)
                if *field == relation.field
                    && is_row(create)
                    && (in_row || create.id.is_some())
                    && found.first().is_none_or(|first| is_alike(first, create)) =>
            {
                found.push(create);
            }
            _ => break,
        }
    }
    found
}

/// Is it all in its row?
fn is_row(create: &Create) -> bool {
    create.lists.is_empty() && create.nested.is_empty()
}

pub(super) fn is_alike(one: &Create, other: &Create) -> bool {
    let fields = |create: &Create| -> Vec<FieldId> {
        create.set.iter().map(|assign| assign.field).collect()
    };
    one.id.is_some() == other.id.is_some() && fields(one) == fields(other)
}

/// How many of so many rows one statement makes.
pub(super) fn at_once(rows: usize) -> usize {
    let rows = rows.min(MOST_ROWS);
    if rows <= FEW_ROWS {
        rows
    } else {
        1 << rows.ilog2()
    }
}

impl<C: Connection> Writer<'_, C> {
    /// Makes children that are alike and links them. Each has room: the field of the parent takes any number.
    pub(super) async fn create_siblings(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        creates: &[&Create],
    ) -> Result<(), ConnectorError> {
        let mut left = creates;
        while !left.is_empty() {
            let (now, later) = left.split_at(at_once(left.len()));
            left = later;
            if now.len() > 1 && self.insert_siblings(relation, parent, now).await? {
                continue;
            }
            for create in now {
                self.create(create, Some((relation, parent))).await?;
            }
        }
        Ok(())
    }

    /// False if a row is refused: then nothing is done, and the rows one by one tell which and why. (Where statements
    /// are sent ahead, the transaction has failed when that comes out; but there the database names the field.)
    async fn insert_siblings(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        creates: &[&Create],
    ) -> Result<bool, ConnectorError> {
        let in_row = matches!(relation.hop.path, Path::Child { .. });
        let mut fields = Vec::new();
        let mut values = Vec::new();
        for create in creates {
            let Ok((of_row, values_of_row)) = self.checked(create) else {
                return Ok(false);
            };
            fields = of_row;
            values.extend(values_of_row);
            values.extend(in_row.then_some(parent));
        }
        let model = relation.hop.child;
        let shape = Shape::Insert(NewRows {
            model,
            fields,
            links: in_row.then_some(relation.field).into_iter().collect(),
            rows: creates.len(),
            answer: Answer::Nothing,
        });
        let goes_on = !self.context.namespace.dialect.pipelined;
        match self.effect(model, shape, &values).await {
            Err(ConnectorError::UniqueViolation { .. }) if goes_on => return Ok(false),
            done => done?,
        }
        if !in_row {
            let ids = creates.iter().filter_map(|create| create.id.as_ref());
            let values: Vec<&Value> = ids.flat_map(|id| [parent, id]).collect();
            let shape = Shape::Link {
                field: relation.field,
                rows: creates.len(),
            };
            self.effect(relation.hop.parent, shape, &values).await?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::at_once;

    #[test]
    fn few_statements_make_any_number_of_rows() {
        let numbers = [1, 2, 7, 8, 9, 15, 16, 63, 64, 1000].map(at_once);
        assert_eq!(numbers, [1, 2, 7, 8, 8, 8, 16, 32, 64, 64]);
    }
}
