//! The nodes that satisfy a condition.

use prisma_connector::{Condition, ConnectorError, Value};
use prisma_datamodel::{FieldId, ModelId};

use super::Writer;
use crate::driver::Connection;

impl<C: Connection> Writer<'_, C> {
    /// The ids of the nodes of a model that satisfy a condition; with `within`, only of those that this parent is
    /// linked to by this field.
    pub(super) async fn matching(
        &mut self,
        model: ModelId,
        condition: &Condition,
        within: Option<(FieldId, &Value)>,
    ) -> Result<Vec<Value>, ConnectorError> {
        let (field, parent) = within.unzip();
        let search = self.context.statements.matching(
            self.context.dialect,
            self.context.datamodel,
            model,
            &condition.filter,
            field,
        )?;
        let parent = parent.unwrap_or(&Value::Null);
        search.ids(self.connection, &condition.values, parent).await
    }
}
