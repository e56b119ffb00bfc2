//! Rows as MySQL sends them.

use mysql_async::Value;
use mysql_async::consts::ColumnType;
use prisma_sql::{Cell, Row};

use crate::date;

/// A row of a prepared statement.
pub(crate) struct MysqlRow<'a>(pub(crate) &'a mysql_async::Row);

impl Row for MysqlRow<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        let ty = self.0.columns_ref().get(column).map(|it| it.column_type());
        match (ty, self.0.as_ref(column)) {
            (Some(ty), Some(value)) => cell(ty, value),
            _ => Cell::Null,
        }
    }
}

fn cell(ty: ColumnType, value: &Value) -> Cell<'_> {
    match value {
        Value::NULL => Cell::Null,
        Value::Int(value) => Cell::Int(*value),
        Value::UInt(value) => i64::try_from(*value).map_or(Cell::Other, Cell::Int),
        Value::Float(value) => Cell::Float(widened(*value)),
        Value::Double(value) => Cell::Float(*value),
        Value::Bytes(bytes) => match ty {
            ColumnType::MYSQL_TYPE_NEWDECIMAL => text(bytes, Cell::Decimal),
            ColumnType::MYSQL_TYPE_BIT => bits(bytes).map_or(Cell::Other, Cell::Int),
            _ => text(bytes, Cell::Text),
        },
        &Value::Date(year, month, day, hour, minute, second, micros) => {
            // A zero date stands for none.
            date::milliseconds(year, month, day, hour, minute, second, micros)
                .map_or(Cell::Null, Cell::DateTime)
        }
        Value::Time(..) => Cell::Other,
    }
}

fn text<'a>(bytes: &'a [u8], cell: fn(&'a str) -> Cell<'a>) -> Cell<'a> {
    str::from_utf8(bytes).map_or(Cell::Other, cell)
}

/// The number that was written, 0.1, and not the next one that a longer format finds for its bits, 0.10000000149.
pub(crate) fn widened(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// The bits of a `bit(n)`, the highest byte first; none beyond 63 bits.
pub(crate) fn bits(bytes: &[u8]) -> Option<i64> {
    let number = bytes.iter().try_fold(0_u64, |number, &byte| {
        Some(number.checked_mul(256)? | u64::from(byte))
    })?;
    i64::try_from(number).ok()
}
