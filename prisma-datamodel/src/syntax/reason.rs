//! The parser's error text to a reason for people and a place in the text.

use super::{Problem, lexer::Token};
use crate::source::Span;

/// Reads `… Parse error at 3:5`, `` Unexpected `x[Name]` ``, `` Expected `:` or … `` (one per line).
pub(super) fn locate(error: &str, skeleton: &str, chunk: &[Token]) -> Problem {
    let start = chunk.first().map_or(0, |first| first.span.start as usize);
    let at = start + position(error).map_or(0, |(line, column)| offset(skeleton, line, column));
    // Where the text just ends, the last token shows better than nothing at all.
    let token = chunk
        .iter()
        .find(|token| token.span.end as usize > at)
        .or_else(|| chunk.last());
    let ends = chunk.last().is_none_or(|last| last.span.end as usize <= at);
    Problem {
        span: token.map_or_else(Span::default, |token| token.span),
        reason: reason(error, ends),
    }
}

fn position(error: &str) -> Option<(usize, usize)> {
    let (_, rest) = error.split_once("Parse error at ")?;
    let (line, column) = rest.lines().next()?.split_once(':')?;
    Some((line.trim().parse().ok()?, column.trim().parse().ok()?))
}

/// The byte offset of a line and a column (in characters), both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(before..).unwrap_or("");
    let within = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(at, _)| at);
    before + within
}

fn reason(error: &str, ends: bool) -> String {
    let line = |word: &str| {
        error
            .lines()
            .find_map(|line| line.strip_prefix(word))
            .map(|rest| strip_kinds(rest.trim()))
    };
    let unexpected = match line("Unexpected ") {
        _ if ends => "Unexpected end of the definition".to_owned(),
        Some(found) if found == "end of input" => "Unexpected end of the definition".to_owned(),
        Some(found) => format!("Unexpected {}", found.trim_start_matches("unexpected ")),
        None => "This is not a definition".to_owned(),
    };
    match line("Expected ") {
        Some(expected) => format!("{unexpected}, expected {}", words(&expected)),
        None => unexpected,
    }
}

/// `` `}[Punctuator]` `` to `` `}` ``.
fn strip_kinds(text: &str) -> String {
    [
        "[Punctuator]",
        "[Name]",
        "[IntValue]",
        "[FloatValue]",
        "[StringValue]",
        "[BlockString]",
    ]
    .iter()
    .fold(text.to_owned(), |text, kind| text.replace(kind, ""))
}

/// The parser's names of token classes in words.
fn words(expected: &str) -> String {
    expected
        .replace("Name", "a name")
        .replace("BlockString", "a block string")
        .replace("StringValue", "a string")
        .replace("IntValue", "an integer")
        .replace("FloatValue", "a float")
}
