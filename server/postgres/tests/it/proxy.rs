//! Something between the driver and its server: it counts trips, cuts connections, and speaks TLS.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use prisma_postgres::PostgresOptions;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// What a client says first if it would like TLS.
const TLS_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// A server that passes everything on.
#[derive(Clone)]
pub(crate) struct Proxy {
    is_up: Arc<watch::Sender<bool>>,
    /// How often a client spoke after the server had.
    trips: Arc<AtomicUsize>,
    is_clients_turn: Arc<AtomicBool>,
}

impl Proxy {
    /// Starts one before the server of these options, and points them to it.
    pub(crate) async fn start(options: &mut PostgresOptions, tls: Option<TlsAcceptor>) -> Self {
        let proxy = Self {
            is_up: Arc::new(watch::Sender::new(true)),
            trips: Arc::default(),
            is_clients_turn: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = format!("{}:{}", options.host, options.port);
        options.host = "localhost".to_owned();
        options.port = listener.local_addr().unwrap().port();
        let accepting = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                let (proxy, tls) = (accepting.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => proxy.pass(client, server).await,
                        Some(tls) => {
                            if let Some(client) = encrypted(client, tls).await {
                                proxy.pass(client, server).await;
                            }
                        }
                    }
                });
            }
        });
        proxy
    }

    /// Ends all connections and takes no new ones, or is there again.
    pub(crate) fn set_up(&self, is_up: bool) {
        self.is_up.send_replace(is_up);
    }

    /// The trips since the last time somebody asked.
    pub(crate) fn trips(&self) -> usize {
        self.is_clients_turn.store(true, Ordering::SeqCst);
        self.trips.swap(0, Ordering::SeqCst)
    }

    async fn pass(&self, client: impl AsyncRead + AsyncWrite, server: TcpStream) {
        let (from_client, to_client) = tokio::io::split(client);
        let (from_server, to_server) = server.into_split();
        let up = self.copy(from_client, to_server, true);
        let down = self.copy(from_server, to_client, false);
        let mut is_up = self.is_up.subscribe();
        tokio::select! {
            () = up => {}
            () = down => {}
            _ = is_up.wait_for(|is_up| !is_up) => {}
        }
    }

    async fn copy(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
        is_client: bool,
    ) {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            if self.is_clients_turn.swap(!is_client, Ordering::SeqCst) && is_client {
                self.trips.fetch_add(1, Ordering::SeqCst);
            }
            if to.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
    }
}

/// The client behind its TLS; none if it wants none, or not ours.
async fn encrypted(
    mut client: TcpStream,
    tls: TlsAcceptor,
) -> Option<tokio_rustls::server::TlsStream<TcpStream>> {
    let mut request = [0; 8];
    client.read_exact(&mut request).await.ok()?;
    if request != TLS_REQUEST {
        return None;
    }
    client.write_all(b"S").await.ok()?;
    tls.accept(client).await.ok()
}

/// Takes the part of a server with the certificate in `tls/`.
pub(crate) fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/cert.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
