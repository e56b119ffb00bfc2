//! One change of a service at a time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use prisma_connector::ServiceName;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// A lock per service, for as long as somebody wants it.
#[derive(Debug, Default)]
pub(super) struct Locks {
    by_service: Mutex<HashMap<ServiceName, Arc<AsyncMutex<()>>>>,
}

impl Locks {
    /// Waits until nobody else changes the service.
    pub(super) async fn lock(&self, service: &ServiceName) -> OwnedMutexGuard<()> {
        self.of(service).lock_owned().await
    }

    /// Nothing, if somebody changes the service right now.
    pub(super) fn try_lock(&self, service: &ServiceName) -> Option<OwnedMutexGuard<()>> {
        self.of(service).try_lock_owned().ok()
    }

    fn of(&self, service: &ServiceName) -> Arc<AsyncMutex<()>> {
        // The map is whole at every moment, so a panic elsewhere does not matter.
        let mut locks = self
            .by_service
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| Arc::strong_count(lock) > 1);
        Arc::clone(locks.entry(service.clone()).or_default())
    }
}
