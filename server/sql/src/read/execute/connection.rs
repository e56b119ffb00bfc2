//! Lists with what surrounds them (api.md §3.7).

use prisma_connector::{ConnectorError, PathSegment, Value};

use super::{Execution, Outcome};
use crate::driver::{self, Cell, Row};
use crate::format;
use crate::read::buffer::Buffer;
use crate::read::levels::Levels;
use crate::read::query::Query;
use crate::read::shape::{Connection, ConnectionPart, Fetch, Rows};

/// What the database said.
#[derive(Default)]
struct Fetched<'s> {
    /// The rows of the page, once per `edges`.
    edges: Vec<Buffer<'s>>,
    count: usize,
    /// Was there a row beyond the page?
    more: bool,
    /// The id of the row that came first, as it is written; empty if none came or nobody asked.
    first: Vec<u8>,
    last: Vec<u8>,
    /// What the same statement answered of everything below.
    levels: Levels<'s>,
}

impl<C: driver::Connection> Execution<'_, C> {
    pub(super) async fn connection(
        &mut self,
        connection: &Connection,
        out: &mut Vec<u8>,
    ) -> Result<Outcome, ConnectorError> {
        let mut from_end = false;
        let mut shapes = [].as_slice();
        let mut fetched = match &connection.fetch {
            Fetch::Nothing => Fetched::default(),
            Fetch::Count(query) => Fetched {
                count: self.count(query).await?,
                ..Fetched::default()
            },
            Fetch::Rows(rows) => {
                from_end = rows.from_end;
                shapes = &rows.edges;
                self.fetch(rows).await?
            }
        };
        for part in &connection.parts {
            match part {
                ConnectionPart::Fixed(bytes) => out.extend_from_slice(bytes),
                ConnectionPart::More => format::bool(self.format, fetched.more, out),
                ConnectionPart::First => self.cursor(&fetched.first, out),
                ConnectionPart::Last => self.cursor(&fetched.last, out),
                ConnectionPart::Count => format::count(self.format, fetched.count, out),
                ConnectionPart::Edges(index, key) => {
                    let known = self.problems.len();
                    if let (Some(shape), Some(rows)) =
                        (shapes.get(*index), fetched.edges.get(*index))
                    {
                        let below = self.below(shape, rows, &mut fetched.levels).await?;
                        self.rows(shape, rows, below, from_end, true, out).await?;
                    }
                    self.problems.step(known, &PathSegment::Key(key.clone()));
                }
            }
        }
        Ok(Outcome::Done)
    }

    async fn count(&mut self, query: &Query) -> Result<usize, ConnectorError> {
        let mut count = 0;
        let mut sink = |row: &dyn Row| {
            if let Cell::Int(number) = row.cell(0) {
                count = usize::try_from(number).unwrap_or_default();
            }
            Ok(())
        };
        query
            .each(self.connection, &self.values, None, &mut sink)
            .await?;
        Ok(count)
    }

    async fn fetch<'s>(&mut self, rows: &'s Rows) -> Result<Fetched<'s>, ConnectorError> {
        let limit = match rows.limit.map(|slot| self.values.slot(slot)).transpose()? {
            Some(Value::Int(limit)) => usize::try_from(*limit).unwrap_or(usize::MAX),
            _ => usize::MAX,
        };
        let mut fetched = Fetched {
            edges: rows.edges.iter().map(|_| Buffer::default()).collect(),
            ..Fetched::default()
        };
        let format = self.format;
        let mut sink = |row: &dyn Row| {
            if fetched.count == limit {
                fetched.more = true;
                return Ok(());
            }
            for (buffer, shape) in fetched.edges.iter_mut().zip(&rows.edges) {
                buffer.push(shape, row)?;
            }
            if let Some((column, form)) = rows.cursor {
                fetched.last.clear();
                format::cell(format, form, row.cell(column), &mut fetched.last)?;
                if fetched.count == 0 {
                    fetched.first.clone_from(&fetched.last);
                }
            }
            fetched.count += 1;
            Ok(())
        };
        let levels = self
            .each(&rows.source, &rows.edges, None, &mut sink)
            .await?;
        fetched.levels = levels;
        if rows.from_end {
            std::mem::swap(&mut fetched.first, &mut fetched.last);
        }
        Ok(fetched)
    }

    fn cursor(&self, written: &[u8], out: &mut Vec<u8>) {
        if written.is_empty() {
            format::null(self.format, out);
        } else {
            out.extend_from_slice(written);
        }
    }
}
