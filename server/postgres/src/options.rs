//! Where the server is and how it is used.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// Where the server is and how it is used (deploy.md §6.3).
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresOptions {
    /// A name, an address, or the folder of a Unix socket.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The user; may create schemas, and tables in them.
    pub user: String,
    /// The user's password, where the server asks for one.
    pub password: Option<String>,
    /// The database, home of all services. It is created if the server has none of this name and allows it.
    pub database: String,
    /// Whether connections are encrypted, and what is checked of the server.
    pub ssl: SslMode,
    /// The most connections, at least 2: some are shared by single statements, the others make
    /// transactions.
    pub connections: usize,
    /// The most jobs that wait for a connection; further ones are refused at once.
    pub queue: usize,
    /// How long opening a connection may take, log-in included.
    pub connect_timeout: Duration,
    /// How long a job waits for a connection that others use.
    pub acquire_timeout: Duration,
    /// How long one statement may take; none for any time.
    pub statement_timeout: Option<Duration>,
}

/// Whether connections are encrypted, and what is checked of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SslMode {
    /// Not encrypted.
    Disable,
    /// Encrypted if the server can, without a check of its certificate.
    Prefer,
    /// Encrypted, without a check of the certificate: what `ssl: true` means (deploy.md §6.3).
    Require,
    /// Encrypted, and the certificate is one for this host.
    Verify(Roots),
}

/// Whose word on certificates counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// Whom the operating system trusts.
    Platform,
    /// The certificates in this file, in PEM form.
    File(PathBuf),
}

impl Default for PostgresOptions {
    /// The database `prisma` of the user `postgres` on this machine; 10 connections; 5 seconds to connect, 10 to wait
    /// for a connection behind at most 1,000 others; 600 seconds for a statement, as long as a request may take
    /// (server.md §6).
    fn default() -> Self {
        Self {
            host: "localhost".to_owned(),
            port: 5432,
            user: "postgres".to_owned(),
            password: None,
            database: "prisma".to_owned(),
            ssl: SslMode::Prefer,
            connections: 10,
            queue: 1000,
            connect_timeout: Duration::from_secs(5),
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Some(Duration::from_secs(600)),
        }
    }
}

impl fmt::Debug for PostgresOptions {
    /// Everything but the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresOptions")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .field("password", &self.password.as_ref().map(|_| "…"))
            .field("database", &self.database)
            .field("ssl", &self.ssl)
            .field("connections", &self.connections)
            .field("queue", &self.queue)
            .field("connect_timeout", &self.connect_timeout)
            .field("acquire_timeout", &self.acquire_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .finish()
    }
}

/// Why a URL names no server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// It starts with something else than `postgres://` or `postgresql://`.
    #[error("a URL of PostgreSQL starts with `postgres://`")]
    Scheme,
    /// It cannot be read.
    #[error("this is no URL of PostgreSQL")]
    Syntax(#[source] tokio_postgres::Error),
    /// It names more than one server.
    #[error("a URL names one host, not {0}")]
    Hosts(usize),
    /// The password is no text.
    #[error("the password is not UTF-8")]
    Password,
    /// A parameter has a value that it cannot have.
    #[error("`{value}` is no value of `{key}`")]
    Parameter {
        /// The parameter.
        key: &'static str,
        /// Its value.
        value: String,
    },
}

impl FromStr for PostgresOptions {
    type Err = OptionsError;

    /// Reads `postgres://user:password@host:port/database?parameters`; what is missing is as in the default.
    ///
    /// Parameters: `sslmode` (`disable`, `prefer`, `require`, `verify-full`; `verify-ca` checks no less than
    /// `verify-full`), `ssl` (`1` or `true` is `require`, anything else `disable`), `sslrootcert` (a file; `require`
    /// then verifies, as in libpq), `connection_limit`, `connect_timeout` and `pool_timeout` (seconds),
    /// `statement_timeout` (milliseconds; 0 is none). Others are not ours and are passed over (deploy.md §6.3).
    fn from_str(url: &str) -> Result<Self, OptionsError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(OptionsError::Scheme);
        }
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut options = Self::default();
        options.read_base(&base.parse().map_err(OptionsError::Syntax)?)?;
        options.read_parameters(query)?;
        Ok(options)
    }
}

impl PostgresOptions {
    fn read_base(&mut self, config: &Config) -> Result<(), OptionsError> {
        match config.get_hosts() {
            [] => {}
            [Host::Tcp(host)] => self.host.clone_from(host),
            #[cfg(unix)]
            [Host::Unix(folder)] => self.host = folder.to_string_lossy().into_owned(),
            hosts => return Err(OptionsError::Hosts(hosts.len())),
        }
        if let [port] = config.get_ports() {
            self.port = *port;
        }
        if let Some(user) = config.get_user() {
            self.user = user.to_owned();
        }
        if let Some(password) = config.get_password() {
            let password = str::from_utf8(password).map_err(|_| OptionsError::Password)?;
            self.password = Some(password.to_owned());
        }
        if let Some(database) = config.get_dbname().filter(|name| !name.is_empty()) {
            self.database = database.to_owned();
        }
        Ok(())
    }

    fn read_parameters(&mut self, query: &str) -> Result<(), OptionsError> {
        let mut roots = None;
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy();
            match key {
                "sslmode" => self.ssl = ssl_mode(&value)?,
                "ssl" => {
                    let is_on = value == "1" || value.eq_ignore_ascii_case("true");
                    self.ssl = if is_on {
                        SslMode::Require
                    } else {
                        SslMode::Disable
                    };
                }
                "sslrootcert" => roots = Some(PathBuf::from(&*value)),
                "connection_limit" => self.connections = number("connection_limit", &value)?,
                "connect_timeout" => {
                    self.connect_timeout = Duration::from_secs(number("connect_timeout", &value)?);
                }
                "pool_timeout" => {
                    self.acquire_timeout = Duration::from_secs(number("pool_timeout", &value)?);
                }
                "statement_timeout" => {
                    let milliseconds: u32 = number("statement_timeout", &value)?;
                    self.statement_timeout =
                        (milliseconds > 0).then(|| Duration::from_millis(u64::from(milliseconds)));
                }
                _ => {}
            }
        }
        if let Some(file) = roots
            && matches!(self.ssl, SslMode::Require | SslMode::Verify(_))
        {
            self.ssl = SslMode::Verify(Roots::File(file));
        }
        Ok(())
    }
}

fn ssl_mode(value: &str) -> Result<SslMode, OptionsError> {
    Ok(match value {
        "disable" => SslMode::Disable,
        "allow" | "prefer" => SslMode::Prefer,
        "require" => SslMode::Require,
        "verify-ca" | "verify-full" => SslMode::Verify(Roots::Platform),
        other => {
            return Err(OptionsError::Parameter {
                key: "sslmode",
                value: other.to_owned(),
            });
        }
    })
}

fn number<N: FromStr>(key: &'static str, value: &str) -> Result<N, OptionsError> {
    value.parse().map_err(|_| OptionsError::Parameter {
        key,
        value: value.to_owned(),
    })
}
