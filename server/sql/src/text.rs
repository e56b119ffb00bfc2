//! Statement texts, piece by piece.

use crate::dialect::Dialect;
use crate::driver::Statement;

/// A statement text being written. Names are quoted here and nowhere else; values never become part of a text.
#[derive(Debug)]
pub(crate) struct Text {
    dialect: &'static Dialect,
    out: String,
}

impl Text {
    /// An empty text.
    pub(crate) fn new(dialect: &'static Dialect) -> Self {
        Self {
            dialect,
            out: String::with_capacity(96),
        }
    }

    /// Appends SQL as it stands.
    pub(crate) fn push(&mut self, sql: &str) -> &mut Self {
        self.out.push_str(sql);
        self
    }

    /// Appends a quoted name.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        let quote = self.dialect.quote;
        self.out.push(quote);
        for character in name.chars() {
            if character == quote {
                self.out.push(quote);
            }
            self.out.push(character);
        }
        self.out.push(quote);
        self
    }

    /// Appends quoted names, separated by commas.
    pub(crate) fn names<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> &mut Self {
        self.separated(", ", names, |text, name| {
            text.name(name);
        })
    }

    /// Appends the placeholder of the next value.
    pub(crate) fn value(&mut self) -> &mut Self {
        self.push("?")
    }

    /// Appends a text literal.
    pub(crate) fn literal(&mut self, text: &str) -> &mut Self {
        self.out.push('\'');
        self.out.push_str(&text.replace('\'', "''"));
        self.out.push('\'');
        self
    }

    /// Appends each item, with something in between.
    pub(crate) fn separated<T>(
        &mut self,
        separator: &str,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                self.push(separator);
            }
            each(self, item);
        }
        self
    }

    /// The text.
    pub(crate) fn into_string(self) -> String {
        self.out
    }

    /// The text as a statement.
    pub(crate) fn into_statement(self) -> Statement {
        Statement {
            text: self.out.into(),
        }
    }
}
