//! Values as MySQL takes them: booleans as 0 and 1, lists as one JSON text.

use mysql_async::Value as Parameter;
use prisma_connector::Value;
use serde_json::Value as Json;

use crate::date;

/// The parameters of a statement.
pub(crate) fn lower(values: &[&Value]) -> Vec<Parameter> {
    values.iter().map(|value| parameter(value)).collect()
}

fn parameter(value: &Value) -> Parameter {
    match value {
        Value::Null => Parameter::NULL,
        Value::Bool(value) => Parameter::Int(i64::from(*value)),
        Value::Int(value) => Parameter::Int(*value),
        // Floats are stored as decimals, and MySQL keeps 15 digits of a double that becomes a decimal, where a double
        // has up to 17. A text keeps them all, and an index on the column still serves the comparison.
        Value::Float(value) => Parameter::Bytes(value.to_string().into_bytes()),
        Value::DateTime(ms) => date::parameter(*ms),
        Value::Text(text) | Value::Json(text) | Value::Enum(text) => {
            Parameter::Bytes(text.clone().into_bytes())
        }
        Value::Uuid(bytes) => Parameter::Bytes(uuid(*bytes).into_bytes()),
        Value::List(values) => {
            let list = Json::Array(values.iter().map(element).collect());
            Parameter::Bytes(list.to_string().into_bytes())
        }
    }
}

/// An element of a list, as `JSON_TABLE` reads it.
fn element(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::from(i64::from(*value)),
        Value::Int(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
        Value::DateTime(ms) => Json::from(date::text(*ms)),
        Value::Text(text) | Value::Json(text) | Value::Enum(text) => Json::from(text.as_str()),
        Value::Uuid(bytes) => Json::from(uuid(*bytes)),
        Value::List(values) => Json::Array(values.iter().map(element).collect()),
    }
}

/// Lower-case hexadecimal with dashes.
fn uuid(bytes: [u8; 16]) -> String {
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}
