//! Documents: read and validated, or everything that is wrong with them.

mod check;
mod report;
mod suggest;

use apollo_compiler::{
    ExecutableDocument, Schema, diagnostic::ToCliReport as _, parser::Parser, validation::Valid,
};
use prisma_api::ApiSchema;

use self::{check::Check, report::Reports};
use crate::{
    limits::{MAX_DEPTH, MAX_TOKENS},
    position::{Position, write_excerpt},
};

/// Something wrong with a request as a whole: part of the answer, without code and request id (api.md §5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestError {
    pub(crate) message: String,
    pub(crate) locations: Vec<Position>,
}

impl RequestError {
    /// An error at places of the document, each with an excerpt in the message.
    pub(crate) fn at(text: &str, mut message: String, offsets: &[usize]) -> Self {
        for (index, &offset) in offsets.iter().enumerate() {
            if index > 0 {
                message.push('\n');
            }
            write_excerpt(&mut message, text, offset);
        }
        let locations = offsets.iter().map(|&at| Position::of(text, at));
        Self {
            message,
            locations: locations.collect(),
        }
    }

    /// An error that no place of the document explains.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            locations: Vec::new(),
        }
    }
}

/// Why a document is not executed.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It cannot be read.
    Syntax(String),
    /// It is not valid, or its variables are not.
    Invalid(Vec<RequestError>),
}

/// Reads and validates a document.
pub(crate) fn read(
    api: &ApiSchema,
    schema: &Valid<Schema>,
    text: &str,
) -> Result<Valid<ExecutableDocument>, Refusal> {
    let ast = Parser::new()
        .recursion_limit(MAX_DEPTH)
        .token_limit(MAX_TOKENS)
        .parse_ast(text, "request")
        .map_err(|failed| {
            let first = failed.errors.iter().next();
            let (message, at) = first.map_or((String::new(), None), |first| {
                (first.error.to_string(), first.error.location())
            });
            syntax_error(text, &message, at.map_or(0, |at| at.offset()))
        })?;
    if ast.definitions.is_empty() {
        return Err(syntax_error(text, "an operation is missing", text.len()));
    }
    let (document, diagnostics) = match ast.to_executable_validate(schema) {
        Ok(document) => (document, None),
        Err(failed) => (Valid::assume_valid(failed.partial), Some(failed.errors)),
    };
    let reports = Reports::of(diagnostics.as_ref());
    let errors = Check::new(api, schema, text, &ast, reports).run(&ast);
    if errors.is_empty() {
        Ok(document)
    } else {
        Err(Refusal::Invalid(errors))
    }
}

fn syntax_error(text: &str, message: &str, offset: usize) -> Refusal {
    let message = message.strip_prefix("syntax error: ").unwrap_or(message);
    let mut message = format!("Syntax error while parsing GraphQL query. {message}");
    write_excerpt(&mut message, text, offset);
    Refusal::Syntax(message)
}
