//! What a connection is about.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether a connection owes its client something. All is said and asked by one task, so the order of memory does not
/// matter.
#[derive(Debug, Default)]
pub(super) struct Activity {
    is_answering: AtomicBool,
    is_writing: AtomicBool,
}

impl Activity {
    /// A request has come; its answer is on its way to the client, or in [`Activity::writes`], when this is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> Answering {
        self.is_answering.store(true, Ordering::Relaxed);
        Answering(Arc::clone(self))
    }

    /// Does a part of an answer wait for the client to take it?
    pub(super) fn writes(&self, is_writing: bool) {
        self.is_writing.store(is_writing, Ordering::Relaxed);
    }

    pub(super) fn is_idle(&self) -> bool {
        !self.is_answering.load(Ordering::Relaxed) && !self.is_writing.load(Ordering::Relaxed)
    }
}

/// A request that is being answered. One connection answers one after the other.
#[derive(Debug)]
pub(super) struct Answering(Arc<Activity>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.is_answering.store(false, Ordering::Relaxed);
    }
}
