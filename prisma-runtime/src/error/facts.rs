//! What the extensions of a GraphQL error say, whatever the library that writes them.

use super::{Error, ErrorKind};

/// The value of an extension.
pub(super) enum Fact<'a> {
    Text(&'a str),
    Texts(&'a [String]),
    Number(u32),
}

/// The extensions by their names: the kind as `code`, the server's number for it, and what of the caller's request it
/// is about.
pub(super) fn facts(error: &Error) -> Vec<(&'static str, Fact<'_>)> {
    let kind = error.kind();
    let mut facts = vec![("code", Fact::Text(kind.name()))];
    if let Some(number) = error.code() {
        facts.push(("number", Fact::Number(number)));
    }
    match kind {
        ErrorKind::UniqueViolation { model, fields } => {
            facts.push(("model", Fact::Text(model)));
            facts.push(("fields", Fact::Texts(fields)));
        }
        ErrorKind::NotFound { model } => facts.push(("model", Fact::Text(model))),
        ErrorKind::Validation { argument } if !argument.is_empty() => {
            facts.push(("argument", Fact::Text(argument)));
        }
        _ => {}
    }
    facts
}
