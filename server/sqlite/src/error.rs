//! SQLite's errors as the layers above know them.

use prisma_connector::ConnectorError;
use prisma_sql::Violation;
use rusqlite::ErrorCode;
use rusqlite::ffi;

/// Why a database takes no jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Closed {
    /// It was closed while the job waited, or before.
    #[error("the database is closed")]
    Gone,
    /// Too many wait already.
    #[error("too many requests wait for the database")]
    Overrun,
    /// A transaction of several requests did not end in time.
    #[error("a transaction keeps the database for too long")]
    Held,
}

impl Closed {
    pub(crate) fn error() -> ConnectorError {
        ConnectorError::Unavailable(Box::new(Self::Gone))
    }

    pub(crate) fn held() -> ConnectorError {
        ConnectorError::Unavailable(Box::new(Self::Held))
    }

    pub(crate) fn overrun() -> ConnectorError {
        ConnectorError::Unavailable(Box::new(Self::Overrun))
    }
}

/// Says what an error means: a violated constraint, a busy database, or a failure.
pub(crate) fn translate(error: rusqlite::Error) -> ConnectorError {
    match violation(&error) {
        Some(violation) => ConnectorError::Internal(Box::new(violation)),
        None if is_busy(&error) => ConnectorError::Unavailable(Box::new(error)),
        None => ConnectorError::Internal(Box::new(error)),
    }
}

fn violation(error: &rusqlite::Error) -> Option<Violation> {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return None;
    };
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => Some(Violation::Unique {
            key: None,
            columns: columns(message.as_deref()).collect(),
        }),
        ffi::SQLITE_CONSTRAINT_NOTNULL => Some(Violation::NotNull {
            column: columns(message.as_deref()).next(),
        }),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Some(Violation::ForeignKey),
        ffi::SQLITE_TOOBIG => Some(Violation::TooLong { column: None }),
        _ => None,
    }
}

/// The columns of a message such as `UNIQUE constraint failed: User.first, User.last`.
fn columns(message: Option<&str>) -> impl Iterator<Item = String> {
    let names = message.and_then(|message| message.split_once(": "));
    let names = names.map(|(_, names)| names.split(", "));
    names
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.rsplit_once('.')?.1.to_owned()))
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
