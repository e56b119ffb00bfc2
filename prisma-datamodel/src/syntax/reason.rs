//! What the parser says about a definition, as a reason for people and a place in the text.

use super::{
    Problem,
    lexer::{Token, TokenKind},
};
use crate::source::Span;

/// The first token that no text may have.
pub(super) fn unknown_token(text: &str, chunk: &[Token]) -> Option<Problem> {
    let token = chunk
        .iter()
        .find(|token| token.kind == TokenKind::Unknown)?;
    let raw = token.text(text);
    let reason = match raw.chars().next()? {
        '"' if raw.starts_with("\"\"\"") => "The block string is not closed".to_owned(),
        '"' => "The string is not closed".to_owned(),
        '-' | '0'..='9' => format!("`{raw}` is not a number"),
        other if other.is_alphabetic() => {
            format!(
                "Unexpected character `{other}`, names have letters from A to Z, digits and `_`"
            )
        }
        other if other.is_control() => format!("Unexpected character {other:?}"),
        other => format!("Unexpected character `{other}`"),
    };
    let start = token.span.start;
    let first_line = raw.lines().next().map_or(0, str::len);
    Some(Problem {
        span: Span::new(start as usize, start as usize + first_line),
        reason,
    })
}

/// Reads `… Parse error at 3:5`, `` Unexpected `x[Name]` ``, `` Expected `:` or … `` (one per line).
pub(super) fn of_parser(error: &str, text: &str, skeleton: &str, chunk: &[Token]) -> Problem {
    let start = chunk.first().map_or(0, |first| first.span.start as usize);
    let at = start + position(error).map_or(0, |(line, column)| offset(skeleton, line, column));
    let expected = expected(error);
    match chunk.iter().find(|token| token.span.end as usize > at) {
        Some(token) => Problem {
            span: token.span,
            reason: format!("Unexpected `{}`{expected}", token.text(text)),
        },
        None => {
            let end = chunk.last().map_or(0, |last| last.span.end as usize);
            Problem {
                span: Span::new(end, end),
                reason: format!("Unexpected end of the definition{expected}"),
            }
        }
    }
}

fn position(error: &str) -> Option<(usize, usize)> {
    let (_, rest) = error.split_once("Parse error at ")?;
    let (line, column) = rest.lines().next()?.split_once(':')?;
    Some((line.trim().parse().ok()?, column.trim().parse().ok()?))
}

/// The byte offset of a line and a column (in characters), both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    let rest = text.get(before..).unwrap_or("");
    let within = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(at, _)| at);
    before + within
}

/// `, expected …` from the parser's list of tokens; empty if it has none.
fn expected(error: &str) -> String {
    let Some(list) = error
        .lines()
        .find_map(|line| line.strip_prefix("Expected "))
    else {
        return String::new();
    };
    let words: Vec<&str> = list
        .split(", ")
        .flat_map(|words| words.split(" or "))
        .collect();
    let has = |word: &str| words.contains(&word);
    if has("extend") {
        return ", expected a definition such as `type` or `enum`".to_owned();
    }
    if has("BlockString") && has("null") {
        return ", expected a value".to_owned();
    }
    let words: Vec<String> = words
        .into_iter()
        .map(str::trim)
        .map(|word| match word {
            "Name" => "a name".to_owned(),
            // A definition without its block ends too early for the parser.
            "end of input" => "`{`".to_owned(),
            word => format!("`{word}`"),
        })
        .collect();
    format!(", expected {}", words.join(" or "))
}
