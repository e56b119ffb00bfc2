//! Rows of the management tables as records, and back.

use prisma_connector::{ConnectorError, MigrationRecord, MigrationStatus, ServiceRecord, Value};

use crate::driver::Row;
use crate::layout::Layout;
use crate::rows::{number, text};

/// A row of a management table that cannot be understood.
#[derive(Debug, thiserror::Error)]
enum BadRow {
    #[error("the secrets of a service are no JSON array of texts")]
    Secrets(#[source] serde_json::Error),
    #[error("unknown status of a migration: {0}")]
    Status(String),
    #[error("the revision of a migration is no number")]
    Revision,
}

impl From<BadRow> for ConnectorError {
    fn from(error: BadRow) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// A row of `Project`; none if its id is not ours to read.
pub(super) fn service(
    layout: &Layout,
    row: &dyn Row,
) -> Result<Option<ServiceRecord>, ConnectorError> {
    let id = text(row.cell(0)).unwrap_or_default();
    let Some(name) = layout.service_name(&id) else {
        return Ok(None);
    };
    let secrets = match text(row.cell(1)) {
        Some(json) => serde_json::from_str(&json).map_err(BadRow::Secrets)?,
        None => Vec::new(),
    };
    Ok(Some(ServiceRecord { name, secrets }))
}

/// Secrets as `Project` stores them.
pub(super) fn secrets_text(secrets: &[String]) -> Value {
    Value::Text(serde_json::Value::from(secrets).to_string())
}

/// A row of `Migration`: the revision and the columns behind the key.
pub(super) fn migration(row: &dyn Row) -> Result<MigrationRecord, ConnectorError> {
    let status = text(row.cell(3)).unwrap_or_default();
    let Some(known) = MigrationStatus::from_name(&status) else {
        return Err(BadRow::Status(status).into());
    };
    let count = |column| {
        number(row.cell(column))
            .and_then(|count| i32::try_from(count).ok())
            .unwrap_or_default()
    };
    // Prisma 1 leaves columns null that it has nothing to say in.
    let or = |column, missing: &str| text(row.cell(column)).unwrap_or_else(|| missing.to_owned());
    let revision = number(row.cell(0)).and_then(|revision| i32::try_from(revision).ok());
    Ok(MigrationRecord {
        revision: revision.ok_or(BadRow::Revision)?,
        schema: or(1, "{}"),
        functions: or(2, "[]"),
        status: known,
        applied: count(4),
        rolled_back: count(5),
        steps: or(6, "[]"),
        errors: or(7, "[]"),
        started_at: number(row.cell(8)),
        finished_at: number(row.cell(9)),
        datamodel: or(10, ""),
    })
}

/// What goes into the columns behind the key.
pub(super) fn migration_values(record: &MigrationRecord) -> [Value; 10] {
    let text = |text: &String| Value::Text(text.clone());
    let time = |time: Option<i64>| time.map_or(Value::Null, Value::DateTime);
    [
        text(&record.schema),
        text(&record.functions),
        Value::Text(record.status.name().to_owned()),
        Value::Int(record.applied.into()),
        Value::Int(record.rolled_back.into()),
        text(&record.steps),
        text(&record.errors),
        time(record.started_at),
        time(record.finished_at),
        text(&record.datamodel),
    ]
}
