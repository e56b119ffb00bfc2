//! A result that is kept while further statements run.

use std::ops::Range;

use prisma_connector::Value;

use crate::driver::{Cell, Row};

/// All rows of one statement; texts lie behind each other in one buffer.
#[derive(Debug)]
pub(super) struct Rows {
    width: usize,
    cells: Vec<Stored>,
    count: usize,
    texts: String,
}

#[derive(Clone, Debug)]
enum Stored {
    Text(Range<usize>),
    Decimal(Range<usize>),
    Other(Cell<'static>),
}

impl Rows {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            cells: Vec::new(),
            count: 0,
            texts: String::new(),
        }
    }

    /// Keeps a row.
    pub(super) fn push(&mut self, row: &dyn Row) {
        for column in 0..self.width {
            let cell = match row.cell(column) {
                Cell::Text(text) => Stored::Text(self.keep(text)),
                Cell::Decimal(text) => Stored::Decimal(self.keep(text)),
                Cell::Null => Stored::Other(Cell::Null),
                Cell::Int(value) => Stored::Other(Cell::Int(value)),
                Cell::Float(value) => Stored::Other(Cell::Float(value)),
                Cell::Bool(value) => Stored::Other(Cell::Bool(value)),
                Cell::DateTime(value) => Stored::Other(Cell::DateTime(value)),
                Cell::Uuid(value) => Stored::Other(Cell::Uuid(value)),
            };
            self.cells.push(cell);
        }
        self.count += 1;
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.texts.len();
        self.texts.push_str(text);
        start..self.texts.len()
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn row(&self, index: usize) -> KeptRow<'_> {
        KeptRow { rows: self, index }
    }
}

/// One row of [`Rows`].
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptRow<'a> {
    rows: &'a Rows,
    index: usize,
}

impl KeptRow<'_> {
    /// The cell as a value to bind; none for null.
    pub(super) fn value(&self, column: usize) -> Option<Value> {
        Some(match self.cell(column) {
            Cell::Null => return None,
            Cell::Int(value) => Value::Int(value),
            Cell::Float(value) => Value::Float(value),
            Cell::Text(text) | Cell::Decimal(text) => Value::Text(text.to_owned()),
            Cell::Bool(value) => Value::Bool(value),
            Cell::DateTime(value) => Value::DateTime(value),
            Cell::Uuid(value) => Value::Uuid(value),
        })
    }
}

impl Row for KeptRow<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        if column >= self.rows.width {
            return Cell::Null;
        }
        match self.rows.cells.get(self.index * self.rows.width + column) {
            Some(Stored::Text(range)) => Cell::Text(&self.rows.texts[range.clone()]),
            Some(Stored::Decimal(range)) => Cell::Decimal(&self.rows.texts[range.clone()]),
            Some(Stored::Other(cell)) => *cell,
            None => Cell::Null,
        }
    }
}
