//! What the answer of a read looks like: literal bytes between cells, and gaps that children fill.

use std::sync::Arc;

use prisma_connector::{Format, PathSegment, SelectionId, Slot};
use prisma_datamodel::FieldId;

use super::query::Query;
use super::tree::Places;
use crate::json::Form;

/// The answer of one plan.
#[derive(Debug)]
pub(super) enum Root {
    /// One node by a unique value.
    One(RootRow),
    /// A list; its elements may be null.
    Many(List),
    /// A list with what surrounds it.
    Connection(Connection),
    /// A node of one of several models.
    Node(Node),
}

/// Where rows come from.
#[derive(Debug)]
pub(super) enum Source {
    /// A statement.
    Own(Query),
    /// A statement that also answers the rows of everything below; where the columns of each level are in its rows.
    Tree(Query, Places),
    /// The statement of the root: this is a level of it.
    Level(usize),
}

impl Source {
    /// Takes the statement of another source for short pages; its rows are the same.
    pub(super) fn shortened(self, count: Slot, short: Self) -> Self {
        match (self, short) {
            (Self::Own(query), Self::Own(short)) => Self::Own(query.shortened(count, short)),
            (Self::Tree(query, places), Self::Tree(short, _)) => {
                Self::Tree(query.shortened(count, short), places)
            }
            (other, _) => other,
        }
    }

    fn query(&self) -> Option<&Query> {
        match self {
            Self::Own(query) | Self::Tree(query, _) => Some(query),
            Self::Level(_) => None,
        }
    }
}

/// At most one row.
#[derive(Debug)]
pub(super) struct One {
    pub(super) source: Source,
    pub(super) shape: Shape,
    /// The column of the parent's key, where one execution answers for all parents.
    pub(super) key: Option<usize>,
}

/// A node that a plan starts with.
#[derive(Debug)]
pub(super) struct RootRow {
    pub(super) one: One,
    /// The columns that the shape takes, by name.
    pub(super) columns: Arc<[String]>,
}

/// Rows, one element each.
#[derive(Debug)]
pub(super) struct List {
    pub(super) source: Source,
    pub(super) shape: Shape,
    /// The column of the parent's key, where one execution answers for all parents.
    pub(super) key: Option<usize>,
    /// Do rows come from the end of the list?
    pub(super) from_end: bool,
    /// Where elements may not be null, one that is makes the list null.
    pub(super) nullable_elements: bool,
}

/// The first candidate that has an id.
#[derive(Debug)]
pub(super) struct Node {
    /// Answers the position of the candidate, or null; left out for one candidate.
    pub(super) probe: Option<Query>,
    pub(super) candidates: Vec<RootRow>,
}

/// A list with what surrounds it.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) parts: Vec<ConnectionPart>,
    pub(super) fetch: Fetch,
}

/// What a connection has to ask the database.
#[derive(Debug)]
pub(super) enum Fetch {
    /// Nothing: fixed texts only.
    Nothing,
    /// How many nodes there are.
    Count(Query),
    /// The nodes.
    Rows(Rows),
}

/// The rows of a connection.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) source: Source,
    /// One shape per `edges`.
    pub(super) edges: Vec<Shape>,
    /// The column of the id and its form, where the first and the last are asked for.
    pub(super) cursor: Option<(usize, Form)>,
    /// The size of the page, where one is given.
    pub(super) limit: Option<Slot>,
    /// Do rows come from the end of the list?
    pub(super) from_end: bool,
}

/// One piece of a connection.
#[derive(Debug)]
pub(super) enum ConnectionPart {
    /// Bytes as they stand.
    Fixed(Vec<u8>),
    /// The nth `edges`, under this key.
    Edges(usize, Box<str>),
    /// `hasNextPage` of a page from the start: is there a row beyond it?
    More,
    /// `startCursor`
    First,
    /// `endCursor`
    Last,
    /// `count`
    Count,
}

/// One object, or one value of a list of scalars, per row.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// How it is written; its literal bytes are already.
    pub(super) format: Format,
    pub(super) parts: Vec<Part>,
    pub(super) children: Vec<Child>,
}

/// One piece of a row.
#[derive(Debug)]
pub(super) enum Part {
    /// Bytes as they stand.
    Fixed(Vec<u8>),
    /// A cell.
    Cell {
        column: usize,
        form: Form,
        /// Given where the cell may not be null.
        required: Option<Place>,
    },
    /// What the nth child answers.
    Child(usize),
}

/// A place in an answer.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The way from the row's object.
    pub(super) path: Vec<PathSegment>,
    pub(super) selection: SelectionId,
}

/// A value that takes more than the row.
#[derive(Debug)]
pub(super) struct Child {
    pub(super) place: Place,
    pub(super) read: ChildRead,
    /// The relation field that it answers, if it is one.
    pub(super) relation: Option<Answered>,
}

/// A relation field of an answer.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) field: FieldId,
    /// The columns that the shape takes, by name, where every related node is answered, in the order of their ids.
    pub(super) columns: Option<Arc<[String]>>,
}

/// How a child is answered. The column holds the value that its statement takes.
#[derive(Debug)]
pub(super) enum ChildRead {
    /// Null, and a problem.
    Refused,
    /// A related node.
    One {
        column: usize,
        one: One,
        required: bool,
    },
    /// Related nodes, or the values of a list of scalars.
    Many { column: usize, list: List },
}

/// What the rows of a child come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fetched<'s> {
    pub(super) source: &'s Source,
    pub(super) shape: &'s Shape,
    /// The column of the parent's key.
    pub(super) key: Option<usize>,
}

impl Child {
    /// What its rows come from, if it has any.
    pub(super) fn fetch(&self) -> Option<Fetched<'_>> {
        let (source, shape, key) = match &self.read {
            ChildRead::Refused => return None,
            ChildRead::One { one, .. } => (&one.source, &one.shape, one.key),
            ChildRead::Many { list, .. } => (&list.source, &list.shape, list.key),
        };
        Some(Fetched { source, shape, key })
    }
}

impl Root {
    /// All statements, in the order of the plan.
    pub(super) fn queries(&self) -> Vec<&Query> {
        let mut queries = Vec::new();
        match self {
            Self::One(row) => row.one.collect(&mut queries),
            Self::Many(list) => list.collect(&mut queries),
            Self::Connection(connection) => match &connection.fetch {
                Fetch::Nothing => {}
                Fetch::Count(query) => queries.push(query),
                Fetch::Rows(rows) => {
                    queries.extend(rows.source.query());
                    for shape in &rows.edges {
                        shape.collect(&mut queries);
                    }
                }
            },
            Self::Node(node) => {
                queries.extend(&node.probe);
                for row in &node.candidates {
                    row.one.collect(&mut queries);
                }
            }
        }
        queries
    }
}

impl One {
    fn collect<'a>(&'a self, queries: &mut Vec<&'a Query>) {
        queries.extend(self.source.query());
        self.shape.collect(queries);
    }
}

impl List {
    fn collect<'a>(&'a self, queries: &mut Vec<&'a Query>) {
        queries.extend(self.source.query());
        self.shape.collect(queries);
    }
}

impl Shape {
    fn collect<'a>(&'a self, queries: &mut Vec<&'a Query>) {
        for fetched in self.children.iter().filter_map(Child::fetch) {
            queries.extend(fetched.source.query());
            fetched.shape.collect(queries);
        }
    }
}
