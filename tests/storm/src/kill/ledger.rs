//! What may be there: of each node the versions that a client may find.

use std::collections::BTreeMap;

use crate::report::Violation;

const PRESENT: &str = "what was acknowledged is there, and what was not is whole or absent";

/// Versions of nodes, by a unique value.
#[derive(Debug)]
pub(super) struct Ledger<V> {
    nodes: BTreeMap<String, Vec<V>>,
}

impl<V> Default for Ledger<V> {
    fn default() -> Self {
        Self {
            nodes: BTreeMap::new(),
        }
    }
}

impl<V: Clone + Default + PartialEq + std::fmt::Debug> Ledger<V> {
    /// A write that would leave this version is under way; until it is acknowledged the one before may stand too. What
    /// was never written has the default version.
    pub(super) fn attempt(&mut self, key: &str, version: V) {
        let versions = self.nodes.entry(key.to_owned());
        versions.or_insert_with(|| vec![V::default()]).push(version);
    }

    /// The last write was acknowledged: its version stands.
    pub(super) fn acknowledge(&mut self, key: &str) {
        if let Some(versions) = self.nodes.get_mut(key) {
            versions.drain(..versions.len().saturating_sub(1));
        }
    }

    /// How many nodes have been written.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Takes in the nodes of another client, which are others.
    pub(super) fn extend(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
    }

    /// Compares it with what was found: versions by key, those of the default version left out.
    pub(super) fn compare(&self, view: &str, found: &BTreeMap<String, V>) -> Vec<Violation> {
        let absent = V::default();
        let unknown = found.keys().filter(|key| !self.nodes.contains_key(*key));
        let unknown = unknown
            .map(|key| Violation::new(PRESENT, [key], format!("{view}: nobody has written it")));
        let wrong = self.nodes.iter().filter_map(|(key, versions)| {
            let version = found.get(key).unwrap_or(&absent);
            let found = format!("{view}: {version:?} where {versions:?} may be");
            (!versions.contains(version)).then(|| Violation::new(PRESENT, [key], found))
        });
        unknown.chain(wrong).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(nodes: &[(&str, i32)]) -> BTreeMap<String, Option<i32>> {
        let nodes = nodes.iter();
        nodes
            .map(|&(key, version)| (key.to_owned(), Some(version)))
            .collect()
    }

    #[test]
    fn a_write_may_be_missing_until_it_is_acknowledged() {
        let mut ledger = Ledger::default();
        let is_right = |ledger: &Ledger<_>, nodes: &[(&str, i32)]| {
            ledger.compare("", &found(nodes)).is_empty()
        };
        ledger.attempt("a", Some(1));
        assert!(is_right(&ledger, &[]));
        assert!(is_right(&ledger, &[("a", 1)]));
        assert!(!is_right(&ledger, &[("a", 2)]));
        ledger.acknowledge("a");
        assert!(!is_right(&ledger, &[]));
        ledger.attempt("a", Some(2));
        assert!(is_right(&ledger, &[("a", 1)]));
        assert!(is_right(&ledger, &[("a", 2)]));
        ledger.attempt("a", None);
        ledger.acknowledge("a");
        assert!(is_right(&ledger, &[]));
        assert!(!is_right(&ledger, &[("a", 2)]));
        assert!(!is_right(&ledger, &[("b", 1)]));
    }
}
