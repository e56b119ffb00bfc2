//! Prepared reads, run.

use prisma_connector::{
    AggregateRead, Answer, BoxFuture, ConnectorError, PageInfoRead, PathSegment, ProblemKind, Value,
};
use prisma_datamodel::ScalarType;
use prisma_datamodel::scalar::parse_uuid;

use super::answer::{Writer, Written};
use super::json;
use super::level::{
    Connection as Pages, EdgeShape, Field, FieldRead, Key, Level, MISSING, PartShape, Query, Root,
    Shape,
};
use super::rows::{KeptRow, Rows};
use crate::driver::{Cell, Connection, Row};

/// Runs a root field.
pub(super) async fn root<C: Connection>(
    connection: &mut C,
    root: &Root,
    values: &[Value],
    buffer: Vec<u8>,
) -> Result<Answer, ConnectorError> {
    let mut run = Run {
        connection,
        values,
        writer: Writer::new(buffer),
    };
    let written = match root {
        Root::One(level) => run.one(level, &Value::Null).await?.written(),
        Root::Many(level) => run.list(level, &Value::Null, Elements::MayBeNull).await?,
        Root::Connection(pages) => run.pages(pages).await?,
        Root::Node { id, candidates } => {
            let id = values.get(usize::from(id.0)).ok_or(MISSING)?;
            run.node(id, candidates).await?
        }
    };
    Ok(run.writer.finish(written))
}

/// May an element of a list be null on its own?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Elements {
    MayBeNull,
    MayNotBeNull,
}

/// What came of looking for one node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    None,
    Written,
    /// It is there, but a problem below it leaves nothing.
    Nothing,
}

impl Found {
    fn written(self) -> Written {
        match self {
            Self::Written => Written::Value,
            Self::None | Self::Nothing => Written::Nothing,
        }
    }
}

struct Run<'a, C> {
    connection: &'a mut C,
    values: &'a [Value],
    writer: Writer,
}

