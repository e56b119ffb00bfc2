//! The data: nodes by handle, and links as pairs of handles.

use std::collections::{BTreeMap, BTreeSet};

use super::Rules;
use crate::{
    operation::Key,
    schema::{EndRef, Schema},
    value::Value,
};

/// Names a node for as long as the run lasts, whatever its id is.
pub type Handle = usize;

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its model.
    pub model: usize,
    /// A value for each field of the model; null for relations.
    pub values: Vec<Value>,
}

/// All nodes and links.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Nodes in the order of their creation.
    pub nodes: BTreeMap<Handle, Node>,
    /// For each relation the links, side A first.
    pub links: Vec<BTreeSet<(Handle, Handle)>>,
    next: Handle,
}

impl State {
    /// No data.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        Self {
            nodes: BTreeMap::new(),
            links: vec![BTreeSet::new(); schema.relations.len()],
            next: 0,
        }
    }

    pub(super) fn insert(&mut self, node: Node) -> Handle {
        let handle = self.next;
        self.next += 1;
        self.nodes.insert(handle, node);
        handle
    }

    /// The nodes of a model.
    #[must_use]
    pub fn of(&self, model: usize) -> Vec<Handle> {
        self.nodes
            .iter()
            .filter(|(_, node)| node.model == model)
            .map(|(&handle, _)| handle)
            .collect()
    }

    /// The value of a node's field.
    #[must_use]
    pub fn value(&self, node: Handle, field: usize) -> &Value {
        &self.nodes[&node].values[field]
    }

    /// The nodes behind the field of a node that is this end.
    #[must_use]
    pub fn related(&self, node: Handle, end: EndRef) -> Vec<Handle> {
        self.links[end.relation]
            .iter()
            .filter_map(|&(a, b)| match end.side {
                0 => (a == node).then_some(b),
                _ => (b == node).then_some(a),
            })
            .collect()
    }

    /// Links two nodes, of which the first has the field that is this end.
    pub(super) fn link(&mut self, node: Handle, other: Handle, end: EndRef) {
        self.links[end.relation].insert(pair(node, other, end));
    }

    pub(super) fn unlink(&mut self, node: Handle, other: Handle, end: EndRef) {
        self.links[end.relation].remove(&pair(node, other, end));
    }

    /// Removes every link that a node has through this end.
    pub(super) fn unlink_all(&mut self, node: Handle, end: EndRef) {
        for other in self.related(node, end) {
            self.unlink(node, other, end);
        }
    }

    /// Removes a node and its links.
    pub(super) fn remove(&mut self, node: Handle) {
        self.nodes.remove(&node);
        for links in &mut self.links {
            links.retain(|&(a, b)| a != node && b != node);
        }
    }

    /// The node of a selector that is no mistake.
    #[must_use]
    pub fn find(&self, rules: &Rules<'_>, model: usize, key: &Key) -> Option<Handle> {
        let (field, value) = key.0.iter().find(|(_, value)| !value.is_null())?;
        self.of(model)
            .into_iter()
            .find(|&node| rules.equal(self.value(node, *field), value))
    }
}

impl Rules<'_> {
    /// Are two values equal in the eyes of the store? Null equals nothing.
    #[must_use]
    pub fn equal(&self, one: &Value, other: &Value) -> bool {
        !one.is_null() && !other.is_null() && one.order(other, &self.differences).is_eq()
    }
}

fn pair(node: Handle, other: Handle, end: EndRef) -> (Handle, Handle) {
    match end.side {
        0 => (node, other),
        _ => (other, node),
    }
}
