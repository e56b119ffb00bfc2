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

/// Why an operation fails: codes of api.md §5.2 with their texts, of which one must be answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal(pub Vec<(i64, String)>);

impl Refusal {
    fn new(code: i64, text: impl Into<String>) -> Self {
        Self(vec![(code, text.into())])
    }

    /// Nothing, if there is nothing to complain about.
    fn checked(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}
