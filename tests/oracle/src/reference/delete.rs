//! Deleting nodes with all that goes with them (api.md §4.7).

use std::collections::BTreeSet;

use super::{Handle, Refusal, State, write::Writer};
use crate::schema::{Arity, EndRef};

impl Writer<'_> {
    /// Deletes nodes, everything they take along, and the links of all; or nothing, if one that stays requires one
    /// that goes.
    pub(super) fn delete(&mut self, nodes: Vec<Handle>) -> Result<(), Refusal> {
        let doomed = self.doomed(nodes);
        let violated = self
            .ends()
            .filter(|&end| self.rules.schema.end(end).arity == Arity::Required)
            .filter(|&end| requires(&self.state, &doomed, end))
            .map(|end| (3042, self.required_text(end)));
        Refusal(violated.collect()).checked()?;
        for node in doomed {
            self.state.remove(node);
        }
        Ok(())
    }

    /// The nodes, and all that are reached from them through fields that cascade.
    fn doomed(&self, nodes: Vec<Handle>) -> BTreeSet<Handle> {
        let mut doomed = BTreeSet::new();
        let mut waiting = nodes;
        while let Some(node) = waiting.pop() {
            if !doomed.insert(node) {
                continue;
            }
            let model = self.state.nodes[&node].model;
            for end in self.ends() {
                let field = self.rules.schema.end(end);
                if field.model == model && field.cascades {
                    waiting.extend(self.state.related(node, end));
                }
            }
        }
        doomed
    }

    /// Both ends of every relation.
    fn ends(&self) -> impl Iterator<Item = EndRef> + use<> {
        (0..self.rules.schema.relations.len())
            .flat_map(|relation| [0, 1].map(|side| EndRef { relation, side }))
    }
}

/// Does a node that stays have a doomed one behind this end?
fn requires(state: &State, doomed: &BTreeSet<Handle>, end: EndRef) -> bool {
    state.links[end.relation].iter().any(|&(a, b)| {
        let (holder, other) = if end.side == 0 { (a, b) } else { (b, a) };
        doomed.contains(&other) && !doomed.contains(&holder)
    })
}
