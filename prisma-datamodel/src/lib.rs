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
mod docs;
mod format;
mod infer;
pub mod model;
mod options;
mod print;
mod render;
pub mod scalar;
pub mod source;
mod syntax;
mod v1;
mod validate;

pub use diagnostic::{Diagnostic, Severity};
pub use format::format;
pub use infer::generated_name as generated_relation_name;
pub use model::*;
pub use options::Options;
pub use print::print;
pub use render::{Style, render, render_line};
pub use source::{Position, Source, Span};
pub use v1::upgrade::upgrade;

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
    let mut document = syntax::parse(source)?;
    let version = v1::version(&document);
    if version == Version::V1 {
        document = v1::desugar(document);
    }
    let context = Context::new(&document, options, version);
    let errors = validate::errors(&context);
    if !errors.is_empty() {
        return Err(errors);
    }
    let datamodel = infer::datamodel(&context, previous)?;
    let errors = validate::duplicates(&datamodel);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok((datamodel, validate::warnings(&context)))
}
