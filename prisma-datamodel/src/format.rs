//! Text to the same text in canonical layout: two spaces, one field per line, one blank line between definitions.
//!
//! Works on tokens, so comments, unknown directives and the order of everything stay. Definitions that the
//! language ignores (`interface`, `input`, …) are kept as they are written.

mod spacing;

use crate::{
    diagnostic::Diagnostic,
    docs,
    source::Source,
    syntax::{
        self,
        lexer::{self, Token, TokenKind},
    },
};

const INDENT: &str = "  ";

/// Lays out a text. Formatting twice changes nothing more.
///
/// # Errors
/// Syntax errors only: a text may be formatted before it is right.
pub fn format(source: &Source) -> Result<String, Vec<Diagnostic>> {
    syntax::parse(source)?;
    let text = source.text();
    let (comments, code): (Vec<Token>, Vec<Token>) = lexer::tokens(text)
        .into_iter()
        .partition(|token| token.kind == TokenKind::Comment);
    let mut layout = Layout {
        text,
        comments: &comments,
        last_end: 0,
        blank: Blank::Never,
        out: String::with_capacity(text.len()),
    };
    for chunk in syntax::definitions(text, &code) {
        layout.definition(chunk);
    }
    layout.blank = Blank::AsWritten;
    layout.comments_before(text.len(), "");
    Ok(layout.out)
}

/// Whether a blank line comes before the next line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    Always,
    Never,
    /// If the text has one, or several.
    AsWritten,
}

struct Layout<'a> {
    text: &'a str,
    /// Those not laid out yet.
    comments: &'a [Token],
    /// Where in the text the last thing laid out ends.
    last_end: usize,
    blank: Blank,
    out: String,
}

impl Layout<'_> {
    fn definition(&mut self, chunk: &[Token]) {
        self.blank = if self.out.is_empty() {
            Blank::Never
        } else {
            Blank::Always
        };
        let keyword = chunk.iter().find(|token| !token.is_string());
        if keyword.is_some_and(|token| matches!(token.text(self.text), "type" | "enum")) {
            self.block(chunk);
        } else {
            self.verbatim(chunk);
        }
    }

    /// `type … { … }` or `enum … { … }`
    fn block(&mut self, chunk: &[Token]) {
        let head = spacing::head_length(chunk);
        let (head, mut body) = chunk.split_at_checked(head).unwrap_or((chunk, &[]));
        self.line(head, "");
        self.blank = Blank::Never;
        while let Some(first) = body.first().filter(|first| !first.is(b'}')) {
            let length = spacing::entry_length(body).min(body.len());
            debug_assert!(length > 0, "{first:?}");
            let (entry, rest) = body.split_at_checked(length).unwrap_or((body, &[]));
            self.line(entry, INDENT);
            self.blank = Blank::AsWritten;
            body = rest;
        }
        if let Some(close) = body.first() {
            self.comments_before(close.span.start as usize, INDENT);
            self.blank = Blank::Never;
            self.line(&body[..1], "");
        }
    }

    fn verbatim(&mut self, chunk: &[Token]) {
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else {
            return;
        };
        self.comments_before(first.span.start as usize, "");
        self.blank_line(first.span.start as usize);
        let raw = first.span.to(last.span).of(self.text);
        self.out.push_str(
            &raw.lines()
                .map(str::trim_end)
                .collect::<Vec<_>>()
                .join("\n"),
        );
        let within = self
            .comments
            .iter()
            .take_while(|it| it.span.end <= last.span.end)
            .count();
        self.comments = self.comments.get(within..).unwrap_or(&[]);
        self.end_line(last.span.end as usize);
    }

    /// Tokens on one line, their description and comments above.
    fn line(&mut self, tokens: &[Token], indent: &str) {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        // Comments between the tokens move above the line too.
        self.comments_before(last.span.start as usize, indent);
        self.blank_line(first.span.start as usize);
        let mut tokens = tokens;
        if let Some((description, rest)) = tokens.split_first()
            && description.is_string()
        {
            let content = syntax::string_content(self.text, *description).unwrap_or_default();
            self.out.push_str(&docs::description(&content, indent));
            tokens = rest;
        }
        self.out.push_str(indent);
        spacing::join(self.text, tokens, &mut self.out);
        self.end_line(last.span.end as usize);
    }

    /// Ends a line after a comment that stands on it.
    fn end_line(&mut self, end: usize) {
        self.last_end = end;
        if let Some((comment, rest)) = self.comments.split_first() {
            let between = self
                .text
                .get(end..comment.span.start as usize)
                .unwrap_or("\n");
            if !between.contains('\n') {
                self.out.push(' ');
                self.out.push_str(comment.text(self.text).trim_end());
                self.last_end = comment.span.end as usize;
                self.comments = rest;
            }
        }
        self.out.push('\n');
    }

    /// The comments that start before a byte, each on a line.
    fn comments_before(&mut self, end: usize, indent: &str) {
        while let Some((comment, rest)) = self.comments.split_first()
            && (comment.span.start as usize) < end
        {
            self.blank_line(comment.span.start as usize);
            self.out.push_str(indent);
            self.out.push_str(comment.text(self.text).trim_end());
            self.out.push('\n');
            self.last_end = comment.span.end as usize;
            self.blank = Blank::AsWritten;
            self.comments = rest;
        }
    }

    fn blank_line(&mut self, start: usize) {
        let between = self.text.get(self.last_end..start).unwrap_or("");
        let written = between.bytes().filter(|&byte| byte == b'\n').count() > 1;
        if self.blank == Blank::Always || (self.blank == Blank::AsWritten && written) {
            self.out.push('\n');
        }
    }
}
