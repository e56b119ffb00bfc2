//! Databases named by the keys of an entry: `uri`, or one key for each part.

use prisma_mysql::{MysqlOptions, Ssl};
use prisma_postgres::{PostgresOptions, SslMode};

use super::{
    super::{ConfigError, DEFAULT_FOLDER, yaml::Map},
    Place, uri,
};

/// A folder; `host`, `port` and `user` mean nothing here.
pub(super) fn sqlite(entry: &Map<'_>) -> Result<Place, ConfigError> {
    refuse_schema(entry)?;
    let folder = match entry.text("uri") {
        Some(uri) => uri::sqlite(&uri)?,
        None => {
            let folder = entry.text("path").or_else(|| entry.text("database"));
            uri::on_disk(folder.as_deref().unwrap_or(DEFAULT_FOLDER))?
        }
    };
    Ok(Place::Sqlite { folder })
}

/// A server of PostgreSQL and a database of it.
pub(super) fn postgres(entry: &Map<'_>) -> Result<Place, ConfigError> {
    let (uri, database) = (entry.text("uri"), entry.text("database"));
    let schema = entry.text("schema");
    let is_named = database.is_some() || uri.as_deref().is_some_and(uri::has_database);
    if schema.is_some() && !is_named {
        return Err(ConfigError::Schema);
    }
    let mut options = either(uri.as_deref().map(uri::postgres), || {
        let Parts {
            host,
            port,
            user,
            password,
        } = Parts::read(entry)?;
        Ok(PostgresOptions {
            host,
            port,
            user,
            password,
            ..PostgresOptions::default()
        })
    })?;
    if !uri.as_deref().is_some_and(uri::has_database) {
        options.database = database.unwrap_or(options.database);
    }
    match entry.boolean("ssl") {
        Some(true) => options.ssl = SslMode::Require,
        Some(false) => options.ssl = SslMode::Disable,
        None => {}
    }
    options.queue = entry.integer("queueSize").unwrap_or(options.queue);
    let options = Box::new(options);
    Ok(Place::Postgres { options, schema })
}

/// A server of MySQL or MariaDB.
pub(super) fn mysql(entry: &Map<'_>) -> Result<Place, ConfigError> {
    refuse_schema(entry)?;
    let uri = entry.text("uri");
    let (mut options, named) = either(uri.as_deref().map(uri::mysql), || {
        let parts = Parts::read(entry)?;
        let password = parts.password.unwrap_or_default();
        let options = MysqlOptions::new(parts.host, parts.port, parts.user, password);
        Ok((options, None))
    })?;
    match entry.boolean("ssl") {
        Some(true) => options.ssl = Ssl::Require,
        Some(false) => options.ssl = Ssl::Disable,
        None => {}
    }
    Ok(Place::Mysql {
        options: Box::new(options),
        database: named.or_else(|| entry.text("database")),
    })
}

/// What the URI says; if it says nothing, what the keys say. If neither does, the URI is what was meant.
fn either<T>(
    uri: Option<Result<T, ConfigError>>,
    keys: impl FnOnce() -> Result<T, ConfigError>,
) -> Result<T, ConfigError> {
    match uri {
        None => keys(),
        Some(Ok(place)) => Ok(place),
        Some(Err(error)) => keys().map_err(|_| error),
    }
}

/// The table of deploy.md §2.1: only PostgreSQL has schemas within databases.
fn refuse_schema(entry: &Map<'_>) -> Result<(), ConfigError> {
    match (entry.text("schema"), entry.text("database")) {
        (None, _) => Ok(()),
        (Some(_), None) => Err(ConfigError::Schema),
        (Some(_), Some(_)) => Err(ConfigError::SchemaAndDatabase),
    }
}

/// How to reach a server.
struct Parts {
    host: String,
    port: u16,
    user: String,
    password: Option<String>,
}

impl Parts {
    fn read(entry: &Map<'_>) -> Result<Self, ConfigError> {
        let needed = |key| entry.text(key).ok_or(ConfigError::Missing(key));
        let host = needed("host")?;
        let port = entry.integer("port").ok_or_else(|| ConfigError::NoInt {
            key: "port",
            got: entry.text("port").unwrap_or_else(|| "<unset>".to_owned()),
        })?;
        Ok(Self {
            host,
            port,
            user: needed("user")?,
            password: entry.text("password"),
        })
    }
}
