//! Random filters.

use super::{Generator, View};
use crate::{
    operation::{Comparison, Condition, Quantifier, Where},
    schema::{Arity, FieldKind, ScalarField, ScalarType},
    value::Value,
};

use Comparison as C;

const BASE: &[Comparison] = &[C::Equals, C::Not];
const LISTS: &[Comparison] = &[C::In, C::NotIn];
const ORDERS: &[Comparison] = &[C::Lt, C::Lte, C::Gt, C::Gte];
const SEARCHES: &[Comparison] = &[
    C::Contains,
    C::NotContains,
    C::StartsWith,
    C::NotStartsWith,
    C::EndsWith,
    C::NotEndsWith,
];

impl Generator {
    /// A filter of a model; without relations where only scalars may be asked about.
    pub(super) fn filter(
        &mut self,
        view: View<'_>,
        model: usize,
        depth: usize,
        relations: bool,
    ) -> Where {
        let count = self.random.weighted(&[4, 55, 28, 13]);
        let mut conditions = Vec::new();
        let mut keys = Vec::new();
        for _ in 0..count {
            let condition = self.condition(view, model, depth, relations);
            let Some(condition) = condition else { continue };
            let key = key(&condition);
            if !keys.contains(&key) {
                keys.push(key);
                conditions.push(condition);
            }
        }
        Where(conditions)
    }

    fn condition(
        &mut self,
        view: View<'_>,
        model: usize,
        depth: usize,
        relations: bool,
    ) -> Option<Condition> {
        if depth > 0 && self.random.chance(30) {
            let count = self.random.weighted(&[4, 36, 45, 15]);
            let parts = (0..count)
                .map(|_| self.filter(view, model, depth - 1, relations))
                .collect();
            return Some(match self.random.below(3) {
                0 => Condition::And(parts),
                1 => Condition::Or(parts),
                _ => Condition::Not(parts),
            });
        }
        let field = self.random.below(view.schema.models[model].fields.len());
        match &view.schema.models[model].fields[field].kind {
            FieldKind::Relation(_) if !relations || depth == 0 => None,
            FieldKind::Relation(end) => {
                let target = view.schema.target(*end);
                let is_list = view.schema.end(*end).arity == Arity::List;
                let quantifier = match self.random.below(3) {
                    _ if !is_list => Quantifier::Is,
                    0 => Quantifier::Some,
                    1 => Quantifier::Every,
                    _ => Quantifier::None,
                };
                let is_null = self.random.chance(if is_list { 1 } else { 15 });
                let filter = (!is_null).then(|| self.filter(view, target, depth - 1, relations));
                Some(Condition::Related(field, quantifier, filter))
            }
            FieldKind::Scalar(scalar) if scalar.arity == Arity::List => None,
            // Filters of nested operations see nodes whose made values nobody has seen yet.
            FieldKind::Scalar(scalar) if !relations && is_made(view, model, field, scalar) => None,
            FieldKind::Scalar(scalar) => {
                let groups: &[&[Comparison]] = match scalar.ty {
                    ScalarType::Id | ScalarType::String => &[BASE, LISTS, ORDERS, SEARCHES],
                    ScalarType::Int | ScalarType::Float | ScalarType::DateTime => {
                        &[BASE, LISTS, ORDERS]
                    }
                    ScalarType::Enum(_) | ScalarType::Uuid => &[BASE, LISTS],
                    ScalarType::Boolean => &[BASE],
                    ScalarType::Json => return None,
                };
                let group = self.random.pick(groups)?;
                let comparison = *self.random.pick(group)?;
                let value = self.operand(view, model, field, comparison);
                Some(Condition::Scalar(field, comparison, value))
            }
        }
    }

    fn operand(
        &mut self,
        view: View<'_>,
        model: usize,
        field: usize,
        comparison: Comparison,
    ) -> Value {
        if self.random.chance(8) {
            Value::Null
        } else if SEARCHES.contains(&comparison) {
            self.part(view, model, field)
        } else if LISTS.contains(&comparison) {
            let count = self.random.below(4);
            Value::List(
                (0..count)
                    .map(|_| self.wanted(view, model, field))
                    .collect(),
            )
        } else {
            self.wanted(view, model, field)
        }
    }
}

/// Does the store make the value?
fn is_made(view: View<'_>, model: usize, field: usize, scalar: &ScalarField) -> bool {
    let is_id = view.schema.models[model].id == field;
    scalar.managed.is_some() || is_id && scalar.ty == ScalarType::Int
}

/// What a filter object may have once.
fn key(condition: &Condition) -> (usize, &'static str) {
    match condition {
        Condition::And(_) => (0, "AND"),
        Condition::Or(_) => (0, "OR"),
        Condition::Not(_) => (0, "NOT"),
        Condition::Scalar(field, comparison, _) => (field + 1, comparison.suffix()),
        Condition::Related(field, quantifier, _) => (field + 1, quantifier.suffix()),
    }
}
