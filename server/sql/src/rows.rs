//! Rows of small results, as Rust values.

use prisma_connector::{ConnectorError, Value};
use prisma_datamodel::scalar::parse_uuid;
use prisma_datamodel::{FieldType, ScalarType};

use crate::driver::{Cell, Connection, Row, Statement};

/// Runs a statement and reads each of its rows.
pub(crate) async fn all<C: Connection, T: Send>(
    connection: &mut C,
    statement: &Statement,
    values: &[&Value],
    mut read: impl FnMut(&dyn Row) -> Result<T, ConnectorError> + Send,
) -> Result<Vec<T>, ConnectorError> {
    let mut found = Vec::new();
    let mut sink = |row: &dyn Row| {
        found.push(read(row)?);
        Ok(())
    };
    connection.each(statement, values, &mut sink).await?;
    Ok(found)
}

/// Runs a statement that answers one truth value.
pub(crate) async fn truth<C: Connection>(
    connection: &mut C,
    statement: &Statement,
    values: &[&Value],
) -> Result<bool, ConnectorError> {
    let mut truth = false;
    let mut sink = |row: &dyn Row| {
        truth = is_true(row.cell(0));
        Ok(())
    };
    connection.each(statement, values, &mut sink).await?;
    Ok(truth)
}

/// An id of this type; none for null and for anything that is no such id.
pub(crate) fn id(ty: FieldType, cell: Cell<'_>) -> Option<Value> {
    let FieldType::Scalar(ty) = ty else {
        return None;
    };
    match (ty, cell) {
        (ScalarType::Int, Cell::Int(id)) => Some(Value::Int(id)),
        (ScalarType::Uuid, Cell::Uuid(id)) => Some(Value::Uuid(id)),
        (ScalarType::Uuid, Cell::Text(id)) => parse_uuid(id).map(Value::Uuid),
        (ScalarType::Id, Cell::Text(id)) => Some(Value::Text(id.to_owned())),
        _ => None,
    }
}

/// A truth value, however the database writes it; null is not true.
pub(crate) fn is_true(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Bool(true) | Cell::Int(1..))
}

/// A text; none for null and for anything else.
pub(crate) fn text(cell: Cell<'_>) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.to_owned()),
        _ => None,
    }
}

/// A whole number or a date in milliseconds; none for null and for anything else.
pub(crate) fn number(cell: Cell<'_>) -> Option<i64> {
    match cell {
        Cell::Int(number) | Cell::DateTime(number) => Some(number),
        _ => None,
    }
}
