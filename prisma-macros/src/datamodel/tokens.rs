//! Rust tokens as the text of a datamodel, with the way back.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

/// A text made of tokens, and where each of them stands in it.
#[derive(Default)]
pub(super) struct Tokens {
    text: String,
    places: Vec<(Range<usize>, Span)>,
}

impl Tokens {
    pub(super) fn read(tokens: TokenStream) -> Self {
        let mut read = Self::default();
        read.stream(tokens);
        read
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the text was written: at the first token that it touches, or else the last of all.
    pub(super) fn span(&self, part: prisma_datamodel::Span) -> Span {
        let start = part.start as usize;
        let found = self.places.iter().find(|(place, _)| place.end > start);
        let place = found.or_else(|| self.places.last());
        place.map_or_else(Span::call_site, |(_, span)| *span)
    }

    fn stream(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => {
                    self.token(&punct.to_string(), punct.span());
                    // A sign belongs to its number and an at-sign to its name; other signs stand alone as well.
                    if punct.spacing() == Spacing::Alone && !matches!(punct.as_char(), '-' | '@') {
                        self.text.push(' ');
                    }
                }
                TokenTree::Ident(ident) => self.word(&ident.to_string(), ident.span()),
                TokenTree::Literal(literal) => self.word(&literal.to_string(), literal.span()),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        self.word(open, group.span_open());
        self.stream(group.stream());
        self.word(close, group.span_close());
    }

    fn word(&mut self, text: &str, span: Span) {
        self.token(text, span);
        self.text.push(' ');
    }

    fn token(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.places.push((start..self.text.len(), span));
    }
}
