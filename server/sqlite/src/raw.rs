//! Statements of the caller's own (api.md §4.10).

use prisma_connector::ConnectorError;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::{Map, Value};

/// Runs one statement: its rows as a JSON array of objects, or the number of rows it changed.
pub(crate) fn run(connection: &Connection, text: &str) -> Result<Vec<u8>, ConnectorError> {
    let answer = answer(connection, text).map_err(raw)?;
    serde_json::to_vec(&answer).map_err(|error| ConnectorError::Internal(Box::new(error)))
}

fn answer(connection: &Connection, text: &str) -> rusqlite::Result<Value> {
    let before = connection.total_changes();
    let mut statement = connection.prepare(text)?;
    if statement.column_count() == 0 {
        statement.raw_execute()?;
        // SQLite's count of the last change stands until the next one; a statement that changed nothing keeps it.
        let changed = connection.total_changes() != before;
        return Ok(Value::from(if changed { connection.changes() } else { 0 }));
    }
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.raw_query();
    let mut objects = Vec::new();
    while let Some(row) = rows.next()? {
        objects.push(Value::Object(object(&names, row)?));
    }
    Ok(Value::Array(objects))
}

fn object(names: &[String], row: &Row<'_>) -> rusqlite::Result<Map<String, Value>> {
    names
        .iter()
        .enumerate()
        .map(|(column, name)| Ok((name.clone(), cell(row.get_ref(column)?))))
        .collect()
}

/// Blobs are shown as text as far as they are text: there is no better form in JSON, and `hex()` is at hand.
fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::from(value),
        ValueRef::Real(value) => Value::from(value),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Value::from(String::from_utf8_lossy(bytes))
        }
    }
}

/// SQLite's own code and message go to the caller.
fn raw(error: rusqlite::Error) -> ConnectorError {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => ConnectorError::Raw {
            code: i64::from(code.extended_code & 0xff),
            message: message.unwrap_or_else(|| code.to_string()),
        },
        rusqlite::Error::SqlInputError { error, msg, .. } => ConnectorError::Raw {
            code: i64::from(error.extended_code & 0xff),
            message: msg,
        },
        other => ConnectorError::Internal(Box::new(other)),
    }
}
