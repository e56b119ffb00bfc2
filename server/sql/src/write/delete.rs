//! Deleting nodes with everything that `onDelete` takes along (api.md §4.7).
//!
//! First the whole set of doomed nodes is found, then every link that a required field would lose is looked for,
//! then all are deleted. Sets only grow, so circles end; and because the check comes after the whole set is known,
//! a node that still requires a doomed one is found on whichever way the doom came.

use std::collections::{BTreeMap, HashSet};

use prisma_connector::{ConnectorError, Value};
use prisma_datamodel::{Arity, Datamodel, FieldId, ModelId, OnDelete, Side};

use super::Writer;
use super::links::Relation;
use super::statement::Shape;
use crate::driver::Connection;

/// Nodes to be deleted, by model.
type Doomed = BTreeMap<ModelId, Group>;

/// Nodes of one model: the set for look-ups, and the list in which they become one value.
#[derive(Default)]
struct Group {
    seen: HashSet<Value>,
    ids: Vec<Value>,
}

impl<C: Connection> Writer<'_, C> {
    /// Deletes nodes of a model.
    pub(super) async fn delete(
        &mut self,
        model: ModelId,
        ids: Vec<Value>,
    ) -> Result<(), ConnectorError> {
        if ids.is_empty() {
            return Ok(());
        }
        let doomed: BTreeMap<ModelId, Value> = self
            .doomed(model, ids)
            .await?
            .into_iter()
            .map(|(model, group)| (model, Value::List(group.ids)))
            .collect();
        for (&model, ids) in &doomed {
            self.check_required(model, ids, &doomed).await?;
        }
        for (&model, ids) in &doomed {
            self.delete_rows(model, ids).await?;
        }
        Ok(())
    }

    /// The nodes and all that go with them.
    async fn doomed(&mut self, model: ModelId, ids: Vec<Value>) -> Result<Doomed, ConnectorError> {
        let mut doomed = Doomed::new();
        let mut waiting = vec![(model, ids)];
        while let Some((model, ids)) = waiting.pop() {
            let group = doomed.entry(model).or_default();
            let fresh: Vec<Value> = ids
                .into_iter()
                .filter(|id| group.seen.insert(id.clone()))
                .collect();
            if fresh.is_empty() {
                continue;
            }
            group.ids.extend(fresh.iter().cloned());
            let fresh = Value::List(fresh);
            for field in cascades(self.datamodel(), model) {
                let child = Relation::of(self.context.datamodel, field)?.hop.child;
                let shape = Shape::ChildrenOfAll { field };
                waiting.push((child, self.ids(child, shape, &[&fresh]).await?));
            }
        }
        Ok(doomed)
    }

    /// No node that stays may require one that goes.
    async fn check_required(
        &mut self,
        model: ModelId,
        ids: &Value,
        doomed: &BTreeMap<ModelId, Value>,
    ) -> Result<(), ConnectorError> {
        for field in required_by_others(self.datamodel(), model) {
            let relation = Relation::of(self.context.datamodel, field)?;
            let going = doomed.get(&relation.hop.child);
            let shape = Shape::LinksBeyond {
                field,
                set: going.is_some(),
            };
            let mut values = vec![ids];
            values.extend(going);
            let staying = self.ids(relation.hop.child, shape, &values).await?;
            if !staying.is_empty() {
                return Err(relation.required());
            }
        }
        Ok(())
    }

    /// Deletes lists and rows; foreign keys clear the links.
    async fn delete_rows(&mut self, model: ModelId, ids: &Value) -> Result<(), ConnectorError> {
        let datamodel = self.context.datamodel;
        for (field, _) in datamodel
            .fields_of(model)
            .filter(|(_, field)| field.is_scalar_list())
        {
            self.effect(model, Shape::ClearList { field }, &[ids])
                .await?;
        }
        self.effect(model, Shape::Delete { model }, &[ids]).await?;
        Ok(())
    }
}

/// The relation fields of a model whose other ends are required, hidden ones too; in the order of those other ends,
/// which decides what a refusal names.
fn required_by_others(datamodel: &Datamodel, model: ModelId) -> impl Iterator<Item = FieldId> {
    datamodel
        .models()
        .flat_map(|(other, _)| datamodel.fields_of(other))
        .filter(|(_, field)| field.arity == Arity::Required)
        .filter_map(|(id, _)| datamodel.related_field(id))
        .filter(move |&field| datamodel[field].model == model)
}

/// The relation fields that take the nodes behind them along.
fn cascades(datamodel: &Datamodel, model: ModelId) -> impl Iterator<Item = FieldId> {
    datamodel.relations().flat_map(move |(_, relation)| {
        [Side::A, Side::B]
            .map(|side| relation.end(side))
            .into_iter()
            .filter(move |end| end.model == model && end.on_delete == OnDelete::Cascade)
            .map(|end| end.field)
    })
}
