//! What the statement builder writes: its values are tokens, which become placeholders with their parameters.

use std::fmt::{self, Display, Formatter, Write};
use std::ops::Range;

use prisma_connector::ConnectorError;
use sea_query::{QueryBuilder, SqlWriter, Value};

use super::query::{Param, Token};
use crate::dialect::Placeholder;

/// A text and its parameters, in the order of their placeholders.
#[derive(Debug)]
pub(crate) struct Tokens {
    text: String,
    params: Vec<Param>,
    placeholder: Placeholder,
    /// Where the list of all keys above is taken apart.
    keys: Option<Range<usize>>,
    is_foreign: bool,
}

/// A finished text.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    /// In the order of their placeholders.
    pub(super) params: Vec<Param>,
    /// What takes the list of all keys above apart.
    pub(super) keys: Option<Range<usize>>,
}

impl Tokens {
    pub(super) fn new(placeholder: Placeholder) -> Self {
        Self {
            text: String::with_capacity(256),
            params: Vec::new(),
            placeholder,
            keys: None,
            is_foreign: false,
        }
    }

    /// What was written.
    pub(super) fn finish(self) -> Result<Written, ConnectorError> {
        if self.is_foreign {
            return Err(ConnectorError::Plan("a value became part of a statement"));
        }
        Ok(Written {
            text: self.text,
            params: self.params,
            keys: self.keys,
        })
    }
}

impl SqlWriter for Tokens {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _: &T) {
        let Value::BigUnsigned(Some(token)) = value else {
            self.is_foreign = true;
            return;
        };
        match Token::from(token) {
            Token::KeysBegin => self.keys = Some(self.text.len()..self.text.len()),
            Token::KeysEnd => {
                if let Some(keys) = &mut self.keys {
                    keys.end = self.text.len();
                }
            }
            Token::Number(number) => self.text.push_str(&number.to_string()),
            Token::Param(param) => {
                self.params.push(param);
                match self.placeholder {
                    Placeholder::Question => self.text.push('?'),
                    Placeholder::Dollar => {
                        self.text.push('$');
                        self.text.push_str(&self.params.len().to_string());
                    }
                }
            }
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}

impl Write for Tokens {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        Ok(())
    }
}

impl Display for Tokens {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
