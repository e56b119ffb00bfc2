//! Over HTTP, to a Prisma server.

use std::{marker::PhantomData, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use ring::hmac;

use crate::{
    client::Client,
    error::Result,
    transport::{BoxFuture, Request, Transport, TransportError},
};

/// How much of an answer that is not GraphQL is kept for the error.
const SHOWN: usize = 200;

/// A transport over HTTP. Connections are kept and shared by clones of the client.
#[derive(Debug)]
pub struct Http {
    client: reqwest::Client,
    url: String,
}

/// Options of a client over HTTP. `D` is the generated `Db`.
#[derive(Debug)]
#[must_use = "a client is made by `.build()`"]
pub struct HttpBuilder<D> {
    url: String,
    token: Option<String>,
    timeout: Option<Duration>,
    headers: Vec<(String, String)>,
    db: PhantomData<fn() -> D>,
}

impl<D: From<Client>> HttpBuilder<D> {
    /// For the service at this address.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            token: None,
            timeout: None,
            headers: Vec::new(),
            db: PhantomData,
        }
    }

    /// Sends a token signed with this secret of the service. Like that of the original client, it has no end.
    pub fn secret(self, secret: &str) -> Self {
        self.token(&sign(secret))
    }

    /// Sends this token.
    pub fn token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
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
        if let Some(token) = self.token {
            let bearer = HeaderValue::try_from(format!("Bearer {token}"));
            let mut bearer = bearer.map_err(unreachable)?;
            bearer.set_sensitive(true);
            headers.insert(AUTHORIZATION, bearer);
        }
        cryptography();
        let mut client = reqwest::Client::builder().default_headers(headers);
        if let Some(timeout) = self.timeout {
            client = client.timeout(timeout);
        }
        Ok(Http {
            client: client.build().map_err(unreachable)?,
            url: url.into(),
        })
    }
}

/// TLS needs a provider for the whole process; one that the program has chosen stays.
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
fn sign(secret: &str) -> String {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let content = format!(
        "{}.{}",
        part(br#"{"alg":"HS256","typ":"JWT"}"#),
        part(b"{}")
    );
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = hmac::sign(&key, content.as_bytes());
    format!("{content}.{}", part(signature.as_ref()))
}

impl Http {
    async fn post(&self, request: Request) -> Result<Bytes, TransportError> {
        let body = serde_json::to_vec(&request).map_err(unreachable)?;
        let request = self.client.post(&self.url);
        let request = request
            .header("content-type", "application/json")
            .body(body);
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
}

fn failed(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        return TransportError::Timeout;
    }
    unreachable(error.without_url())
}

impl Transport for Http {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(self.post(request))
    }
}
