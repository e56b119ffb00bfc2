//! What of one datamodel became what of the next: by name, by rename hint, and for relations by the rules of
//! deploy.md §3.5.3.
//!
//! A rename hint counts if the old name was there and nothing else keeps it; hints left over from an earlier deploy
//! are ignored.

mod relations;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Debug,
};

use prisma_datamodel::{Datamodel, EnumId, Field, FieldId, ModelId, RelationId};

use crate::error::DeployError;

/// A matching of two sets of ids: each id has at most one partner.
#[derive(Clone, Debug)]
pub struct Pairs<Id: Ord> {
    by_previous: BTreeMap<Id, Id>,
    by_next: BTreeMap<Id, Id>,
}

impl<Id: Copy + Ord> Pairs<Id> {
    fn new() -> Self {
        Self {
            by_previous: BTreeMap::new(),
            by_next: BTreeMap::new(),
        }
    }

    /// Pairs two ids, unless one has a partner already.
    fn insert(&mut self, previous: Id, next: Id) {
        if self.next(previous).is_none() && self.previous(next).is_none() {
            self.by_previous.insert(previous, next);
            self.by_next.insert(next, previous);
        }
    }

    /// What became of something.
    #[must_use]
    pub fn next(&self, previous: Id) -> Option<Id> {
        self.by_previous.get(&previous).copied()
    }

    /// What something was before.
    #[must_use]
    pub fn previous(&self, next: Id) -> Option<Id> {
        self.by_next.get(&next).copied()
    }

    /// All pairs of something and what became of it, in the order of the previous datamodel.
    pub fn iter(&self) -> impl Iterator<Item = (Id, Id)> {
        self.by_previous
            .iter()
            .map(|(&previous, &next)| (previous, next))
    }
}

/// What became of everything.
#[derive(Clone, Debug)]
pub struct Matching {
    /// Models.
    pub models: Pairs<ModelId>,
    /// Fields of models that stay, without hidden back fields.
    pub fields: Pairs<FieldId>,
    /// Enums.
    pub enums: Pairs<EnumId>,
    /// Relations.
    pub relations: Pairs<RelationId>,
}

impl Matching {
    /// Matches two datamodels; rename hints are those of the next one.
    ///
    /// # Errors
    /// [`DeployError::AmbiguousRelation`] (3018).
    pub fn new(previous: &Datamodel, next: &Datamodel) -> Result<Self, DeployError> {
        let models = by_name(
            previous.models().map(|(id, model)| (id, &*model.name)),
            next.models()
                .map(|(id, model)| (id, &*model.name, model.renamed_from.as_deref())),
        );
        let mut fields = Pairs::new();
        for (before, after) in models.iter() {
            let of_model = by_name(
                declared_fields(previous, before).map(|(id, field)| (id, &*field.name)),
                declared_fields(next, after)
                    .map(|(id, field)| (id, &*field.name, field.renamed_from.as_deref())),
            );
            for (before, after) in of_model.iter() {
                fields.insert(before, after);
            }
        }
        let enums = by_name(
            previous.enums().map(|(id, item)| (id, &*item.name)),
            next.enums()
                .map(|(id, item)| (id, &*item.name, item.renamed_from.as_deref())),
        );
        let relations = relations::matching(previous, next, &models)?;
        Ok(Self {
            models,
            fields,
            enums,
            relations,
        })
    }
}

/// True for the fields that inference adds to the silent end of a relation.
pub(crate) fn is_hidden_back_field(field: &Field) -> bool {
    field.hidden && field.relation().is_some()
}

/// The fields of a model without hidden back fields.
pub(crate) fn declared_fields(
    datamodel: &Datamodel,
    model: ModelId,
) -> impl Iterator<Item = (FieldId, &Field)> {
    datamodel
        .fields_of(model)
        .filter(|(_, field)| !is_hidden_back_field(field))
}

/// Pairs by hint first, then by name.
fn by_name<'a, Id: Copy + Ord>(
    previous: impl Iterator<Item = (Id, &'a str)>,
    next: impl Iterator<Item = (Id, &'a str, Option<&'a str>)>,
) -> Pairs<Id> {
    let previous: HashMap<&str, Id> = previous.map(|(id, name)| (name, id)).collect();
    let next: Vec<_> = next.collect();
    let hint_counts = |hint: &Option<&str>| hint.is_some_and(|old| previous.contains_key(old));
    // Names that something keeps, so that nothing else can have been called so.
    let kept: HashSet<&str> = next
        .iter()
        .filter(|(_, _, hint)| !hint_counts(hint))
        .map(|&(_, name, _)| name)
        .collect();

    let mut pairs = Pairs::new();
    for &(id, _, hint) in &next {
        if let Some(old) = hint.filter(|old| !kept.contains(old))
            && let Some(&before) = previous.get(old)
        {
            pairs.insert(before, id);
        }
    }
    for &(id, name, _) in &next {
        if let Some(&before) = previous.get(name) {
            pairs.insert(before, id);
        }
    }
    pairs
}
