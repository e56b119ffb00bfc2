//! A failed run as text that can be read and repeated.

use std::fmt;

use crate::{operation::request, run::Failed};

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "a difference on {}, seed {}",
            self.store.name(),
            self.seed
        )?;
        writeln!(f, "\n{}", self.schema)?;
        for operation in &self.operations {
            writeln!(f, "{}", request(&self.schema, operation))?;
        }
        let mismatch = &self.mismatch;
        writeln!(f, "\n{} of: {}", mismatch.check, mismatch.request)?;
        writeln!(f, "\nexpected: {}", mismatch.expected)?;
        write!(f, "answered: {}", mismatch.answered)
    }
}
