//! Which input types would have no fields and therefore do not exist (api.md §1.9, §1.10, §1.12).
//!
//! Where every model shows its id, a look at one model answers that. In a text of 2018 the id may be hidden; then
//! a wrapper can be empty too, and what exists depends on what exists elsewhere. The answer is the largest set
//! of types that are all non-empty, found by taking empty ones away until none is left.

use std::collections::HashSet;

use prisma_datamodel::{Arity, Datamodel, ModelId};

use super::{
    key::Target,
    relations::{columns, create_scalars, relations, update_scalars},
};

/// Which inputs exist.
pub(super) struct Presence {
    /// By position of the model.
    models: Vec<OfModel>,
    empty_creates: HashSet<Target>,
    empty_updates: HashSet<Target>,
}

/// What the scalars of one model offer.
struct OfModel {
    /// A visible unique field, hence `XWhereUniqueInput`.
    unique: bool,
    /// A field to order by.
    order: bool,
    /// A scalar in `XPreviousValues`.
    scalars: bool,
    create_scalars: bool,
    update_scalars: bool,
}

impl Presence {
    pub(super) fn of(datamodel: &Datamodel) -> Self {
        let models = datamodel
            .models()
            .map(|(id, _)| OfModel {
                unique: columns(datamodel, id).any(|(_, field)| field.unique),
                order: columns(datamodel, id).next().is_some(),
                scalars: datamodel
                    .visible_fields(id)
                    .any(|(_, field)| field.relation().is_none()),
                create_scalars: create_scalars(datamodel, id).next().is_some(),
                update_scalars: update_scalars(datamodel, id).next().is_some(),
            })
            .collect();
        let mut presence = Self {
            models,
            empty_creates: HashSet::new(),
            empty_updates: HashSet::new(),
        };
        while presence.take_away(datamodel) {}
        presence
    }

    /// Marks inputs that are empty, given those that are known to be; false if there was nothing left to mark.
    fn take_away(&mut self, datamodel: &Datamodel) -> bool {
        let known = self.empty_creates.len() + self.empty_updates.len();
        for (model, _) in datamodel.models() {
            let whole = Target::from(model);
            let fields: Vec<_> = relations(datamodel, whole)
                .map(|field| {
                    let one_required = field.arity == Arity::Required;
                    let create = self.can_link(field.target);
                    let update = !one_required || create || self.has_update(field.target);
                    (field.id, create, update)
                })
                .collect();
            let creates = fields.iter().filter(|(_, create, _)| *create).count();
            let updates = fields.iter().filter(|(_, _, update)| *update).count();
            let mut mark = |target, left_creates, left_updates| {
                let of = self.models.get(model.index());
                if left_creates == 0 && of.is_some_and(|of| !of.create_scalars) {
                    self.empty_creates.insert(target);
                }
                if left_updates == 0 && of.is_some_and(|of| !of.update_scalars) {
                    self.empty_updates.insert(target);
                }
            };
            mark(whole, creates, updates);
            for &(back, create, update) in &fields {
                let target = Target {
                    model,
                    back: Some(back),
                };
                mark(
                    target,
                    creates - usize::from(create),
                    updates - usize::from(update),
                );
            }
        }
        self.empty_creates.len() + self.empty_updates.len() > known
    }

    /// True if `XWhereUniqueInput` exists.
    pub(super) fn has_unique(&self, model: ModelId) -> bool {
        self.of_model(model, |of| of.unique)
    }

    /// True if `XOrderByInput` exists.
    pub(super) fn has_order(&self, model: ModelId) -> bool {
        self.of_model(model, |of| of.order)
    }

    /// True if `XPreviousValues` exists.
    pub(super) fn has_scalars(&self, model: ModelId) -> bool {
        self.of_model(model, |of| of.scalars)
    }

    /// True if the inputs of updateMany exist.
    pub(super) fn has_update_scalars(&self, model: ModelId) -> bool {
        self.of_model(model, |of| of.update_scalars)
    }

    /// True if the create input of the target exists.
    pub(super) fn has_create(&self, target: Target) -> bool {
        !self.empty_creates.contains(&target)
    }

    /// True if the update input of the target exists.
    pub(super) fn has_update(&self, target: Target) -> bool {
        !self.empty_updates.contains(&target)
    }

    /// True if the nested create inputs (`create`, `connect`) of the target have a field.
    pub(super) fn can_link(&self, target: Target) -> bool {
        self.has_unique(target.model) || self.has_create(target)
    }

    fn of_model(&self, model: ModelId, has: impl Fn(&OfModel) -> bool) -> bool {
        self.models.get(model.index()).is_some_and(has)
    }
}
