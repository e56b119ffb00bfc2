//! The data of updates, at the root and nested, and what wraps it (api.md §1.10).

use prisma_datamodel::{Arity, ModelId};

use super::{
    builder::Builder,
    create_input::links,
    key::{Target, TypeKey},
    members::Inputs,
    relations::{RelationField, relations, update_scalars},
    upsert,
};
use crate::schema::{ApiType, InputMeaning, NestedOp, Wrap};

/// `XUpdateInput`, `XUpdateDataInput`, `XUpdateWithoutBDataInput`
pub(super) fn data(builder: &mut Builder<'_>, place: TypeKey, target: Target) -> ApiType {
    let mut fields = scalar_fields(builder, place, target.model);
    for field in relations(builder.datamodel, target) {
        if let Some(key) = wrapper(builder, field) {
            let meaning = InputMeaning::Relation(field.id);
            fields.add(builder, field.name, key, Wrap::Optional, meaning);
        }
    }
    fields.into_type(target.model)
}

/// `XUpdateManyMutationInput`, `XUpdateManyDataInput`
pub(super) fn scalars(builder: &mut Builder<'_>, place: TypeKey, model: ModelId) -> ApiType {
    scalar_fields(builder, place, model).into_type(model)
}

fn scalar_fields(builder: &mut Builder<'_>, place: TypeKey, model: ModelId) -> Inputs {
    let datamodel = builder.datamodel;
    let mut fields = Inputs::of(place);
    for (id, field) in update_scalars(datamodel, model) {
        let (key, meaning) = if field.is_scalar_list() {
            (TypeKey::UpdateList(id), InputMeaning::AssignList(id))
        } else {
            let key = TypeKey::of_value(datamodel, field.ty);
            (key, InputMeaning::Assign(id))
        };
        fields.add(builder, field.name.as_str(), key, Wrap::Optional, meaning);
    }
    fields
}

/// What wraps the nested operations of a relation; `None` if there are none.
fn wrapper(builder: &Builder<'_>, field: RelationField<'_>) -> Option<TypeKey> {
    let target = field.target;
    match field.arity {
        Arity::List => Some(TypeKey::UpdateMany(target)),
        Arity::Optional => Some(TypeKey::UpdateOne(target)),
        Arity::Required => (builder.presence.can_link(target)
            || builder.presence.has_update(target))
        .then_some(TypeKey::UpdateOneRequired(target)),
    }
}

/// `YUpdateOne…Input`, `YUpdateOneRequired…Input`
pub(super) fn one(builder: &mut Builder<'_>, place: TypeKey, target: Target) -> ApiType {
    let mut fields = Inputs::of(place);
    links(builder, &mut fields, target, Wrap::Optional);
    let mut add = |builder: &mut Builder<'_>, name: &str, key, op| {
        fields.add(builder, name, key, Wrap::Optional, InputMeaning::Nested(op));
    };
    if matches!(place, TypeKey::UpdateOne(_)) {
        add(
            builder,
            "disconnect",
            TypeKey::BOOLEAN,
            NestedOp::Disconnect,
        );
        add(builder, "delete", TypeKey::BOOLEAN, NestedOp::Delete);
    }
    if builder.presence.has_update(target) {
        let key = TypeKey::UpdateData(target);
        add(builder, "update", key, NestedOp::Update);
    }
    if upsert::is_present(builder, target) {
        let key = TypeKey::UpsertNested(target);
        add(builder, "upsert", key, NestedOp::Upsert);
    }
    fields.into_type(target.model)
}

/// `YUpdateMany…Input`
pub(super) fn many(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let model = target.model;
    let has_unique = builder.presence.has_unique(model);
    let mut fields = Inputs::of(TypeKey::UpdateMany(target));
    links(builder, &mut fields, target, Wrap::OptionalList);
    let mut add = |builder: &mut Builder<'_>, name: &str, key, op| {
        let meaning = InputMeaning::Nested(op);
        fields.add(builder, name, key, Wrap::OptionalList, meaning);
    };
    if has_unique {
        for (name, op) in [
            ("set", NestedOp::Set),
            ("disconnect", NestedOp::Disconnect),
            ("delete", NestedOp::Delete),
        ] {
            add(builder, name, TypeKey::WhereUnique(model), op);
        }
    }
    if has_unique && builder.presence.has_update(target) {
        let key = TypeKey::UpdateWithWhereUnique(target);
        add(builder, "update", key, NestedOp::Update);
    }
    if builder.presence.has_update_scalars(model) {
        let key = TypeKey::UpdateManyWithWhere(model);
        add(builder, "updateMany", key, NestedOp::UpdateMany);
    }
    let key = TypeKey::ScalarWhere(model);
    add(builder, "deleteMany", key, NestedOp::DeleteMany);
    if has_unique && upsert::is_present(builder, target) {
        let key = TypeKey::UpsertWithWhereUnique(target);
        add(builder, "upsert", key, NestedOp::Upsert);
    }
    fields.into_type(model)
}

/// `YUpdateWithWhereUnique…Input`
pub(super) fn element(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let mut fields = Inputs::of(TypeKey::UpdateWithWhereUnique(target));
    for (name, key, meaning) in [
        (
            "where",
            TypeKey::WhereUnique(target.model),
            InputMeaning::ElementWhere,
        ),
        (
            "data",
            TypeKey::UpdateData(target),
            InputMeaning::ElementData,
        ),
    ] {
        fields.add(builder, name, key, Wrap::Required, meaning);
    }
    fields.into_type(target.model)
}