impl<C: Connection> Run<'_, C> {
    async fn rows(&mut self, level: &Level, parent: &Value) -> Result<Rows, ConnectorError> {
        let values = level.query.values(self.values, parent)?;
        let values: Vec<&Value> = values.iter().collect();
        let mut rows = Rows::new(level.width);
        let mut keep = |row: &dyn Row| {
            rows.push(row);
            Ok(())
        };
        let statement = &level.query.statement;
        self.connection.each(statement, &values, &mut keep).await?;
        Ok(rows)
    }

    async fn one(&mut self, level: &Level, parent: &Value) -> Result<Found, ConnectorError> {
        let rows = self.rows(level, parent).await?;
        if rows.len() == 0 {
            return Ok(Found::None);
        }
        Ok(match self.object(&level.shape, rows.row(0)).await? {
            Written::Value => Found::Written,
            Written::Nothing => Found::Nothing,
        })
    }

    async fn node(
        &mut self,
        id: &Value,
        candidates: &[(ScalarType, Level)],
    ) -> Result<Written, ConnectorError> {
        let Value::Text(text) = id else {
            return Ok(Written::Nothing);
        };
        for (ty, level) in candidates {
            // An id that cannot be one of this model's is not looked for.
            if *ty == ScalarType::Uuid && parse_uuid(text).is_none() {
                continue;
            }
            match self.one(level, &Value::Null).await? {
                Found::None => {}
                found => return Ok(found.written()),
            }
        }
        Ok(Written::Nothing)
    }

    async fn list(
        &mut self,
        level: &Level,
        parent: &Value,
        elements: Elements,
    ) -> Result<Written, ConnectorError> {
        let start = self.writer.out.len();
        self.writer.out.push(b'[');
        let complete = if level.is_leaf() {
            self.stream(level, parent, elements).await?
        } else {
            self.each(level, parent, elements).await?
        };
        if !complete {
            self.writer.out.truncate(start);
            return Ok(Written::Nothing);
        }
        self.writer.out.push(b']');
        Ok(Written::Value)
    }

    /// Rows straight into the answer; false if an element is null that may not be.
    async fn stream(
        &mut self,
        level: &Level,
        parent: &Value,
        elements: Elements,
    ) -> Result<bool, ConnectorError> {
        let values = level.query.values(self.values, parent)?;
        let values: Vec<&Value> = values.iter().collect();
        let writer = &mut self.writer;
        let mut index = 0;
        let mut complete = true;
        let mut write = |row: &dyn Row| {
            if !complete {
                return Ok(());
            }
            if index > 0 {
                writer.out.push(b',');
            }
            writer.path.push(PathSegment::Index(index));
            let written = writer.leaf(&level.shape, row);
            writer.path.pop();
            if written == Written::Nothing {
                writer.null();
                complete = elements == Elements::MayBeNull;
            }
            index += 1;
            Ok(())
        };
        let statement = &level.query.statement;
        self.connection.each(statement, &values, &mut write).await?;
        Ok(complete)
    }

    /// Rows kept, then each with what is below it; false if an element is null that may not be.
    async fn each(
        &mut self,
        level: &Level,
        parent: &Value,
        elements: Elements,
    ) -> Result<bool, ConnectorError> {
        let rows = self.rows(level, parent).await?;
        for index in 0..rows.len() {
            if index > 0 {
                self.writer.out.push(b',');
            }
            self.writer.path.push(PathSegment::Index(index));
            let written = self.object(&level.shape, rows.row(index)).await?;
            self.writer.path.pop();
            if written == Written::Nothing {
                self.writer.null();
                if elements == Elements::MayNotBeNull {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// An object with what is below it.
    fn object<'s>(
        &'s mut self,
        shape: &'s Shape,
        row: KeptRow<'s>,
    ) -> BoxFuture<'s, Result<Written, ConnectorError>> {
        Box::pin(async move {
            let start = self.writer.out.len();
            self.writer.out.push(b'{');
            for (position, field) in shape.fields.iter().enumerate() {
                if position > 0 {
                    self.writer.out.push(b',');
                }
                self.writer.out.extend_from_slice(&field.key);
                if self.member(field, row).await? == Written::Nothing {
                    self.writer.out.truncate(start);
                    return Ok(Written::Nothing);
                }
            }
            self.writer.out.push(b'}');
            Ok(Written::Value)
        })
    }

    async fn member(&mut self, field: &Field, row: KeptRow<'_>) -> Result<Written, ConnectorError> {
        match &field.read {
            FieldRead::Literal(text) => self.writer.out.extend_from_slice(text.as_bytes()),
            FieldRead::Cell {
                column,
                ty,
                required,
            } => {
                let is_value = json::cell(&mut self.writer.out, row.cell(*column), *ty);
                if !is_value && *required {
                    return Ok(self.missing(field));
                }
            }
            FieldRead::Refused => {
                self.writer
                    .problem(&field.name, field.selection, ProblemKind::Refused);
                self.writer.null();
            }
            FieldRead::List { parent, query, ty } => {
                self.scalars(query, &key(row, *parent), *ty).await?;
            }
            FieldRead::ToOne {
                parent,
                level,
                required,
            } => {
                return self
                    .related_one(field, row, *parent, level, *required)
                    .await;
            }
            FieldRead::ToMany { parent, level } => {
                self.writer.path.push(PathSegment::Key(field.name.clone()));
                let written = self
                    .list(level, &key(row, *parent), Elements::MayNotBeNull)
                    .await?;
                self.writer.path.pop();
                if written == Written::Nothing {
                    self.writer.null();
                }
            }
        }
        Ok(Written::Value)
    }

    async fn related_one(
        &mut self,
        field: &Field,
        row: KeptRow<'_>,
        parent: Key,
        level: &Level,
        required: bool,
    ) -> Result<Written, ConnectorError> {
        let found = match row.value(parent.column) {
            None => Found::None,
            Some(parent) => {
                self.writer.path.push(PathSegment::Key(field.name.clone()));
                let found = self.one(level, &parent).await?;
                self.writer.path.pop();
                found
            }
        };
        Ok(match found {
            Found::Written => Written::Value,
            Found::None if required => self.missing(field),
            Found::Nothing if required => Written::Nothing,
            Found::None | Found::Nothing => {
                self.writer.null();
                Written::Value
            }
        })
    }

    fn missing(&mut self, field: &Field) -> Written {
        self.writer
            .problem(&field.name, field.selection, ProblemKind::MissingRequired);
        Written::Nothing
    }

    async fn scalars(
        &mut self,
        query: &Query,
        parent: &Value,
        ty: prisma_datamodel::FieldType,
    ) -> Result<(), ConnectorError> {
        let out = &mut self.writer.out;
        out.push(b'[');
        let mut is_first = true;
        let mut write = |row: &dyn Row| {
            if !is_first {
                out.push(b',');
            }
            is_first = false;
            json::cell(out, row.cell(0), ty);
            Ok(())
        };
        self.connection
            .each(&query.statement, &[parent], &mut write)
            .await?;
        self.writer.out.push(b']');
        Ok(())
    }

    async fn pages(&mut self, pages: &Pages) -> Result<Written, ConnectorError> {
        let page = match &pages.nodes {
            Some(level) => {
                let rows = self.rows(level, &Value::Null).await?;
                Page::of(pages, rows, self.limit(pages)?)
            }
            None => Page::counted(self.count(pages).await?),
        };
        self.writer.out.push(b'{');
        for (position, part) in pages.parts.iter().enumerate() {
            if position > 0 {
                self.writer.out.push(b',');
            }
            self.writer.out.extend_from_slice(&part.key);
            match &part.shape {
                PartShape::Literal(text) => self.writer.out.extend_from_slice(text.as_bytes()),
                PartShape::PageInfo(fields) => {
                    object(&mut self.writer.out, fields, |out, field| {
                        page.info(out, field, pages.id);
                    });
                }
                PartShape::Aggregate(fields) => {
                    object(&mut self.writer.out, fields, |out, field| match field {
                        AggregateRead::Literal(text) => out.extend_from_slice(text.as_bytes()),
                        AggregateRead::Count => json::integer(out, page.count),
                    });
                }
                PartShape::Edges(fields) => {
                    self.writer
                        .path
                        .push(PathSegment::Key(response_key(&part.key)));
                    self.edges(&page, pages.id, fields).await?;
                    self.writer.path.pop();
                }
            }
        }
        self.writer.out.push(b'}');
        Ok(Written::Value)
    }

    fn limit(&self, pages: &Pages) -> Result<Option<usize>, ConnectorError> {
        let Some(slot) = pages.limit else {
            return Ok(None);
        };
        match self.values.get(usize::from(slot.0)) {
            Some(Value::Int(limit)) => Ok(usize::try_from(*limit).ok()),
            _ => Err(MISSING),
        }
    }

    async fn count(&mut self, pages: &Pages) -> Result<i64, ConnectorError> {
        let Some(query) = &pages.count else {
            return Ok(0);
        };
        let values = query.values(self.values, &Value::Null)?;
        let values: Vec<&Value> = values.iter().collect();
        let mut count = 0;
        let mut keep = |row: &dyn Row| {
            if let Cell::Int(value) = row.cell(0) {
                count = value;
            }
            Ok(())
        };
        self.connection
            .each(&query.statement, &values, &mut keep)
            .await?;
        Ok(count)
    }

    /// Edges may be null on their own: a node that is not to be shown takes its edge with it.
    async fn edges(
        &mut self,
        page: &Page,
        id: usize,
        fields: &[(Box<[u8]>, EdgeShape)],
    ) -> Result<(), ConnectorError> {
        self.writer.out.push(b'[');
        for (index, row) in page.shown().enumerate() {
            if index > 0 {
                self.writer.out.push(b',');
            }
            let start = self.writer.out.len();
            self.writer.path.push(PathSegment::Index(index));
            let written = self.edge(page.rows.row(row), id, fields).await?;
            self.writer.path.pop();
            if written == Written::Nothing {
                self.writer.out.truncate(start);
                self.writer.null();
            }
        }
        self.writer.out.push(b']');
        Ok(())
    }

    async fn edge(
        &mut self,
        row: KeptRow<'_>,
        id: usize,
        fields: &[(Box<[u8]>, EdgeShape)],
    ) -> Result<Written, ConnectorError> {
        self.writer.out.push(b'{');
        for (position, (key, shape)) in fields.iter().enumerate() {
            if position > 0 {
                self.writer.out.push(b',');
            }
            self.writer.out.extend_from_slice(key);
            match shape {
                EdgeShape::Literal(text) => self.writer.out.extend_from_slice(text.as_bytes()),
                EdgeShape::Cursor => json::cursor(&mut self.writer.out, row.cell(id)),
                EdgeShape::Node(shape) => {
                    self.writer.path.push(PathSegment::Key(response_key(key)));
                    let written = self.object(shape, row).await?;
                    self.writer.path.pop();
                    if written == Written::Nothing {
                        return Ok(Written::Nothing);
                    }
                }
            }
        }
        self.writer.out.push(b'}');
        Ok(Written::Value)
    }
}

/// The value that the level below is linked by; null links to nothing.
fn key(row: KeptRow<'_>, key: Key) -> Value {
    row.value(key.column).unwrap_or(Value::Null)
}

/// The response key within its JSON form.
fn response_key(json: &[u8]) -> Box<str> {
    let name = &json[1..json.len() - 2];
    String::from_utf8_lossy(name).into()
}

fn object<T>(
    out: &mut Vec<u8>,
    fields: &[(Box<[u8]>, T)],
    mut write: impl FnMut(&mut Vec<u8>, &T),
) {
    out.push(b'{');
    for (position, (key, field)) in fields.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        out.extend_from_slice(key);
        write(out, field);
    }
    out.push(b'}');
}

