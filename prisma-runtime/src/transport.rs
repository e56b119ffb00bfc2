//! Ways to a server. All carry the same thing: a document with its variables there, the bytes of an answer back.

#[cfg(feature = "embedded")]
pub(crate) mod embedded;
#[cfg(feature = "http")]
pub(crate) mod http;

use std::{error::Error as StdError, future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::error::{Error, Result};

/// A future that is boxed once per request.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

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
}

impl Request {
    /// A document of one operation, with its variables.
    pub(crate) fn new(query: String, variables: &impl Serialize) -> Result<Self> {
        Ok(Self {
            query,
            variables: to_raw_value(variables).map_err(Error::unsendable)?,
            operation_name: None,
        })
    }
}

/// A way to a server.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the bytes of the GraphQL response, errors of the server included.
    ///
    /// # Errors
    /// Only what keeps a GraphQL response from coming back.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>>;
}

/// A transport that a program keeps a hand on.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        (**self).send(request)
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
    /// The server answered something else.
    #[error("the server answered with status {status}: {body}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: String,
    },
}
