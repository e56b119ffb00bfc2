//! What answers at the other end, and how sessions there are set up.

use prisma_connector::ConnectorError;
use prisma_sql::{Dialect, dialect};

use crate::options::MysqlOptions;

/// One server's software.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    Mariadb,
    Mysql,
}

/// A server that lacks what the statements need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is too old: it takes MySQL 8.0 or MariaDB 10.6")]
struct TooOld(String);

impl Server {
    /// Reads what the server says its version is: `8.0.36`, `10.11.6-MariaDB-log`.
    ///
    /// # Errors
    /// [`ConnectorError::Internal`] for versions without `JSON_TABLE`.
    pub(crate) fn of_version(text: &str) -> Result<Self, ConnectorError> {
        let (server, needed) = if text.contains("MariaDB") {
            (Self::Mariadb, (10, 6))
        } else {
            (Self::Mysql, (8, 0))
        };
        // MariaDB may call itself 5.5.5 first, for replicas that know no ten.
        let mut numbers = text
            .trim_start_matches("5.5.5-")
            .split(|character: char| !character.is_ascii_digit())
            .map(|digits| digits.parse::<u32>().unwrap_or(0));
        let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if version < needed {
            let old = TooOld(text.to_owned());
            return Err(ConnectorError::Internal(Box::new(old)));
        }
        Ok(server)
    }

    /// How its SQL differs.
    pub(crate) fn dialect(self) -> &'static Dialect {
        match self {
            Self::Mariadb => &dialect::MARIADB,
            Self::Mysql => &dialect::MYSQL,
        }
    }

    /// Sets up a session: whatever a server's administrator can set differently and statements depend on.
    ///
    /// - The collation decides how texts compare that come from no column.
    /// - Dates have no zone and mean UTC; functions such as `NOW` should agree.
    /// - Values that do not fit are errors in every table, and 0 is a value like others.
    /// - Backslashes escape in literals and quotation marks are around texts, as everywhere on MySQL: the dialect counts
    ///   on the one, and names are in backticks.
    /// - Writes see what others have committed (api.md §4.1), so nobody locks gaps between rows. Snapshots ask for
    ///   more.
    pub(crate) fn set_up(self, options: &MysqlOptions) -> String {
        let lock = options.lock_timeout.as_secs().max(1);
        let limit = match self {
            Self::Mariadb => format!(
                "max_statement_time = {}",
                options.statement_timeout.as_secs_f64()
            ),
            // Of statements that read. Others end with their connection.
            Self::Mysql => format!(
                "max_execution_time = {}",
                options.statement_timeout.as_millis()
            ),
        };
        format!(
            "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci, time_zone = '+00:00', \
             sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO', \
             innodb_lock_wait_timeout = {lock}, lock_wait_timeout = {lock}, {limit}; \
             SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
        )
    }

    /// Lets statements of a session take any time.
    pub(crate) const fn unlimited(self) -> &'static str {
        match self {
            Self::Mariadb => "SET SESSION max_statement_time = 0",
            Self::Mysql => "SET SESSION max_execution_time = 0",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Server::{self, Mariadb, Mysql};

    #[test]
    fn versions() {
        for (version, server) in [
            ("10.11.6-MariaDB-0+deb12u1", Mariadb),
            ("5.5.5-10.6.16-MariaDB-log", Mariadb),
            ("11.4.2-MariaDB", Mariadb),
            ("8.0.36", Mysql),
            ("8.4.0-log", Mysql),
            ("9.0.1", Mysql),
            ("8.0.mysql_aurora.3.05.2", Mysql),
        ] {
            let found = Server::of_version(version).ok();
            assert_eq!(found, Some(server), "{version}");
        }
        for version in ["5.7.44", "10.5.23-MariaDB", "", "nonsense"] {
            assert!(Server::of_version(version).is_err(), "{version}");
        }
    }
}
