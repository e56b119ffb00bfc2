//! The nodes that a filter names, by id: where batches of writes start.

use prisma_connector::{ConnectorError, Filter, Format, Value};
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use super::builder::Builder;
use super::query::{Bound, Derived, Param};
use crate::driver::Statement;
use crate::namespace::Namespace;

/// A search for ids.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) statement: Statement,
    params: Vec<Param>,
    derived: Vec<Derived>,
}

/// Searches the ids, ascending, of the nodes of a model that satisfy a filter; with `via`, only of those linked
/// through that field to a parent.
///
/// # Errors
/// [`ConnectorError::Plan`] for a filter of another model.
pub(crate) fn matching(
    datamodel: &Datamodel,
    namespace: &Namespace,
    model: ModelId,
    via: Option<FieldId>,
    filter: &Filter,
) -> Result<Query, ConnectorError> {
    let mut builder = Builder::new(datamodel, namespace, Format::default());
    let query = builder.ids(model, filter, via)?;
    let lock = namespace.dialect.lock_rows.unwrap_or_default();
    let text = format!("{}{lock}", query.statement.text);
    Ok(Query {
        statement: Statement { text: text.into() },
        params: query.params,
        derived: builder.into_derived(),
    })
}

impl Query {
    /// The values to bind, in order; `parent` is the parent's id, where there is one.
    pub(crate) fn values(
        &self,
        given: &[Value],
        parent: &Value,
    ) -> Result<Vec<Value>, ConnectorError> {
        let values = Bound::new(given, &self.derived)?;
        self.params
            .iter()
            .map(|&param| values.get(param, Some(parent)).cloned())
            .collect()
    }
}