/// The rows of a page, and whether there is one more on the side it was cut.
struct Page {
    rows: Rows,
    first: usize,
    end: usize,
    count: i64,
    has_next: bool,
    has_previous: bool,
}

impl Page {
    /// One row more than the limit was read; it lies at the far end.
    fn of(pages: &Pages, rows: Rows, limit: Option<usize>) -> Self {
        let more = limit.is_some_and(|limit| rows.len() > limit);
        let (first, end) = match (more, pages.backward) {
            (true, true) => (1, rows.len()),
            (true, false) => (0, rows.len() - 1),
            (false, _) => (0, rows.len()),
        };
        Self {
            rows,
            first,
            end,
            count: i64::try_from(end - first).unwrap_or(i64::MAX),
            has_next: more && !pages.backward,
            has_previous: more && pages.backward,
        }
    }

    fn counted(count: i64) -> Self {
        Self {
            rows: Rows::new(0),
            first: 0,
            end: 0,
            count,
            has_next: false,
            has_previous: false,
        }
    }

    fn shown(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }

    fn info(&self, out: &mut Vec<u8>, field: &PageInfoRead, id: usize) {
        match field {
            PageInfoRead::Literal(text) => out.extend_from_slice(text.as_bytes()),
            PageInfoRead::HasNextPage => json::boolean(out, self.has_next),
            PageInfoRead::HasPreviousPage => json::boolean(out, self.has_previous),
            PageInfoRead::StartCursor => self.cursor(out, self.shown().next(), id),
            PageInfoRead::EndCursor => self.cursor(out, self.shown().next_back(), id),
        }
    }

    fn cursor(&self, out: &mut Vec<u8>, row: Option<usize>, id: usize) {
        match row {
            Some(row) => json::cursor(out, self.rows.row(row).cell(id)),
            None => out.extend_from_slice(b"null"),
        }
    }
}
