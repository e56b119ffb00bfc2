//! Values as SQLite stores them: dates as milliseconds, booleans as 0 and 1, lists as one JSON text.

use prisma_connector::Value;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use serde_json::Value as Json;

/// The SQLite value of a bound parameter.
pub(crate) fn lower(value: &Value) -> ToSqlOutput<'_> {
    match value {
        Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
        Value::Bool(value) => ToSqlOutput::Owned(Owned::Integer(i64::from(*value))),
        Value::Int(value) | Value::DateTime(value) => ToSqlOutput::Owned(Owned::Integer(*value)),
        Value::Float(value) => ToSqlOutput::Owned(Owned::Real(*value)),
        Value::Text(text) | Value::Json(text) | Value::Enum(text) => {
            ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
        }
        Value::Uuid(bytes) => ToSqlOutput::Owned(Owned::Text(uuid(*bytes))),
        Value::List(values) => {
            let list = Json::Array(values.iter().map(element).collect());
            ToSqlOutput::Owned(Owned::Text(list.to_string()))
        }
    }
}

fn element(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::from(i64::from(*value)),
        Value::Int(value) | Value::DateTime(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
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
