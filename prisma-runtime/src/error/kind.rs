//! What each kind is called, and what may be said about it to strangers.

use std::fmt;

use super::{Error, ErrorKind, TxError};

impl ErrorKind {
    /// A name for programs to compare with and for logs: `UNIQUE_VIOLATION`, `TIMEOUT`.
    ///
    /// ```
    /// # use prisma_runtime::ErrorKind;
    /// assert_eq!(ErrorKind::Timeout.name(), "TIMEOUT");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::UniqueViolation { .. } => "UNIQUE_VIOLATION",
            Self::NotFound { .. } => "NOT_FOUND",
            Self::RelationViolation { .. } => "RELATION_VIOLATION",
            Self::RequiredRelation { .. } => "REQUIRED_RELATION",
            Self::Validation { .. } => "VALIDATION",
            Self::Unauthorized => "UNAUTHORIZED",
            Self::Transport => "TRANSPORT",
            Self::Timeout => "TIMEOUT",
            Self::Cancelled => "CANCELLED",
            Self::Transaction(_) => "TRANSACTION",
            Self::Unsupported { .. } => "UNSUPPORTED",
            Self::Decode { .. } => "DECODE",
            Self::Server { .. } => "SERVER",
            Self::Many(_) => "MANY",
        }
    }

    /// The number under which the server reports the kind, where there is but one (api.md §5.2).
    const fn code(&self) -> Option<u32> {
        match self {
            Self::UniqueViolation { .. } => Some(3010),
            Self::NotFound { .. } => Some(3039),
            Self::RelationViolation { .. } => Some(3041),
            Self::Unauthorized => Some(3015),
            Self::Transaction(error) => error.code(),
            Self::Server { code } => *code,
            _ => None,
        }
    }
}

impl TxError {
    /// Whether the transaction may succeed if it is tried again.
    pub(super) const fn is_of_the_moment(self) -> bool {
        matches!(self, Self::NotBegun | Self::TooMany | Self::Lost)
    }

    const fn code(self) -> Option<u32> {
        match self {
            Self::NotBegun => Some(4210),
            Self::Expired => Some(4211),
            Self::Lost => Some(4212),
            Self::Ended => Some(4213),
            Self::Unknown => Some(4214),
            Self::TooMany => Some(4215),
            Self::NotWithin => Some(4216),
            Self::Unsupported => None,
        }
    }
}

/// A text that may be shown to anybody: it names what a caller gave or asked for, and nothing of the database, the server
/// or the way there. The text of an [`Error`] is for logs.
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UniqueViolation { model, fields } if fields.is_empty() => {
                write!(f, "such a {model} exists already")
            }
            Self::UniqueViolation { model, fields } => {
                write!(
                    f,
                    "a {model} with this {} exists already",
                    fields.join(", ")
                )
            }
            Self::NotFound { model } => write!(f, "no such {model}"),
            Self::RelationViolation { .. } => f.write_str("these records are not connected"),
            Self::RequiredRelation { .. } => {
                f.write_str("a record would lack one that it requires")
            }
            Self::Validation { argument } if argument.is_empty() => {
                f.write_str("a value was refused")
            }
            Self::Validation { argument } => write!(f, "the value of `{argument}` was refused"),
            Self::Timeout => f.write_str("this took too long"),
            Self::Cancelled => f.write_str("the request was given up"),
            Self::Transaction(error) if error.is_of_the_moment() => {
                f.write_str("others were faster; try again")
            }
            Self::Many(errors) => {
                for (position, error) in errors.iter().enumerate() {
                    let pause = if position == 0 { "" } else { "; " };
                    write!(f, "{pause}{}", error.kind())?;
                }
                Ok(())
            }
            Self::Unauthorized
            | Self::Unsupported { .. }
            | Self::Transport
            | Self::Transaction(_)
            | Self::Decode { .. }
            | Self::Server { .. } => f.write_str("the database did not do its part"),
        }
    }
}

/// An error of this kind, for transports and mocks: with the kind's text, and its number if it has one.
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        let (text, code) = (kind.to_string(), kind.code());
        let mut error = Self::new(kind, text);
        error.0.code = code;
        error
    }
}
