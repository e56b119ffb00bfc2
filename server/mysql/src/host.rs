//! One server.

use std::sync::Arc;
use std::time::Duration;

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, DriverError, Error, Opts, OptsBuilder, SslOpts};
use prisma_connector::{ConnectorError, Lock};
use prisma_sql::{Dialect, Host};
use tokio::time::timeout;

use crate::connection::Limits;
use crate::driver::MysqlDriver;
use crate::error::{Late, is_refused_name, translate};
use crate::options::{MysqlOptions, Ssl};
use crate::pool::Pool;
use crate::server::Server;

/// Prepared statements that all connections together may keep on the server, whose own limit is 16,382 unless
/// somebody changed it: two of us fit in.
const STATEMENTS: usize = 8_000;

/// A server and its connections, shared by the databases on it.
#[derive(Debug)]
pub struct MysqlHost {
    driver: Arc<MysqlDriver>,
    dialect: &'static Dialect,
}

impl MysqlHost {
    /// Connects to a server and asks for its version: MySQL and MariaDB speak two dialects.
    ///
    /// # Errors
    /// [`ConnectorError::Unavailable`] if it does not answer, [`ConnectorError::Internal`] if it refuses the user, or
    /// is older than MySQL 8.0 or MariaDB 10.6.
    pub async fn connect(options: &MysqlOptions) -> Result<Self, ConnectorError> {
        let (opts, version) = match timeout(options.connect_timeout, greet(options)).await {
            Ok(greeted) => greeted.map_err(translate)?,
            Err(_) => return Err(Late::Connect.error()),
        };
        let server = Server::of_version(&version)?;
        let set_up = vec![server.set_up(options)];
        let limits = Limits {
            server,
            statements: (STATEMENTS / options.connection_limit.max(1)).clamp(16, 512),
            time: options.statement_timeout,
        };
        let pool = Pool::new(
            OptsBuilder::from_opts(opts).setup(set_up).into(),
            limits,
            options.connection_limit.max(1),
            options.connect_timeout,
            options.acquire_timeout,
        );
        Ok(Self {
            driver: Arc::new(MysqlDriver::new(Arc::new(pool))),
            dialect: server.dialect(),
        })
    }
}

impl Host for MysqlHost {
    type Driver = MysqlDriver;

    fn dialect(&self) -> &'static Dialect {
        self.dialect
    }

    /// The same driver for all databases: statements name theirs.
    fn open(&self, _database: &str) -> Result<Arc<MysqlDriver>, ConnectorError> {
        Ok(Arc::clone(&self.driver))
    }

    async fn create(&self, database: &str) -> Result<(), ConnectorError> {
        let mut text = format!("CREATE SCHEMA IF NOT EXISTS {}", quoted(database));
        if database == self.dialect.layout.management {
            // As Prisma 1 makes it; its tables say what they need themselves (deploy.md §2.9).
            text.push_str(" DEFAULT CHARACTER SET latin1");
        }
        let created = self.driver.administer(&text).await;
        created.map_err(|error| match error {
            ConnectorError::Internal(cause) if is_refused_name(&*cause) => {
                ConnectorError::Name(cause)
            }
            other => other,
        })
    }

    async fn drop(&self, database: &str) -> Result<(), ConnectorError> {
        let text = format!("DROP SCHEMA IF EXISTS {}", quoted(database));
        self.driver.administer(&text).await
    }

    async fn lock(&self, key: u64, patience: Duration) -> Result<Option<Lock>, ConnectorError> {
        self.driver.lock(key, patience).await
    }
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// Connects for the first time; answers how, and what the server says its version is.
async fn greet(options: &MysqlOptions) -> Result<(Opts, String), Error> {
    let plain = || {
        OptsBuilder::default()
            .ip_or_hostname(&options.host)
            .tcp_port(options.port)
            .user(Some(&options.user))
            .pass(Some(&options.password))
            // A local server may be another one than the socket of its name belongs to.
            .prefer_socket(false)
            // Updates count the rows they found, also those that had the new values already.
            .client_found_rows(true)
            // Connections keep their statements themselves.
            .stmt_cache_size(0)
    };
    let encrypted = || {
        cryptography();
        let ssl = SslOpts::default()
            .with_danger_accept_invalid_certs(true)
            .with_danger_skip_domain_validation(true);
        plain().ssl_opts(ssl)
    };
    match options.ssl {
        Ssl::Disable => version(plain()).await,
        Ssl::Require => version(encrypted()).await,
        Ssl::Prefer => match version(encrypted()).await {
            Err(Error::Driver(DriverError::NoClientSslFlagFromServer)) => version(plain()).await,
            greeted => greeted,
        },
    }
}

async fn version(opts: OptsBuilder) -> Result<(Opts, String), Error> {
    let opts = Opts::from(opts);
    let mut connection = Conn::new(opts.clone()).await?;
    let version: Option<String> = connection.query_first("SELECT VERSION()").await?;
    connection.disconnect().await?;
    Ok((opts, version.unwrap_or_default()))
}

/// TLS needs a provider for the whole process; one that the program has chosen stays.
fn cryptography() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Somebody may have been faster, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}
