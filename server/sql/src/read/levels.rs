//! Nested reads level by level: the rows of a relation, for all rows above, wait in a [`Buffer`] until the answer is
//! put together. They come from a statement per level, or all from one.

mod returned;

use std::collections::HashSet;
use std::pin::Pin;

use prisma_connector::{ConnectorError, Format, PathSegment, ProblemKind, Value};

use super::buffer::{Buffer, Written};
use super::groups::Groups;
use super::problems::Problems;
use super::query::{Bound, Query};
use super::shape::{Child, ChildRead, Fetched, Shape, Source};
use super::tree::Placed;
use crate::driver::{Cell, Connection, Row};
use crate::format;

pub(crate) use self::returned::{Member, Object, Returned};

/// Parents whose keys travel in one list. More take several executions: databases limit the size of a message.
const MOST_PARENTS: usize = 50_000;

/// What is below the rows of one shape: per child, the rows of all parents.
pub(super) type Below<'s> = Vec<Related<'s>>;

/// The rows of one child, for all parents.
#[derive(Debug, Default)]
pub(super) struct Related<'s> {
    rows: Buffer<'s>,
    /// By the key of their parent.
    of: Groups,
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
    let Some(Fetched { source, shape, key }) = child.fetch() else {
        return Ok(related);
    };
    let Source::Own(query) = source else {
        return Err(NO_STATEMENT);
    };
    let key = key.ok_or(NO_KEY)?;
    for parents in parents(above, index) {
        let mut sink = |row: &dyn Row| related.push(shape, key, row);
        query
            .each(connection, values, Some(&parents), &mut sink)
            .await?;
    }
    related.below = fetch(connection, values, shape, &related.rows).await?;
    Ok(related)
}

impl<'s> Related<'s> {
    fn push(
        &mut self,
        shape: &'s Shape,
        column: usize,
        row: &dyn Row,
    ) -> Result<(), ConnectorError> {
        self.of.push(row.cell(column), self.rows.len())?;
        self.rows.push(shape, row)
    }
}

/// The rows of all levels below a root, by the number of the level.
#[derive(Debug, Default)]
pub(super) struct Levels<'s>(Vec<Option<Level<'s>>>);

#[derive(Debug)]
struct Level<'s> {
    shape: &'s Shape,
    key: usize,
    rows: Related<'s>,
}

/// Runs a statement that answers all levels; shows the rows of the root to the sink and keeps all others.
pub(super) async fn tree<'s, C: Connection>(
    connection: &mut C,
    values: &Bound<'_>,
    (query, places): (&Query, &[Vec<usize>]),
    shapes: &'s [Shape],
    sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
) -> Result<Levels<'s>, ConnectorError> {
    let mut levels = Levels((0..places.len()).map(|_| None).collect());
    for shape in shapes {
        levels.open(shape)?;
    }
    let mut each = |row: &dyn Row| {
        let number = match row.cell(0) {
            Cell::Int(number) => usize::try_from(number).ok(),
            _ => None,
        };
        let (number, places) = number
            .and_then(|number| Some((number, places.get(number)?)))
            .ok_or(NO_LEVEL)?;
        let placed = Placed { row, places };
        match levels.0.get_mut(number).and_then(Option::as_mut) {
            Some(level) => level.rows.push(level.shape, level.key, &placed),
            None => sink(&placed),
        }
    };
    query.each(connection, values, None, &mut each).await?;
    Ok(levels)
}

impl<'s> Levels<'s> {
    fn open(&mut self, shape: &'s Shape) -> Result<(), ConnectorError> {
        for Fetched { source, shape, key } in shape.children.iter().filter_map(Child::fetch) {
            let Source::Level(number) = source else {
                return Err(NO_LEVEL);
            };
            *self.0.get_mut(*number).ok_or(NO_LEVEL)? = Some(Level {
                shape,
                key: key.ok_or(NO_KEY)?,
                rows: Related::default(),
            });
            self.open(shape)?;
        }
        Ok(())
    }

    /// Everything below a shape.
    pub(super) fn below(&mut self, shape: &Shape) -> Below<'s> {
        let children = shape.children.iter();
        children.map(|child| self.related(child)).collect()
    }

    fn related(&mut self, child: &Child) -> Related<'s> {
        let Some(Fetched {
            source: Source::Level(number),
            shape,
            ..
        }) = child.fetch()
        else {
            return Related::default();
        };
        let level = self.0.get_mut(*number).and_then(Option::take);
        let mut related = level.map(|level| level.rows).unwrap_or_default();
        related.below = self.below(shape);
        related
    }
}

const NO_LEVEL: ConnectorError = ConnectorError::Plan("a row or a child belongs to no level");
const NO_STATEMENT: ConnectorError = ConnectorError::Plan("a level has no statement of its own");
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
    pub(super) format: Format,
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
        format::list(self.format, self.out);
        let mut count = 0;
        for (index, position) in positions.enumerate() {
            count = index + 1;
            if index > 0 {
                format::further(self.format, self.out);
            }
            let known = self.problems.len();
            let put = self.row(shape, rows, below, position);
            self.problems.step(known, &PathSegment::Index(index));
            if put == Put::Null {
                if !nullable_elements {
                    self.out.truncate(start);
                    return Put::Null;
                }
                format::null(self.format, self.out);
            }
        }
        format::end_list(self.format, start, count, self.out);
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
        let positions = related.of.rows(parent);
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
            format::null(self.format, self.out);
        }
        Put::Done
    }
}
