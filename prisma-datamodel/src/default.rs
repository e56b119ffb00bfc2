//! `@default(value:)`: literals to values (deploy.md §1.5.3).

use crate::{
    ast::{FieldDef, Literal, Value},
    context::{Context, Kind},
    model::{DefaultValue, ScalarType},
    scalar,
};

/// The default of a field; `None` where there is none, or none that is valid.
pub(crate) fn of(context: &Context<'_>, field: &FieldDef) -> Option<DefaultValue> {
    let value = &field.directive("default")?.argument("value")?.value;
    match context.kind(field) {
        Kind::Scalar(scalar) => of_scalar(scalar, value),
        Kind::Enum(index) => match &value.literal {
            Literal::Enum(word) => {
                let known = context
                    .enumeration(index)
                    .values
                    .iter()
                    .any(|item| item.text == *word);
                known.then(|| DefaultValue::Enum(word.clone()))
            }
            _ => None,
        },
        Kind::Type(_) | Kind::Unknown => None,
    }
}

/// A literal as a value of a scalar type; `None` if it is none.
pub(crate) fn of_scalar(ty: ScalarType, value: &Value) -> Option<DefaultValue> {
    Some(match (ty, &value.literal) {
        (ScalarType::String | ScalarType::DateTime | ScalarType::Json, Literal::String(text))
            if text == "null" =>
        {
            DefaultValue::Null
        }
        (ScalarType::String, Literal::String(text)) => DefaultValue::String(text.clone()),
        (ScalarType::Int, Literal::Int) => DefaultValue::Int(value.text.parse().ok()?),
        (ScalarType::Float, Literal::Int | Literal::Float) => {
            let number: f64 = value.text.parse().ok()?;
            DefaultValue::Float(number.is_finite().then_some(number)?)
        }
        (ScalarType::Boolean, Literal::Boolean(flag)) => DefaultValue::Boolean(*flag),
        (ScalarType::DateTime, Literal::String(text)) => {
            DefaultValue::DateTime(scalar::parse_date_time(text)?)
        }
        (ScalarType::Json, Literal::String(text)) => {
            DefaultValue::Json(scalar::compact_json(text, scalar::JsonRoot::Any)?)
        }
        _ => return None,
    })
}
