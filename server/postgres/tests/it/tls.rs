//! Encryption, against a server in the test.

use std::path::Path;

use prisma_connector::ConnectorError;
use prisma_postgres::{PostgresHost, PostgresOptions, Roots, SslMode};

use crate::proxy::{Proxy, acceptor};
use crate::world::{World, options};

fn root() -> SslMode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tls");
    SslMode::Verify(Roots::File(folder.join("ca.pem")))
}

#[tokio::test]
async fn an_encrypted_server_is_reached_as_asked() {
    let Some(mut options) = options() else { return };
    Proxy::start(&mut options, Some(acceptor())).await;
    for ssl in [SslMode::Prefer, SslMode::Require, root()] {
        let world = World::new(PostgresOptions {
            ssl,
            ..options.clone()
        })
        .await;
        assert_eq!(world.read("SELECT 1", &[]).await, ["Int(1)"]);
    }
    // It takes nobody without encryption, the system does not know its root, and it has no certificate for an address.
    for (ssl, host) in [
        (SslMode::Disable, "localhost"),
        (SslMode::Verify(Roots::Platform), "localhost"),
        (root(), "127.0.0.1"),
    ] {
        let options = PostgresOptions {
            ssl: ssl.clone(),
            host: host.to_owned(),
            ..options.clone()
        };
        let refused = PostgresHost::connect(options).await.map(drop);
        assert!(
            matches!(refused, Err(ConnectorError::Unavailable(_))),
            "{ssl:?} {host}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_without_encryption_is_refused_if_it_is_required() {
    let Some(options) = options() else { return };
    let connect = |ssl| {
        PostgresHost::connect(PostgresOptions {
            ssl,
            ..options.clone()
        })
    };
    connect(SslMode::Prefer).await.unwrap();
    if connect(SslMode::Require).await.is_ok() {
        // A server of the developer's own, with encryption.
        return;
    }
    assert!(connect(root()).await.is_err());
}

#[tokio::test]
async fn roots_that_cannot_be_read_are_a_mistake() {
    let Some(options) = options() else { return };
    let ssl = SslMode::Verify(Roots::File("no/such/file.pem".into()));
    let refused = PostgresHost::connect(PostgresOptions { ssl, ..options }).await;
    assert!(matches!(refused, Err(ConnectorError::Internal(_))));
}
