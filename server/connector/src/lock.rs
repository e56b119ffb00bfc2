//! Locks that several servers on one database see.

use std::any::Any;
use std::fmt;

/// A lock of a store; dropping it lets others have it. It also ends with the process, however that ends.
pub struct Lock {
    _held: Box<dyn Any + Send>,
}

impl Lock {
    /// The lock that is held for as long as this lives: an open file, a session of a server.
    #[must_use]
    pub fn new(held: impl Any + Send) -> Self {
        Self {
            _held: Box::new(held),
        }
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock").finish_non_exhaustive()
    }
}
