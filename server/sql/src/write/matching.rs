//! The nodes that satisfy a condition.

use prisma_connector::{Condition, ConnectorError, Value};
use prisma_datamodel::{FieldId, ModelId};

use super::{WriteContext, Writer};
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
        let (via, parent) = within.unzip();
        let WriteContext {
            datamodel,
            namespace,
            statements,
        } = self.context;
        let search =
            statements.search(namespace, datamodel, (model, condition.filter.clone(), via))?;
        let values = search.values(&condition.values, parent.unwrap_or(&Value::Null))?;
        let values: Vec<&Value> = values.iter().collect();
        self.ids_of(model, &search.statement, &values).await
    }
}
