//! Values as requests write them, answers show them and filters compare them.

use std::{cmp::Ordering, fmt::Write};

use serde_json::{Number, Value as Json};

use crate::differences::Differences;

/// A value of a scalar field, or of a scalar list.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// `Boolean`
    Boolean(bool),
    /// `Int`
    Int(i64),
    /// `Float`: numbers of few digits, the same on every store.
    Float(f64),
    /// `String`, `ID`, `UUID` in canonical form.
    Text(String),
    /// A value of an enum.
    Enum(String),
    /// `DateTime` in the form of answers, so that texts compare like instants.
    DateTime(String),
    /// `Json`, compact.
    Json(String),
    /// The values of a scalar list.
    List(Vec<Value>),
}

impl Value {
    /// Is there no value?
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Writes it as a GraphQL literal.
    pub fn write_literal(&self, to: &mut String) {
        match self {
            Value::Null => to.push_str("null"),
            Value::Boolean(value) => to.push_str(if *value { "true" } else { "false" }),
            Value::Int(value) => to.push_str(&value.to_string()),
            Value::Float(value) => {
                // Writing to a string never fails.
                let _ = write!(to, "{value:?}");
            }
            Value::Enum(value) => to.push_str(value),
            Value::Text(text) | Value::DateTime(text) | Value::Json(text) => {
                to.push_str(&quoted(text));
            }
            Value::List(values) => {
                to.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        to.push(',');
                    }
                    value.write_literal(to);
                }
                to.push(']');
            }
        }
    }

    /// As an answer shows it.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Boolean(value) => Json::Bool(*value),
            Value::Int(value) => Json::from(*value),
            Value::Float(value) => float(*value),
            Value::Text(text) | Value::Enum(text) | Value::DateTime(text) => {
                Json::String(text.clone())
            }
            Value::Json(text) => serde_json::from_str(text).unwrap_or(Json::Null),
            Value::List(values) => values.iter().map(Value::json).collect(),
        }
    }

    /// As an error text shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) | Value::Enum(text) | Value::DateTime(text) | Value::Json(text) => {
                text.clone()
            }
            other => {
                let mut text = String::new();
                other.write_literal(&mut text);
                text
            }
        }
    }

    /// The order of two values of one type; nulls are nobody's concern here.
    #[must_use]
    pub fn order(&self, other: &Value, differences: &Differences) -> Ordering {
        match (self, other) {
            (Value::Boolean(one), Value::Boolean(other)) => one.cmp(other),
            (Value::Int(one), Value::Int(other)) => one.cmp(other),
            (Value::Float(one), Value::Float(other)) => one.total_cmp(other),
            (Value::Text(one), Value::Text(other)) => differences.order(one, other),
            (
                Value::Enum(one) | Value::DateTime(one) | Value::Json(one),
                Value::Enum(other) | Value::DateTime(other) | Value::Json(other),
            ) => one.cmp(other),
            _ => Ordering::Equal,
        }
    }
}

/// A number as answers write it: whole ones without a fraction.
fn float(value: f64) -> Json {
    let whole = format!("{value:.0}").parse::<i64>().ok();
    #[expect(clippy::cast_precision_loss, reason = "generated numbers are small")]
    match whole.filter(|&whole| whole as f64 == value) {
        Some(whole) => Json::from(whole),
        None => Number::from_f64(value).map_or(Json::Null, Json::Number),
    }
}

/// A text in quotes; the escapes of JSON are those of GraphQL.
fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}
