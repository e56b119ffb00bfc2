//! Mutations: root fields one after the other, each in a transaction of its own (api.md §4.1).

use std::sync::Arc;

use chrono::Utc;
use prisma_api::{ArgumentMeaning, OutputMeaning};
use prisma_connector::{
    Answer, ConnectorError, Key, Slot, Value, Write, WriteAnswer, WriteRequest,
};
use prisma_datamodel::ModelId;

use super::{Execution, Scope};
use crate::{
    error::ApiError,
    id::{Ids, IdsAt},
    input::Input,
    mutation,
    operation::{Field, Root, RootField, Selection, What},
    plan::{Kept, collect_answer, plan_answer},
    response::{Response, begin_object, end_object, is_null, write_json, write_key},
};

impl Execution<'_> {
    /// Null in place of a field that must not be null ends the mutation: the fields behind it do not run.
    pub(super) async fn mutation(&self, ids: &Ids) -> Response {
        let mut response = Response::new(self.format);
        for field in self.fields() {
            response.key(&field.key);
            let outcome = match &field.what {
                Root::Typename(json) => {
                    response.json(json);
                    Ok(())
                }
                Root::Field(call) if call.meaning == OutputMeaning::ExecuteRaw => {
                    self.raw(&mut response, call).await
                }
                Root::Field(call) => self.write(&mut response, field, call, ids).await,
                // No fields of `Mutation`.
                Root::Introspection | Root::Node { .. } => Ok(()),
            };
            if let Err(error) = outcome {
                self.fail(&mut response, field, &error);
            }
            if response.is_null() || self.is_over(&mut response) {
                break;
            }
        }
        response
    }

    async fn write(
        &self,
        response: &mut Response,
        field: &RootField,
        call: &Field,
        ids: &Ids,
    ) -> Result<(), ApiError> {
        let datamodel = self.service.datamodel();
        let now = Utc::now().timestamp_millis();
        let arguments = self.arguments(call);
        let write = mutation::plan(
            datamodel,
            call.meaning,
            &arguments,
            &mut IdsAt::new(ids, now),
            now,
        )?;
        let answered = written_node(call.meaning).map(|model| self.answer_plan(field, call, model));
        let (plan, answer) = match &answered {
            None => (None, None),
            Some((plan, values)) => {
                let Ok(ready) = &**plan else {
                    return Err(ApiError::Internal(
                        "the answer of a write has no plan".into(),
                    ));
                };
                let answer = WriteAnswer {
                    query: Arc::clone(&ready.query),
                    values: values.clone(),
                    id: Slot(0),
                };
                (Some(ready), Some(answer))
            }
        };
        let at = named_node(&write);
        let buffer = response.lend();
        let before = buffer.len();
        let request = WriteRequest {
            write,
            answer,
            buffer,
        };
        let mut outcome = self.write_to_store(request).await?;
        match plan {
            Some(_) if self.is_missing(&outcome.answer, before) => {
                return Err(match at {
                    Some(at) => {
                        ApiError::from_connector(datamodel, ConnectorError::NodeNotFound(at))
                    }
                    None => ApiError::Internal("a written node is not there".into()),
                });
            }
            Some(ready) => self.answer(response, field, &ready.notes, outcome.answer),
            None => {
                self.write_count(&mut outcome.answer.buffer, &call.select, outcome.count);
                response.give_back(outcome.answer.buffer);
            }
        }
        Ok(())
    }

    fn arguments(&self, call: &Field) -> Vec<(ArgumentMeaning, Input)> {
        let filled = call.arguments.iter().filter_map(|argument| {
            let input = argument.value.fill(&self.variables)?.to_input();
            Some((argument.meaning, input))
        });
        filled.collect()
    }

    fn answer_plan(
        &self,
        field: &RootField,
        call: &Field,
        model: ModelId,
    ) -> (Arc<Kept>, Vec<Value>) {
        let datamodel = self.service.datamodel();
        let collected = collect_answer(datamodel, call, &self.variables);
        self.plan(field, collected, || {
            plan_answer(self.service.api(), datamodel, model, call, &self.variables)
        })
    }

    /// The answer of a batch.
    fn write_count(&self, out: &mut Vec<u8>, select: &[Selection], count: u64) {
        let held = select
            .iter()
            .filter(|selection| selection.when.holds(&self.variables));
        begin_object(self.format, out);
        for (position, selection) in held.enumerate() {
            write_key(self.format, out, position, &selection.key);
            match &selection.what {
                What::Typename(json) => write_json(self.format, out, json),
                What::Field(_) => write_json(self.format, out, &count.to_string()),
            }
        }
        end_object(self.format, out);
    }

    /// True if the written node was not there to be read: what was nested in the write deleted it. The write stands.
    fn is_missing(&self, answer: &Answer, before: usize) -> bool {
        let value = answer.buffer.get(before..).unwrap_or_default();
        !answer.is_null && is_null(self.format, value)
    }

    /// The database argument is without effect: a service has one database.
    async fn raw(&self, response: &mut Response, call: &Field) -> Result<(), ApiError> {
        if !matches!(self.scope, Scope::Alone) {
            return Err(ApiError::RawInTransaction);
        }
        let text = self
            .arguments(call)
            .into_iter()
            .find_map(|argument| match argument {
                (ArgumentMeaning::RawQuery, Input::Value(Value::Text(text))) => Some(text),
                _ => None,
            });
        let Some(text) = text else {
            return Err(ApiError::Internal("executeRaw has no statement".into()));
        };
        let answer = self.service.connector().raw(text).await;
        let json =
            answer.map_err(|error| ApiError::from_connector(self.service.datamodel(), error))?;
        let json = String::from_utf8(json).map_err(|error| ApiError::Internal(Box::new(error)))?;
        response.json(&json);
        Ok(())
    }
}

/// The node that a write was given to change.
fn named_node(write: &Write) -> Option<Key> {
    match write {
        Write::Update { at, .. } | Write::Upsert { at, .. } => Some(at.clone()),
        _ => None,
    }
}

/// The model of the one node that a mutation answers.
fn written_node(meaning: OutputMeaning) -> Option<ModelId> {
    match meaning {
        OutputMeaning::Create(model)
        | OutputMeaning::Update(model)
        | OutputMeaning::Upsert(model)
        | OutputMeaning::Delete(model) => Some(model),
        _ => None,
    }
}
