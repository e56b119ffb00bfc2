//! The prepared statements of one connection.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quick_cache::unsync::Cache;
use tokio::sync::OnceCell;
use tokio_postgres::{Client, Error, Statement};

use crate::kind::Kind;

/// Statements that a connection keeps prepared. Each holds its plan in the server's memory.
const KEPT: usize = 256;

/// A statement as the server knows it.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) statement: Statement,
    /// Its columns.
    pub(crate) kinds: Box<[Kind]>,
}

/// The place of a statement; empty until somebody has prepared it. Who comes meanwhile waits.
pub(crate) type Slot = Arc<OnceCell<Prepared>>;

/// Prepared statements by their text, the least useful forgotten first.
#[derive(Debug)]
pub(crate) struct Statements {
    kept: Mutex<Cache<Arc<str>, Slot>>,
    prepared: AtomicU64,
}

impl Statements {
    pub(crate) fn new() -> Self {
        Self {
            kept: Mutex::new(Cache::new(KEPT)),
            prepared: AtomicU64::new(0),
        }
    }

    /// How many were prepared so far.
    pub(crate) fn prepared(&self) -> u64 {
        self.prepared.load(Ordering::Relaxed)
    }

    /// The place of a text.
    pub(crate) fn slot(&self, text: &Arc<str>) -> Slot {
        let mut kept = self.kept();
        if let Some(slot) = kept.get(&**text) {
            return Arc::clone(slot);
        }
        let slot = Slot::default();
        kept.insert(Arc::clone(text), Arc::clone(&slot));
        slot
    }

    /// Forgets a statement, unless somebody has done so and prepared it again.
    pub(crate) fn forget(&self, text: &str, slot: &Slot) {
        self.kept().remove_if(text, |kept| Arc::ptr_eq(kept, slot));
    }

    /// Prepares a statement.
    pub(crate) async fn prepare(&self, client: &Client, text: &str) -> Result<Prepared, Error> {
        let statement = client.prepare(text).await?;
        self.prepared.fetch_add(1, Ordering::Relaxed);
        let kinds = statement.columns().iter();
        let kinds = kinds.map(|column| Kind::of(column.type_())).collect();
        Ok(Prepared { statement, kinds })
    }

    fn kept(&self) -> MutexGuard<'_, Cache<Arc<str>, Slot>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
