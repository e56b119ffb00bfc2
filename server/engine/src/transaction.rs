//! Transactions that several requests share, or one request whose root fields belong together.

use std::{fmt, sync::Arc};

use prisma_connector::{Transaction as StoreTransaction, TransactionOptions};

use crate::{error::ApiError, service::Service};

/// A transaction of one revision of a service, whatever is deployed meanwhile. Dropping it rolls it back.
pub struct Transaction {
    service: Arc<Service>,
    inner: Box<dyn StoreTransaction>,
}

impl Transaction {
    /// Begins one.
    pub(crate) async fn begin(
        service: Arc<Service>,
        options: TransactionOptions,
    ) -> Result<Self, ApiError> {
        let inner = service.connector().begin(options).await;
        let inner = inner.map_err(|error| ApiError::from_connector(service.datamodel(), error))?;
        Ok(Self { service, inner })
    }

    /// The service that it is a transaction of.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }

    pub(crate) fn inner(&self) -> &dyn StoreTransaction {
        &*self.inner
    }

    /// Makes everything last.
    ///
    /// # Errors
    /// [`ApiError::Transaction`] if it had ended before or lost against others; nothing of it remains then.
    pub async fn commit(&self) -> Result<(), ApiError> {
        let committed = self.inner.commit().await;
        committed.map_err(|error| ApiError::from_connector(self.service.datamodel(), error))
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// [`ApiError::Transaction`] if it had ended before.
    pub async fn roll_back(&self) -> Result<(), ApiError> {
        let undone = self.inner.roll_back().await;
        undone.map_err(|error| ApiError::from_connector(self.service.datamodel(), error))
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("service", self.service.name())
            .field("inner", &self.inner)
            .finish()
    }
}
