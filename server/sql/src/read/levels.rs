//! Nested reads level by level: the statement of a relation runs once for all rows above, and its rows wait in a
//! [`Buffer`] until the answer is put together.

use std::collections::{HashMap, HashSet};
use std::pin::Pin;

use prisma_connector::{ConnectorError, PathSegment, ProblemKind, Value};

use super::buffer::{Buffer, Written, key};
use super::problems::Problems;
use super::query::Bound;
use super::shape::{Child, ChildRead, Shape};
use crate::driver::{Connection, Row};

/// Parents whose keys travel in one list. More take several executions: databases limit the size of a message.
const MOST_PARENTS: usize = 50_000;

/// What is below the rows of one shape: per child, the rows of all parents.
pub(super) type Below<'s> = Vec<Related<'s>>;

/// The rows of one child, for all parents.
#[derive(Debug, Default)]
pub(super) struct Related<'s> {
    rows: Buffer<'s>,
    /// Positions of rows by the key of their parent.
    of: HashMap<Value, Vec<usize>>,
    below: Below<'s>,
}

type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, ConnectorError>> + Send + 'a>>;

/// Fetches everything below some rows.
pub(super) fn fetch<'a, 's: 'a, C: Connection>(
    connection: &'a mut C,
    values: &'a Bound<'_>,
    shape: &'s Shape,
    rows: &'a Buffer<'s>,
) -> Pending<'a, Below<'s>> {
    Box::pin(async move {
        let mut below = Vec::with_capacity(shape.children.len());
        for (index, child) in shape.children.iter().enumerate() {
            below.push(related(connection, values, child, index, rows).await?);
        }
        Ok(below)
    })
}

async fn related<'s, C: Connection>(
    connection: &mut C,
    values: &Bound<'_>,
    child: &'s Child,
    index: usize,
    above: &Buffer<'s>,
) -> Result<Related<'s>, ConnectorError> {
    let mut related = Related::default();
    let Some((query, shape, column)) = child.fetch() else {
        return Ok(related);
    };
    let column = column.ok_or(NO_KEY)?;
    let Related { rows, of, below } = &mut related;
    for parents in parents(above, index) {
        let mut sink = |row: &dyn Row| {
            let positions: &mut Vec<usize> = of.entry(key(row.cell(column))?).or_default();
            positions.push(rows.len());
            rows.push(shape, row)
        };
        query
            .each(connection, values, Some(&parents), &mut sink)
            .await?;
    }
    *below = fetch(connection, values, shape, rows).await?;
    Ok(related)
}

const NO_KEY: ConnectorError = ConnectorError::Plan("a level was prepared to run row by row");

/// The keys of all rows that need a child, in lists of bearable size.
fn parents(rows: &Buffer<'_>, child: usize) -> Vec<Value> {
    let mut seen = HashSet::new();
    let keys: Vec<&Value> = rows
        .gaps
        .iter()
        .filter(|gap| gap.child == child && seen.insert(&gap.parent))
        .map(|gap| &gap.parent)
        .collect();
    keys.chunks(MOST_PARENTS)
        .map(|keys| Value::List(keys.iter().copied().cloned().collect()))
        .collect()
}

/// What became of a value that was to be appended; nothing is appended unless it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Put {
    Done,
    /// It has to be null, with a problem already noted.
    Null,
}

/// Puts rows and what is below them into one answer.
pub(super) struct Assembly<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) problems: &'a mut Problems,
}

impl Assembly<'_> {
    /// Appends all rows as a list; false if it has to be null.
    pub(super) fn rows(
        &mut self,
        shape: &Shape,
        rows: &Buffer<'_>,
        below: &Below<'_>,
        from_end: bool,
        nullable_elements: bool,
    ) -> bool {
        let count = rows.len();
        let position = |index: usize| if from_end { count - 1 - index } else { index };
        let positions = (0..count).map(position);
        self.list(shape, rows, below, positions, nullable_elements) == Put::Done
    }

    /// Appends one row; false if it has to be null.
    pub(super) fn one(
        &mut self,
        shape: &Shape,
        rows: &Buffer<'_>,
        below: &Below<'_>,
        position: usize,
    ) -> bool {
        self.row(shape, rows, below, position) == Put::Done
    }

    fn list(
        &mut self,
        shape: &Shape,
        rows: &Buffer<'_>,
        below: &Below<'_>,
        positions: impl Iterator<Item = usize>,
        nullable_elements: bool,
    ) -> Put {
        let start = self.out.len();
        self.out.push(b'[');
        for (index, position) in positions.enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            let known = self.problems.len();
            let put = self.row(shape, rows, below, position);
            self.problems.step(known, &PathSegment::Index(index));
            if put == Put::Null {
                if !nullable_elements {
                    self.out.truncate(start);
                    return Put::Null;
                }
                self.out.extend_from_slice(b"null");
            }
        }
        self.out.push(b']');
        Put::Done
    }

    fn row(&mut self, shape: &Shape, rows: &Buffer<'_>, below: &Below<'_>, position: usize) -> Put {
        let Some(row) = rows.row(position, false) else {
            return Put::Null;
        };
        if let Written::Null(place) = row.written {
            self.problems.note(place, ProblemKind::MissingRequired);
            return Put::Null;
        }
        let start = self.out.len();
        let mut copied = row.bytes.start;
        for gap in &rows.gaps[row.gaps] {
            self.out.extend_from_slice(&rows.bytes[copied..gap.at]);
            copied = gap.at;
            let child = &shape.children[gap.child];
            let known = self.problems.len();
            let put = self.child(child, &below[gap.child], &gap.parent);
            for step in child.place.path.iter().rev() {
                self.problems.step(known, step);
            }
            if put == Put::Null {
                self.out.truncate(start);
                return Put::Null;
            }
        }
        self.out
            .extend_from_slice(&rows.bytes[copied..row.bytes.end]);
        Put::Done
    }

    /// Appends what a child answers; null only where its place may not be null.
    fn child(&mut self, child: &Child, related: &Related<'_>, parent: &Value) -> Put {
        let positions = related.of.get(parent).map_or(&[][..], Vec::as_slice);
        let Related { rows, below, .. } = related;
        let put = match &child.read {
            ChildRead::Refused => {
                self.problems.note_here(child, ProblemKind::Refused);
                Put::Null
            }
            ChildRead::Many { list, .. } => {
                let (shape, nullable) = (&list.shape, list.nullable_elements);
                let positions = positions.iter().copied();
                if list.from_end {
                    self.list(shape, rows, below, positions.rev(), nullable)
                } else {
                    self.list(shape, rows, below, positions, nullable)
                }
            }
            ChildRead::One { one, required, .. } => {
                let put = match positions.first() {
                    Some(&position) => self.row(&one.shape, rows, below, position),
                    None if *required => {
                        self.problems.note_here(child, ProblemKind::MissingRequired);
                        Put::Null
                    }
                    None => Put::Null,
                };
                if *required {
                    return put;
                }
                put
            }
        };
        if put == Put::Null {
            self.out.extend_from_slice(b"null");
        }
        Put::Done
    }
}
