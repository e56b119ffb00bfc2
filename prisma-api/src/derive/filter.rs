//! `XWhereInput`, `XScalarWhereInput` and `XWhereUniqueInput` (api.md §1.8).

use prisma_datamodel::{Arity, FieldType, ModelId, ScalarType};

use super::{
    builder::Builder,
    key::TypeKey,
    members::Inputs,
    relations::{columns, relations},
};
use crate::{
    names,
    schema::{ApiType, FilterOp, InputMeaning, Quantifier, Wrap},
};

const BASE: &[FilterOp] = &[FilterOp::Equals, FilterOp::Not];
const INCLUSION: &[FilterOp] = &[FilterOp::In, FilterOp::NotIn];
const ORDER: &[FilterOp] = &[FilterOp::Lt, FilterOp::Lte, FilterOp::Gt, FilterOp::Gte];
const TEXT: &[FilterOp] = &[
    FilterOp::Contains,
    FilterOp::NotContains,
    FilterOp::StartsWith,
    FilterOp::NotStartsWith,
    FilterOp::EndsWith,
    FilterOp::NotEndsWith,
];

/// The groups of conditions a type of values offers.
fn conditions(ty: FieldType) -> &'static [&'static [FilterOp]] {
    match ty {
        FieldType::Scalar(ScalarType::Id | ScalarType::String) => &[BASE, INCLUSION, ORDER, TEXT],
        FieldType::Scalar(ScalarType::Int | ScalarType::Float | ScalarType::DateTime) => {
            &[BASE, INCLUSION, ORDER]
        }
        FieldType::Scalar(ScalarType::Uuid) | FieldType::Enum(_) => &[BASE, INCLUSION],
        FieldType::Scalar(ScalarType::Boolean) => &[BASE],
        FieldType::Scalar(ScalarType::Json) | FieldType::Relation(..) => &[],
    }
}

pub(super) fn of_model(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut fields = scalar_conditions(builder, TypeKey::Where(model), model);
    for field in relations(builder.datamodel, model.into()) {
        let quantifiers: &[Quantifier] = match field.arity {
            Arity::List => &[Quantifier::Every, Quantifier::Some, Quantifier::None],
            Arity::Required | Arity::Optional => &[Quantifier::Is],
        };
        for &quantifier in quantifiers {
            fields.add(
                builder,
                names::related_filter(field.name, quantifier),
                TypeKey::Where(field.target.model),
                Wrap::Optional,
                InputMeaning::Related(field.id, quantifier),
            );
        }
    }
    fields.into_type(model)
}

pub(super) fn of_scalars(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    scalar_conditions(builder, TypeKey::ScalarWhere(model), model).into_type(model)
}

pub(super) fn unique(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let datamodel = builder.datamodel;
    let mut fields = Inputs::of(TypeKey::WhereUnique(model));
    for (id, field) in columns(datamodel, model).filter(|(_, field)| field.unique) {
        let key = TypeKey::of_value(datamodel, field.ty);
        let name = field.name.as_str();
        fields.add(builder, name, key, Wrap::Optional, InputMeaning::Unique(id));
    }
    fields.into_type(model)
}

/// `AND`, `OR` and `NOT` of the type itself, then the conditions on scalars.
fn scalar_conditions(builder: &mut Builder<'_>, place: TypeKey, model: ModelId) -> Inputs {
    let datamodel = builder.datamodel;
    let mut fields = Inputs::of(place);
    combinations(builder, &mut fields, place);
    for (id, field) in columns(datamodel, model) {
        let key = TypeKey::of_value(datamodel, field.ty);
        for &op in conditions(field.ty).iter().copied().flatten() {
            let wrap = match op {
                FilterOp::In | FilterOp::NotIn => Wrap::OptionalList,
                _ => Wrap::Optional,
            };
            let name = names::filter(&field.name, op);
            fields.add(builder, name, key, wrap, InputMeaning::Filter(id, op));
        }
    }
    fields
}

/// `AND`, `OR` and `NOT` of a filter type.
pub(super) fn combinations(builder: &mut Builder<'_>, fields: &mut Inputs, of: TypeKey) {
    for (name, meaning) in [
        ("AND", InputMeaning::And),
        ("OR", InputMeaning::Or),
        ("NOT", InputMeaning::Not),
    ] {
        fields.add(builder, name, of, Wrap::OptionalList, meaning);
    }
}
