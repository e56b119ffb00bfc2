//! Documents: read and validated, or everything that is wrong with them.

mod check;
mod conflicts;
mod measure;
mod report;
mod suggest;

use apollo_compiler::{
    ExecutableDocument, Schema,
    ast::Document,
    diagnostic::ToCliReport as _,
    parser::{Parser, SourceSpan},
    validation::Valid,
};
use prisma_api::ApiSchema;

use self::{check::Check, report::Reports};
use crate::{
    limits::{Limit, LimitExceeded, Limits, MOST_NESTING},
    position::{Position, write_excerpt},
};

/// How many errors of one request are told.
pub(crate) const MOST_ERRORS: usize = 100;

/// Something wrong with a request as a whole: part of the answer, without code and request id (api.md §5.1) but for
/// limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestError {
    pub(crate) message: String,
    pub(crate) locations: Vec<Position>,
    pub(crate) limit: Option<LimitExceeded>,
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
            limit: None,
        }
    }

    /// An error that no place of the document explains.
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            locations: Vec::new(),
            limit: None,
        }
    }

    /// More than may be asked for, at a place of the document if one is known.
    pub(crate) fn beyond(exceeded: LimitExceeded, text: &str, at: Option<usize>) -> Self {
        Self {
            message: exceeded.to_string(),
            locations: at.map(|at| Position::of(text, at)).into_iter().collect(),
            limit: Some(exceeded),
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

/// Reads and validates a document that stays within the limits.
pub(crate) fn read(
    api: &ApiSchema,
    schema: &Valid<Schema>,
    limits: &Limits,
    text: &str,
) -> Result<Valid<ExecutableDocument>, Refusal> {
    let ast = parse(limits, text)?;
    measure::check(limits, text, &ast).map_err(|error| Refusal::Invalid(vec![error]))?;
    let conflicts = conflicts::check(schema, text, &ast);
    if !conflicts.is_empty() {
        return Err(Refusal::Invalid(conflicts));
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

fn parse(limits: &Limits, text: &str) -> Result<Document, Refusal> {
    // What separates tokens are tokens to the library.
    let most_tokens = limits.tokens.saturating_mul(2);
    let mut parser = Parser::new()
        .recursion_limit(MOST_NESTING)
        .token_limit(most_tokens);
    let parsed = parser.parse_ast(text, "request");
    let failed = match parsed {
        Ok(document) if document.definitions.is_empty() => {
            return Err(syntax_error(text, "an operation is missing", text.len()));
        }
        Ok(document) => return Ok(document),
        Err(failed) => failed,
    };
    let exceeded = if parser.recursion_reached() > MOST_NESTING {
        LimitExceeded::new(Limit::Nesting, MOST_NESTING)
    } else if parser.tokens_reached() > most_tokens {
        LimitExceeded::new(Limit::Tokens, limits.tokens)
    } else {
        let first = failed.errors.iter().next();
        let (message, at) = first.map_or((String::new(), None), |first| {
            (first.error.to_string(), first.error.location())
        });
        return Err(syntax_error(text, &message, offset(at)));
    };
    let error = RequestError::beyond(exceeded, text, None);
    Err(Refusal::Invalid(vec![error]))
}

fn offset(location: Option<SourceSpan>) -> usize {
    location.map_or(0, |location| location.offset())
}

fn syntax_error(text: &str, message: &str, offset: usize) -> Refusal {
    let message = message.strip_prefix("syntax error: ").unwrap_or(message);
    let mut message = format!("Syntax error while parsing GraphQL query. {message}");
    write_excerpt(&mut message, text, offset);
    Refusal::Syntax(message)
}
