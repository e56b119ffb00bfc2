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
    let field_of_column = |column: Option<&str>| field_of(datamodel, model, column?);
    match inner.downcast_ref() {
        Some(Violation::Unique { key, columns }) => {
            let by_column = columns
                .first()
                .and_then(|column| field_of(datamodel, model, column));
            let by_key = || field_of_key(datamodel, model, key.as_deref()?);
            ConnectorError::UniqueViolation {
                model,
                field: by_column.or_else(by_key),
            }
        }
        Some(Violation::NotNull { column }) => {
            ConnectorError::RequiredNull(field_of_column(column.as_deref()))
        }
        Some(Violation::TooLong { column }) => {
            ConnectorError::TooLong(field_of_column(column.as_deref()))
        }
        Some(Violation::ForeignKey) | None => error,
    }
}

/// The field whose values an index of MySQL's keeps apart, if the index has the name that we give it.
fn field_of_key(datamodel: &Datamodel, model: ModelId, key: &str) -> Option<FieldId> {
    if key == "PRIMARY" {
        return Some(datamodel[model].id);
    }
    field_of(datamodel, model, key.strip_suffix("_UNIQUE")?)
}

/// The field that is stored in a column.
fn field_of(datamodel: &Datamodel, model: ModelId, column: &str) -> Option<FieldId> {
    datamodel
        .fields_of(model)
        .find(|(_, field)| field.is_column() && field.column() == column)
        .map(|(id, _)| id)
}

impl<C: Connection> Writer<'_, C> {
    /// Does a violation name another field than the API does, or none?
    pub(super) fn may_be_renamed(&self, error: &ConnectorError) -> bool {
        match error {
            ConnectorError::UniqueViolation { field, .. } => {
                field.is_none() || self.context.namespace.dialect.names_newest_index
            }
            _ => false,
        }
    }

    /// The same for a change of the node with a unique value.
    pub(super) async fn name_first_at(
        &mut self,
        error: ConnectorError,
        at: &Key,
        fields: &[FieldId],
        values: &[&Value],
    ) -> ConnectorError {
        if !self.may_be_renamed(&error) {
            return error;
        }
        match self.find(at).await {
            Ok(id) => self.name_first(error, fields, values, &[id]).await,
            Err(_) => error,
        }
    }

    /// Names the first unique field that a statement violated, where the database names another or none that we know.
    /// `changed` are the nodes that the statement would have changed.
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
        if !self.may_be_renamed(&error) {
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
