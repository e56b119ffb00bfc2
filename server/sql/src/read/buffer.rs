//! Rows as bytes, with gaps where children are still to come.
//!
//! A row is written once, while the database shows it. Where a child belongs, its bytes have a gap that keeps the
//! value which the child's statement takes; the gaps are filled after the last row, in any order of the rows.

use std::ops::Range;

use prisma_connector::{ConnectorError, Value};

use super::shape::{ChildRead, Part, Place, Shape};
use crate::driver::{Cell, Row};
use crate::format;

/// A place in a row's bytes that a child fills.
#[derive(Debug)]
pub(super) struct Gap {
    /// How many bytes of all rows come before it.
    pub(super) at: usize,
    /// Which child of the shape.
    pub(super) child: usize,
    /// What the child's statement takes.
    pub(super) parent: Value,
}

/// A row that is there, or one that must not be: a required cell is null.
#[derive(Debug)]
pub(super) enum Written<'s> {
    Whole,
    Null(&'s Place),
}

/// The rows of one statement.
#[derive(Debug, Default)]
pub(super) struct Buffer<'s> {
    pub(super) bytes: Vec<u8>,
    pub(super) gaps: Vec<Gap>,
    rows: Vec<End<'s>>,
}

/// Where a row ends.
#[derive(Debug)]
struct End<'s> {
    byte: usize,
    gap: usize,
    written: Written<'s>,
}

/// One row of a buffer.
#[derive(Debug)]
pub(super) struct Span<'b, 's> {
    pub(super) bytes: Range<usize>,
    pub(super) gaps: Range<usize>,
    pub(super) written: &'b Written<'s>,
}

impl<'s> Buffer<'s> {
    pub(super) fn push(&mut self, shape: &'s Shape, row: &dyn Row) -> Result<(), ConnectorError> {
        let written = write_row(shape, row, &mut self.bytes, &mut self.gaps)?;
        self.rows.push(End {
            byte: self.bytes.len(),
            gap: self.gaps.len(),
            written,
        });
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row by its position; from the end of the rows if they came in reverse.
    pub(super) fn row(&self, position: usize, from_end: bool) -> Option<Span<'_, 's>> {
        let index = if from_end {
            self.rows.len().checked_sub(position + 1)?
        } else {
            position
        };
        let end = self.rows.get(index)?;
        let before = index
            .checked_sub(1)
            .and_then(|before| self.rows.get(before));
        let (byte, gap) = before.map_or((0, 0), |before| (before.byte, before.gap));
        Some(Span {
            bytes: byte..end.byte,
            gaps: gap..end.gap,
            written: &end.written,
        })
    }
}

/// Appends a row. If it turns out null, nothing is appended.
pub(super) fn write_row<'s>(
    shape: &'s Shape,
    row: &dyn Row,
    out: &mut Vec<u8>,
    gaps: &mut Vec<Gap>,
) -> Result<Written<'s>, ConnectorError> {
    let (start, first_gap) = (out.len(), gaps.len());
    for part in &shape.parts {
        let missing = match part {
            Part::Fixed(bytes) => {
                out.extend_from_slice(bytes);
                None
            }
            Part::Cell {
                column,
                form,
                required,
            } => {
                let cell = row.cell(*column);
                format::cell(shape.format, *form, cell, out)?;
                required.as_ref().filter(|_| cell == Cell::Null)
            }
            Part::Child(index) => write_gap(shape, *index, row, out, gaps)?,
        };
        if let Some(place) = missing {
            out.truncate(start);
            gaps.truncate(first_gap);
            return Ok(Written::Null(place));
        }
    }
    Ok(Written::Whole)
}

/// Leaves a gap for a child; where the row has no link, what the child answers is known already.
fn write_gap<'s>(
    shape: &'s Shape,
    index: usize,
    row: &dyn Row,
    out: &mut Vec<u8>,
    gaps: &mut Vec<Gap>,
) -> Result<Option<&'s Place>, ConnectorError> {
    let child = shape
        .children
        .get(index)
        .ok_or(ConnectorError::Plan("a shape lacks a child"))?;
    let parent = match &child.read {
        ChildRead::Refused => Value::Null,
        ChildRead::One {
            column, required, ..
        } => match key(row.cell(*column))? {
            Value::Null if *required => return Ok(Some(&child.place)),
            Value::Null => {
                format::null(shape.format, out);
                return Ok(None);
            }
            key => key,
        },
        ChildRead::Many { column, .. } => key(row.cell(*column))?,
    };
    gaps.push(Gap {
        at: out.len(),
        child: index,
        parent,
    });
    Ok(None)
}

/// A stored id as a value.
pub(super) fn key(cell: Cell<'_>) -> Result<Value, ConnectorError> {
    Ok(match cell {
        Cell::Null => Value::Null,
        Cell::Int(number) => Value::Int(number),
        Cell::Text(text) => Value::Text(text.to_owned()),
        Cell::Uuid(bytes) => Value::Uuid(bytes),
        _ => return Err(ConnectorError::Plan("an id is no text, number or UUID")),
    })
}
