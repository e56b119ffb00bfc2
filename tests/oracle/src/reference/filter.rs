//! Filters in three-valued logic (api.md §3.2 to §3.4); `None` is unknown.

use std::cmp::Ordering;

use super::{Handle, Rules, State};
use crate::{
    operation::{Comparison, Condition, Quantifier, Where},
    value::Value,
};

impl Rules<'_> {
    /// Does a filter hold for a node?
    #[must_use]
    pub fn holds(&self, state: &State, node: Handle, filter: &Where) -> Option<bool> {
        all(filter
            .0
            .iter()
            .map(|condition| self.condition(state, node, condition)))
    }

    fn condition(&self, state: &State, node: Handle, condition: &Condition) -> Option<bool> {
        let holds = |part: &Where| self.holds(state, node, part);
        match condition {
            Condition::And(parts) => all(parts.iter().map(holds)),
            Condition::Not(parts) => all(parts.iter().map(|part| not(holds(part)))),
            Condition::Or(parts) => {
                // Beside an element with keys, one without does not count.
                let only_empty = parts.iter().all(|part| part.0.is_empty());
                let counted = parts.iter().filter(|part| only_empty || !part.0.is_empty());
                not(all(counted.map(|part| not(holds(part)))))
            }
            Condition::Scalar(field, comparison, value) => {
                self.compares(state.value(node, *field), *comparison, value)
            }
            Condition::Related(field, quantifier, filter) => {
                let end = self.schema.relation(state.nodes[&node].model, *field);
                let related = state.related(node, end);
                let Some(filter) = filter else {
                    return Some(related.is_empty());
                };
                let mut found = related
                    .iter()
                    .map(|&other| self.holds(state, other, filter));
                Some(match quantifier {
                    Quantifier::Is | Quantifier::Some => found.any(|holds| holds == Some(true)),
                    Quantifier::Every => found.all(|holds| holds != Some(false)),
                    Quantifier::None => found.all(|holds| holds != Some(true)),
                })
            }
        }
    }

    fn compares(&self, stored: &Value, comparison: Comparison, given: &Value) -> Option<bool> {
        use Comparison as C;
        match (comparison, given) {
            (C::Equals | C::In, Value::Null) => return Some(stored.is_null()),
            (C::Not | C::NotIn, Value::Null) => return Some(!stored.is_null()),
            (_, Value::Null) => return None,
            (C::In, Value::List(values)) if values.is_empty() => return Some(false),
            (C::NotIn, Value::List(values)) if values.is_empty() => return Some(true),
            _ if stored.is_null() => return None,
            _ => {}
        }
        let order = || stored.order(given, &self.differences);
        let is_in = || match given {
            Value::List(values) => values.iter().any(|value| self.equal(stored, value)),
            single => self.equal(stored, single),
        };
        let searched = || self.differences.search(&stored.shown(), &given.shown());
        let contains = || {
            let (text, wanted) = searched();
            text.contains(&wanted)
        };
        let starts = || {
            let (text, wanted) = searched();
            text.starts_with(&wanted)
        };
        let ends = || {
            let (text, wanted) = searched();
            text.ends_with(&wanted)
        };
        Some(match comparison {
            C::Equals => order().is_eq(),
            C::Not => order().is_ne(),
            C::In => is_in(),
            C::NotIn => !is_in(),
            C::Lt => order() == Ordering::Less,
            C::Lte => order().is_le(),
            C::Gt => order() == Ordering::Greater,
            C::Gte => order().is_ge(),
            C::Contains => contains(),
            C::NotContains => !contains(),
            C::StartsWith => starts(),
            C::NotStartsWith => !starts(),
            C::EndsWith => ends(),
            C::NotEndsWith => !ends(),
        })
    }
}

/// The fields of error 3033, lists of nodes that are compared with null, wherever in a filter.
pub(super) fn refused<'a>(rules: &Rules<'a>, model: usize, filter: &Where) -> Vec<&'a str> {
    let refused_in = |condition: &Condition| match condition {
        Condition::And(parts) | Condition::Or(parts) | Condition::Not(parts) => {
            let parts = parts.iter();
            parts.flat_map(|part| refused(rules, model, part)).collect()
        }
        Condition::Scalar(..) | Condition::Related(_, Quantifier::Is, None) => Vec::new(),
        Condition::Related(field, _, None) => vec![rules.schema.models[model].field(*field)],
        Condition::Related(field, _, Some(filter)) => {
            let target = rules.schema.target(rules.schema.relation(model, *field));
            refused(rules, target, filter)
        }
    };
    filter.0.iter().flat_map(refused_in).collect()
}

fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for part in parts {
        match part {
            Some(true) => {}
            Some(false) => return Some(false),
            None => result = None,
        }
    }
    result
}

fn not(part: Option<bool>) -> Option<bool> {
    part.map(|holds| !holds)
}
