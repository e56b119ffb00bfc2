//! Rows in the server's own encoding.

use std::error::Error;
use std::ops::Range;

use prisma_sql::Cell;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use crate::kind::Kind;
use crate::numeric;
use crate::parameter::{EPOCH, MILLISECONDS_OF_A_DAY};

/// Shows the rows of one execution, one after the other.
pub(crate) struct Reader<'a> {
    kinds: &'a [Kind],
    /// The decimals of the row at hand: all other cells are read where they are.
    decimals: String,
    /// Where they stand in the text, by column.
    ranges: Vec<(usize, Range<usize>)>,
}

impl<'a> Reader<'a> {
    /// For rows with columns of these kinds.
    pub(crate) fn new(kinds: &'a [Kind]) -> Self {
        Self {
            kinds,
            decimals: String::new(),
            ranges: Vec::new(),
        }
    }

    /// One row.
    pub(crate) fn row<'r>(&'r mut self, row: &'r Row) -> PostgresRow<'r> {
        self.decimals.clear();
        self.ranges.clear();
        for (column, kind) in self.kinds.iter().enumerate() {
            if *kind == Kind::Numeric
                && let Some(bytes) = bytes(row, column)
            {
                let start = self.decimals.len();
                if numeric::read(bytes, &mut self.decimals) {
                    self.ranges.push((column, start..self.decimals.len()));
                }
            }
        }
        PostgresRow { reader: self, row }
    }

    fn decimal(&self, column: usize) -> Option<&str> {
        let (_, range) = self.ranges.iter().find(|(other, _)| *other == column)?;
        self.decimals.get(range.clone())
    }
}

/// A row of PostgreSQL's.
pub(crate) struct PostgresRow<'a> {
    reader: &'a Reader<'a>,
    row: &'a Row,
}

impl prisma_sql::Row for PostgresRow<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        let Some(kind) = self.reader.kinds.get(column) else {
            return Cell::Null;
        };
        let Some(bytes) = bytes(self.row, column) else {
            return Cell::Null;
        };
        let cell = match kind {
            Kind::Numeric => self.reader.decimal(column).map(Cell::Decimal),
            kind => cell(*kind, bytes),
        };
        cell.unwrap_or(Cell::Other)
    }
}

fn cell(kind: Kind, bytes: &[u8]) -> Option<Cell<'_>> {
    Some(match kind {
        Kind::Bool => Cell::Bool(*bytes.first()? != 0),
        Kind::Int2 => Cell::Int(i16::from_be_bytes(bytes.try_into().ok()?).into()),
        Kind::Int4 => Cell::Int(i32::from_be_bytes(bytes.try_into().ok()?).into()),
        Kind::Int8 => Cell::Int(i64::from_be_bytes(bytes.try_into().ok()?)),
        Kind::Oid => Cell::Int(u32::from_be_bytes(bytes.try_into().ok()?).into()),
        Kind::Float4 => Cell::Float(widened(f32::from_be_bytes(bytes.try_into().ok()?))),
        Kind::Float8 => Cell::Float(f64::from_be_bytes(bytes.try_into().ok()?)),
        Kind::Text => Cell::Text(str::from_utf8(bytes).ok()?),
        // A byte for the version stands before the text.
        Kind::Jsonb => Cell::Text(str::from_utf8(bytes.strip_prefix(&[1])?).ok()?),
        Kind::Uuid => Cell::Uuid(bytes.try_into().ok()?),
        Kind::Timestamp => {
            Cell::DateTime(milliseconds(i64::from_be_bytes(bytes.try_into().ok()?))?)
        }
        Kind::Date => Cell::DateTime(midnight(i32::from_be_bytes(bytes.try_into().ok()?))?),
        Kind::Numeric | Kind::Other => return None,
    })
}

/// The number with the same digits: 0.1, not 0.10000000149011612.
fn widened(value: f32) -> f64 {
    let mut buffer = zmij::Buffer::new();
    buffer.format(value).parse().unwrap_or(f64::from(value))
}

/// The date of a timestamp; none for the infinite ones.
fn milliseconds(since: i64) -> Option<i64> {
    let is_finite = since != i64::MAX && since != i64::MIN;
    is_finite.then(|| since.div_euclid(1000) + EPOCH)
}

fn midnight(day: i32) -> Option<i64> {
    let is_finite = day != i32::MAX && day != i32::MIN;
    is_finite.then(|| i64::from(day) * MILLISECONDS_OF_A_DAY + EPOCH)
}

/// The bytes of a cell; none for null.
fn bytes(row: &Row, column: usize) -> Option<&[u8]> {
    row.try_get::<_, Option<Bytes<'_>>>(column)
        .ok()
        .flatten()
        .map(|Bytes(bytes)| bytes)
}

/// A cell of any type as it came.
struct Bytes<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Bytes<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
