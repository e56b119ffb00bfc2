//! Text to tree: the only file that knows the parser crate.
//!
//! The text is cut into its top-level definitions and each is parsed on its own, so five broken types give five
//! diagnostics. The parser decides what is well-formed; names, literals and positions are read from our own
//! tokens beside it, since it keeps no positions of types and arguments.

pub(crate) mod lexer;
mod literal;
mod reader;
mod reason;
mod skeleton;
mod split;

pub(crate) use self::{literal::unquote_block, split::definitions};

use graphql_parser::schema::{self, Definition, TypeDefinition};

use self::{
    lexer::{Token, TokenKind},
    reader::Reader,
};
use crate::{
    ast::Document,
    diagnostic::{Diagnostic, SYNTAX},
    source::{Source, Span},
};

/// Deeper nesting of brackets than any datamodel has. The parser recurses, so this guards the stack.
const MAX_DEPTH: usize = 32;

/// Larger texts are refused before anything looks at them.
const MAX_BYTES: usize = 16 << 20;

/// More broken definitions than that help nobody.
const MAX_ERRORS: usize = 100;

/// The most characters of a broken line that a message repeats.
const MAX_LINE: usize = 200;

/// Reads a text.
///
/// # Errors
/// One diagnostic per definition that is not SDL, all with the code `syntax`.
pub(crate) fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let text = source.text();
    if text.len() > MAX_BYTES {
        return Err(vec![error(
            source,
            Span::default(),
            "The text is larger than 16 MiB",
        )]);
    }
    let mut tokens = lexer::tokens(text);
    tokens.retain(|token| token.kind != TokenKind::Comment);
    if let Some(deep) = too_deep(&tokens) {
        let reason = format!("Brackets are nested more than {MAX_DEPTH} deep");
        return Err(vec![error(source, deep.span, &reason)]);
    }
    if tokens.is_empty() {
        let end = Span::new(text.len(), text.len());
        return Err(vec![error(
            source,
            end,
            "Unexpected end of text, expected a `type` or `enum`",
        )]);
    }

    let mut document = Document::default();
    let mut errors = Vec::new();
    for chunk in definitions(text, &tokens) {
        if let Err(problem) = definition(text, chunk, &mut document) {
            errors.push(error(source, problem.span, &problem.reason));
            if errors.len() == MAX_ERRORS {
                break;
            }
        }
    }
    if errors.is_empty() {
        Ok(document)
    } else {
        Err(errors)
    }
}

/// Why a definition is not SDL, and where.
struct Problem {
    span: Span,
    reason: String,
}

/// Parses one definition and adds it to the document if it is a type or an enum.
fn definition(text: &str, chunk: &[Token], document: &mut Document) -> Result<(), Problem> {
    refuse_operations(text, chunk)?;
    if let Some(problem) = reason::unknown_token(text, chunk) {
        return Err(problem);
    }
    let skeleton = skeleton::of(text, chunk);
    let parsed = schema::parse_schema::<String>(&skeleton)
        .map_err(|error| reason::of_parser(&error.to_string(), text, &skeleton, chunk))?;
    for definition in &parsed.definitions {
        let mut reader = Reader::new(text, chunk);
        match definition {
            Definition::TypeDefinition(TypeDefinition::Object(object)) => {
                document.types.push(reader.type_def(object)?);
            }
            Definition::TypeDefinition(TypeDefinition::Enum(item)) => {
                document.enums.push(reader.enum_def(item)?);
            }
            _ => {}
        }
    }
    Ok(())
}

/// A query is a GraphQL document too, but read as a datamodel it would mean "no models": deploying it by mistake
/// would delete everything. So it is refused.
fn refuse_operations(text: &str, chunk: &[Token]) -> Result<(), Problem> {
    let Some(first) = chunk.first() else {
        return Ok(());
    };
    let operation = matches!(
        first.text(text),
        "{" | "query" | "mutation" | "subscription" | "fragment"
    );
    if !operation {
        return Ok(());
    }
    Err(Problem {
        span: first.span,
        reason: format!(
            "Unexpected `{}`, a datamodel has no operations, only definitions such as `type` and `enum`",
            first.text(text)
        ),
    })
}

/// The content of a string token; `None` if it has an escape that is not one.
pub(crate) fn string_content(text: &str, token: Token) -> Option<String> {
    let raw = token.text(text);
    match token.kind {
        TokenKind::BlockString => Some(literal::unquote_block(raw)),
        _ => literal::unquote(raw),
    }
}

fn too_deep(tokens: &[Token]) -> Option<&Token> {
    let mut depth = 0_usize;
    tokens.iter().find(|token| {
        match token.kind {
            TokenKind::Punctuator(b'{' | b'(' | b'[') => depth += 1,
            TokenKind::Punctuator(b'}' | b')' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// The text of code 3017 (deploy.md §3.3): reason, position, the line and a caret.
fn error(source: &Source, span: Span, reason: &str) -> Diagnostic {
    let position = source.position(span.start);
    let column = position.column.saturating_sub(1) as usize;
    // Of a very long line, the part around the column.
    let from = (column + MAX_LINE / 2).saturating_sub(MAX_LINE);
    let line: String = source
        .line(position.line)
        .chars()
        .skip(from)
        .take(MAX_LINE)
        .collect();
    let caret = " ".repeat(column - from);
    let message = format!(
        "Syntax error while parsing GraphQL query. {reason} (line {}, column {}):\n{line}\n{caret}^",
        position.line, position.column
    );
    Diagnostic::global(SYNTAX, message, span)
}
