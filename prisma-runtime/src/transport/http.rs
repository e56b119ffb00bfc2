//! Over HTTP, to a Prisma server.

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

use crate::{
    answer,
    client::Client,
    error::{Error, Result, TxError},
    transport::{
        BoxFuture, Isolation, Request, Session, TransactionOptions, Transport, TransportError,
    },
};

/// How much of an answer that is not GraphQL is kept for the error.
const SHOWN: usize = 200;

/// What a request wants with a transaction, and what a transaction is called.
const TRANSACTION: &str = "prisma-transaction";

/// A transport over HTTP. Connections are kept and shared by clones of the client.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    url: Arc<str>,
    /// Headers whose values are asked for at each request.
    fresh: Arc<[(HeaderName, Fresh)]>,
    timeout: Option<Duration>,
}

/// Gives the value of a header for one request.
#[derive(Clone)]
struct Fresh(Arc<dyn Fn() -> Option<String> + Send + Sync>);

impl fmt::Debug for Fresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fresh")
    }
}

/// A transaction of a server, known by its id.
#[derive(Debug)]
struct HttpSession {
    http: Http,
    id: String,
    lease: Duration,
}

/// Options of a client over HTTP. `D` is the generated `Db`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use std::time::Duration;
/// # async fn doc() -> Result<(), Box<dyn std::error::Error>> {
/// let db: Db = Db::http("http://localhost:4466/blog/dev")
///     .secret("a secret of the service")
///     .timeout(Duration::from_secs(5))
///     .header("x-tenant", "blue")
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a client is made by `.build()`"]
pub struct HttpBuilder<D> {
    url: String,
    credential: Option<Credential>,
    timeout: Option<Duration>,
    headers: Vec<(String, String)>,
    fresh: Vec<(String, Fresh)>,
    db: PhantomData<fn() -> D>,
}

/// What a service knows its clients by.
#[derive(Debug)]
enum Credential {
    /// What tokens are signed with.
    Secret(String),
    Token(String),
}

impl<D: From<Client>> HttpBuilder<D> {
    /// For the service at this address.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            credential: None,
            timeout: None,
            headers: Vec::new(),
            fresh: Vec::new(),
            db: PhantomData,
        }
    }

    /// Sends a token signed with this secret of the service. Like that of the original client, it has no end.
    pub fn secret(mut self, secret: &str) -> Self {
        self.credential = Some(Credential::Secret(secret.to_owned()));
        self
    }

    /// Sends this token.
    pub fn token(mut self, token: &str) -> Self {
        self.credential = Some(Credential::Token(token.to_owned()));
        self
    }

    /// How long a request may take, from connecting to the last byte. Without it, for ever.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sends this header with every request.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends this header with the value that each request is given anew; without the header, if there is none. It is asked
    /// for within the span of the request (feature `tracing`), which is the place for
    /// `traceparent`:
    ///
    /// ```
    /// # use prisma_runtime::{Client, HttpBuilder};
    /// # fn current_traceparent() -> Option<String> { None }
    /// # fn build() -> Result<Client, prisma_runtime::Error> {
    /// HttpBuilder::new("http://localhost:4466/blog/dev")
    ///     .header_with("traceparent", current_traceparent)
    ///     .build()
    /// # }
    /// ```
    ///
    /// How it is made of the current span is a matter of the layer that exports spans, such as a propagator of
    /// OpenTelemetry.
    pub fn header_with(
        mut self,
        name: &str,
        value: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.fresh.push((name.to_owned(), Fresh(Arc::new(value))));
        self
    }

    /// Makes the client. Connects to nothing yet.
    ///
    /// # Errors
    /// [`ErrorKind::Transport`](crate::ErrorKind::Transport) for an address, token or header that cannot be sent.
    pub fn build(self) -> Result<D> {
        let transport = self.transport()?;
        Ok(Client::new(transport).into())
    }

    fn transport(self) -> Result<Http, TransportError> {
        let url = reqwest::Url::parse(&self.url).map_err(unreachable)?;
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            let name = HeaderName::try_from(name).map_err(unreachable)?;
            headers.append(name, HeaderValue::try_from(value).map_err(unreachable)?);
        }
        let mut fresh = Vec::new();
        for (name, value) in self.fresh {
            fresh.push((HeaderName::try_from(name).map_err(unreachable)?, value));
        }
        if let Some(credential) = self.credential {
            let token = match credential {
                Credential::Secret(secret) => sign(&secret)?,
                Credential::Token(token) => token,
            };
            let bearer = HeaderValue::try_from(format!("Bearer {token}"));
            let mut bearer = bearer.map_err(unreachable)?;
            bearer.set_sensitive(true);
            headers.insert(AUTHORIZATION, bearer);
        }
        #[cfg(not(target_family = "wasm"))]
        cryptography();
        let client = reqwest::Client::builder().default_headers(headers);
        Ok(Http {
            client: client.build().map_err(unreachable)?,
            url: url.as_str().into(),
            fresh: fresh.into(),
            timeout: self.timeout,
        })
    }
}

