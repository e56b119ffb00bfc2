//! Databases named by a URI. The words about a bad one never repeat its password.

use std::path::PathBuf;

use prisma_mysql::MysqlOptions;
use prisma_postgres::PostgresOptions;

use super::super::ConfigError;

/// The folder that `sqlite:FOLDER` or `sqlite://FOLDER` names.
pub(super) fn sqlite(uri: &str) -> Result<PathBuf, ConfigError> {
    let rest = uri.strip_prefix("sqlite:");
    let folder = rest.map(|rest| rest.strip_prefix("//").unwrap_or(rest));
    match folder {
        None | Some("") => Err(ConfigError::unknown_uri(uri)),
        Some(folder) => on_disk(folder),
    }
}

/// A folder of a server: it must outlive it.
pub(super) fn on_disk(folder: &str) -> Result<PathBuf, ConfigError> {
    if folder == ":memory:" {
        return Err(ConfigError::Memory);
    }
    Ok(PathBuf::from(folder))
}

/// `postgres://user:password@host:port/database?parameters`; without a database it is `prisma`.
pub(super) fn postgres(uri: &str) -> Result<PostgresOptions, ConfigError> {
    uri.parse().map_err(|error| ConfigError::Uri {
        scheme: "postgres",
        source: Box::new(error),
    })
}

/// `mysql://user:password@host:port/database?parameters`; also answers the database, if there is one.
pub(super) fn mysql(uri: &str) -> Result<(MysqlOptions, Option<String>), ConfigError> {
    MysqlOptions::from_url(uri).map_err(|error| ConfigError::Uri {
        scheme: "mysql",
        source: Box::new(error),
    })
}

/// Does a URI name a database behind its host?
pub(super) fn has_database(uri: &str) -> bool {
    let address = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let address = address.split('?').next().unwrap_or_default();
    address
        .split_once('/')
        .is_some_and(|(_, database)| !database.is_empty())
}
