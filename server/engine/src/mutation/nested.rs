//! Nested operations, in order of execution (api.md §4.3, §4.5).

use std::slice;

use prisma_api::{InputMeaning, NestedOp};
use prisma_connector::{Key, Nested, NestedWrite, Value};
use prisma_datamodel::{Arity, FieldId, ModelId};

use super::{Planner, misfit};
use crate::error::ApiError;
use crate::filter;
use crate::input::Input;

/// Operations of one kind run for all relation fields before those of the next kind.
const ORDER: [NestedOp; 9] = [
    NestedOp::Create,
    NestedOp::Update,
    NestedOp::Upsert,
    NestedOp::Delete,
    NestedOp::Connect,
    NestedOp::Set,
    NestedOp::Disconnect,
    NestedOp::UpdateMany,
    NestedOp::DeleteMany,
];

/// A relation field as its nested operations see it.
#[derive(Clone, Copy)]
struct Relation {
    field: FieldId,
    /// The model at the other end.
    model: ModelId,
    is_list: bool,
}

impl Planner<'_> {
    /// By kind, then relation fields in datamodel order, then as written.
    pub(super) fn nested(&mut self, model: ModelId, data: &Input) -> Result<Vec<Nested>, ApiError> {
        let given = self.given_relations(model, data);
        let mut nested = Vec::new();
        for op in ORDER {
            for &(relation, wrapper) in &given {
                let Some(input) = wrapper.get(InputMeaning::Nested(op)) else {
                    continue;
                };
                let field = relation.field;
                for element in operations(op, input) {
                    let write = self.operation(relation, op, element)?;
                    nested.extend(write.map(|write| Nested { field, write }));
                }
            }
        }
        Ok(nested)
    }

    /// The relation fields that data mentions.
    fn given_relations<'i>(&self, model: ModelId, data: &'i Input) -> Vec<(Relation, &'i Input)> {
        let fields = self.datamodel.fields_of(model);
        fields
            .filter_map(|(field, item)| {
                let wrapper = data.get(InputMeaning::Relation(field))?;
                let relation = Relation {
                    field,
                    model: self.datamodel.related_model(field)?,
                    is_list: item.arity == Arity::List,
                };
                Some((relation, wrapper))
            })
            .collect()
    }

    /// One operation; `None` for `disconnect: false` and `delete: false`.
    fn operation(
        &mut self,
        relation: Relation,
        op: NestedOp,
        input: &Input,
    ) -> Result<Option<NestedWrite>, ApiError> {
        let model = relation.model;
        Ok(Some(match op {
            NestedOp::Create => {
                NestedWrite::Create(self.create(model, input, Some(relation.field))?)
            }
            NestedOp::Connect => NestedWrite::Connect(self.key(model, input)?),
            NestedOp::Set => {
                let keys = input
                    .elements()
                    .iter()
                    .map(|element| self.key(model, element));
                NestedWrite::Set(keys.collect::<Result<_, _>>()?)
            }
            NestedOp::Update => {
                let data = if relation.is_list {
                    part(input, InputMeaning::ElementData)?
                } else {
                    input
                };
                NestedWrite::Update {
                    at: self.element_key(relation, input)?,
                    update: self.update(model, data)?,
                }
            }
            NestedOp::Upsert => {
                let create = part(input, InputMeaning::ElementCreate)?;
                let update = part(input, InputMeaning::ElementUpdate)?;
                NestedWrite::Upsert {
                    at: self.element_key(relation, input)?,
                    create: self.create(model, create, Some(relation.field))?,
                    update: self.update(model, update)?,
                }
            }
            NestedOp::Delete | NestedOp::Disconnect => {
                let at = match input {
                    Input::Value(Value::Bool(false)) => return Ok(None),
                    Input::Value(Value::Bool(true)) => None,
                    selector => Some(self.key(model, selector)?),
                };
                if op == NestedOp::Delete {
                    NestedWrite::Delete { at }
                } else {
                    NestedWrite::Disconnect { at }
                }
            }
            NestedOp::UpdateMany => NestedWrite::UpdateMany {
                condition: filter::condition(
                    self.datamodel,
                    part(input, InputMeaning::ElementWhere)?,
                )?,
                update: self.update(model, part(input, InputMeaning::ElementData)?)?,
            },
            NestedOp::DeleteMany => NestedWrite::DeleteMany {
                condition: filter::condition(self.datamodel, input)?,
            },
        }))
    }

    /// The `where` of an element; to-one fields have none.
    fn element_key(&self, relation: Relation, element: &Input) -> Result<Option<Key>, ApiError> {
        if !relation.is_list {
            return Ok(None);
        }
        let selector = part(element, InputMeaning::ElementWhere)?;
        self.key(relation.model, selector).map(Some)
    }
}

/// The operations of one kind as written: one for each element, but all of `set` together, null like `[]`.
fn operations(op: NestedOp, input: &Input) -> &[Input] {
    match op {
        NestedOp::Set => slice::from_ref(input),
        _ => input.elements(),
    }
}

/// A part that the API requires of an element.
fn part(element: &Input, meaning: InputMeaning) -> Result<&Input, ApiError> {
    element.get(meaning).ok_or_else(misfit)
}
