//! Generated clients as text, and what is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod build_script;
mod clients;
mod refused;

use prisma_codegen::{Client, Options, Problems, generate};
use prisma_datamodel::{Source, Style, parse, render};

/// The client of a text, or snippets of all that is wrong with it.
fn client(source: &Source, options: Options) -> Result<Client, String> {
    let snippets = |problems: &[_]| render(source, problems, Style::Plain);
    let (datamodel, _) = parse(source).map_err(|errors| snippets(&errors))?;
    let options = Options {
        source: Some(source.clone()),
        ..options
    };
    generate(&datamodel, &options).map_err(|Problems(problems)| snippets(&problems))
}
