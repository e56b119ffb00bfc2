//! Bounds that keep one request from taking the server down.

/// How much one request may ask for. What goes beyond is refused before anything of it is executed.
///
/// The bounds are far above what clients of such an API send: their introspection queries are fifteen levels deep, and
/// generated clients come to a few hundred tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Tokens of a document, each with what separates it from the next.
    pub tokens: usize,
    /// Levels of fields within fields, fragments spread.
    pub depth: usize,
    /// Aliases in a document.
    pub aliases: usize,
    /// Directives in a document.
    pub directives: usize,
    /// Fields of a document, each as often as its fragment is spread.
    pub selections: usize,
    /// Levels of objects within objects in an argument: conditions in conditions, nested writes.
    pub input_depth: usize,
    /// Bytes of variables that are used several times, each as often as it is used.
    pub copies: usize,
    /// Nodes that an answer may have, estimated before anything is read: lists in lists multiply their `first` or
    /// `last`. A list without either counts as five nodes, and one asked for more than a hundred thousand as a hundred
    /// thousand, since such a number means all of them.
    pub cost: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tokens: 15_000,
            depth: 20,
            aliases: 250,
            directives: 50,
            selections: 20_000,
            input_depth: 40,
            copies: 64 * 1024 * 1024,
            cost: 100_000_000,
        }
    }
}

/// How deep brackets may stand in brackets; the readers of documents recurse. Selections end at half of it: the GraphQL
/// library validates no deeper ones.
pub(crate) const MOST_NESTING: usize = 200;

/// How many values the conditions of one field may have, a list of values and a condition without value counting as
/// one. Values are parameters of a statement: databases have tens of thousands at most, and SQLite reads them in
/// quadratic time.
pub(crate) const MOST_VALUES: usize = 5_000;

/// How deep conditions on related nodes may stand in each other. Each is a statement within a statement, and SQLite
/// reads expressions of a thousand levels in all.
pub(crate) const MOST_RELATIONS: usize = 15;

/// How many conditions one field may have, each doubled by every relation around it: PostgreSQL plans a statement within
/// a statement in two ways, and so all that is within that one.
pub(crate) const MOST_DOUBLED: usize = 100_000;

/// Fields of introspection in a document, each as often as its fragment is spread. The query of a tool has about 250.
pub(crate) const MOST_INTROSPECTION: usize = 500;

/// A bound that a request goes beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The request exceeds a limit of this server: at most {most} {}.", limit.unit())]
pub struct LimitExceeded {
    /// Which bound.
    pub limit: Limit,
    /// Where it lies.
    pub most: u64,
}

impl LimitExceeded {
    pub(crate) fn new(limit: Limit, most: usize) -> Self {
        Self {
            limit,
            most: u64::try_from(most).unwrap_or(u64::MAX),
        }
    }
}

/// The bounds of [`Limits`], and some that no configuration moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// [`Limits::tokens`]
    Tokens,
    /// Brackets within brackets in a document.
    Nesting,
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::aliases`]
    Aliases,
    /// [`Limits::directives`]
    Directives,
    /// [`Limits::selections`]
    Selections,
    /// [`Limits::input_depth`]
    InputDepth,
    /// Values in the conditions of one field. A list of values counts as one, and so does a condition without value.
    Values,
    /// [`Limits::cost`]
    Cost,
    /// Conditions on related nodes within such conditions.
    Relations,
    /// [`Limits::copies`]
    Copies,
    /// Fields of introspection, once fragments are spread.
    Introspection,
    /// Conditions of one field, each doubled by every relation around it.
    Conditions,
}

impl Limit {
    /// The `code` of the error object.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Tokens => 4100,
            Self::Nesting => 4101,
            Self::Depth => 4102,
            Self::Aliases => 4103,
            Self::Directives => 4104,
            Self::Selections => 4105,
            Self::InputDepth => 4106,
            Self::Values => 4107,
            Self::Cost => 4108,
            Self::Relations => 4109,
            Self::Copies => 4110,
            Self::Introspection => 4111,
            Self::Conditions => 4112,
        }
    }

    /// Its name in the `extensions` of the error object.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Nesting => "nesting",
            Self::Depth => "depth",
            Self::Aliases => "aliases",
            Self::Directives => "directives",
            Self::Selections => "selections",
            Self::InputDepth => "inputDepth",
            Self::Values => "values",
            Self::Cost => "cost",
            Self::Relations => "relations",
            Self::Copies => "copies",
            Self::Introspection => "introspection",
            Self::Conditions => "conditions",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Nesting => "levels of brackets",
            Self::Depth => "levels of fields",
            Self::Aliases => "aliases",
            Self::Directives => "directives",
            Self::Selections => "fields once fragments are spread",
            Self::InputDepth => "levels of objects in an argument",
            Self::Values => "values in the conditions of a field",
            Self::Cost => "nodes by estimate",
            Self::Relations => "levels of relations in a condition",
            Self::Copies => "bytes of variables that are used several times",
            Self::Introspection => "fields of introspection once fragments are spread",
            Self::Conditions => "conditions of a field, doubled by every relation around them",
        }
    }
}
