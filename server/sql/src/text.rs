//! Statement texts, piece by piece.

use crate::dialect::Placeholder;
use crate::driver::Statement;
use crate::namespace::Namespace;

/// A statement text being written. Names are quoted here and nowhere else; values never become part of a text.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    namespace: &'a Namespace,
    out: String,
    values: usize,
}

impl<'a> Text<'a> {
    /// An empty text.
    pub(crate) fn new(namespace: &'a Namespace) -> Self {
        Self {
            namespace,
            out: String::with_capacity(96),
            values: 0,
        }
    }

    /// Appends SQL as it stands.
    pub(crate) fn push(&mut self, sql: &str) -> &mut Self {
        self.out.push_str(sql);
        self
    }

    /// Appends a quoted name.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        let quote = self.namespace.dialect.quote;
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

    /// Appends the name of a table, with its container where that is needed.
    pub(crate) fn table(&mut self, table: &str) -> &mut Self {
        if let Some(container) = self.namespace.container() {
            self.name(container).push(".");
        }
        self.name(table)
    }

    /// Appends quoted names, separated by commas.
    pub(crate) fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> &mut Self {
        self.separated(", ", names, |text, name| {
            text.name(name);
        })
    }

    /// Appends the placeholder of the next value.
    pub(crate) fn value(&mut self) -> &mut Self {
        self.values += 1;
        match self.namespace.dialect.placeholder {
            Placeholder::Question => self.push("?"),
            Placeholder::Dollar => {
                let number = self.values;
                self.push(&format!("${number}"))
            }
        }
    }

    /// Appends a text literal.
    pub(crate) fn literal(&mut self, text: &str) -> &mut Self {
        self.out.push('\'');
        for character in text.chars() {
            let escaped = character == '\\' && self.namespace.dialect.backslash_escapes;
            if character == '\'' || escaped {
                self.out.push(character);
            }
            self.out.push(character);
        }
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
