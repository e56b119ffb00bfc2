//! `type X` and `type XPreviousValues` (api.md §1.2, §1.6).

use prisma_datamodel::{Arity, Field, FieldId, ModelId};

use super::{
    builder::Builder,
    key::TypeKey,
    members::{Arguments, Outputs},
    node,
};
use crate::schema::{ApiObject, ApiType, OutputMeaning, Wrap};

pub(super) fn object(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let datamodel = builder.datamodel;
    let mut fields = Outputs::of(TypeKey::Model(model));
    for (id, field) in datamodel.visible_fields(model) {
        match datamodel.related_model(id) {
            Some(other) if field.arity == Arity::List => {
                let arguments = Arguments::of_list(builder, other);
                fields.add_with(
                    builder,
                    field.name.as_str(),
                    TypeKey::Model(other),
                    Wrap::OptionalList,
                    OutputMeaning::Field(id),
                    arguments,
                );
            }
            _ => add_value(builder, &mut fields, id, field),
        }
    }
    ApiType::Object(ApiObject {
        implements_node: node::is_implemented_by(datamodel, model),
        ..fields.into_object(Some(model), None)
    })
}

pub(super) fn previous_values(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut fields = Outputs::of(TypeKey::PreviousValues(model));
    for (id, field) in builder.datamodel.visible_fields(model) {
        if field.relation().is_none() {
            add_value(builder, &mut fields, id, field);
        }
    }
    fields.into_type(model, None)
}

/// A scalar, a list of scalars or a to-one relation: none takes arguments.
fn add_value(builder: &mut Builder<'_>, fields: &mut Outputs, id: FieldId, field: &Field) {
    let wrap = match field.arity {
        Arity::Required => Wrap::Required,
        Arity::Optional => Wrap::Optional,
        Arity::List => Wrap::RequiredList,
    };
    let key = TypeKey::of_value(builder.datamodel, field.ty);
    let name = field.name.as_str();
    fields.add(builder, name, key, wrap, OutputMeaning::Field(id));
}
