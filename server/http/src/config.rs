//! Configuration (deploy.md §6): a YAML text, flags over it, defaults under it.
//!
//! Where it comes from, first hit: the text in `PRISMA_CONFIG`, the file named by `PRISMA_CONFIG_PATH`, the variables
//! of servers before there were such texts (`SQL_CLIENT_HOST` and its kin), else the defaults: SQLite in a folder named
//! [`DEFAULT_FOLDER`], port [`DEFAULT_PORT`]. A `prisma.yml` in the working directory is no such source: that file
//! describes a client's project.
//!
//! For SQLite the database entry names a folder by `path: DIR` or `uri: "sqlite:DIR"` (or `database: DIR`); `host`,
//! `user` and `port`, which mean nothing there, may be missing.

mod database;
mod legacy;
mod limits;
mod secret;
mod yaml;

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    time::Duration,
};

pub use database::{DatabaseConfig, Place};
pub use limits::Limits;
use prisma_sql::Strategy;
pub use secret::Secret;

/// The port without any configuration.
pub const DEFAULT_PORT: u16 = 4466;

/// The folder for SQLite without any configuration, in the working directory.
pub const DEFAULT_FOLDER: &str = "prisma-data";

/// How long running requests may go on after the server was told to stop.
pub const DEFAULT_GRACE: Duration = Duration::from_secs(30);

/// Everything a server needs to know before it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    /// Signs tokens for the management API (deploy.md §3.4); without it that API is open.
    pub management_secret: Option<Secret>,
    /// Where services live.
    pub database: DatabaseConfig,
    /// The first part of every request id.
    pub request_id_prefix: String,
    /// What `serverInfo` answers as `version`.
    pub version: String,
    /// What `serverInfo` answers as `commit`.
    pub commit: String,
    /// Bounds of connections and of bodies.
    pub limits: Limits,
    /// How long running requests may go on after the server was told to stop.
    pub grace: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            port: DEFAULT_PORT,
            management_secret: None,
            database: DatabaseConfig::folder(DEFAULT_FOLDER),
            request_id_prefix: "local".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: "unknown".to_owned(),
            limits: Limits::default(),
            grace: DEFAULT_GRACE,
        }
    }
}

/// What flags say; each wins over the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The address to listen on.
    pub host: Option<IpAddr>,
    /// The port to listen on.
    pub port: Option<u16>,
    /// The database as a URI: `sqlite:FOLDER`, `postgres://…` or `mysql://…`.
    pub database: Option<Secret>,
}

/// Why there is no configuration. The texts are those of deploy.md §6, where it has one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The text is not YAML.
    #[error("Unable to load Prisma config: {0}")]
    Yaml(String),
    /// The text is YAML but no map.
    #[error("Unable to load Prisma config: expected a map of keys and values")]
    NotAMap,
    /// The file cannot be read.
    #[error("Unable to load Prisma config: {} ({})", path.display(), reason(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A map that must have entries has none.
    #[error("Unable to load Prisma config: Expected hash under '{0}' to be non-empty")]
    EmptyMap(&'static str),
    /// A key that must be there is not.
    #[error("Unable to load Prisma config: Expected {0} to be non-empty")]
    Missing(&'static str),
    /// `schema` where it has no meaning.
    #[error(
        "Unable to load Prisma config: Only Postgres connectors specify a schema. If they do they also need to specify a database. Other connectors only specify a database."
    )]
    Schema,
    /// Too few connections.
    #[error(
        "Unable to load Prisma config: The parameter connectionLimit must be set to at least 2."
    )]
    ConnectionLimit,
    /// A key that must be a number is none.
    #[error("Unable to load Prisma config: Expected Int for field {key}, got {got}")]
    NoInt {
        /// The key.
        key: &'static str,
        /// What it says.
        got: String,
    },
    /// `schema` and `database` of a database that has no schemas.
    #[error(
        "Unable to load Prisma config: Only Postgres connectors are allowed to configure schema and database. For others please use database."
    )]
    SchemaAndDatabase,
    /// A URI of nothing that this server knows. It is shown up to its scheme: behind that are passwords.
    #[error(
        "Unable to load Prisma config: `{0}` does not name a database; write `sqlite:FOLDER`, `postgres://USER:PASSWORD@HOST/DATABASE` or `mysql://USER:PASSWORD@HOST`"
    )]
    UnknownUri(String),
    /// A URI of a server that cannot be read.
    #[error("Unable to load Prisma config: the `{scheme}` URI cannot be used: {source}")]
    Uri {
        /// How it begins.
        scheme: &'static str,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A database that forgets everything when the server stops.
    #[error(
        "Unable to load Prisma config: `:memory:` is for embedded clients; a server needs a folder, as in `sqlite:FOLDER`"
    )]
    Memory,
    /// No such way to read.
    #[error("PRISMA_READ_STRATEGY is `{0}`; it can be `levels`, or unset")]
    UnknownStrategy(String),
    /// No such kind of database.
    #[error("Unknown connector {0}")]
    UnknownConnector(String),
    /// A kind of database of Prisma 1 that this server does not serve.
    #[error("The connector {0} is not supported; there are `sqlite`, `postgres` and `mysql`")]
    NotSupported(String),
}

