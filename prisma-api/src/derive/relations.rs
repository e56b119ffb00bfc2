//! A model's fields as the writes see them.

use prisma_datamodel::{
    Arity, Datamodel, Field, FieldId, FieldType, IdStrategy, ModelId, ScalarType,
};

use super::key::Target;

/// A visible relation field.
#[derive(Clone, Copy)]
pub(super) struct RelationField<'a> {
    pub(super) id: FieldId,
    pub(super) name: &'a str,
    pub(super) arity: Arity,
    /// What a nested write through it is about.
    pub(super) target: Target,
}

/// The visible relation fields of a target but for the one that leads back.
pub(super) fn relations(
    datamodel: &Datamodel,
    target: Target,
) -> impl Iterator<Item = RelationField<'_>> {
    datamodel
        .visible_fields(target.model)
        .filter(move |(id, _)| Some(*id) != target.back)
        .filter_map(|(id, field)| {
            let (relation, side) = field.relation()?;
            let end = datamodel[relation].end(side.opposite());
            let back = (!datamodel[end.field].hidden).then_some(end.field);
            Some(RelationField {
                id,
                name: &field.name,
                arity: field.arity,
                target: Target {
                    model: end.model,
                    back,
                },
            })
        })
}

/// The visible fields of a model that hold one scalar or enum value each.
pub(super) fn columns(
    datamodel: &Datamodel,
    model: ModelId,
) -> impl Iterator<Item = (FieldId, &Field)> {
    datamodel
        .visible_fields(model)
        .filter(|(_, field)| field.is_column())
}

/// The scalars of a create: single ones, then lists (api.md §1.9).
pub(super) fn create_scalars(
    datamodel: &Datamodel,
    model: ModelId,
) -> impl Iterator<Item = (FieldId, &Field)> {
    let singles = columns(datamodel, model).filter(|(_, field)| is_given_at_create(field));
    singles.chain(scalar_lists(datamodel, model))
}

/// The scalars of an update: single ones, then lists (api.md §1.10).
pub(super) fn update_scalars(
    datamodel: &Datamodel,
    model: ModelId,
) -> impl Iterator<Item = (FieldId, &Field)> {
    let singles =
        columns(datamodel, model).filter(|(_, field)| field.id.is_none() && !is_managed(field));
    singles.chain(scalar_lists(datamodel, model))
}

/// True if a create must bring a value.
pub(super) fn is_required_at_create(field: &Field) -> bool {
    match field.id {
        Some(IdStrategy::Auto | IdStrategy::Sequence(_)) => false,
        Some(IdStrategy::None) => true,
        None => field.arity == Arity::Required && field.default.is_none(),
    }
}

fn is_given_at_create(field: &Field) -> bool {
    let is_int_id = field.id.is_some() && field.ty == FieldType::Scalar(ScalarType::Int);
    !is_int_id && !is_managed(field)
}

fn is_managed(field: &Field) -> bool {
    field.managed.is_some()
}

fn scalar_lists(datamodel: &Datamodel, model: ModelId) -> impl Iterator<Item = (FieldId, &Field)> {
    datamodel
        .visible_fields(model)
        .filter(|(_, field)| field.is_scalar_list())
}
