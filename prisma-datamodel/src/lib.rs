//! The datamodel language: text in, [`Datamodel`] or all its [`Diagnostic`]s out.
//!
//! Goes in: datamodel texts of versions 1.1 and 1. Comes out: one immutable arena of models, fields, relations
//! and enums with every inference done, or every error of the text with its position.
//!
//! Must never know: GraphQL APIs, SQL, files, clocks, async.

mod ast;
mod context;
mod default;
pub mod diagnostic;
pub mod directive;
mod infer;
pub mod model;
mod options;
pub mod scalar;
pub mod source;
mod syntax;
mod validate;

pub use diagnostic::{Diagnostic, Severity};
pub use model::*;
pub use options::Options;
pub use source::{Position, Source, Span};

use crate::context::Context;

/// Reads a text: the datamodel, with warnings, if it has no errors; else all its errors.
///
/// # Errors
/// All errors of the text, in the order of deploy.md §1.5.2, each with its position.
pub fn parse(source: &Source) -> Result<(Datamodel, Vec<Diagnostic>), Vec<Diagnostic>> {
    parse_with(source, &Options::default(), None)
}

/// Like [`parse`], for a database with other capabilities, or after a previous datamodel whose relations keep
/// their sides although models or fields were renamed (deploy.md §1.6).
///
/// # Errors
/// As [`parse`].
pub fn parse_with(
    source: &Source,
    options: &Options,
    previous: Option<&Datamodel>,
) -> Result<(Datamodel, Vec<Diagnostic>), Vec<Diagnostic>> {
    let document = syntax::parse(source)?;
    let context = Context::new(&document, options, Version::V1_1);
    let errors = validate::errors(&context);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok((
        infer::datamodel(&context, previous)?,
        validate::warnings(&context),
    ))
}