impl ConfigError {
    fn unknown_uri(uri: &str) -> Self {
        let shown = match uri.split_once(':') {
            Some((scheme, rest)) if rest.contains('@') => format!("{scheme}:…"),
            None if uri.contains('@') => "…".to_owned(),
            _ => uri.to_owned(),
        };
        Self::UnknownUri(shown)
    }
}

impl Config {
    /// Reads the environment of the process and applies the overrides.
    ///
    /// # Errors
    /// [`ConfigError`] for the first thing that is wrong.
    pub fn load(overrides: &Overrides) -> Result<Self, ConfigError> {
        Self::load_with(|name| std::env::var(name).ok(), overrides)
    }

    /// Like [`Config::load`], from another environment.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn load_with(
        variable: impl Fn(&str) -> Option<String>,
        overrides: &Overrides,
    ) -> Result<Self, ConfigError> {
        let variable = |name: &'static str| variable(name).filter(|value| !value.is_empty());
        let mut config = Self::default();
        if let Some(text) = text(variable)? {
            config.read(&text)?;
        } else if let Some(database) = legacy::database(variable)? {
            config.database = database;
            let port = variable("PORT").and_then(|port| port.parse().ok());
            config.port = port.unwrap_or(config.port);
            let secret = variable("PRISMA_MANAGEMENT_API_JWT_SECRET");
            config.management_secret = secret.map(Secret::from);
        }
        if let Some(uri) = &overrides.database {
            // Everything else that the configuration says about its database stays.
            config.database.place = Place::of_uri(uri.expose())?;
        }
        config.database.read_strategy = variable("PRISMA_READ_STRATEGY")
            .map(read_strategy)
            .transpose()?;
        config.host = overrides.host.unwrap_or(config.host);
        config.port = overrides.port.unwrap_or(config.port);
        for (name, value) in [
            ("ENV", &mut config.request_id_prefix),
            ("CLUSTER_VERSION", &mut config.version),
            ("COMMIT_SHA", &mut config.commit),
        ] {
            if let Some(given) = variable(name) {
                *value = given;
            }
        }
        Ok(config)
    }

    /// Takes over what a YAML text says.
    fn read(&mut self, text: &str) -> Result<(), ConfigError> {
        let root = yaml::parse(text)?;
        let databases = root.map("databases");
        // More entries are legal and without effect.
        let (name, entry) = databases.ok_or(ConfigError::EmptyMap("databases"))?;
        self.database = DatabaseConfig::read(name, &entry)?;
        self.port = root.integer("port").unwrap_or(self.port);
        self.management_secret = root.text("managementApiSecret").map(Secret::from);
        if let Some(limits) = root.child("limits") {
            self.limits = Limits::read(&limits);
        }
        Ok(())
    }
}

fn read_strategy(name: String) -> Result<Strategy, ConfigError> {
    match name.as_str() {
        "levels" => Ok(Strategy::Levels),
        _ => Err(ConfigError::UnknownStrategy(name)),
    }
}

/// The YAML text, if the environment has one.
fn text(variable: impl Fn(&'static str) -> Option<String>) -> Result<Option<String>, ConfigError> {
    if let Some(text) = variable("PRISMA_CONFIG") {
        return Ok(Some(text));
    }
    let Some(path) = variable("PRISMA_CONFIG_PATH").map(PathBuf::from) else {
        return Ok(None);
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(source) => Err(ConfigError::File { path, source }),
    }
}

/// The system's words without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" (os error") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}
