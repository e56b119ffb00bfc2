//! Reads: a tree of selections, answered as a whole.
//!
//! A [`ReadPlan`] is plain data. It names models and fields of one datamodel by id and holds no request values:
//! where a value belongs, it names a [`Slot`], a position in the list of values that comes with each execution.
//! Requests that differ in values only have equal plans, so a plan is also the key of the statement cache.
//!
//! Every selection has a **response key** and is answered in the order of the plan; selections that GraphQL
//! merges are merged before a plan is made.

use prisma_datamodel::{FieldId, ModelId};

/// A position in the list of values of one execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u16);

/// One root field of a query, or the answer of a mutation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ReadPlan {
    /// One node by a unique value: an object or `null` (api.md §3.1).
    One(One),
    /// A list of nodes.
    Many(Find),
    /// A list of nodes as a connection (api.md §3.7).
    Connection(Connection),
    /// A node of any model by its id: an object or `null`.
    Node(Node),
}

/// One node by the value of a unique field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct One {
    /// The model of the node.
    pub model: ModelId,
    /// Its unique field.
    pub field: FieldId,
    /// The value of that field, never null.
    pub value: Slot,
    /// What to answer.
    pub select: Vec<Selected>,
}

/// Nodes by their id alone: the first candidate that has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// The id, as a [`crate::Value::Text`]. A text that is no value of a candidate's id type misses that candidate.
    pub id: Slot,
    /// Models to look in, in this order, each with what to answer for its nodes.
    pub candidates: Vec<(ModelId, Vec<Selected>)>,
}

/// Nodes of one model: all of them at the root, or those related to a parent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Find {
    /// The model of the nodes.
    pub model: ModelId,
    /// Which of them.
    pub filter: Filter,
    /// In which order; ties, and everything without an order, by id ascending (api.md §3.5).
    pub order: Option<Order>,
    /// Which part of the ordered nodes.
    pub page: Page,
    /// What to answer of each.
    pub select: Vec<Selected>,
}

/// An order by one field, ties broken by id ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// A scalar or enum field of the model, no list.
    pub field: FieldId,
    /// Greatest first?
    pub descending: bool,
}

/// Pagination: filter, order, cursor window, skip, first or last, in this order (api.md §3.6).
///
/// `first` and `last` exclude each other. Counts are non-negative [`crate::Value::Int`]s; cursors are values of
/// the model's id type, [`crate::Value::Null`] for a text that is none (which finds nothing).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Page {
    /// Take at most so many from the start of the window.
    pub first: Option<Slot>,
    /// Take at most so many from its end.
    pub last: Option<Slot>,
    /// Drop so many before taking: from the end with `last`, else from the start.
    pub skip: Option<Slot>,
    /// The window starts behind this node.
    pub after: Option<Slot>,
    /// The window ends before this node.
    pub before: Option<Slot>,
}

impl Page {
    /// True if the page is the whole list.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

/// A list of nodes with what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Connection {
    /// Which nodes; its `select` is empty, selections are in [`EdgeRead::Node`].
    pub find: Find,
    /// What to answer, in order.
    pub parts: Vec<ConnectionPart>,
}

/// One selection in a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionPart {
    /// The response key.
    pub key: Box<str>,
    /// What to answer.
    pub read: ConnectionRead,
}

/// What a selection in a connection answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConnectionRead {
    /// A fixed JSON text: `__typename`.
    Literal(Box<str>),
    /// `pageInfo`: response keys and what to answer under them.
    PageInfo(Vec<(Box<str>, PageInfoRead)>),
    /// `edges`
    Edges(Vec<EdgePart>),
    /// `aggregate`: response keys and what to answer under them.
    Aggregate(Vec<(Box<str>, AggregateRead)>),
}

/// A field of `PageInfo`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageInfoRead {
    /// A fixed JSON text: `__typename`.
    Literal(Box<str>),
    /// `hasNextPage`: more nodes behind the page; false unless `first` is given.
    HasNextPage,
    /// `hasPreviousPage`: more nodes before the page; false unless `last` is given.
    HasPreviousPage,
    /// `startCursor`: the id of the first node, as a string, or null.
    StartCursor,
    /// `endCursor`: the id of the last node, as a string, or null.
    EndCursor,
}

/// One selection in an edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EdgePart {
    /// The response key.
    pub key: Box<str>,
    /// What to answer.
    pub read: EdgeRead,
}

/// What a selection in an edge answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EdgeRead {
    /// A fixed JSON text: `__typename`.
    Literal(Box<str>),
    /// `cursor`: the id of the node, as a string.
    Cursor,
    /// `node`
    Node(Vec<Selected>),
}

/// A field of an aggregate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AggregateRead {
    /// A fixed JSON text: `__typename`.
    Literal(Box<str>),
    /// `count`: how many nodes the page has.
    Count,
}

/// One selection in a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Selected {
    /// The response key.
    pub key: Box<str>,
    /// What to answer.
    pub read: Read,
    /// Identifies the selection in [`crate::Problem`]s; numbered by whoever makes the plan.
    pub id: SelectionId,
}

/// Identifies a [`Selected`] within one plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SelectionId(pub u32);

/// What a selection in a node answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// A fixed JSON text: `__typename`.
    Literal(Box<str>),
    /// A scalar or enum.
    Scalar(FieldId),
    /// A list of scalars or enums, in stored order; `[]` if it was never set.
    ScalarList(FieldId),
    /// The related node of a to-one field: an object or null. Where the field is required and there is none,
    /// a [`crate::ProblemKind::MissingRequired`].
    ToOne {
        /// The relation field.
        field: FieldId,
        /// What to answer of the related node.
        select: Vec<Selected>,
    },
    /// The related nodes of a to-many field, filtered, ordered and paged per parent; never null.
    ToMany {
        /// The relation field.
        field: FieldId,
        /// Which of the related nodes, and what to answer of each.
        find: Find,
    },
    /// Null, with one [`crate::ProblemKind::Refused`] per parent: arguments that were refused (api.md §3.6).
    Refused,
}

/// A condition on nodes of one model (api.md §3.2 to §3.4). Conditions on null columns are neither true nor false
/// and stay so under [`Filter::Not`], as in SQL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All of these; without any: true.
    And(Vec<Filter>),
    /// Any of these; without any: false.
    Or(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// A comparison of a scalar or enum with a value that is not null.
    Scalar {
        /// A scalar or enum field of the model, no list.
        field: FieldId,
        /// How to compare.
        comparison: Comparison,
        /// The other operand.
        value: Slot,
    },
    /// The field is null.
    Null(FieldId),
    /// A condition on the related nodes.
    Related {
        /// The relation field, to-one or to-many.
        field: FieldId,
        /// How many of them must satisfy it.
        quantifier: Quantifier,
        /// The condition.
        filter: Box<Filter>,
    },
}

impl Filter {
    /// The condition that every node satisfies.
    pub const TRUE: Self = Self::And(Vec::new());
    /// The condition that no node satisfies.
    pub const FALSE: Self = Self::Or(Vec::new());
}

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equals,
    /// One of a [`crate::Value::List`] that is not empty.
    In,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// Has the text anywhere; every character of it stands for itself.
    Contains,
    /// Starts with the text.
    StartsWith,
    /// Ends with the text.
    EndsWith,
}

/// How many related nodes must satisfy a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// At least one; of a to-one field: the related node exists and satisfies it.
    Some,
    /// None violates it: there is no related node for which the condition is false.
    Every,
    /// None satisfies it.
    None,
}
