//! The prepared statements of one connection.

use std::collections::HashMap;
use std::sync::Arc;

use mysql_async::Statement;

/// Prepared statements by their texts.
///
/// The driver below has such a store of its own; it reads every text again before each use and does not say what it
/// had to prepare.
#[derive(Debug)]
pub(crate) struct Statements {
    kept: HashMap<Arc<str>, Kept>,
    limit: usize,
    uses: u64,
    prepared: u64,
}

#[derive(Debug)]
struct Kept {
    statement: Statement,
    last_use: u64,
}

impl Statements {
    /// Keeps this many at most.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            kept: HashMap::new(),
            limit,
            uses: 0,
            prepared: 0,
        }
    }

    /// The statement of a text, if it is prepared.
    pub(crate) fn get(&mut self, text: &str) -> Option<Statement> {
        let kept = self.kept.get_mut(text)?;
        self.uses += 1;
        kept.last_use = self.uses;
        Some(kept.statement.clone())
    }

    /// Keeps a statement; answers the one that has to go for it: the one that was not used for the longest time.
    pub(crate) fn keep(&mut self, text: Arc<str>, statement: Statement) -> Option<Statement> {
        let unused = if self.kept.len() < self.limit {
            None
        } else {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.last_use);
            oldest.map(|(text, _)| Arc::clone(text))
        };
        let unused = unused.and_then(|text| self.kept.remove(&text));
        self.prepared += 1;
        self.uses += 1;
        let last_use = self.uses;
        let kept = Kept {
            statement,
            last_use,
        };
        self.kept.insert(text, kept);
        unused.map(|unused| unused.statement)
    }

    /// Forgets all: the server has.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
    }

    /// How many have been prepared so far.
    pub(crate) fn prepared(&self) -> u64 {
        self.prepared
    }
}
