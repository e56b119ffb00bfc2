//! Connections that one job has for itself.

use std::sync::Arc;
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{
    self, Metrics, Object, PoolError, QueueMode, RecycleError, RecycleResult, TimeoutType,
};
use prisma_connector::ConnectorError;

use crate::error::Lost;
use crate::session::Session;
use crate::target::Target;

/// A pool. Connections open when they are needed, and the one that was used last is used first.
#[derive(Debug)]
pub(crate) struct Pool {
    inner: managed::Pool<Opener>,
    queue: usize,
}

/// A connection taken out of the pool. It goes back if it is released, and is closed if it is not.
#[derive(Debug)]
pub(crate) struct Lease {
    session: Arc<Session>,
    object: Option<Object<Opener>>,
}

struct Opener {
    target: Target,
}

impl Pool {
    pub(crate) fn new(
        target: Target,
        size: usize,
        queue: usize,
        patience: Duration,
    ) -> Result<Self, ConnectorError> {
        let inner = managed::Pool::builder(Opener { target })
            .max_size(size)
            .queue_mode(QueueMode::Lifo)
            .wait_timeout(Some(patience))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| ConnectorError::Internal(Box::new(error)))?;
        Ok(Self { inner, queue })
    }

    /// Is a connection free, or could one be opened?
    pub(crate) fn has_room(&self) -> bool {
        let status = self.inner.status();
        status.available > 0 || status.size < status.max_size
    }

    /// Takes a connection out.
    ///
    /// # Errors
    /// [`ConnectorError::Unavailable`] if none becomes free in time or too many wait; or what opening one says.
    pub(crate) async fn take(&self) -> Result<Lease, ConnectorError> {
        if !self.has_room() && self.inner.status().waiting >= self.queue {
            return Err(Lost::Overrun.into());
        }
        match self.inner.get().await {
            Ok(object) => Ok(Lease {
                session: Arc::clone(&object),
                object: Some(object),
            }),
            Err(PoolError::Backend(error)) => Err(error),
            Err(PoolError::Timeout(TimeoutType::Wait)) => Err(Lost::Waiting.into()),
            Err(error) => Err(ConnectorError::Unavailable(Box::new(error))),
        }
    }
}

impl Lease {
    /// The connection.
    pub(crate) fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// Gives it back: nothing of the job is left on it.
    pub(crate) fn release(mut self) {
        drop(self.object.take());
    }
}

impl Drop for Lease {
    /// The job has panicked, the runtime shuts down, or nobody knows what the connection is at.
    fn drop(&mut self) {
        if let Some(object) = self.object.take() {
            Object::take(object).kill();
        }
    }
}

impl managed::Manager for Opener {
    type Type = Arc<Session>;
    type Error = ConnectorError;

    async fn create(&self) -> Result<Arc<Session>, ConnectorError> {
        Ok(Arc::new(self.target.open().await?))
    }

    async fn recycle(
        &self,
        session: &mut Arc<Session>,
        _: &Metrics,
    ) -> RecycleResult<ConnectorError> {
        if session.is_closed() {
            return Err(RecycleError::message("the connection is closed"));
        }
        Ok(())
    }
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opener").finish_non_exhaustive()
    }
}
