//! Queries: root fields in order, each in a snapshot of its own.

use std::sync::Arc;

use super::{Execution, Introspected};
use crate::{
    error::ApiError,
    operation::{Root, RootField},
    plan::{Collected, Kept, Planned, Ready, collect_query, plan_query},
    response::Response,
};

impl Execution<'_> {
    pub(super) async fn query(&self, introspected: Option<&Introspected>) -> Response {
        let mut response = Response::new(self.format);
        for field in self.fields() {
            response.key(&field.key);
            match &field.what {
                Root::Typename(json) => response.json(json),
                Root::Introspection => {
                    let json = introspected.map_or("null", |it| it.field(&field.key));
                    response.json(json);
                }
                Root::Field(_) | Root::Node { .. } => self.read(&mut response, field).await,
            }
            if self.is_over(&mut response) {
                break;
            }
        }
        response
    }

    async fn read(&self, response: &mut Response, field: &RootField) {
        let datamodel = self.service.datamodel();
        let collected = collect_query(datamodel, &field.what, &self.variables);
        let (plan, values) = self.plan(field, collected, || {
            plan_query(self.service.api(), datamodel, &field.what, &self.variables)
        });
        let ready = match &*plan {
            Ok(ready) => ready,
            Err(error) => return self.fail(response, field, error),
        };
        let buffer = response.lend();
        let query = Arc::clone(&ready.query);
        match self.read_from_store(query, values, buffer).await {
            Ok(answer) => self.answer(response, field, &ready.notes, answer),
            Err(error) => self.fail(response, field, &error),
        }
    }

    /// The plan for a shape in the format of the answer, made if there is none yet, and the values for it.
    pub(super) fn plan(
        &self,
        field: &RootField,
        collected: Collected,
        make: impl FnOnce() -> Planned,
    ) -> (Arc<Kept>, Vec<prisma_connector::Value>) {
        let Collected { mut shape, values } = collected;
        shape.push(self.format as u8);
        if let Some(plan) = field.plans.get(&shape) {
            self.service.count_plan_hit();
            return (plan, values);
        }
        let planned = make().and_then(|(plan, notes)| {
            let query = self.service.prepare(plan, self.format)?;
            Ok(Ready { query, notes })
        });
        let keep = !matches!(planned, Err(ApiError::Internal(_)));
        let plan = Arc::new(planned);
        if keep {
            field.plans.put(shape, Arc::clone(&plan));
        }
        (plan, values)
    }
}
