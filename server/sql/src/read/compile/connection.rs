//! Connections (api.md §3.7).

use prisma_connector::{
    AggregateRead, Connection, ConnectionRead, ConnectorError, EdgePart, EdgeRead, Page,
    PageInfoRead, PathSegment,
};
use prisma_datamodel::ModelId;

use super::{Columns, Draft, Found};
use crate::json::Form;
use crate::layout::id_column;
use crate::read::builder::Builder;
use crate::read::parts::Parts;
use crate::read::shape::{Connection as Compiled, ConnectionPart, Fetch, Part, Rows, Shape};

/// What a connection's parts ask of its rows.
struct Wanted {
    parts: Parts<ConnectionPart>,
    edges: Vec<Shape>,
    columns: Columns,
    cursors: bool,
    more: bool,
    count: bool,
}

impl Builder<'_> {
    pub(super) fn connection(
        &mut self,
        connection: &Connection,
    ) -> Result<Compiled, ConnectorError> {
        let find = &connection.find;
        let mut wanted = Wanted::new();
        wanted.parts.text("{");
        for (position, part) in connection.parts.iter().enumerate() {
            wanted.parts.key(position, &part.key);
            match &part.read {
                ConnectionRead::Literal(json) => wanted.parts.text(json),
                ConnectionRead::PageInfo(parts) => wanted.page_info(&find.page, parts),
                ConnectionRead::Aggregate(parts) => wanted.aggregate(parts),
                ConnectionRead::Edges(parts) => {
                    let shape = self.edge(&mut wanted.columns, find.model, parts)?;
                    let edges = ConnectionPart::Edges(wanted.edges.len(), part.key.clone());
                    wanted.parts.push(edges);
                    wanted.edges.push(shape);
                }
            }
        }
        wanted.parts.text("}");
        let has_rows = !wanted.edges.is_empty() || wanted.cursors || wanted.more;
        let fetch = if has_rows {
            Fetch::Rows(self.rows(connection, &mut wanted)?)
        } else if wanted.count {
            Fetch::Count(self.count(find)?)
        } else {
            Fetch::Nothing
        };
        Ok(Compiled {
            parts: wanted.parts.finish(),
            fetch,
        })
    }

    fn rows(
        &mut self,
        connection: &Connection,
        wanted: &mut Wanted,
    ) -> Result<Rows, ConnectorError> {
        let find = &connection.find;
        let from_end = find.page.last.is_some();
        let cursor = if wanted.cursors {
            Some(self.cursor(&mut wanted.columns, find.model)?)
        } else {
            None
        };
        let Found {
            mut statement,
            table,
            ..
        } = self.found(find, None)?;
        self.order(&mut statement, table, find.order, from_end)?;
        self.limit(&mut statement, &find.page, wanted.more)?;
        statement.exprs(self.columns(table, &wanted.columns));
        Ok(Rows {
            query: self.finish(&statement)?,
            edges: std::mem::take(&mut wanted.edges),
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
        let mut draft = Draft::new();
        draft.parts.text("{");
        for (position, part) in parts.iter().enumerate() {
            draft.parts.key(position, &part.key);
            match &part.read {
                EdgeRead::Literal(json) => draft.parts.text(json),
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
        draft.parts.text("}");
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
        let column = columns.position(id_column(self.datamodel, model));
        Ok((column, form.quoted()))
    }
}

impl Wanted {
    fn new() -> Self {
        Self {
            parts: Parts::new(ConnectionPart::Text),
            edges: Vec::new(),
            columns: Columns::default(),
            cursors: false,
            more: false,
            count: false,
        }
    }

    fn page_info(&mut self, page: &Page, parts: &[(Box<str>, PageInfoRead)]) {
        self.parts.text("{");
        for (position, (key, read)) in parts.iter().enumerate() {
            self.parts.key(position, key);
            match read {
                PageInfoRead::Literal(json) => self.parts.text(json),
                PageInfoRead::HasNextPage => self.more(page.first.is_some()),
                PageInfoRead::HasPreviousPage => self.more(page.last.is_some()),
                PageInfoRead::StartCursor => self.ask(ConnectionPart::First),
                PageInfoRead::EndCursor => self.ask(ConnectionPart::Last),
            }
        }
        self.parts.text("}");
    }

    /// There can only be more where the page has that end.
    fn more(&mut self, has_end: bool) {
        if has_end {
            self.more = true;
            self.parts.push(ConnectionPart::More);
        } else {
            self.parts.text("false");
        }
    }

    fn ask(&mut self, part: ConnectionPart) {
        self.cursors = true;
        self.parts.push(part);
    }

    fn aggregate(&mut self, parts: &[(Box<str>, AggregateRead)]) {
        self.parts.text("{");
        for (position, (key, read)) in parts.iter().enumerate() {
            self.parts.key(position, key);
            match read {
                AggregateRead::Literal(json) => self.parts.text(json),
                AggregateRead::Count => {
                    self.count = true;
                    self.parts.push(ConnectionPart::Count);
                }
            }
        }
        self.parts.text("}");
    }
}
