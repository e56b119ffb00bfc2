//! Opening connections.

use std::future::poll_fn;
use std::time::Duration;

use prisma_connector::ConnectorError;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tokio_postgres::config::SslMode as Encryption;
use tokio_postgres::{Config, Connection, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Lost, OpenError};
use crate::options::{PostgresOptions, SslMode};
use crate::session::Session;
use crate::tls;

/// A silent peer is given up after this time and three probes.
const KEEPALIVE: Duration = Duration::from_secs(30);
const PROBES: u32 = 3;
const PROBE: Duration = Duration::from_secs(5);

/// A database of a server, and how one gets there.
#[derive(Clone)]
pub(crate) struct Target {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    patience: Duration,
}

impl Target {
    /// Where these options point to.
    pub(crate) fn new(options: &PostgresOptions) -> Result<Self, ConnectorError> {
        let mut config = Config::new();
        config
            .host(&options.host)
            .port(options.port)
            .user(&options.user)
            .dbname(&options.database)
            .application_name("prisma")
            .options(settings(options))
            .keepalives_idle(KEEPALIVE)
            .keepalives_interval(PROBE)
            .keepalives_retries(PROBES)
            .tcp_user_timeout(KEEPALIVE)
            .connect_timeout(options.connect_timeout)
            .ssl_mode(match options.ssl {
                SslMode::Disable => Encryption::Disable,
                SslMode::Prefer => Encryption::Prefer,
                SslMode::Require | SslMode::Verify(_) => Encryption::Require,
            });
        if let Some(password) = &options.password {
            config.password(password);
        }
        Ok(Self {
            config,
            tls: tls::connector(&options.ssl)?,
            patience: options.connect_timeout,
        })
    }

    /// Another database of the same server.
    pub(crate) fn database(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.config.dbname(name);
        other
    }

    /// Opens a connection.
    pub(crate) async fn open(&self) -> Result<Session, OpenError> {
        let opening = async {
            let (client, task) = match &self.tls {
                None => {
                    let (client, connection) = self.config.connect(NoTls).await?;
                    (client, serve(connection))
                }
                Some(tls) => {
                    let (client, connection) = self.config.connect(tls.clone()).await?;
                    (client, serve(connection))
                }
            };
            Ok(Session::start(client, task).await)
        };
        match timeout(self.patience, opening).await {
            Ok(opened) => opened.map_err(OpenError::Refused),
            Err(_) => Err(OpenError::Late(Lost::Connecting)),
        }
    }
}

/// What every connection starts with and goes back to after a statement of a caller's own: dates and times in forms
/// that do not depend on the server's configuration, and the longest time of a statement.
fn settings(options: &PostgresOptions) -> String {
    let timeout = options
        .statement_timeout
        .map_or(0, |timeout| timeout.as_millis().clamp(1, i32::MAX as u128));
    format!(
        "-c statement_timeout={timeout} -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres"
    )
}

/// Does the reading and writing of a connection until it ends. Notices of the server say nothing that errors do not.
fn serve<S, T>(mut connection: Connection<S, T>) -> AbortHandle
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let serving = async move {
        while let Some(Ok(_)) = poll_fn(|context| connection.poll_message(context)).await {}
    };
    tokio::spawn(serving).abort_handle()
}
