//! Constraints that the database enforced, as fields (api.md §4.6).

use prisma_connector::{ConnectorError, Key, Value};
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use super::Writer;
use crate::driver::{Connection, Violation};

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
        Some(Violation::Unique { columns, .. }) => ConnectorError::UniqueViolation {
            model,
            field: columns
                .first()
                .and_then(|column| field_of(datamodel, model, column)),
        },
        Some(Violation::NotNull { column }) => ConnectorError::RequiredNull(
            column
                .as_ref()
                .and_then(|column| field_of(datamodel, model, column)),
        ),
        Some(Violation::ForeignKey) | None => error,
    }
}

/// The field that is stored in a column.
fn field_of(datamodel: &Datamodel, model: ModelId, column: &str) -> Option<FieldId> {
    datamodel
        .fields_of(model)
        .find(|(_, field)| field.is_column() && field.column() == column)
        .map(|(id, _)| id)
}

impl<C: Connection> Writer<'_, C> {
    /// Names the first unique field that a statement violated, where the database names another. `changed` are the
    /// nodes that the statement would have changed.
    pub(super) async fn name_first(
        &mut self,
        error: ConnectorError,
        fields: &[FieldId],
        values: &[&Value],
        changed: &[Value],
    ) -> ConnectorError {
        let ConnectorError::UniqueViolation { model, .. } = error else {
            return error;
        };
        if !self.context.namespace.dialect.names_newest_index {
            return error;
        }
        let datamodel = self.context.datamodel;
        for (&field, &value) in fields.iter().zip(values) {
            if !datamodel[field].unique || value.is_null() {
                continue;
            }
            let at = Key {
                field,
                value: value.clone(),
            };
            // Several nodes with one value violate the field whoever had it before.
            let taken = changed.len() > 1
                || match self.find_if_there(&at).await {
                    Ok(owner) => owner.is_some_and(|owner| !changed.contains(&owner)),
                    Err(_) => return error,
                };
            if taken {
                return ConnectorError::UniqueViolation {
                    model,
                    field: Some(field),
                };
            }
        }
        error
    }
}
