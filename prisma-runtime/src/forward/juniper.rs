//! Fields of requests to juniper.

use juniper::{LookAheadSelection, LookAheadValue, ScalarValue};
use serde_json::Value;

use super::ForwardedField;

/// The field that is resolved: `executor.look_ahead()`.
impl<S: ScalarValue> From<LookAheadSelection<'_, S>> for ForwardedField {
    fn from(selection: LookAheadSelection<'_, S>) -> Self {
        Self::from(&selection)
    }
}

/// The field of this selection.
impl<S: ScalarValue> From<&LookAheadSelection<'_, S>> for ForwardedField {
    fn from(selection: &LookAheadSelection<'_, S>) -> Self {
        let mut forwarded = Self::new(selection.field_original_name());
        forwarded.alias = selection.field_alias().map(str::to_owned);
        for argument in selection.arguments() {
            forwarded = forwarded.argument(argument.name(), json(argument.value()));
        }
        forwarded.select(selection.children().iter().map(Self::from))
    }
}

/// A value of the request, with the values of variables.
fn json<S: ScalarValue>(value: LookAheadValue<'_, S>) -> Value {
    match value {
        LookAheadValue::Null => Value::Null,
        LookAheadValue::Scalar(scalar) => self::scalar(scalar),
        LookAheadValue::Enum(name) => name.into(),
        LookAheadValue::List(items) => items.iter().map(|item| json(item.item)).collect(),
        LookAheadValue::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.item.to_owned(), json(value.item)))
            .collect(),
    }
}

fn scalar<S: ScalarValue>(scalar: &S) -> Value {
    if let Some(value) = scalar.try_to_bool() {
        return value.into();
    }
    if let Some(value) = scalar.try_to_int() {
        return value.into();
    }
    if let Some(value) = scalar.try_to_float() {
        return value.into();
    }
    scalar.try_to_string().map_or(Value::Null, Value::String)
}
