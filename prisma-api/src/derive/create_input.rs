//! The data of creates, at the root and nested, and what wraps it (api.md §1.9).

use prisma_datamodel::{Arity, FieldId};

use super::{
    builder::Builder,
    key::{Target, TypeKey},
    members::Inputs,
    relations::{create_scalars, is_required_at_create, relations},
};
use crate::schema::{ApiType, InputMeaning, NestedOp, Wrap};

/// `XCreateInput`, `XCreateWithoutBInput`
pub(super) fn data(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let datamodel = builder.datamodel;
    let mut fields = Inputs::of(TypeKey::Create(target));
    for (id, field) in create_scalars(datamodel, target.model) {
        let (key, wrap, meaning) = if field.is_scalar_list() {
            let key = TypeKey::CreateList(id);
            (key, Wrap::Optional, InputMeaning::AssignList(id))
        } else {
            let key = TypeKey::of_value(datamodel, field.ty);
            let wrap = required_if(is_required_at_create(field));
            (key, wrap, InputMeaning::Assign(id))
        };
        fields.add(builder, field.name.as_str(), key, wrap, meaning);
    }
    for field in relations(datamodel, target) {
        if !builder.presence.can_link(field.target) {
            continue;
        }
        let key = match field.arity {
            Arity::List => TypeKey::CreateMany(field.target),
            Arity::Required | Arity::Optional => TypeKey::CreateOne(field.target),
        };
        let wrap = required_if(field.arity == Arity::Required);
        let meaning = InputMeaning::Relation(field.id);
        fields.add(builder, field.name, key, wrap, meaning);
    }
    fields.into_type(target.model)
}

fn required_if(required: bool) -> Wrap {
    if required {
        Wrap::Required
    } else {
        Wrap::Optional
    }
}

/// `YCreateOneInput`, `YCreateOneWithoutBInput`
pub(super) fn one(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let mut fields = Inputs::of(TypeKey::CreateOne(target));
    links(builder, &mut fields, target, Wrap::Optional);
    fields.into_type(target.model)
}

/// `YCreateManyInput`, `YCreateManyWithoutBInput`
pub(super) fn many(builder: &mut Builder<'_>, target: Target) -> ApiType {
    let mut fields = Inputs::of(TypeKey::CreateMany(target));
    links(builder, &mut fields, target, Wrap::OptionalList);
    fields.into_type(target.model)
}

/// `create` and `connect`, as far as the target can be created and found.
pub(super) fn links(builder: &mut Builder<'_>, fields: &mut Inputs, target: Target, wrap: Wrap) {
    if builder.presence.has_create(target) {
        let key = TypeKey::Create(target);
        let meaning = InputMeaning::Nested(NestedOp::Create);
        fields.add(builder, "create", key, wrap, meaning);
    }
    if builder.presence.has_unique(target.model) {
        let key = TypeKey::WhereUnique(target.model);
        let meaning = InputMeaning::Nested(NestedOp::Connect);
        fields.add(builder, "connect", key, wrap, meaning);
    }
}

/// `XCreatefInput` and `XUpdatefInput`: the values of a scalar list.
pub(super) fn list(builder: &mut Builder<'_>, place: TypeKey, id: FieldId) -> ApiType {
    let datamodel = builder.datamodel;
    let field = &datamodel[id];
    let key = TypeKey::of_value(datamodel, field.ty);
    let mut fields = Inputs::of(place);
    let meaning = InputMeaning::ListSet(id);
    fields.add(builder, "set", key, Wrap::OptionalList, meaning);
    fields.into_type(field.model)
}
