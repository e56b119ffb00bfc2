//! The entry of one database (deploy.md §6.3).

mod keys;
mod uri;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use prisma_mysql::MysqlOptions;
use prisma_postgres::PostgresOptions;
use prisma_sql::Strategy;

use self::keys::{mysql, postgres, sqlite};
use super::{ConfigError, yaml::Map};

/// The smallest `connectionLimit`: one connection writes, the others read.
const MIN_CONNECTIONS: u32 = 2;

/// Where services live, and how their database is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseConfig {
    /// The key of the entry: what the API calls this database.
    pub name: String,
    /// Which database it is.
    pub place: Place,
    /// The name of the management store: of a schema of PostgreSQL, a database of MySQL, a file of SQLite. `None`
    /// leaves it to the layout (deploy.md §2.9).
    pub management: Option<String>,
    /// Do services have the mutation `executeRaw`?
    pub raw_access: bool,
    /// The most connections, at least 2: to the server, or of SQLite to the file of each service. `None` leaves it to
    /// the driver.
    pub connection_limit: Option<u32>,
    /// How the levels of a nested read are fetched. `None` is what suits the database.
    pub read_strategy: Option<Strategy>,
}

/// Which database it is. Shown without passwords.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// SQLite.
    Sqlite {
        /// The folder with one file per service; made if it does not exist.
        folder: PathBuf,
    },
    /// A database of a PostgreSQL server.
    Postgres {
        /// The server and the database.
        options: Box<PostgresOptions>,
        /// The schema that all services share. Without it each has one of its own (deploy.md §2.1).
        schema: Option<String>,
    },
    /// A server of MySQL or MariaDB.
    Mysql {
        /// The server.
        options: Box<MysqlOptions>,
        /// The database that all services share. Without it each has one of its own.
        database: Option<String>,
    },
}

impl DatabaseConfig {
    /// SQLite in a folder, everything else as without configuration.
    #[must_use]
    pub fn folder(folder: impl AsRef<Path>) -> Self {
        let folder = folder.as_ref().to_owned();
        Self::at("default", Place::Sqlite { folder })
    }

    /// A database of which nothing else is said.
    pub(super) fn at(name: &str, place: Place) -> Self {
        Self {
            name: name.to_owned(),
            place,
            management: None,
            raw_access: false,
            connection_limit: None,
            read_strategy: None,
        }
    }

    pub(super) fn read(name: &str, entry: &Map<'_>) -> Result<Self, ConfigError> {
        let connector = entry
            .text("connector")
            .ok_or(ConfigError::Missing("connector"))?;
        let place = match connector.as_str() {
            "sqlite" => sqlite(entry)?,
            "postgres" => postgres(entry)?,
            "mysql" => mysql(entry)?,
            "mongo" => return Err(ConfigError::NotSupported(connector)),
            _ => return Err(ConfigError::UnknownConnector(connector)),
        };
        let connection_limit = entry.integer("connectionLimit");
        Ok(Self {
            management: entry.text("managementSchema"),
            raw_access: entry.boolean("rawAccess").unwrap_or(false),
            connection_limit: connection_limit.map(check_limit).transpose()?,
            ..Self::at(name, place)
        })
    }
}

impl Place {
    /// Reads `sqlite:FOLDER`, `postgres://…` or `mysql://…`.
    pub(super) fn of_uri(uri: &str) -> Result<Self, ConfigError> {
        match uri.split(':').next().unwrap_or_default() {
            "sqlite" => uri::sqlite(uri).map(|folder| Self::Sqlite { folder }),
            "postgres" | "postgresql" => uri::postgres(uri).map(|options| Self::Postgres {
                options: Box::new(options),
                schema: None,
            }),
            "mysql" => uri::mysql(uri).map(|(options, database)| Self::Mysql {
                options: Box::new(options),
                database,
            }),
            "mongo" | "mongodb" => Err(ConfigError::NotSupported("mongo".to_owned())),
            _ => Err(ConfigError::unknown_uri(uri)),
        }
    }
}

/// A limit as it stands in a configuration.
pub(super) fn check_limit(limit: i64) -> Result<u32, ConfigError> {
    if limit < i64::from(MIN_CONNECTIONS) {
        return Err(ConfigError::ConnectionLimit);
    }
    Ok(u32::try_from(limit).unwrap_or(u32::MAX))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { folder } => write!(f, "SQLite in `{}`", folder.display()),
            Self::Postgres { options, .. } => write!(
                f,
                "PostgreSQL at {}:{}, database `{}`, user `{}`",
                options.host, options.port, options.database, options.user
            ),
            Self::Mysql { options, .. } => write!(
                f,
                "MySQL at {}:{}, user `{}`",
                options.host, options.port, options.user
            ),
        }
    }
}
