//! A prepared read: levels of statements, and the shape of the answer around their rows.

use prisma_connector::{AggregateRead, ConnectorError, PageInfoRead, SelectionId, Slot, Value};
use prisma_datamodel::{FieldType, ScalarType};

use crate::driver::Statement;

/// What a root field answers.
#[derive(Debug)]
pub(super) enum Root {
    /// An object or null.
    One(Level),
    /// A list of nodes.
    Many(Level),
    /// A list of nodes and what surrounds it.
    Connection(Connection),
    /// The first of these that has the id.
    Node {
        id: Slot,
        candidates: Vec<(ScalarType, Level)>,
    },
}

impl Root {
    /// The texts of all statements, outer levels first.
    pub(super) fn statements(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        match self {
            Self::One(level) | Self::Many(level) => level.collect(&mut texts),
            Self::Connection(connection) => {
                if let Some(nodes) = &connection.nodes {
                    nodes.collect(&mut texts);
                }
                texts.extend(connection.count.iter().map(|query| &*query.statement.text));
                for part in &connection.parts {
                    if let PartShape::Edges(fields) = &part.shape {
                        for (_, field) in fields {
                            if let EdgeShape::Node(shape) = field {
                                shape.collect(&mut texts);
                            }
                        }
                    }
                }
            }
            Self::Node { candidates, .. } => {
                for (_, level) in candidates {
                    level.collect(&mut texts);
                }
            }
        }
        texts
    }
}

/// A connection: at most one statement for its nodes and one for their number.
#[derive(Debug)]
pub(super) struct Connection {
    /// Absent if only counts are asked for.
    pub(super) nodes: Option<Level>,
    /// The column of the nodes' id.
    pub(super) id: usize,
    /// Present if no nodes are read.
    pub(super) count: Option<Query>,
    /// One more row than this is read, to see whether there is one.
    pub(super) limit: Option<Slot>,
    /// The limit counts from the end.
    pub(super) backward: bool,
    pub(super) parts: Vec<Part>,
}

/// A selection in a connection: its JSON key and what follows.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) key: Box<[u8]>,
    pub(super) shape: PartShape,
}

#[derive(Debug)]
pub(super) enum PartShape {
    Literal(Box<str>),
    PageInfo(Vec<(Box<[u8]>, PageInfoRead)>),
    Aggregate(Vec<(Box<[u8]>, AggregateRead)>),
    Edges(Edges),
}

/// The members of an edge: JSON keys and what follows.
pub(super) type Edges = Vec<(Box<[u8]>, EdgeShape)>;

#[derive(Debug)]
pub(super) enum EdgeShape {
    Literal(Box<str>),
    Cursor,
    Node(Shape),
}

/// A statement with where its values come from.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) statement: Statement,
    pub(super) binds: Vec<Bind>,
}

impl Query {
    /// The values to bind, in order.
    pub(crate) fn values(
        &self,
        values: &[Value],
        parent: &Value,
    ) -> Result<Vec<Value>, ConnectorError> {
        self.binds
            .iter()
            .map(|bind| bind.value(values, parent).ok_or(MISSING))
            .collect()
    }
}

/// Answered for too few values.
pub(super) const MISSING: ConnectorError =
    ConnectorError::Plan("executed without a value for each slot");

/// Where a bound value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bind {
    /// A value of the execution.
    Slot(Slot),
    /// The same, plus one.
    OneMore(Slot),
    /// A text as a pattern that finds it anywhere, at the start or at the end.
    Pattern(Slot, Match),
    /// What the row above is linked by.
    Parent,
}

/// Where a text must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Anywhere,
    Start,
    End,
}

/// One statement and the shape of each of its rows.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) query: Query,
    pub(super) width: usize,
    pub(super) shape: Shape,
}

impl Level {
    fn collect<'a>(&'a self, texts: &mut Vec<&'a str>) {
        texts.push(&self.query.statement.text);
        self.shape.collect(texts);
    }

    /// True if a row needs no further statement.
    pub(super) fn is_leaf(&self) -> bool {
        self.shape.fields.iter().all(|field| {
            matches!(
                field.read,
                FieldRead::Literal(_) | FieldRead::Cell { .. } | FieldRead::Refused
            )
        })
    }
}

/// The members of an object, in order.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) fields: Vec<Field>,
}

impl Shape {
    fn collect<'a>(&'a self, texts: &mut Vec<&'a str>) {
        for field in &self.fields {
            match &field.read {
                FieldRead::ToOne { level, .. } | FieldRead::ToMany { level, .. } => {
                    level.collect(texts);
                }
                FieldRead::List { query, .. } => texts.push(&query.statement.text),
                FieldRead::Literal(_) | FieldRead::Cell { .. } | FieldRead::Refused => {}
            }
        }
    }
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Field {
    /// The response key.
    pub(super) name: Box<str>,
    /// The same as JSON, with the colon.
    pub(super) key: Box<[u8]>,
    pub(super) selection: SelectionId,
    pub(super) read: FieldRead,
}

#[derive(Debug)]
pub(super) enum FieldRead {
    /// A fixed JSON text.
    Literal(Box<str>),
    /// A column of the row.
    Cell {
        column: usize,
        ty: FieldType,
        required: bool,
    },
    /// A list of scalars, by the id of the row.
    List {
        parent: Key,
        query: Query,
        ty: FieldType,
    },
    /// The related node.
    ToOne {
        parent: Key,
        level: Box<Level>,
        required: bool,
    },
    /// The related nodes.
    ToMany { parent: Key, level: Box<Level> },
    /// Null with a problem.
    Refused,
}

/// The column of a row that the level below is linked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) column: usize,
}

impl Bind {
    /// The bound value.
    pub(super) fn value(self, values: &[Value], parent: &Value) -> Option<Value> {
        let at = |slot: Slot| values.get(usize::from(slot.0));
        Some(match self {
            Self::Slot(slot) => at(slot)?.clone(),
            Self::OneMore(slot) => match at(slot)? {
                Value::Int(limit) => Value::Int(limit.saturating_add(1)),
                _ => return None,
            },
            Self::Pattern(slot, place) => match at(slot)? {
                Value::Text(text) | Value::Enum(text) | Value::Json(text) => {
                    Value::Text(pattern(text, place))
                }
                _ => return None,
            },
            Self::Parent => parent.clone(),
        })
    }
}

/// A `LIKE` pattern in which every character of the text stands for itself; `\` escapes.
fn pattern(text: &str, place: Match) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    if place != Match::Start {
        pattern.push('%');
    }
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    if place != Match::End {
        pattern.push('%');
    }
    pattern
}
