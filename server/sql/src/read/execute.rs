//! Runs compiled reads. In a [`Strategy::Loop`] a child's statement runs once per row above it, here; else see [`levels`].
//!
//! Rows of a list without children go straight to the answer. Rows with children, and rows that come in reverse,
//! wait in a [`Buffer`] until the statement has shown its last.

mod connection;

use std::pin::Pin;

use prisma_connector::{ConnectorError, Format, PathSegment, Problem, ProblemKind, Value};

use super::buffer::{Buffer, Span, Written, write_row};
use super::levels::{self, Assembly, Below, Levels};
use super::problems::Problems;
use super::query::Bound;
use super::shape::{Child, ChildRead, List, Node, One, Root, Shape, Source};
use crate::dialect::Strategy;
use crate::driver::{Cell, Connection, Row};
use crate::format;

/// One execution of a read.
pub(super) struct Execution<'a, C> {
    connection: &'a mut C,
    values: Bound<'a>,
    strategy: Strategy,
    format: Format,
    problems: Problems,
}

/// What became of a value that was to be appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It stands.
    Done,
    /// It has to be null, with a problem already noted; nothing was appended.
    Null,
    /// There is no such node; nothing was appended.
    Missing,
}

type Pending<'a> = Pin<Box<dyn Future<Output = Result<Outcome, ConnectorError>> + Send + 'a>>;

impl<'a, C: Connection> Execution<'a, C> {
    pub(super) fn new(
        connection: &'a mut C,
        strategy: Strategy,
        format: Format,
        values: Bound<'a>,
    ) -> Self {
        Self {
            connection,
            values,
            strategy,
            format,
            problems: Problems::default(),
        }
    }

    /// Appends the answer; true if it is null although the plan found a node. Then the problems.
    pub(super) async fn root(
        mut self,
        root: &Root,
        out: &mut Vec<u8>,
    ) -> Result<(bool, Vec<Problem>), ConnectorError> {
        let outcome = match root {
            Root::One(row) => self.one(&row.one, None, out).await?,
            Root::Many(list) => self.list(list, None, out).await?,
            Root::Connection(connection) => self.connection(connection, out).await?,
            Root::Node(node) => self.node(node, out).await?,
        };
        if outcome != Outcome::Done {
            format::null(self.format, out);
        }
        Ok((outcome == Outcome::Null, self.problems.finish()))
    }

    async fn node(&mut self, node: &Node, out: &mut Vec<u8>) -> Result<Outcome, ConnectorError> {
        let mut found = Some(0);
        if let Some(probe) = &node.probe {
            let mut sink = |row: &dyn Row| {
                found = match row.cell(0) {
                    Cell::Int(position) => usize::try_from(position).ok(),
                    _ => None,
                };
                Ok(())
            };
            probe
                .each(self.connection, &self.values, None, &mut sink)
                .await?;
        }
        match found.and_then(|position| node.candidates.get(position)) {
            Some(row) => self.one(&row.one, None, out).await,
            None => Ok(Outcome::Missing),
        }
    }

    async fn one(
        &mut self,
        one: &One,
        parent: Option<&Value>,
        out: &mut Vec<u8>,
    ) -> Result<Outcome, ConnectorError> {
        if !one.shape.children.is_empty() {
            return self.one_with_children(one, parent, out).await;
        }
        let mut outcome = Outcome::Missing;
        let mut missing = None;
        let mut sink = |row: &dyn Row| {
            if outcome == Outcome::Missing {
                outcome = match write_row(&one.shape, row, out, &mut Vec::new())? {
                    Written::Whole => Outcome::Done,
                    Written::Null(place) => {
                        missing = Some(place);
                        Outcome::Null
                    }
                };
            }
            Ok(())
        };
        let shapes = std::slice::from_ref(&one.shape);
        self.each(&one.source, shapes, parent, &mut sink).await?;
        if let Some(place) = missing {
            self.problems.note(place, ProblemKind::MissingRequired);
        }
        Ok(outcome)
    }

