//! Bounds that keep one request from taking the server down.

/// How deep a document, a variable or a plan may be nested.
pub(crate) const MAX_DEPTH: usize = 200;

/// How many tokens a document may have.
pub(crate) const MAX_TOKENS: usize = 2_000_000;

/// How many selections a document may come to once its fragments are spread.
pub(crate) const MAX_SELECTIONS: usize = 100_000;
