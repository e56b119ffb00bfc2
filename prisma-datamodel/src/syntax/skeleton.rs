//! What the parser gets to see of a definition.

use super::lexer::{Token, TokenKind};

/// The tokens at their places with nothing between them but spaces and line breaks, literals without content.
///
/// Every byte of the result stands where it stands in the definition, so positions of the parser's errors can be
/// taken back. Literals are blanked because the parser misreads some (`1e9`, long integers, escapes beyond the
/// basic plane); their values are read from the tokens.
pub(super) fn of(text: &str, chunk: &[Token]) -> String {
    let mut skeleton = String::new();
    let mut at = chunk.first().map_or(0, |first| first.span.start as usize);
    for token in chunk {
        blank(
            &mut skeleton,
            text.get(at..token.span.start as usize).unwrap_or(""),
        );
        let raw = token.text(text);
        match token.kind {
            TokenKind::Int => literal(&mut skeleton, "0", "", raw),
            TokenKind::Float => literal(&mut skeleton, "0.0", "", raw),
            TokenKind::String => literal(&mut skeleton, "\"", "\"", raw),
            TokenKind::BlockString => literal(&mut skeleton, "\"\"\"", "\"\"\"", raw),
            _ => skeleton.push_str(raw),
        }
        at = token.span.end as usize;
    }
    skeleton
}

fn literal(skeleton: &mut String, open: &str, close: &str, raw: &str) {
    let inner = raw.get(open.len()..raw.len() - close.len()).unwrap_or("");
    skeleton.push_str(open);
    blank(skeleton, inner);
    skeleton.push_str(close);
}

/// As many bytes of blanks, with the same line breaks.
fn blank(skeleton: &mut String, raw: &str) {
    skeleton.extend(
        raw.bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
    );
}
