//! Operations as data: what the generator makes, the text writer writes, the reference answers and the shrinker
//! cuts down. Models and fields are named by their positions in the schema.

mod smaller;
mod text;

pub use smaller::smaller;
pub(crate) use text::everything;
pub use text::{dump, request};

use crate::value::Value;

/// One step of a run.
#[derive(Clone, Debug)]
pub enum Operation {
    /// A query.
    Query(Query),
    /// A mutation, and what it answers of its node.
    Mutation(Mutation, Vec<Selected>),
    /// A filter is true, false or unknown for each node: the counts of the three are the count of all.
    Partition(usize, Where),
    /// Pages put together are the whole list.
    Pages(Pages),
}

/// A query of one root field.
#[derive(Clone, Debug)]
pub enum Query {
    /// `ant(where:)`
    One(usize, Key, Vec<Selected>),
    /// `ants`
    Many(usize, Page, Vec<Selected>),
    /// `antsConnection` with all its parts, or with its count alone.
    Connection(usize, Page, Option<Vec<Selected>>),
}

/// A field of a selection.
#[derive(Clone, Debug)]
pub enum Selected {
    /// A scalar or a scalar list.
    Scalar(usize),
    /// A to-one relation.
    One(usize, Vec<Selected>),
    /// A to-many relation.
    Many(usize, Page, Vec<Selected>),
}

/// The arguments of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// `where`
    pub filter: Option<Where>,
    /// `orderBy`, true for descending.
    pub order: Option<(usize, bool)>,
    /// `skip`
    pub skip: Option<i32>,
    /// `after`
    pub after: Option<Value>,
    /// `before`
    pub before: Option<Value>,
    /// `first`
    pub first: Option<i32>,
    /// `last`
    pub last: Option<i32>,
}

/// A filter object: all of its conditions, none of them twice.
#[derive(Clone, Debug, Default)]
pub struct Where(pub Vec<Condition>);

/// A key of a filter object.
#[derive(Clone, Debug)]
pub enum Condition {
    /// `AND`
    And(Vec<Where>),
    /// `OR`
    Or(Vec<Where>),
    /// `NOT`
    Not(Vec<Where>),
    /// `title_contains`
    Scalar(usize, Comparison, Value),
    /// `owner`, `posts_some`; `None` is null.
    Related(usize, Quantifier, Option<Where>),
}

/// How a scalar filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "these are the suffixes of the API")]
pub enum Comparison {
    Equals,
    Not,
    In,
    NotIn,
    Lt,
    Lte,
    Gt,
    Gte,
    Contains,
    NotContains,
    StartsWith,
    NotStartsWith,
    EndsWith,
    NotEndsWith,
}

/// How many of the related nodes must satisfy a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// The only one.
    Is,
    /// `_some`
    Some,
    /// `_every`
    Every,
    /// `_none`
    None,
}

/// A node selector: one unique field and its value, unless it is a mistake.
#[derive(Clone, Debug, Default)]
pub struct Key(pub Vec<(usize, Value)>);

/// A mutation of one root field.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// `createAnt`
    Create(usize, Data),
    /// `updateAnt`
    Update(usize, Key, Data),
    /// `upsertAnt`: create, then update.
    Upsert(usize, Key, Data, Data),
    /// `deleteAnt`
    Delete(usize, Key),
    /// `updateManyAnts`
    UpdateMany(usize, Option<Where>, Data),
    /// `deleteManyAnts`
    DeleteMany(usize, Option<Where>),
}

/// The data of a create or an update.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Scalars, and lists as what they are set to.
    pub scalars: Vec<(usize, Value)>,
    /// Nested operations.
    pub relations: Vec<(usize, Vec<Nested>)>,
}

/// Nested operations of one kind on one relation field. Where the field is to-one there is one of them, and selectors
/// are `None`.
#[derive(Clone, Debug)]
pub enum Nested {
    /// `create`
    Create(Vec<Data>),
    /// `update`
    Update(Vec<(Option<Key>, Data)>),
    /// `upsert`: create, then update.
    Upsert(Vec<(Option<Key>, Data, Data)>),
    /// `delete`
    Delete(Vec<Option<Key>>),
    /// `connect`
    Connect(Vec<Key>),
    /// `set`
    Set(Vec<Key>),
    /// `disconnect`
    Disconnect(Vec<Option<Key>>),
    /// `updateMany`
    UpdateMany(Vec<(Where, Data)>),
    /// `deleteMany`
    DeleteMany(Vec<Where>),
}

/// A list that is read in pages.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The model.
    pub model: usize,
    /// Its filter.
    pub filter: Option<Where>,
    /// Its order.
    pub order: Option<(usize, bool)>,
    /// How many nodes a page has, at least 1.
    pub size: i32,
    /// How a page finds its place.
    pub by: PagesBy,
}

/// How a page finds its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagesBy {
    /// `first` and `after`, to the end.
    After,
    /// `last` and `before`, to the beginning.
    Before,
    /// `first` and `skip`.
    Skip,
}

impl Mutation {
    /// The model of its root field.
    #[must_use]
    pub fn model(&self) -> usize {
        match self {
            Mutation::Create(model, _)
            | Mutation::Update(model, ..)
            | Mutation::Upsert(model, ..)
            | Mutation::Delete(model, _)
            | Mutation::UpdateMany(model, ..)
            | Mutation::DeleteMany(model, _) => *model,
        }
    }

    /// May its root field be null? Otherwise a failure leaves no data at all.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        matches!(self, Mutation::Update(..) | Mutation::Delete(..))
    }

    /// Does it answer a count?
    #[must_use]
    pub fn is_batch(&self) -> bool {
        matches!(self, Mutation::UpdateMany(..) | Mutation::DeleteMany(..))
    }
}

impl Nested {
    /// Its place in the order of execution (api.md §4.3), and its key.
    #[must_use]
    pub fn kind(&self) -> (usize, &'static str) {
        match self {
            Nested::Create(_) => (0, "create"),
            Nested::Update(_) => (1, "update"),
            Nested::Upsert(_) => (2, "upsert"),
            Nested::Delete(_) => (3, "delete"),
            Nested::Connect(_) => (4, "connect"),
            Nested::Set(_) => (5, "set"),
            Nested::Disconnect(_) => (6, "disconnect"),
            Nested::UpdateMany(_) => (7, "updateMany"),
            Nested::DeleteMany(_) => (8, "deleteMany"),
        }
    }
}

impl Comparison {
    /// What it adds to a field's name.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Comparison::Equals => "",
            Comparison::Not => "_not",
            Comparison::In => "_in",
            Comparison::NotIn => "_not_in",
            Comparison::Lt => "_lt",
            Comparison::Lte => "_lte",
            Comparison::Gt => "_gt",
            Comparison::Gte => "_gte",
            Comparison::Contains => "_contains",
            Comparison::NotContains => "_not_contains",
            Comparison::StartsWith => "_starts_with",
            Comparison::NotStartsWith => "_not_starts_with",
            Comparison::EndsWith => "_ends_with",
            Comparison::NotEndsWith => "_not_ends_with",
        }
    }
}

impl Quantifier {
    /// What it adds to a field's name.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Quantifier::Is => "",
            Quantifier::Some => "_some",
            Quantifier::Every => "_every",
            Quantifier::None => "_none",
        }
    }
}