    fn one_with_children<'r>(
        &'r mut self,
        one: &'r One,
        parent: Option<&'r Value>,
        out: &'r mut Vec<u8>,
    ) -> Pending<'r> {
        Box::pin(async move {
            let mut rows = Buffer::default();
            let mut sink = |row: &dyn Row| match rows.len() {
                0 => rows.push(&one.shape, row),
                _ => Ok(()),
            };
            let shapes = std::slice::from_ref(&one.shape);
            let mut levels = self.each(&one.source, shapes, parent, &mut sink).await?;
            let Some(row) = rows.row(0, false) else {
                return Ok(Outcome::Missing);
            };
            if self.strategy == Strategy::Loop {
                return self.row(&one.shape, &rows, row, out).await;
            }
            let below = self.below(&one.shape, &rows, &mut levels).await?;
            let is_done = self.assembly(out).one(&one.shape, &rows, &below, 0);
            Ok(done_or_null(is_done))
        })
    }

    async fn list(
        &mut self,
        list: &List,
        parent: Option<&Value>,
        out: &mut Vec<u8>,
    ) -> Result<Outcome, ConnectorError> {
        if list.from_end || !list.shape.children.is_empty() {
            return self.list_with_children(list, parent, out).await;
        }
        let format = self.format;
        let start = out.len();
        format::list(format, out);
        let mut count = 0;
        // Elements that are null: where, and why.
        let mut missing = Vec::new();
        let mut sink = |row: &dyn Row| {
            if count > 0 {
                format::further(format, out);
            }
            if let Written::Null(place) = write_row(&list.shape, row, out, &mut Vec::new())? {
                format::null(format, out);
                missing.push((count, place));
            }
            count += 1;
            Ok(())
        };
        let shapes = std::slice::from_ref(&list.shape);
        self.each(&list.source, shapes, parent, &mut sink).await?;
        format::end_list(self.format, start, count, out);
        for (position, place) in missing {
            self.problems.note(place, ProblemKind::MissingRequired);
            let noted = self.problems.len() - 1;
            self.problems.step(noted, &PathSegment::Index(position));
            if !list.nullable_elements {
                out.truncate(start);
                return Ok(Outcome::Null);
            }
        }
        Ok(Outcome::Done)
    }

    fn list_with_children<'r>(
        &'r mut self,
        list: &'r List,
        parent: Option<&'r Value>,
        out: &'r mut Vec<u8>,
    ) -> Pending<'r> {
        Box::pin(async move {
            let mut rows = Buffer::default();
            let mut sink = |row: &dyn Row| rows.push(&list.shape, row);
            let shapes = std::slice::from_ref(&list.shape);
            let mut levels = self.each(&list.source, shapes, parent, &mut sink).await?;
            let below = self.below(&list.shape, &rows, &mut levels).await?;
            let (from_end, nullable) = (list.from_end, list.nullable_elements);
            self.rows(&list.shape, &rows, below, from_end, nullable, out)
                .await
        })
    }

    /// Appends buffered rows as a list.
    async fn rows(
        &mut self,
        shape: &Shape,
        rows: &Buffer<'_>,
        below: Below<'_>,
        from_end: bool,
        nullable_elements: bool,
        out: &mut Vec<u8>,
    ) -> Result<Outcome, ConnectorError> {
        if self.strategy != Strategy::Loop {
            let mut assembly = self.assembly(out);
            let is_done = assembly.rows(shape, rows, &below, from_end, nullable_elements);
            return Ok(done_or_null(is_done));
        }
        let start = out.len();
        format::list(self.format, out);
        for position in 0..rows.len() {
            if position > 0 {
                format::further(self.format, out);
            }
            let Some(row) = rows.row(position, from_end) else {
                break;
            };
            let known = self.problems.len();
            let outcome = self.row(shape, rows, row, out).await?;
            self.problems.step(known, &PathSegment::Index(position));
            if outcome == Outcome::Null {
                if !nullable_elements {
                    out.truncate(start);
                    return Ok(Outcome::Null);
                }
                format::null(self.format, out);
            }
        }
        format::end_list(self.format, start, rows.len(), out);
        Ok(Outcome::Done)
    }

    /// Appends a buffered row, its gaps filled.
    async fn row(
        &mut self,
        shape: &Shape,
        rows: &Buffer<'_>,
        row: Span<'_, '_>,
        out: &mut Vec<u8>,
    ) -> Result<Outcome, ConnectorError> {
        if let Written::Null(place) = row.written {
            self.problems.note(place, ProblemKind::MissingRequired);
            return Ok(Outcome::Null);
        }
        let start = out.len();
        let mut copied = row.bytes.start;
        for gap in &rows.gaps[row.gaps] {
            out.extend_from_slice(&rows.bytes[copied..gap.at]);
            copied = gap.at;
            let child = &shape.children[gap.child];
            let known = self.problems.len();
            let outcome = self.child(child, &gap.parent, out).await?;
            for step in child.place.path.iter().rev() {
                self.problems.step(known, step);
            }
            if outcome == Outcome::Null {
                out.truncate(start);
                return Ok(Outcome::Null);
            }
        }
        out.extend_from_slice(&rows.bytes[copied..row.bytes.end]);
        Ok(Outcome::Done)
    }

    /// Appends what a child answers; null only where its place may not be null.
    async fn child(
        &mut self,
        child: &Child,
        parent: &Value,
        out: &mut Vec<u8>,
    ) -> Result<Outcome, ConnectorError> {
        let outcome = match &child.read {
            ChildRead::Refused => {
                self.problems.note_here(child, ProblemKind::Refused);
                Outcome::Null
            }
            ChildRead::Many { list, .. } => self.list(list, Some(parent), out).await?,
            ChildRead::One { one, required, .. } => {
                let outcome = self.one(one, Some(parent), out).await?;
                if *required {
                    if outcome == Outcome::Missing {
                        self.problems.note_here(child, ProblemKind::MissingRequired);
                        return Ok(Outcome::Null);
                    }
                    return Ok(outcome);
                }
                outcome
            }
        };
        if outcome != Outcome::Done {
            format::null(self.format, out);
        }
        Ok(Outcome::Done)
    }

    /// Shows each row of a source to the sink. If its statement answers the levels below too, they are kept.
    async fn each<'s>(
        &mut self,
        source: &Source,
        shapes: &'s [Shape],
        parent: Option<&Value>,
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<Levels<'s>, ConnectorError> {
        let (connection, values) = (&mut *self.connection, &self.values);
        match source {
            Source::Own(query) => {
                query.each(connection, values, parent, sink).await?;
                Ok(Levels::default())
            }
            Source::Tree(query, places) => {
                levels::tree(connection, values, (query, places), shapes, sink).await
            }
            Source::Level(_) => Err(ConnectorError::Plan("a level runs with its root")),
        }
    }

    /// Everything below some rows, for all of them at once; nothing where children run row by row.
    async fn below<'s>(
        &mut self,
        shape: &'s Shape,
        rows: &Buffer<'s>,
        levels: &mut Levels<'s>,
    ) -> Result<Below<'s>, ConnectorError> {
        match self.strategy {
            Strategy::Loop => Ok(Below::new()),
            Strategy::Levels => levels::fetch(self.connection, &self.values, shape, rows).await,
            Strategy::Tree => Ok(levels.below(shape)),
        }
    }

    fn assembly<'r>(&'r mut self, out: &'r mut Vec<u8>) -> Assembly<'r> {
        Assembly {
            format: self.format,
            out,
            problems: &mut self.problems,
        }
    }
}

fn done_or_null(is_done: bool) -> Outcome {
    if is_done {
        Outcome::Done
    } else {
        Outcome::Null
    }
}
