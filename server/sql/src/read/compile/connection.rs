//! Connections (api.md §3.7).

use prisma_connector::{
    AggregateRead, Connection, ConnectionRead, ConnectorError, EdgePart, EdgeRead, Find, Format,
    Page, PageInfoRead, PathSegment,
};
use prisma_datamodel::ModelId;

use super::{Columns, Draft, Found};
use crate::json::Form;
use crate::read::builder::Builder;
use crate::read::parts::Parts;
use crate::read::shape::{Connection as Compiled, ConnectionPart, Fetch, Part, Rows, Shape};

/// The parts of a connection, and what they ask.
struct Wanted {
    parts: Parts<ConnectionPart>,
    count: bool,
    rows: WantedRows,
}

/// What a connection's parts ask of its rows.
struct WantedRows {
    edges: Vec<Shape>,
    columns: Columns,
    cursors: bool,
    more: bool,
}

impl Builder<'_> {
    pub(super) fn connection(
        &mut self,
        connection: &Connection,
    ) -> Result<Compiled, ConnectorError> {
        let find = &connection.find;
        let mut wanted = Wanted::new(self.format, self.open_level());
        wanted.parts.object();
        for (position, part) in connection.parts.iter().enumerate() {
            wanted.parts.key(position, &part.key);
            match &part.read {
                ConnectionRead::Literal(json) => wanted.parts.literal(json),
                ConnectionRead::PageInfo(parts) => wanted.page_info(&find.page, parts),
                ConnectionRead::Aggregate(parts) => wanted.aggregate(parts),
                ConnectionRead::Edges(parts) => {
                    let rows = &mut wanted.rows;
                    let shape = self.edge(&mut rows.columns, find.model, parts)?;
                    let edges = ConnectionPart::Edges(rows.edges.len(), part.key.clone());
                    wanted.parts.push(edges);
                    rows.edges.push(shape);
                }
            }
        }
        wanted.parts.end_object();
        let Wanted { parts, count, rows } = wanted;
        let fetch = if !rows.edges.is_empty() || rows.cursors || rows.more {
            Fetch::Rows(self.rows(find, rows)?)
        } else if count {
            Fetch::Count(self.count(find)?)
        } else {
            Fetch::Nothing
        };
        Ok(Compiled {
            parts: parts.finish(),
            fetch,
        })
    }

    fn rows(&mut self, find: &Find, wanted: WantedRows) -> Result<Rows, ConnectorError> {
        let from_end = find.page.last.is_some();
        let mut columns = wanted.columns;
        let cursor = if wanted.cursors {
            Some(self.cursor(&mut columns, find.model)?)
        } else {
            None
        };
        self.answer_something(&mut columns, find.model);
        let Found {
            mut statement,
            table,
            ..
        } = self.found(find, None)?;
        let answered = self.columns(table, &columns);
        self.answer(&mut statement, answered);
        self.order(&mut statement, table, find.order, from_end)?;
        Ok(Rows {
            source: self.page_source(statement, columns, find, wanted.more)?,
            edges: wanted.edges,
            cursor,
            limit: find.page.first.or(find.page.last),
            from_end,
        })
    }

    fn edge(
        &mut self,
        columns: &mut Columns,
        model: ModelId,
        parts: &[EdgePart],
    ) -> Result<Shape, ConnectorError> {
        let mut draft = Draft::new(self.format);
        draft.parts.object();
        for (position, part) in parts.iter().enumerate() {
            draft.parts.key(position, &part.key);
            match &part.read {
                EdgeRead::Literal(json) => draft.parts.literal(json),
                EdgeRead::Cursor => {
                    let (column, form) = self.cursor(columns, model)?;
                    draft.parts.push(Part::Cell {
                        column,
                        form,
                        required: None,
                    });
                }
                EdgeRead::Node(select) => {
                    let above = [PathSegment::Key(part.key.clone())];
                    self.members(&mut draft, columns, model, select, &above)?;
                }
            }
        }
        draft.parts.end_object();
        Ok(draft.finish())
    }

    /// The column of the id, and its form as a string.
    fn cursor(
        &self,
        columns: &mut Columns,
        model: ModelId,
    ) -> Result<(usize, Form), ConnectorError> {
        let form = Form::of(self.datamodel.id_type(model))
            .ok_or(ConnectorError::Plan("an id is a relation"))?;
        Ok((self.id_position(columns, model), form.quoted()))
    }
}

impl Wanted {
    fn new(format: Format, columns: Columns) -> Self {
        Self {
            parts: Parts::new(format, ConnectionPart::Fixed),
            count: false,
            rows: WantedRows {
                edges: Vec::new(),
                columns,
                cursors: false,
                more: false,
            },
        }
    }

    fn page_info(&mut self, page: &Page, parts: &[(Box<str>, PageInfoRead)]) {
        self.parts.object();
        for (position, (key, read)) in parts.iter().enumerate() {
            self.parts.key(position, key);
            match read {
                PageInfoRead::Literal(json) => self.parts.literal(json),
                PageInfoRead::HasNextPage => self.more(page.first.is_some()),
                PageInfoRead::HasPreviousPage => self.more(page.last.is_some()),
                PageInfoRead::StartCursor => self.ask(ConnectionPart::First),
                PageInfoRead::EndCursor => self.ask(ConnectionPart::Last),
            }
        }
        self.parts.end_object();
    }

    /// There can only be more where the page has that end.
    fn more(&mut self, has_end: bool) {
        if has_end {
            self.rows.more = true;
            self.parts.push(ConnectionPart::More);
        } else {
            self.parts.no();
        }
    }

    fn ask(&mut self, part: ConnectionPart) {
        self.rows.cursors = true;
        self.parts.push(part);
    }

    fn aggregate(&mut self, parts: &[(Box<str>, AggregateRead)]) {
        self.parts.object();
        for (position, (key, read)) in parts.iter().enumerate() {
            self.parts.key(position, key);
            match read {
                AggregateRead::Literal(json) => self.parts.literal(json),
                AggregateRead::Count => {
                    self.count = true;
                    self.parts.push(ConnectionPart::Count);
                }
            }
        }
        self.parts.end_object();
    }
}
