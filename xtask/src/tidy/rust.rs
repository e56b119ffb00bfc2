//! Rules about Rust tokens. Texts in string literals are data and break none of them.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::{
    files::note_in,
    finding::{Finding, Rule},
};

/// Macros that must not stay in the code.
const AIDS: [&str; 2] = ["todo", "dbg"];

/// `unsafe`, debugging aids and notes in the tokens of one file.
pub(super) fn check(file: &str, text: &str, findings: &mut Vec<Finding>) {
    let tokens = located(text);
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => {
                comment(file, token, findings);
            }
            TokenKind::Ident if token.text == "unsafe" => {
                findings.push(Finding::at(file, token.line, Rule::Unsafe, "`unsafe`"));
            }
            TokenKind::Ident if AIDS.contains(&token.text) && is_call(&tokens[index + 1..]) => {
                let message = format!("`{}!`", token.text);
                findings.push(Finding::at(file, token.line, Rule::Leftover, message));
            }
            _ => {}
        }
    }
}

struct Located<'a> {
    kind: TokenKind,
    text: &'a str,
    /// Counted from 1.
    line: usize,
}

/// The tokens of a file with their texts and lines, without white space.
fn located(text: &str) -> Vec<Located<'_>> {
    let (mut at, mut line) = (0, 1);
    let mut tokens = Vec::new();
    for token in tokenize(text, FrontmatterAllowed::No) {
        let end = at + token.len as usize;
        let own = &text[at..end];
        if token.kind != TokenKind::Whitespace {
            let kind = token.kind;
            tokens.push(Located {
                kind,
                text: own,
                line,
            });
        }
        line += own.matches('\n').count();
        at = end;
    }
    tokens
}

fn comment(file: &str, comment: &Located, findings: &mut Vec<Finding>) {
    for (offset, line) in comment.text.lines().enumerate() {
        if let Some(word) = note_in(line) {
            findings.push(Finding::at(
                file,
                comment.line + offset,
                Rule::Leftover,
                word,
            ));
        }
    }
}

/// Whether tokens go on as a macro call does: `!` and an opening bracket, unlike `!=`.
fn is_call(tokens: &[Located]) -> bool {
    matches!(
        tokens,
        [bang, open, ..] if bang.kind == TokenKind::Bang
            && matches!(open.kind, TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket)
    )
}
