//! Bounds that keep one request from taking the server down.

/// How deep a document or a variable may be nested. Selections end at half of it: the GraphQL library validates no
/// deeper ones.
pub(crate) const MAX_DEPTH: usize = 200;

/// How many tokens a document may have.
pub(crate) const MAX_TOKENS: usize = 2_000_000;

/// How many selections a document may come to once its fragments are spread.
pub(crate) const MAX_SELECTIONS: usize = 100_000;
