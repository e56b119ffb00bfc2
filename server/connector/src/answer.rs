//! Answers: bytes, and what went wrong in places where the rest of the answer still stands.

use crate::read::SelectionId;

/// How the values of an answer are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// As JSON.
    #[default]
    Json,
    /// As `prisma_packed` has them, for a reader in the same process that knows what was asked for.
    Packed,
}

/// The answer to one read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Answer {
    /// The buffer that was handed in, with one value appended.
    pub buffer: Vec<u8>,
    /// Nulls in places where the API promises none. The nulls already stand where GraphQL moves them: at the
    /// nearest position that may be null (an element of a root list; a whole to-many field, whose elements may not).
    pub problems: Vec<Problem>,
    /// True if a null moved all the way up: the value appended is null, and the caller decides whether the
    /// root field may be null.
    pub is_null: bool,
}

/// One place of an answer that could not be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The way from the root field's value to the place: response keys and list positions.
    pub path: Vec<PathSegment>,
    /// The selection that could not be answered.
    pub selection: SelectionId,
    /// Why.
    pub kind: ProblemKind,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// A response key.
    Key(Box<str>),
    /// A position in a list, from 0.
    Index(usize),
}

/// Why a place could not be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A required field has no value, or no related node (api.md §3.1).
    MissingRequired,
    /// The plan says so: [`crate::Read::Refused`].
    Refused,
}
