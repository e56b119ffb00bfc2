//! Statements of the caller's own (api.md §4.10).

use prisma_connector::ConnectorError;
use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::types::ValueRef;
use rusqlite::{Batch, Connection, Row, ffi};
use serde_json::{Map, Value};

/// Runs one statement: its rows as a JSON array of objects, or the number of rows it changed.
pub(crate) fn run(connection: &Connection, text: &str) -> Result<Vec<u8>, ConnectorError> {
    let answer = answer(connection, text).map_err(raw)?;
    serde_json::to_vec(&answer).map_err(|error| ConnectorError::Internal(Box::new(error)))
}

fn answer(connection: &Connection, text: &str) -> Result<Value, Refusal> {
    let before = connection.total_changes();
    let mut batch = Batch::new(connection, text);
    let Some(mut statement) = batch.next()? else {
        return Ok(Value::from(0));
    };
    // Whatever follows would be dropped in silence.
    if !matches!(batch.next(), Ok(None)) {
        return Err(Refusal::Several);
    }
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

fn object(names: &[String], row: &Row<'_>) -> Result<Map<String, Value>, Refusal> {
    names
        .iter()
        .enumerate()
        .map(|(column, name)| Ok((name.clone(), cell(row.get_ref(column)?)?)))
        .collect()
}

fn cell(value: ValueRef<'_>) -> Result<Value, Refusal> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::from(value),
        ValueRef::Real(value) => Value::from(value),
        ValueRef::Text(bytes) => Value::from(String::from_utf8_lossy(bytes)),
        ValueRef::Blob(_) => return Err(Refusal::Blob),
    })
}

/// Why there is no answer.
#[derive(Debug)]
enum Refusal {
    Several,
    Blob,
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// SQLite's own code and message go to the caller.
fn raw(refusal: Refusal) -> ConnectorError {
    let general = |message: &str| ConnectorError::Raw {
        code: i64::from(ffi::SQLITE_ERROR),
        message: message.to_owned(),
    };
    let error = match refusal {
        Refusal::Several => return general("one statement at a time"),
        Refusal::Blob => return general("a blob has no JSON form; cast it to text"),
        Refusal::Database(error) => error,
    };
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
