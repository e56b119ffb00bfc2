//! The rules of the language (deploy.md §1.5.4), in the order of §1.5.2.

mod types;

use crate::{context::Context, diagnostic::Diagnostic};

/// All errors of a tree.
pub(crate) fn errors(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    errors.extend(types::unknown_types(context));
    errors.extend(types::missing_ids(context));
    errors
}
