//! MySQL's errors as the layers above know them.

use mysql_async::{DriverError, Error, ServerError};
use prisma_connector::ConnectorError;
use prisma_sql::Violation;

/// Why there is no connection, or no answer, apart from what the server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Late {
    /// All connections stayed in use.
    #[error("all connections to the database are in use")]
    Busy,
    /// The server did not let anybody in, or did not answer at all.
    #[error("the database server did not accept a connection in time")]
    Connect,
    /// A statement took too long.
    #[error("the database did not answer a statement in time")]
    Statement,
}

impl Late {
    pub(crate) fn error(self) -> ConnectorError {
        ConnectorError::Unavailable(Box::new(self))
    }
}

/// Says what an error means: a violated constraint, a lost race, a server out of reach, or a failure.
pub(crate) fn translate(error: Error) -> ConnectorError {
    let Error::Server(refusal) = &error else {
        return if is_unreachable(&error) {
            ConnectorError::Unavailable(Box::new(error))
        } else {
            ConnectorError::Internal(Box::new(error))
        };
    };
    if let Some(violation) = violation(refusal) {
        return ConnectorError::Internal(Box::new(violation));
    }
    match refusal.code {
        // A deadlock; a row that changed since the snapshot; tables that changed since the statement was prepared.
        1213 | 1020 | 1615 => ConnectorError::Conflict(Box::new(error)),
        // Somebody held a lock for longer than `lock_timeout`. Trying again at once would make the caller wait for a
        // multiple of it, so this is no conflict.
        1205
        // A statement ran for too long (MariaDB, MySQL), or somebody ended it.
        | 1969 | 3024 | 1317
        // The server, or the user, has too many connections; the cluster is not ready.
        | 1040 | 1203 | 1226 | 1047 => ConnectorError::Unavailable(Box::new(error)),
        UNKNOWN_STATEMENT => ConnectorError::Unavailable(Box::new(error)),
        code if ends_connection(code) => ConnectorError::Unavailable(Box::new(error)),
        _ => ConnectorError::Internal(Box::new(error)),
    }
}

/// The server does not know a statement that was prepared there: a proxy has put another server, or another session,
/// behind the connection.
pub(crate) const UNKNOWN_STATEMENT: u16 = 1243;

/// Does the server close the connection after saying this? A shutdown, a connection that was killed or idle for too
/// long, and what went wrong on the way.
pub(crate) fn ends_connection(code: u16) -> bool {
    matches!(
        code,
        1053 | 1080 | 1152 | 1154..=1161 | 1184 | 1927 | 2006 | 2013 | 4031
    )
}

/// Could nothing be sent or received?
fn is_unreachable(error: &Error) -> bool {
    match error {
        Error::Io(_) => true,
        Error::Driver(error) => matches!(
            error,
            DriverError::ConnectionClosed | DriverError::PoolDisconnected
        ),
        _ => false,
    }
}

fn violation(error: &ServerError) -> Option<Violation> {
    Some(match error.code {
        1062 | 1586 => Violation::Unique {
            key: key(&error.message),
            columns: Vec::new(),
        },
        1048 | 1364 => Violation::NotNull {
            column: quoted(&error.message),
        },
        1264 | 1292 | 1406 => Violation::TooLong {
            column: column(&error.message),
        },
        1451 | 1452 | 1216 | 1217 => Violation::ForeignKey,
        _ => return None,
    })
}

/// The key of `Duplicate entry 'a' for key 'User.email_UNIQUE'`; MariaDB leaves out the table. The entry comes first
/// and may hold anything.
fn key(message: &str) -> Option<String> {
    let (_, key) = message.rsplit_once(" for key '")?;
    let key = key.strip_suffix('\'')?;
    let key = key.rsplit_once('.').map_or(key, |(_table, key)| key);
    Some(key.to_owned())
}

/// Does a server refuse the name of a database: too long, or made of characters that names cannot have?
pub(crate) fn is_refused_name(error: &(dyn std::error::Error + 'static)) -> bool {
    let code = match error.downcast_ref() {
        Some(Error::Server(refusal)) => refusal.code,
        _ => return false,
    };
    matches!(code, 1059 | 1102 | 1300)
}

/// The column of `Data too long for column 'email' at row 1` and `Incorrect datetime value: 'x' for column
/// `blog@dev`.`User`.`born` at row 1`.
fn column(message: &str) -> Option<String> {
    let (_, rest) = message.rsplit_once(" for column ")?;
    let (name, _row) = rest.rsplit_once(" at row ")?;
    let name = match name
        .strip_prefix('`')
        .and_then(|name| name.strip_suffix('`'))
    {
        Some(path) => path.rsplit("`.`").next()?,
        None => name.strip_prefix('\'')?.strip_suffix('\'')?,
    };
    Some(name.to_owned())
}

/// The name in `Column 'email' cannot be null` and `Field 'email' doesn't have a default value`.
fn quoted(message: &str) -> Option<String> {
    let (_, rest) = message.split_once('\'')?;
    let (name, _) = rest.split_once("' ")?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MySQL says it in other words than MariaDB, on which the driver is tested.
    #[test]
    fn keys_of_mysql() {
        for (message, expected) in [
            ("Duplicate entry 'a' for key 'User.PRIMARY'", "PRIMARY"),
            (
                "Duplicate entry 'it's for key 'x'' for key 'User.email_UNIQUE'",
                "email_UNIQUE",
            ),
            ("Duplicate entry 'a-b' for key 'ab'", "ab"),
        ] {
            assert_eq!(key(message).as_deref(), Some(expected), "{message}");
        }
        assert_eq!(key("Can't write, because of unique constraint"), None);
    }
}
