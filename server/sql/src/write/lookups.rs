//! Nodes that are looked up together.

use prisma_connector::{ConnectorError, Key, Value};
use prisma_datamodel::{FieldId, FieldType, ScalarType};

use super::Writer;
use super::statement::Shape;
use crate::dialect::Strategy;
use crate::driver::{Cell, Connection};
use crate::rows;

impl<C: Connection> Writer<'_, C> {
    /// The ids of nodes that must be there, in this order: a statement for each unique field. They are not locked.
    pub(super) async fn find_each(&mut self, keys: &[&Key]) -> Result<Vec<Value>, ConnectorError> {
        let mut found = vec![None; keys.len()];
        let mut fields: Vec<FieldId> = keys.iter().map(|key| key.field).collect();
        fields.sort_unstable();
        fields.dedup();
        for field in fields {
            let of_field = |&(_, key): &(usize, &&Key)| key.field == field;
            let wanted: Vec<_> = keys.iter().enumerate().filter(of_field).collect();
            if wanted.len() > 1 && self.takes_lists(field) {
                let values = wanted.iter().map(|(_, key)| key.value.clone()).collect();
                for (position, id) in self.find_list(field, values).await? {
                    if let Some(place) = wanted.get(position).and_then(|(at, _)| found.get_mut(*at))
                    {
                        *place = Some(id);
                    }
                }
                continue;
            }
            for (at, key) in wanted {
                let id = self.find_if_there(key).await?;
                if let Some(place) = found.get_mut(at) {
                    *place = id;
                }
            }
        }
        let found = found.into_iter().zip(keys);
        let must = |(id, key): (Option<Value>, &&Key)| {
            id.ok_or_else(|| ConnectorError::NodeNotFound((*key).clone()))
        };
        found.map(must).collect()
    }

    /// The ids that are there, with the positions of their values.
    async fn find_list(
        &mut self,
        at: FieldId,
        values: Vec<Value>,
    ) -> Result<Vec<(usize, Value)>, ConnectorError> {
        let model = self.datamodel()[at].model;
        if values.iter().any(|value| !self.can_be_stored(at, value)) {
            return Ok(Vec::new());
        }
        let id_type = self.datamodel().id_type(model);
        let statement = self.statement(Shape::FindEach { at })?;
        let found = self
            .rows(model, &statement, &[&Value::List(values)], move |row| {
                let Cell::Int(position) = row.cell(0) else {
                    return Ok(None);
                };
                let position = usize::try_from(position - 1).ok();
                Ok(position.zip(rows::id(id_type, row.cell(1))))
            })
            .await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Do lists find the same as single values, and faster?
    fn takes_lists(&self, field: FieldId) -> bool {
        let is_remote = self.context.namespace.dialect.strategy != Strategy::Loop;
        let ty = self.datamodel()[field].ty;
        is_remote
            && matches!(
                ty,
                FieldType::Scalar(
                    ScalarType::Id | ScalarType::Uuid | ScalarType::String | ScalarType::Int
                )
            )
    }
}