/// TLS needs a provider for the whole process; one that the program has chosen stays. In a browser TLS is the browser's.
#[cfg(not(target_family = "wasm"))]
fn cryptography() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Somebody may have been faster, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

fn unreachable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::Unreachable(error.into())
}

/// A token of a service: HS256, no claims (server.md §2.1).
fn sign(secret: &str) -> Result<String, TransportError> {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let content = format!(
        "{}.{}",
        part(br#"{"alg":"HS256","typ":"JWT"}"#),
        part(b"{}")
    );
    let mut signer = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(unreachable)?;
    signer.update(content.as_bytes());
    let signature = signer.finalize().into_bytes();
    Ok(format!("{content}.{}", part(&signature)))
}

impl Http {
    async fn send_request(
        &self,
        request: &Request,
        wish: Option<&str>,
    ) -> Result<Bytes, TransportError> {
        let body = serde_json::to_vec(request).map_err(unreachable)?;
        self.post(body, wish).await
    }

    async fn post(&self, body: Vec<u8>, wish: Option<&str>) -> Result<Bytes, TransportError> {
        let request = self.client.post(&*self.url);
        let mut request = request
            .header("content-type", "application/json")
            .body(body);
        if let Some(wish) = wish {
            request = request.header(TRANSACTION, wish);
        }
        if let Some(timeout) = self.timeout {
            request = request.timeout(timeout);
        }
        for (name, Fresh(value)) in &*self.fresh {
            if let Some(value) = value() {
                request = request.header(name, value);
            }
        }
        let answer = request.send().await.map_err(failed)?;
        let status = answer.status();
        let bytes = answer.bytes().await.map_err(failed)?;
        // A server says what is wrong with a request in GraphQL, with whatever status.
        if status.is_success() || bytes.starts_with(b"{") {
            return Ok(bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        Err(TransportError::Status {
            status: status.as_u16(),
            body: text.chars().take(SHOWN).collect(),
        })
    }

    async fn begin_session(self, options: TransactionOptions) -> Result<HttpSession> {
        let body = serde_json::to_vec(&asked(options)).map_err(Error::unsendable)?;
        let bytes = self.post(body, Some("begin")).await?;
        let data = serde_json::Value::from(answer::data(&bytes)?);
        let id = data.get("id").and_then(serde_json::Value::as_str);
        let lease = data.get("lease").and_then(serde_json::Value::as_u64);
        // A server that does not know the header takes the options for a request, and says so.
        let (Some(id), Some(lease)) = (id, lease) else {
            let message = "the server has no transactions";
            return Err(Error::transaction(TxError::Unsupported, message));
        };
        Ok(HttpSession {
            id: id.to_owned(),
            lease: Duration::from_millis(lease),
            http: self,
        })
    }
}

/// The options as the server reads them.
fn asked(options: TransactionOptions) -> serde_json::Map<String, serde_json::Value> {
    let isolation = match options.isolation {
        Isolation::ReadCommitted => "READ_COMMITTED",
        Isolation::RepeatableRead => "REPEATABLE_READ",
        Isolation::Serializable => "SERIALIZABLE",
    };
    let time = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX).into();
    [
        ("isolation", Some(isolation.into())),
        ("maxWait", options.max_wait.map(time)),
        ("timeout", options.timeout.map(time)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
    .collect()
}

impl HttpSession {
    async fn end(&self, how: &str) -> Result<()> {
        let wish = format!("{how} {}", self.id);
        let bytes = self.http.post(b"{}".to_vec(), Some(&wish)).await?;
        answer::data(&bytes).map(drop)
    }
}

fn failed(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::Timeout;
    }
    unreachable(error.without_url())
}

impl Transport for Http {
    fn name(&self) -> &'static str {
        "http"
    }

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async move {
            let wish = request.atomic.then_some("whole");
            self.send_request(&request, wish).await
        })
    }

    fn begin(&self, options: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        Box::pin(async move {
            let session = self.clone().begin_session(options).await?;
            Ok(Arc::new(session) as Arc<dyn Session>)
        })
    }
}

impl Transport for HttpSession {
    fn name(&self) -> &'static str {
        "http"
    }

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async move { self.http.send_request(&request, Some(&self.id)).await })
    }
}

impl Session for HttpSession {
    fn lease(&self) -> Duration {
        self.lease
    }

    fn commit(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.end("commit"))
    }

    fn roll_back(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.end("rollback"))
    }

    fn abandon(&self) {
        let (http, wish) = (self.http.clone(), format!("rollback {}", self.id));
        apart(async move {
            let _ = http.post(b"{}".to_vec(), Some(&wish)).await;
        });
    }
}

/// Runs what nobody waits for. Without a runtime it does not run; of a transaction the lease is the end then.
#[cfg(not(target_family = "wasm"))]
fn apart(work: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(work);
    }
}

/// Runs what nobody waits for.
#[cfg(target_family = "wasm")]
fn apart(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}
