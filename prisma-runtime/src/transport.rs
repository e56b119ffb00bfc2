//! Ways to a server. All carry the same thing: a document with its variables there, the bytes of an answer back.

#[cfg(any(feature = "mock", feature = "tracing"))]
mod document;
#[cfg(feature = "embedded")]
pub(crate) mod embedded;
#[cfg(feature = "http")]
pub(crate) mod http;

use std::{error::Error as StdError, fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::error::{Error, Result, TxError};

/// A future that is boxed once per request.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A future that is boxed once per request. There is one thread, so nothing has to be `Send`, and what a browser gives is
/// not.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The responses of a subscription, one for each event.
#[cfg(not(target_family = "wasm"))]
pub type EventAnswers = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

/// The responses of a subscription, one for each event.
#[cfg(target_family = "wasm")]
pub type EventAnswers = Pin<Box<dyn Stream<Item = Result<Bytes>>>>;

/// A GraphQL request. Serialises to the body of an HTTP request.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    /// The document.
    pub query: String,
    /// Its variables, an object.
    pub variables: Box<RawValue>,
    /// Which operation of the document is meant; `None` if there is but one.
    #[serde(rename = "operationName", skip_serializing_if = "Option::is_none")]
    pub operation_name: Option<String>,
    /// Do all root fields succeed or none? Otherwise a mutation writes field by field, and what was written before one
    /// that fails stays (api.md §4.1). Within a transaction it is the transaction that decides.
    #[serde(skip)]
    pub atomic: bool,
    /// May the answer be packed (`prisma_packed`), for a reader that knows what was asked for? Errors are JSON even then,
    /// and so is everything that comes from another process.
    #[serde(skip)]
    pub packed: bool,
    /// The model whose records all root fields begin with, if it is one and known. For logs.
    #[serde(skip)]
    pub model: Option<&'static str>,
}

/// The text and, on a line of its own, the variables.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.query, self.variables.get())
    }
}

impl Request {
    /// The root fields of the document, without their aliases.
    #[cfg(any(feature = "mock", feature = "tracing"))]
    pub(crate) fn root_fields(&self) -> impl Iterator<Item = &str> {
        document::root_fields(&self.query)
    }

    /// A document of one operation, with its variables.
    pub(crate) fn new(query: String, variables: &impl Serialize) -> Result<Self> {
        Ok(Self {
            query,
            variables: to_raw_value(variables).map_err(Error::unsendable)?,
            operation_name: None,
            atomic: false,
            packed: false,
            model: None,
        })
    }
}

/// A way to a server.
///
/// ```
/// use prisma_runtime::{BoxFuture, Bytes, Request, Transport, TransportError};
///
/// /// EventAnswers every request in the same way.
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
///         println!("{} {}", request.query, request.variables);
///         Box::pin(async { Ok(Bytes::from_static(self.0.as_bytes())) })
///     }
/// }
///
/// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } }
/// # fn main() {
/// let db = Db::custom(Canned(r#"{"data":{"users":[]}}"#));
/// # drop(db);
/// # }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the bytes of the GraphQL response, errors of the server included.
    ///
    /// # Errors
    /// Only what keeps a GraphQL response from coming back.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>>;

    /// What it is called in logs.
    fn name(&self) -> &'static str {
        "custom"
    }

    /// Begins to tell of what a subscription asks for: a stream of GraphQL responses. Transports that do not say how have
    /// no subscriptions; as yet those over HTTP and in the same process are among them.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) if there are none; whatever keeps them from coming.
    fn subscribe(&self, request: Request) -> BoxFuture<'_, Result<EventAnswers>> {
        let _ = request;
        Box::pin(async { Err(Error::unsupported("subscriptions")) })
    }

    /// Begins a transaction. Transports that do not say how have none.
    ///
    /// # Errors
    /// [`ErrorKind::Transaction`](crate::ErrorKind::Transaction) if there can be none, or none now; whatever keeps the
    /// server from answering.
    fn begin(&self, options: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        let _ = options;
        Box::pin(async {
            let message = "this transport has no transactions";
            Err(Error::transaction(TxError::Unsupported, message))
        })
    }
}

/// A transaction as a way to a server: what is sent here is part of it.
pub trait Session: Transport {
    /// How long it lasts from its begin, at most.
    fn lease(&self) -> Duration;

    /// Makes everything last.
    ///
    /// # Errors
    /// [`ErrorKind::Transaction`](crate::ErrorKind::Transaction) if it had ended before, and nothing of it remains.
    fn commit(&self) -> BoxFuture<'_, Result<()>>;

    /// Undoes everything.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    fn roll_back(&self) -> BoxFuture<'_, Result<()>>;

    /// Undoes everything, as far as that is possible without waiting for it. The lease does the rest.
    fn abandon(&self);
}

/// How a transaction is begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TransactionOptions {
    /// What it sees of others.
    pub isolation: Isolation,
    /// How long it may wait for others before it begins; `None` for the server's usual time, two seconds.
    pub max_wait: Option<Duration>,
    /// How long it may last; `None` for the server's usual time, five seconds. The server may allow less than asked for.
    pub timeout: Option<Duration>,
}

/// What a transaction sees of others. On SQLite every transaction is serialisable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// Each statement sees what was committed before it.
    #[default]
    ReadCommitted,
    /// All statements see what was committed before the first.
    RepeatableRead,
    /// As if transactions ran one after the other; one that cannot is [`TxError::Lost`].
    Serializable,
}

/// A transport that a program keeps a hand on.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        (**self).send(request)
    }

    fn subscribe(&self, request: Request) -> BoxFuture<'_, Result<EventAnswers>> {
        (**self).subscribe(request)
    }

    fn name(&self) -> &'static str {
        (**self).name()
    }

    fn begin(&self, options: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        (**self).begin(options)
    }
}

/// Why there is no GraphQL response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The server was not reached, or the connection broke.
    #[error("the server cannot be reached: {0}")]
    Unreachable(#[source] Box<dyn StdError + Send + Sync>),
    /// The time for an answer is up.
    #[error("the server did not answer in time")]
    Timeout,
    /// What the transport says itself, as it is: that of another transport, or of one for tests.
    #[error(transparent)]
    Other(#[from] Error),
    /// The server answered something else.
    #[error("the server answered with status {status}: {body}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
}
