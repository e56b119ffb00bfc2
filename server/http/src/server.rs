//! The composition root: a configuration becomes a listening server.

use std::{future::Future, net::SocketAddr, sync::Arc};

use axum::Router;
use prisma_connector::ConnectorError;
use prisma_deploy::{DeployError, Deployer, DeployerOptions};
use prisma_engine::Engine;
use tokio::net::TcpListener;

use crate::{
    auth,
    config::{Config, Place},
    connections::{self, Times},
    database,
    management::{Management, ServerInfo},
    request_id::RequestIds,
    router::{self, App},
    transactions::Transactions,
};

/// A server that listens, with every deployed service loaded.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    routes: Router,
    times: Times,
    engine: Arc<Engine>,
    deployer: Arc<Deployer>,
    transactions: Arc<Transactions>,
}

/// Why a server could not start, or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the database: {place}")]
    Database {
        /// Which one.
        place: Place,
        /// What its driver says.
        #[source]
        source: ConnectorError,
    },
    /// The deployed services cannot be read.
    #[error("cannot load the deployed services")]
    Load(#[source] DeployError),
}

impl Server {
    /// Opens the database, loads all services and listens. Requests wait until [`Server::run`].
    ///
    /// # Errors
    /// [`ServerError`] if one of the three fails.
    pub async fn bind(config: Config) -> Result<Self, ServerError> {
        auth::prepare();
        if config.management_secret.is_none() {
            tracing::warn!(
                "Management authentication is disabled. Set `managementApiSecret` to close the management API."
            );
        }
        let address = SocketAddr::new(config.host, config.port);
        let listen = |source| ServerError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let database =
            database::open(&config.database)
                .await
                .map_err(|source| ServerError::Database {
                    place: config.database.place.clone(),
                    source,
                })?;
        let engine = Arc::new(Engine::with_limits(config.limits.request.clone()));
        let info = ServerInfo {
            version: config.version,
            commit: config.commit,
            primary_connector: database.capabilities().connector,
        };
        let options = DeployerOptions {
            raw_access: config.database.raw_access,
            database: config.database.name,
            ..DeployerOptions::default()
        };
        let deployer = Arc::new(Deployer::new(database, Arc::clone(&engine), options));
        deployer.load().await.map_err(ServerError::Load)?;
        let management = Management::new(
            Arc::clone(&deployer),
            Arc::clone(&engine),
            info,
            config.management_secret,
        );
        let times = Times {
            header: config.limits.header_time,
            write: config.limits.write_time,
            grace: config.grace,
        };
        let transactions = Arc::new(Transactions::new(
            config.limits.transactions,
            config.limits.transaction_time,
        ));
        let routes = router::router(App {
            engine: Arc::clone(&engine),
            management: Arc::new(management),
            request_ids: RequestIds::new(config.request_id_prefix),
            limits: config.limits,
            transactions: Arc::clone(&transactions),
        });
        Ok(Self {
            listener,
            address,
            routes,
            times,
            engine,
            deployer,
            transactions,
        })
    }

    /// The address it listens on, with the port that was taken.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// The services that are served.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// What changes the services, for programs that run a server and deploy to it.
    #[must_use]
    pub fn deployer(&self) -> &Arc<Deployer> {
        &self.deployer
    }

    /// Answers requests until told to stop. Then no new connection is accepted, and running requests get the time of
    /// [`Config::grace`] to end. Transactions that are still open then are rolled back.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let all_ended = connections::serve(self.listener, self.routes, self.times, shutdown);
        if !all_ended.await {
            tracing::warn!("stopped with requests still running");
        }
        self.transactions.close();
    }
}
