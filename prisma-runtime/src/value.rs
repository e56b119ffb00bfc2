//! Values on their way to the server. All of them travel as variables, never inside a text.

use std::borrow::Cow;

use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap},
};

/// A name on the wire; nearly always known when the client was generated.
pub type Name = Cow<'static, str>;

/// What a variable holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text; ids, dates and enum values too.
    String(String),
    /// A list.
    List(Vec<Self>),
    /// An input object. Keys keep their order, which decides nothing but makes equal calls send equal bytes.
    Object(Vec<(Name, Self)>),
    /// The value of a `Json` field: an object or an array, as the API takes nothing else there (api.md §2.2).
    Json(serde_json::Value),
    /// What a builder was given and the API has no place for, with the reason. A request with it is not sent.
    Refused(String),
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(value) => serializer.serialize_i64(*value),
            // JSON would have null in its place, which says something else in every condition and assignment.
            Self::Float(value) if !value.is_finite() => Err(S::Error::custom(format!(
                "{value} is no number that can be sent"
            ))),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::String(value) => serializer.serialize_str(value),
            Self::List(values) => values.serialize(serializer),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Json(value) if value.is_object() || value.is_array() => {
                value.serialize(serializer)
            }
            Self::Json(value) => Err(S::Error::custom(format!(
                "a `Json` field holds an object or an array, and not {value}"
            ))),
            Self::Refused(reason) => Err(S::Error::custom(reason)),
        }
    }
}
