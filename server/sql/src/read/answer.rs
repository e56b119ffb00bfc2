//! The answer in the making.

use prisma_connector::{Answer, PathSegment, Problem, ProblemKind, SelectionId};

use super::json;
use super::level::{FieldRead, Shape};
use crate::driver::Row;

/// Bytes written so far, and where in the answer they stand.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    pub(super) path: Vec<PathSegment>,
    problems: Vec<Problem>,
}

/// Whether a value was written, or is null because of a problem below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Value,
    /// Nothing was written: the null goes to the next place that may be null.
    Nothing,
}

impl Writer {
    pub(super) fn new(buffer: Vec<u8>) -> Self {
        Self {
            out: buffer,
            path: Vec::new(),
            problems: Vec::new(),
        }
    }

    pub(super) fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    pub(super) fn problem(&mut self, key: &str, selection: SelectionId, kind: ProblemKind) {
        let mut path = self.path.clone();
        path.push(PathSegment::Key(key.into()));
        self.problems.push(Problem {
            path,
            selection,
            kind,
        });
    }

    /// The answer; `is_null` if nothing but null came of it.
    pub(super) fn finish(mut self, written: Written) -> Answer {
        let is_null = written == Written::Nothing;
        if is_null {
            self.null();
        }
        Answer {
            buffer: self.out,
            problems: self.problems,
            is_null,
        }
    }

    /// Writes a row whose members need no further statement.
    pub(super) fn leaf(&mut self, shape: &Shape, row: &dyn Row) -> Written {
        let start = self.out.len();
        self.out.push(b'{');
        for (position, field) in shape.fields.iter().enumerate() {
            if position > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(&field.key);
            match &field.read {
                FieldRead::Literal(text) => self.out.extend_from_slice(text.as_bytes()),
                FieldRead::Cell {
                    column,
                    ty,
                    required,
                } => {
                    let is_value = json::cell(&mut self.out, row.cell(*column), *ty);
                    if !is_value && *required {
                        self.problem(&field.name, field.selection, ProblemKind::MissingRequired);
                        self.out.truncate(start);
                        return Written::Nothing;
                    }
                }
                FieldRead::Refused => {
                    self.problem(&field.name, field.selection, ProblemKind::Refused);
                    self.null();
                }
                // A level with such members is no leaf.
                FieldRead::List { .. } | FieldRead::ToOne { .. } | FieldRead::ToMany { .. } => {
                    self.null();
                }
            }
        }
        self.out.push(b'}');
        Written::Value
    }
}
