//! Transactions that several requests share: begun by one, used by others, ended by the last, or by the clock.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use crate::answer::Answer;
use crate::error::ConnectorError;
use crate::traits::{BoxFuture, Prepared};
use crate::value::Value;
use crate::write::{WriteOutcome, WriteRequest};

/// How a transaction is begun, and how long it may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransactionOptions {
    /// What it sees of others.
    pub isolation: Isolation,
    /// How long it may wait for a connection, or for another transaction that writes.
    pub max_wait: Duration,
    /// How long it may last from its begin. Then the store rolls it back.
    pub lease: Duration,
}

impl Default for TransactionOptions {
    /// Two seconds to wait, five to last.
    fn default() -> Self {
        Self {
            isolation: Isolation::default(),
            max_wait: Duration::from_secs(2),
            lease: Duration::from_secs(5),
        }
    }
}

/// What a transaction sees of others. Stores may isolate more than they are asked to: on SQLite every transaction is
/// serialisable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// Each statement sees what was committed before it.
    #[default]
    ReadCommitted,
    /// All statements see what was committed before the first.
    RepeatableRead,
    /// As if transactions ran one after the other; one that cannot is [`TransactionEnd::Lost`].
    Serializable,
}

/// Why a transaction takes no requests, or no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransactionEnd {
    /// No connection was free in time, or another transaction did not end.
    #[error("the transaction could not begin in time")]
    NotBegun,
    /// The lease is over; nothing of it remains.
    #[error("the time of the transaction is up, and it was rolled back")]
    Expired,
    /// It met others that ran at the same time, or lost its connection; nothing of it remains.
    #[error("the transaction lost against others, and was rolled back")]
    Lost,
    /// It was committed or rolled back by its owner.
    #[error("the transaction has ended")]
    Done,
}

/// A transaction under way. Requests to it run one after the other, in the order of the calls. Dropping it rolls it
/// back.
pub trait Transaction: Debug + Send + Sync + 'static {
    /// Runs a read within the transaction and appends its answer to the buffer.
    ///
    /// # Errors
    /// [`ConnectorError::Transaction`] if the transaction has ended, perhaps by this very read.
    fn read(
        &self,
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
    ) -> BoxFuture<'_, Result<Answer, ConnectorError>>;

    /// Runs a write within the transaction and reads its answer. A write that is refused leaves nothing of itself, and
    /// the transaction goes on.
    ///
    /// # Errors
    /// [`ConnectorError::Transaction`] if the transaction has ended, perhaps by this very write; else as
    /// [`crate::Connector::write`].
    fn write(&self, request: WriteRequest) -> BoxFuture<'_, Result<WriteOutcome, ConnectorError>>;

    /// Makes everything last.
    ///
    /// # Errors
    /// [`ConnectorError::Transaction`] if it had ended before or lost against others; nothing of it remains then.
    fn commit(&self) -> BoxFuture<'_, Result<(), ConnectorError>>;

    /// Undoes everything.
    ///
    /// # Errors
    /// [`ConnectorError::Transaction`] with [`TransactionEnd::Done`] if it was ended before.
    fn roll_back(&self) -> BoxFuture<'_, Result<(), ConnectorError>>;
}
