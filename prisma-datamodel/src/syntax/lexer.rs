//! Text to tokens with byte positions. Keeps comments; never fails, never recurses.

use crate::source::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Name,
    /// One of `! $ & ( ) : = @ [ ] { | }`, or `...` as its first byte.
    Punctuator(u8),
    Int,
    Float,
    String,
    BlockString,
    /// From `#` to the end of the line.
    Comment,
    /// What no token starts with, broken numbers and unterminated strings.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

impl Token {
    pub(crate) fn text(self, source: &str) -> &str {
        self.span.of(source)
    }

    pub(crate) fn is(self, punctuator: u8) -> bool {
        self.kind == TokenKind::Punctuator(punctuator)
    }

    pub(crate) fn is_string(self) -> bool {
        matches!(self.kind, TokenKind::String | TokenKind::BlockString)
    }
}

/// All tokens of a text.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some((kind, length)) = next(&text[at..]) {
        if let Some(kind) = kind {
            tokens.push(Token {
                kind,
                span: Span::new(at, at + length),
            });
        }
        at += length;
    }
    tokens
}

/// The kind (`None` for ignored characters) and length of what a text starts with.
fn next(text: &str) -> Option<(Option<TokenKind>, usize)> {
    let first = text.chars().next()?;
    Some(match first {
        ' ' | '\t' | '\r' | '\n' | ',' | '\u{feff}' => (None, first.len_utf8()),
        '#' => (
            Some(TokenKind::Comment),
            text.find(['\n', '\r']).unwrap_or(text.len()),
        ),
        '!' | '$' | '&' | '(' | ')' | ':' | '=' | '@' | '[' | ']' | '{' | '|' | '}' => {
            (Some(TokenKind::Punctuator(first as u8)), 1)
        }
        '.' if text.starts_with("...") => (Some(TokenKind::Punctuator(b'.')), 3),
        '_' | 'a'..='z' | 'A'..='Z' => {
            let length = text
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
                .count();
            (Some(TokenKind::Name), length)
        }
        '-' | '0'..='9' => number(text),
        '"' if text.starts_with("\"\"\"") => block_string(text),
        '"' => string(text),
        other => (Some(TokenKind::Unknown), other.len_utf8()),
    })
}

fn number(text: &str) -> (Option<TokenKind>, usize) {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);

    let sign = usize::from(byte(0) == b'-');
    let whole = digits(sign);
    let mut at = sign + whole;
    let mut valid = whole == 1 || (whole > 1 && byte(sign) != b'0');
    let mut kind = TokenKind::Int;
    if byte(at) == b'.' {
        let fraction = digits(at + 1);
        valid &= fraction > 0;
        at += 1 + fraction;
        kind = TokenKind::Float;
    }
    if matches!(byte(at), b'e' | b'E') {
        let sign = usize::from(matches!(byte(at + 1), b'+' | b'-'));
        let exponent = digits(at + 1 + sign);
        valid &= exponent > 0;
        at += 1 + sign + exponent;
        kind = TokenKind::Float;
    }
    let rest = bytes
        .iter()
        .skip(at)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
        .count();
    valid &= rest == 0;
    (
        Some(if valid { kind } else { TokenKind::Unknown }),
        at + rest,
    )
}

fn string(text: &str) -> (Option<TokenKind>, usize) {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'\n' | b'\r' => return (Some(TokenKind::Unknown), at),
            b'"' if !escaped => return (Some(TokenKind::String), at + 1),
            _ => escaped = byte == b'\\' && !escaped,
        }
    }
    (Some(TokenKind::Unknown), text.len())
}

fn block_string(text: &str) -> (Option<TokenKind>, usize) {
    let mut from = 3;
    while let Some(found) = text[from..].find("\"\"\"") {
        let at = from + found;
        if !text[..at].ends_with('\\') {
            return (Some(TokenKind::BlockString), at + 3);
        }
        from = at + 3;
    }
    (Some(TokenKind::Unknown), text.len())
}
