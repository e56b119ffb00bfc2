//! Tokens to chunks of one top-level definition each, so that one broken type does not hide the others.

use super::lexer::{Token, TokenKind};

/// The words a definition starts with.
const KEYWORDS: [&str; 9] = [
    "type",
    "enum",
    "interface",
    "union",
    "input",
    "scalar",
    "schema",
    "directive",
    "extend",
];

/// Splits tokens (without comments) at top-level definitions; every token is in exactly one chunk.
///
/// A definition ends with its closing brace or where the next one starts. A definition whose brace was never
/// closed ends where a line starts like a definition.
pub(crate) fn definitions<'t>(text: &str, tokens: &'t [Token]) -> Vec<&'t [Token]> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let interrupts = depth > 0 && opens_line(text, *token);
        if (depth == 0 || interrupts) && starts_definition(text, tokens, at) {
            let first = first_of_definition(text, tokens, at, interrupts);
            if first > start {
                chunks.push(&tokens[start..first]);
                start = first;
            }
            depth = 0;
        }
        match token.kind {
            TokenKind::Punctuator(b'{' | b'(' | b'[') => depth += 1,
            TokenKind::Punctuator(b'}' | b')' | b']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token.is(b'}') {
                    chunks.push(&tokens[start..=at]);
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    if start < tokens.len() {
        chunks.push(&tokens[start..]);
    }
    chunks
}

/// True if nothing but blanks stands before the token on its line.
fn opens_line(text: &str, token: Token) -> bool {
    let before = text.get(..token.span.start as usize).unwrap_or("");
    before
        .bytes()
        .rev()
        .find(|byte| !matches!(byte, b' ' | b'\t'))
        .is_none_or(|byte| byte == b'\n')
}

/// True for `type Name {`, `type Name @`, `schema {` and the like, where `type` is the token at `at`.
fn starts_definition(text: &str, tokens: &[Token], at: usize) -> bool {
    let is_name = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Name)
    };
    let is = |at: usize, byte| tokens.get(at).is_some_and(|token| token.is(byte));
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text(text));

    if !is_name(at) || !KEYWORDS.contains(&word(at)) || (at > 0 && word(at - 1) == "extend") {
        return false;
    }
    match word(at) {
        "schema" => is(at + 1, b'{') || is(at + 1, b'@'),
        "directive" => is(at + 1, b'@') && is_name(at + 2),
        "extend" => is_name(at + 1) && !is(at + 2, b':'),
        "union" => is_name(at + 1) && (is(at + 2, b'=') || is(at + 2, b'@')),
        "scalar" => is_name(at + 1) && !is(at + 2, b':'),
        _ => {
            is_name(at + 1)
                && (is(at + 2, b'{') || is(at + 2, b'@') || word(at + 2) == "implements")
        }
    }
}

/// The token the definition with its keyword at `at` starts with: its description, if it has one.
fn first_of_definition(text: &str, tokens: &[Token], at: usize, interrupts: bool) -> usize {
    match at.checked_sub(1).and_then(|before| tokens.get(before)) {
        Some(before) if before.is_string() && (!interrupts || opens_line(text, *before)) => at - 1,
        _ => at,
    }
}
