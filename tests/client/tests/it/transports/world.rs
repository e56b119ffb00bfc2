//! A server on a free port with a folder of its own, and clients of equal services.

use std::net::SocketAddr;

use prisma_deploy::DeployRequest;
use prisma_runtime::{Client, EmbeddedBuilder, HttpBuilder};
use prisma_server::{Config, DatabaseConfig, Server};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

/// Signs the tokens of the service over HTTP.
const SECRET: &str = "s3cret";

pub(super) struct World {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    _folder: TempDir,
}

impl World {
    /// A server with a service of this datamodel.
    pub(super) async fn start(datamodel: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            host: [127, 0, 0, 1].into(),
            port: 0,
            database: DatabaseConfig::folder(folder.path()),
            ..Config::default()
        };
        let server = Server::bind(config).await.unwrap();
        let secrets = vec![SECRET.to_owned()];
        let deployer = server.deployer();
        let service = deployer
            .add_service("world", "test", secrets.clone())
            .await
            .unwrap();
        let request = DeployRequest {
            service,
            types: datamodel.to_owned(),
            secrets: Some(secrets),
            ..DeployRequest::default()
        };
        let outcome = deployer.deploy(request).await.unwrap();
        assert_eq!(outcome.errors, []);
        let (stop, stopped) = oneshot::channel();
        Self {
            address: server.addr(),
            stop,
            running: tokio::spawn(server.run(async {
                let _ = stopped.await;
            })),
            _folder: folder,
        }
    }

    /// A client over HTTP.
    pub(super) fn http(&self) -> Client {
        let url = format!("http://{}/world/test", self.address);
        HttpBuilder::new(&url).secret(SECRET).build().unwrap()
    }

    /// A client that signs with another secret.
    pub(super) fn stranger(&self) -> Client {
        let url = format!("http://{}/world/test", self.address);
        HttpBuilder::new(&url).secret("other").build().unwrap()
    }

    /// A client of a service that does not exist.
    pub(super) fn nowhere(&self) -> Client {
        let url = format!("http://{}/world/nowhere", self.address);
        HttpBuilder::new(&url).build().unwrap()
    }

    /// A client with its own engine, on a database in memory.
    pub(super) async fn embedded(datamodel: &str) -> Client {
        let builder = EmbeddedBuilder::new(":memory:").deploy(datamodel);
        builder.build().await.unwrap()
    }

    pub(super) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
    }
}
