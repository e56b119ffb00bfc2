//! Room for answers: as much as the last one took, so that a buffer need not grow row by row.

use std::sync::atomic::{AtomicUsize, Ordering};

/// More is not taken in advance.
const MOST: usize = 256 * 1024;

/// How many bytes the last answer had.
#[derive(Debug, Default)]
pub(super) struct Room(AtomicUsize);

impl Room {
    /// Makes room for an answer like the last.
    pub(super) fn make(&self, buffer: &mut Vec<u8>) {
        // What is written around the value needs some bytes too.
        buffer.reserve(self.0.load(Ordering::Relaxed).min(MOST) + 16);
    }

    /// Takes note of an answer.
    pub(super) fn learn(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }
}
