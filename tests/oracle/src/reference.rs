//! The reference: what api.md §3 and §4 say, over plain vectors.
//!
//! It shares nothing with the server. Where the specification leaves an order open that only decides which of several
//! errors is named, it lists all of them; where it leaves the outcome open, it says so and the step is skipped.

mod delete;
mod filter;
mod links;
mod read;
mod state;
mod write;

pub use read::{Answer, Failure, count, pages, read};
pub use state::{Handle, Node, State};
pub use write::{Outcome, write};

use crate::{differences::Differences, schema::Schema};

/// What the reference evaluates with.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The datamodel.
    pub schema: &'a Schema,
    /// How the store in question answers.
    pub differences: Differences,
}

/// Why an operation fails: an error code, and the texts of which one must be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `code` of api.md §5.2.
    pub code: i64,
    /// The texts that may come.
    pub texts: Vec<String>,
}

impl Refusal {
    fn new(code: i64, text: impl Into<String>) -> Self {
        Self {
            code,
            texts: vec![text.into()],
        }
    }
}
