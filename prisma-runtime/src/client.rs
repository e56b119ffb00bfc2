//! The client: a transport, and what needs no model.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use serde::Serialize;

#[cfg(feature = "tracing")]
use crate::trace;
use crate::{
    answer,
    error::{Error, Result, TxError},
    operation::Operation,
    scope::{Lookup, Scope},
    transport::{BoxFuture, EventAnswers, Request, Session, TransactionOptions, Transport},
};

/// A connection to one service. Cheap to clone; the generated `Db` wraps it.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// // A generated `Db` derefs to its client, which knows no models:
/// let found = db.raw("{ users { name } }", ()).await?;
/// let first = &found["users"][0]["name"];
/// # drop(first.clone());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    scope: Option<Arc<Scope>>,
    is_within_transaction: bool,
    /// Whether lookups of a scope become one request.
    merges: bool,
    /// How often what its requests are part of was tried before.
    #[cfg(feature = "tracing")]
    retry: u32,
}

impl Client {
    /// A client over this transport.
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            scope: None,
            is_within_transaction: false,
            merges: true,
            #[cfg(feature = "tracing")]
            retry: 0,
        }
    }

    /// A client over this transport that sends every lookup on its own, in a scope too.
    #[cfg(feature = "mock")]
    pub(crate) fn unmerged(transport: impl Transport) -> Self {
        Self {
            merges: false,
            ..Self::new(transport)
        }
    }

    /// The same client for the time of one request of a server: lookups by a unique value that are awaited at the same
    /// time become one request, of up to a hundred keys, and none is made twice. A mutation through it forgets what was
    /// looked up; what others write meanwhile is not seen, so it should not live longer than that one request.
    ///
    /// Lookups belong together if they ask the same of the same model by the same field; `.rel(…)` and `.select(…)`
    /// may follow. Nothing waits for a timer: they are sent as soon as the executor has polled all that were ready.
    /// Clones share what was looked up. Within a transaction lookups are not merged.
    ///
    /// ```no_run
    /// # use prisma_runtime::Client;
    /// # fn handle(client: &Client) {
    /// let client = client.scoped();
    /// # drop(client);
    /// # }
    /// ```
    #[must_use]
    pub fn scoped(&self) -> Self {
        Self {
            scope: self.merges.then(Arc::default),
            ..self.clone()
        }
    }

    /// The same client without a scope.
    fn unscoped(&self) -> Self {
        Self {
            scope: None,
            ..self.clone()
        }
    }

    /// Sends an operation; a lookup together with others, if there is a scope.
    pub(crate) fn ask(&self, operation: &Operation) -> BoxFuture<'_, Result<Bytes>> {
        let lookup = self
            .scope
            .as_ref()
            .and_then(|scope| Lookup::new(Arc::clone(scope), self.unscoped(), operation));
        match lookup {
            Some(lookup) => Box::pin(lookup),
            None => self.send(operation.request()),
        }
    }

    /// A client whose requests are part of a transaction.
    pub(crate) fn within(session: Arc<dyn Session>) -> Self {
        Self {
            transport: session,
            scope: None,
            is_within_transaction: true,
            merges: false,
            #[cfg(feature = "tracing")]
            retry: 0,
        }
    }

    /// The same, for what was tried so often before.
    #[cfg(feature = "tracing")]
    pub(crate) const fn tried(mut self, retry: u32) -> Self {
        self.retry = retry;
        self
    }

    pub(crate) fn is_within_transaction(&self) -> bool {
        self.is_within_transaction
    }

    /// Forgets what was looked up, as others may have changed it.
    pub(crate) fn forget(&self) {
        if let Some(scope) = &self.scope {
            scope.clear();
        }
    }

    /// Begins a transaction of the transport's.
    pub(crate) async fn session(&self, options: TransactionOptions) -> Result<Arc<dyn Session>> {
        if self.is_within_transaction {
            let message = "a transaction cannot begin within another";
            return Err(Error::transaction(TxError::NotWithin, message));
        }
        self.transport.begin(options).await
    }

    /// Begins a subscription.
    pub(crate) async fn subscribe(&self, request: Request) -> Result<EventAnswers> {
        self.transport.subscribe(request).await
    }

    /// Sends a request, if there is one.
    pub(crate) fn send(&self, request: Result<Request>) -> BoxFuture<'_, Result<Bytes>> {
        Box::pin(async move {
            let request = request?;
            let scope = self.scope.as_ref().filter(|_| !reads(&request.query));
            if let Some(scope) = scope {
                scope.clear();
            }
            #[cfg(feature = "tracing")]
            let answer = trace::send(&*self.transport, request, self.retry).await;
            #[cfg(not(feature = "tracing"))]
            let answer = self.transport.send(request).await;
            // What was looked up meanwhile may be older than the change.
            if let Some(scope) = scope {
                scope.clear();
            }
            Ok(answer?)
        })
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

/// Whether a document does nothing but read, as far as its beginning tells.
fn reads(document: &str) -> bool {
    let document = document.trim_start();
    document.starts_with("query") || document.starts_with('{')
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}
