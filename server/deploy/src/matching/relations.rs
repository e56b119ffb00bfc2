//! Which relation became which (deploy.md §3.5.3).
//!
//! Relations between the same two models are matched by the old name that one gives, then by name. What is left is
//! one relation whose name was generated, before or after: it matches if it stands alone on both sides, and is
//! ambiguous if several could be meant.

use std::collections::BTreeMap;

use prisma_datamodel::{Datamodel, ModelId, Relation, RelationId, generated_relation_name};

use super::Pairs;
use crate::error::DeployError;

/// The relations between two models, before and after.
#[derive(Default)]
struct Between {
    previous: Vec<RelationId>,
    next: Vec<RelationId>,
}

pub(super) fn matching(
    previous: &Datamodel,
    next: &Datamodel,
    models: &Pairs<ModelId>,
) -> Result<Pairs<RelationId>, DeployError> {
    // By the models of the next datamodel.
    let mut groups: BTreeMap<[ModelId; 2], Between> = BTreeMap::new();
    for (id, relation) in previous.relations() {
        if let (Some(a), Some(b)) = (models.next(relation.a.model), models.next(relation.b.model)) {
            groups.entry(unordered(a, b)).or_default().previous.push(id);
        }
    }
    for (id, relation) in next.relations() {
        let key = unordered(relation.a.model, relation.b.model);
        groups.entry(key).or_default().next.push(id);
    }

    let mut pairs = Pairs::new();
    for group in groups.values() {
        by_name(previous, next, group, &mut pairs);
        by_number(previous, next, group, &mut pairs)?;
    }
    Ok(pairs)
}

fn by_name(previous: &Datamodel, next: &Datamodel, group: &Between, pairs: &mut Pairs<RelationId>) {
    let named = |name: &str| {
        let mut all = group.previous.iter().copied();
        all.find(|&id| previous[id].name == name)
    };
    for &id in &group.next {
        if let Some(before) = next[id].renamed_from.as_deref().and_then(named) {
            pairs.insert(before, id);
        }
    }
    for &id in &group.next {
        if let Some(before) = named(&next[id].name) {
            pairs.insert(before, id);
        }
    }
}

/// A relation that got a name, or lost it, or whose generated name changed with its models.
fn by_number(
    previous: &Datamodel,
    next: &Datamodel,
    group: &Between,
    pairs: &mut Pairs<RelationId>,
) -> Result<(), DeployError> {
    let unnamed_before = group
        .previous
        .iter()
        .copied()
        .find(|&id| pairs.next(id).is_none() && has_generated_name(previous, &previous[id]));
    let unnamed_after = group
        .next
        .iter()
        .copied()
        .find(|&id| pairs.previous(id).is_none() && has_generated_name(next, &next[id]));
    match (
        &*group.previous,
        &*group.next,
        unnamed_before,
        unnamed_after,
    ) {
        ([before], [after], Some(_), _) | ([before], [after], _, Some(_)) => {
            pairs.insert(*before, *after);
        }
        ([_], [first, _, ..], Some(_), _) => {
            return Err(ambiguity(
                " Please first name the old relation on your schema.",
                next,
                *first,
            ));
        }
        ([_, _, ..], [only], _, Some(_)) => return Err(ambiguity("", next, *only)),
        _ => {}
    }
    Ok(())
}

fn has_generated_name(datamodel: &Datamodel, relation: &Relation) -> bool {
    let [a, b] = [&relation.a, &relation.b].map(|end| &datamodel[end.model].name);
    relation.name == generated_relation_name(a, b)
}

fn ambiguity(advice: &str, next: &Datamodel, relation: RelationId) -> DeployError {
    let relation = &next[relation];
    let [a, b] = [&relation.a, &relation.b].map(|end| &next[end.model].name);
    DeployError::AmbiguousRelation(format!(
        "There is a relation ambiguity during the migration.{advice} The ambiguity is on a relation between {a} and {b}. \
         Please name relations or change the schema in steps."
    ))
}

fn unordered(one: ModelId, other: ModelId) -> [ModelId; 2] {
    [one.min(other), one.max(other)]
}
