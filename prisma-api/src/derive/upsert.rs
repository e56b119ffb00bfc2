//! Nested upserts (api.md §1.10).

use super::{
    builder::Builder,
    key::{Target, TypeKey},
    members::Inputs,
};
use crate::schema::{ApiType, InputMeaning, Wrap};

/// An upsert needs both of its parts.
pub(super) fn is_present(builder: &Builder<'_>, target: Target) -> bool {
    builder.presence.has_create(target) && builder.presence.has_update(target)
}

/// `YUpsertWithWhereUnique…Input`: an element in a to-many relation.
pub(super) fn element(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let mut fields = Inputs::of(TypeKey::UpsertWithWhereUnique(target));
    let key = TypeKey::WhereUnique(target.model);
    let meaning = InputMeaning::ElementWhere;
    fields.add(builder, "where", key, Wrap::Required, meaning);
    parts(builder, &mut fields, target);
    fields.into_type(target.model)
}

/// `YUpsertNestedInput`, `YUpsertWithoutBInput`: in a to-one relation.
pub(super) fn nested(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let mut fields = Inputs::of(TypeKey::UpsertNested(target));
    parts(builder, &mut fields, target);
    fields.into_type(target.model)
}

fn parts(builder: &mut Builder<'_>, fields: &mut Inputs, target: Target) {
    for (name, key, meaning) in [
        (
            "update",
            TypeKey::UpdateData(target),
            InputMeaning::ElementUpdate,
        ),
        (
            "create",
            TypeKey::Create(target),
            InputMeaning::ElementCreate,
        ),
    ] {
        fields.add(builder, name, key, Wrap::Required, meaning);
    }
}
