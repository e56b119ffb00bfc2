//! Where a server is, and how its connections are used.

use std::fmt;
use std::time::Duration;

/// A server and the limits of its connections (deploy.md §6.3).
#[derive(Clone, PartialEq, Eq)]
pub struct MysqlOptions {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Who connects.
    pub user: String,
    /// With which password; empty if there is none.
    pub password: String,
    /// Is the connection encrypted?
    pub ssl: Ssl,
    /// Connections at most; they open when there is something to do.
    pub connection_limit: usize,
    /// How long it may take to open a connection.
    pub connect_timeout: Duration,
    /// How long work waits for a connection while all are in use.
    pub acquire_timeout: Duration,
    /// How long a statement may take. Changes of tables may take longer.
    pub statement_timeout: Duration,
    /// How long a statement waits for a row that another transaction has locked. Whole seconds.
    pub lock_timeout: Duration,
}

/// Is the connection encrypted? Certificates are not checked, as with Prisma 1: this keeps out who listens, not who
/// pretends to be the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ssl {
    /// Never.
    #[default]
    Disable,
    /// If the server can.
    Prefer,
    /// Always.
    Require,
}

impl MysqlOptions {
    /// A server with the usual limits: 10 connections; 10 seconds to open or to get one, 60 for a statement, 10 for a
    /// lock.
    pub fn new(
        host: impl Into<String>,
        port: u16,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        Self {
            host: host.into(),
            port,
            user: user.into(),
            password: password.into(),
            ssl: Ssl::default(),
            connection_limit: 10,
            connect_timeout: Duration::from_secs(10),
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(60),
            lock_timeout: Duration::from_secs(10),
        }
    }
}

impl fmt::Debug for MysqlOptions {
    /// Without the password: options end up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MysqlOptions")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .field("ssl", &self.ssl)
            .field("connection_limit", &self.connection_limit)
            .finish_non_exhaustive()
    }
}
