//! Constraints that the database enforced, as fields (api.md §4.6).

use prisma_connector::ConnectorError;
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use crate::driver::Violation;

/// Says an error of a statement on a model's own table in terms of its fields; leaves others as they are.
pub(super) fn explain(
    datamodel: &Datamodel,
    model: ModelId,
    error: ConnectorError,
) -> ConnectorError {
    let ConnectorError::Internal(inner) = &error else {
        return error;
    };
    match inner.downcast_ref() {
        Some(Violation::Unique(name)) => ConnectorError::UniqueViolation {
            model,
            field: field_named(datamodel, model, name),
        },
        Some(Violation::NotNull(name)) => {
            ConnectorError::RequiredNull(field_named(datamodel, model, name))
        }
        Some(Violation::ForeignKey) | None => error,
    }
}

/// The field whose column the database names as `table.column`.
fn field_named(datamodel: &Datamodel, model: ModelId, name: &str) -> Option<FieldId> {
    let column = name
        .strip_prefix(datamodel[model].table())?
        .strip_prefix('.')?;
    datamodel
        .fields_of(model)
        .find(|(_, field)| field.is_column() && field.column() == column)
        .map(|(id, _)| id)
}
