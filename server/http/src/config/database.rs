//! The entry of one database (deploy.md §6.3).

use std::path::{Path, PathBuf};

use super::{ConfigError, DEFAULT_FOLDER, yaml::Map};

/// The smallest `connectionLimit`: one connection writes, the others read.
const MIN_CONNECTIONS: u32 = 2;

/// A SQLite database: a folder with one file per service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseConfig {
    /// The key of the entry: what the API calls this database.
    pub name: String,
    /// The folder; made if it does not exist.
    pub folder: PathBuf,
    /// Do services have the mutation `executeRaw`?
    pub raw_access: bool,
    /// How many connections each service may open, at least 2. `None` leaves it to the driver.
    pub connection_limit: Option<u32>,
}

impl DatabaseConfig {
    /// A folder, everything else as without configuration.
    #[must_use]
    pub fn folder(folder: impl AsRef<Path>) -> Self {
        Self {
            name: "default".to_owned(),
            folder: folder.as_ref().to_owned(),
            raw_access: false,
            connection_limit: None,
        }
    }

    pub(super) fn read(name: &str, entry: &Map<'_>) -> Result<Self, ConfigError> {
        let connector = entry
            .text("connector")
            .ok_or(ConfigError::Missing("connector"))?;
        match connector.as_str() {
            "sqlite" => {}
            "postgres" | "mysql" | "mongo" => return Err(ConfigError::NotInThisBuild(connector)),
            _ => return Err(ConfigError::UnknownConnector(connector)),
        }
        if entry.text("schema").is_some() {
            return Err(ConfigError::Schema);
        }
        let connection_limit = entry.integer("connectionLimit");
        if connection_limit.is_some_and(|limit: i64| limit < i64::from(MIN_CONNECTIONS)) {
            return Err(ConfigError::ConnectionLimit);
        }
        Ok(Self {
            name: name.to_owned(),
            folder: folder(entry)?,
            raw_access: entry.boolean("rawAccess").unwrap_or(false),
            connection_limit: connection_limit.and_then(|limit| limit.try_into().ok()),
        })
    }
}

fn folder(entry: &Map<'_>) -> Result<PathBuf, ConfigError> {
    if let Some(uri) = entry.text("uri") {
        return folder_of_uri(&uri);
    }
    let folder = entry.text("path").or_else(|| entry.text("database"));
    on_disk(folder.as_deref().unwrap_or(DEFAULT_FOLDER))
}

/// The folder that `sqlite:DIR` or `sqlite://DIR` names.
pub(super) fn folder_of_uri(uri: &str) -> Result<PathBuf, ConfigError> {
    let (scheme, rest) = uri
        .split_once(':')
        .ok_or_else(|| ConfigError::Uri(uri.to_owned()))?;
    match scheme {
        "sqlite" => {}
        "postgres" | "postgresql" => {
            return Err(ConfigError::NotInThisBuild("postgres".to_owned()));
        }
        "mysql" | "mongo" => return Err(ConfigError::NotInThisBuild(scheme.to_owned())),
        _ => return Err(ConfigError::Uri(uri.to_owned())),
    }
    let folder = rest.strip_prefix("//").unwrap_or(rest);
    if folder.is_empty() {
        return Err(ConfigError::Uri(uri.to_owned()));
    }
    on_disk(folder)
}

fn on_disk(folder: &str) -> Result<PathBuf, ConfigError> {
    if folder == ":memory:" {
        return Err(ConfigError::Memory);
    }
    Ok(PathBuf::from(folder))
}
