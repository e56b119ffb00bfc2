//! PostgreSQL's errors as the layers above know them.

use std::error::Error as _;

use prisma_connector::ConnectorError;
use prisma_sql::Violation;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

/// A value that its parameter cannot take. Inside [`ConnectorError::Internal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// A text with the character U+0000, which PostgreSQL does not store.
    #[error("PostgreSQL stores no text with the character U+0000")]
    Nul,
    /// A date that PostgreSQL does not have, or for a parameter of another type.
    #[error("a date does not fit its parameter")]
    DateTime,
    /// A name with more than 63 bytes, or with the character U+0000.
    #[error("PostgreSQL has no names with more than 63 bytes")]
    Name,
    /// A list for a parameter that is no array, or a list in a list.
    #[error("a list does not fit its parameter")]
    List,
}

/// Why there is no connection for a job, or no answer of one. Inside [`ConnectorError::Unavailable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Lost {
    /// Connecting took too long.
    #[error("the database did not answer in time")]
    Connecting,
    /// All connections stayed in use.
    #[error("all connections to the database stayed in use")]
    Waiting,
    /// Too many wait already.
    #[error("too many requests wait for the database")]
    Overrun,
}

impl From<Lost> for ConnectorError {
    fn from(lost: Lost) -> Self {
        Self::Unavailable(Box::new(lost))
    }
}

/// A statement of a transaction failed, its job did not say so, and PostgreSQL keeps nothing of such a transaction.
#[derive(Debug, thiserror::Error)]
#[error("a statement of the transaction had failed")]
pub(crate) struct Aborted;

/// Why a connection could not be opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    Late(Lost),
    Refused(Error),
}

impl OpenError {
    /// Does the server lack the database?
    pub(crate) fn is_missing_database(&self) -> bool {
        matches!(self, Self::Refused(error) if error.code() == Some(&SqlState::INVALID_CATALOG_NAME))
    }
}

impl From<OpenError> for ConnectorError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Late(lost) => lost.into(),
            OpenError::Refused(error) => translate(error),
        }
    }
}

/// A statement that failed, and what that says of its connection.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: ConnectorError,
    pub(crate) state: After,
}

/// What a failure says of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// The server never saw the statement, or we stopped listening.
    Untouched,
    /// The server refused it; a transaction is lost.
    Refused,
    /// The server refused it in a way that a newly prepared statement may mend: tables have changed since.
    Stale,
    /// Nobody knows.
    Broken,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if let Some(unfit) = error
            .source()
            .and_then(|source| source.downcast_ref::<Unfit>())
        {
            return Self::untouched(ConnectorError::Internal(Box::new(*unfit)));
        }
        let state = match error.as_db_error() {
            Some(said) if is_stale(said.code()) => After::Stale,
            Some(_) => After::Refused,
            None => After::Broken,
        };
        Self {
            error: translate(error),
            state,
        }
    }
}

impl Failure {
    pub(crate) fn untouched(error: ConnectorError) -> Self {
        Self {
            error,
            state: After::Untouched,
        }
    }

    /// Would the statement have to be prepared again?
    pub(crate) fn is_stale(&self) -> bool {
        self.state == After::Stale
    }

    /// The failure of a statement that was prepared just now, or has begun to answer: it cannot be mended.
    pub(crate) fn fresh(self) -> Self {
        match self.state {
            After::Stale => Self {
                state: After::Refused,
                ..self
            },
            _ => self,
        }
    }
}

/// Statements are planned for tables, columns and types as they were when prepared, and are unknown once somebody has
/// deallocated them. Class 42 is everything about names and types.
fn is_stale(code: &SqlState) -> bool {
    code.code().starts_with("42")
        || *code == SqlState::FEATURE_NOT_SUPPORTED
        || *code == SqlState::INVALID_SQL_STATEMENT_NAME
}

/// Says what an error means: a violated constraint, a lost transaction, a server that cannot now, or a failure.
pub(crate) fn translate(error: Error) -> ConnectorError {
    let Some(said) = error.as_db_error() else {
        return ConnectorError::Unavailable(Box::new(error));
    };
    if let Some(violation) = violation(said) {
        return ConnectorError::Internal(Box::new(violation));
    }
    let code = said.code();
    if [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ]
    .contains(code)
    {
        ConnectorError::Conflict(Box::new(error))
    } else if is_temporary(code) {
        ConnectorError::Unavailable(Box::new(error))
    } else {
        ConnectorError::Internal(Box::new(error))
    }
}

/// Connections (08), resources (53), lock timeouts (55P03), and operators who stop statements and servers (57).
fn is_temporary(code: &SqlState) -> bool {
    let class = code.code().get(..2).unwrap_or_default();
    ["08", "53", "57"].contains(&class) || *code == SqlState::LOCK_NOT_AVAILABLE
}

fn violation(said: &DbError) -> Option<Violation> {
    let code = said.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        Some(Violation::Unique {
            key: said.constraint().map(str::to_owned),
            columns: said.detail().map_or_else(Vec::new, columns),
        })
    } else if *code == SqlState::NOT_NULL_VIOLATION {
        Some(Violation::NotNull {
            column: said.column().map(str::to_owned),
        })
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        Some(Violation::ForeignKey)
    } else if is_too_long(code) {
        Some(Violation::TooLong {
            column: said.column().map(str::to_owned),
        })
    } else {
        None
    }
}

/// Texts and numbers that do not fit their columns, and texts that do not fit an index.
fn is_too_long(code: &SqlState) -> bool {
    [
        SqlState::STRING_DATA_RIGHT_TRUNCATION,
        SqlState::NUMERIC_VALUE_OUT_OF_RANGE,
        SqlState::PROGRAM_LIMIT_EXCEEDED,
    ]
    .contains(code)
}

/// The columns of a detail such as `Key ("first", lower(last))=(Ada, lovelace) already exists.` in any language.
/// Names that need it are quoted; an expression stands as it is. None if there are none: the server hides them from
/// users who may not read the table.
fn columns(detail: &str) -> Vec<String> {
    let Some((_, list)) = detail.split_once('(') else {
        return Vec::new();
    };
    let mut columns = Vec::new();
    let mut column = String::new();
    let (mut depth, mut is_quoted) = (0_usize, false);
    let mut characters = list.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                column.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted && depth == 0 => {
                columns.push(std::mem::take(&mut column));
                // The blank behind it.
                characters.next();
            }
            ')' if !is_quoted && depth == 0 => {
                columns.push(column);
                // Values follow, or this was something else.
                let is_key = characters.next() == Some('=') && characters.next() == Some('(');
                return if is_key { columns } else { Vec::new() };
            }
            other => {
                match other {
                    '(' if !is_quoted => depth += 1,
                    ')' if !is_quoted => depth -= 1,
                    _ => {}
                }
                column.push(other);
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn a_detail_names_columns() {
        let cases: [(&str, &[&str]); 7] = [
            ("Key (email)=(a@b.c) already exists.", &["email"]),
            (
                "Key (first, last)=(a), (b)=(c) already exists.",
                &["first", "last"],
            ),
            (
                r#"Key ("A, ""b)=(", c)=(1, 2) already exists."#,
                &["A, \"b)=(", "c"],
            ),
            (
                "Key (lower(last), \"x\"\"\")=(a, b) already exists.",
                &["lower(last)", "x\""],
            ),
            ("Schlüssel »(id)=(1)« existiert bereits.", &["id"]),
            ("Key already exists.", &[]),
            ("Something (else) happened.", &[]),
        ];
        for (detail, expected) in cases {
            assert_eq!(columns(detail), expected, "{detail}");
        }
    }
}
