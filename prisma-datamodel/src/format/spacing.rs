//! Which tokens make a line, and what stands between them.

use crate::syntax::lexer::{Token, TokenKind};

/// How many tokens a definition has up to its opening brace.
pub(super) fn head_length(chunk: &[Token]) -> usize {
    let mut at = 0;
    while let Some(token) = chunk.get(at) {
        match token.kind {
            TokenKind::Punctuator(b'(') => at += bracket_length(&chunk[at..]),
            TokenKind::Punctuator(b'{') => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// How many tokens the field or enum value has that stands first.
pub(super) fn entry_length(tokens: &[Token]) -> usize {
    let is = |at: usize, byte: u8| tokens.get(at).is_some_and(|token| token.is(byte));
    let brackets = |at: usize| tokens.get(at..).map_or(0, bracket_length);

    let mut at = usize::from(tokens.first().is_some_and(|token| token.is_string()));
    at += 1;
    if is(at, b'(') {
        at += brackets(at);
    }
    if is(at, b':') {
        at += 1;
        while is(at, b'[') {
            at += 1;
        }
        at += 1;
        while is(at, b']') || is(at, b'!') {
            at += 1;
        }
    }
    while is(at, b'@') {
        at += 2;
        if is(at, b'(') {
            at += brackets(at);
        }
    }
    at
}

/// How many tokens stand from an opening bracket to its partner.
fn bracket_length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Punctuator(b'(' | b'[' | b'{') => depth += 1,
            TokenKind::Punctuator(b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Writes tokens with canonical blanks and commas.
pub(super) fn join(text: &str, tokens: &[Token], out: &mut String) {
    let mut open = Vec::new();
    for (at, &token) in tokens.iter().enumerate() {
        if let Some(&previous) = at.checked_sub(1).and_then(|at| tokens.get(at)) {
            let starts_item = match open.last() {
                Some(b'[') => true,
                Some(_) => starts_argument(tokens, at),
                None => false,
            };
            out.push_str(between(previous, token, starts_item));
        }
        match token.kind {
            TokenKind::Punctuator(byte @ (b'(' | b'[' | b'{')) => open.push(byte),
            TokenKind::Punctuator(b')' | b']' | b'}') => {
                open.pop();
            }
            _ => {}
        }
        out.push_str(token.text(text));
    }
}

/// True for the name of an argument, or the description before it.
fn starts_argument(tokens: &[Token], at: usize) -> bool {
    let is = |at: usize, byte: u8| tokens.get(at).is_some_and(|token| token.is(byte));
    let describes = |at: usize| {
        let is_value = at
            .checked_sub(1)
            .is_none_or(|before| is(before, b':') || is(before, b'='));
        tokens.get(at).is_some_and(|token| token.is_string()) && !is_value
    };
    let described = at.checked_sub(1).is_some_and(describes);
    describes(at) || (is(at + 1, b':') && !described)
}

/// What stands between two tokens.
fn between(previous: Token, token: Token, starts_item: bool) -> &'static str {
    let opened = [b'(', b'[', b'{', b'@', b'$']
        .iter()
        .any(|&byte| previous.is(byte));
    let closes = [b')', b']', b'}', b'!', b':', b'(']
        .iter()
        .any(|&byte| token.is(byte));
    match (opened || closes, starts_item) {
        (true, _) => "",
        (false, true) => ", ",
        (false, false) => " ",
    }
}
