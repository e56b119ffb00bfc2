//! The client: a transport, and what needs no model.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use serde::Serialize;

use crate::{
    answer,
    error::Result,
    transport::{BoxFuture, Request, Transport},
};

/// A connection to one service. Cheap to clone; the generated `Db` wraps it.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client over this transport.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
        }
    }

    /// Sends a request, if there is one.
    pub(crate) fn send(&self, request: Result<Request>) -> BoxFuture<'_, Result<Bytes>> {
        Box::pin(async move { Ok(self.transport.send(request?).await?) })
    }

    /// Runs a document that nothing checked before, and gives its `data`.
    ///
    /// # Errors
    /// Whatever the server says about it; [`ErrorKind::Validation`](crate::ErrorKind::Validation) if `variables`
    /// are not JSON.
    pub async fn raw(
        &self,
        document: impl Into<String> + Send,
        variables: impl Serialize + Send,
    ) -> Result<serde_json::Value> {
        let request = Request::new(document.into(), &variables);
        let bytes = self.send(request).await?;
        answer::data(&bytes).map(serde_json::Value::from)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}
