//! The kinds of servers.

use std::fmt;

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// PostgreSQL.
    Postgres,
    /// MySQL or MariaDB; throw-away servers are MariaDB's.
    Mysql,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Postgres, Self::Mysql];

    /// Its name in configurations and in the environment: `postgres`, `mysql`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// The environment variable that names a server of this kind.
    #[must_use]
    pub const fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "PRISMA_TEST_POSTGRES_URL",
            Self::Mysql => "PRISMA_TEST_MYSQL_URL",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MariaDB",
        })
    }
}
