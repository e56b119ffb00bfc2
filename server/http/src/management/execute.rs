//! Running a request: find its root fields, run them in order, then let the selections pick from the results.
//!
//! The library executes selections synchronously. So it runs twice: the first time only to learn which root fields
//! there are and with which arguments, the second time over results that are ready.

use std::cell::RefCell;

use apollo_compiler::{
    ast,
    parser::{LineColumn, SourceMap},
    resolvers::{Execution, FieldError, ObjectValue, ResolveInfo, ResolvedValue},
    response::{GraphQLError, JsonMap},
};
use prisma_engine::GraphqlRequest;
use serde::Serialize;

use super::{
    Caller, Management,
    document::{self, Checked},
    operations::Failure,
    output::Output,
};
use crate::respond;

/// A root field to run.
struct Call {
    response_key: String,
    field: String,
    arguments: JsonMap,
    location: Option<LineColumn>,
}

#[derive(Serialize)]
struct Answer {
    data: Option<JsonMap>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Entry>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry {
    /// Of the library: about the request.
    Library(GraphQLError),
    /// Ours: a root field failed.
    Field(FieldEntry),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldEntry {
    message: String,
    locations: Vec<LineColumn>,
    path: [String; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
    request_id: String,
}

impl Management {
    /// The answer to one request, as JSON.
    pub(super) async fn execute(
        &self,
        document: &ast::Document,
        request: &GraphqlRequest,
        caller: &Caller,
    ) -> Vec<u8> {
        let checked = match document::check(&self.schema, document, request) {
            Ok(checked) => checked,
            Err(errors) => return refused(errors),
        };
        let (calls, errors) = self.calls(&checked);
        let mut entries: Vec<Entry> = errors.into_iter().map(Entry::Library).collect();
        let mut results = Vec::with_capacity(calls.len());
        for call in calls {
            let result = self.run(&call.field, &call.arguments, caller).await;
            let output = result
                .map_err(|failure| entries.push(Entry::Field(entry(&call, &failure, caller))))
                .ok();
            results.push((call.response_key, output));
        }
        let data = self.select(&checked, &results);
        respond::to_json(&Answer {
            data,
            errors: entries,
        })
    }

    /// The first run: the root fields with their arguments, and what is wrong with those.
    fn calls(&self, checked: &Checked) -> (Vec<Call>, Vec<GraphQLError>) {
        let collector = Collector {
            sources: &checked.document().sources,
            calls: RefCell::default(),
        };
        let errors = self.pass(checked, &collector).1;
        (collector.calls.into_inner(), errors)
    }

    /// The second run: what the selections pick from the results.
    fn select(&self, checked: &Checked, results: &[(String, Option<Output>)]) -> Option<JsonMap> {
        self.pass(checked, &Results(results)).0
    }

    fn pass(
        &self,
        checked: &Checked,
        root: &dyn ObjectValue,
    ) -> (Option<JsonMap>, Vec<GraphQLError>) {
        let run = checked.operation().and_then(|operation| {
            Execution::new(&self.schema, checked.document())
                .operation(operation)
                .coerced_variable_values(&checked.variables)
                .enable_schema_introspection(true)
                .execute_sync(root)
        });
        match run {
            Ok(response) => (response.data, response.errors),
            Err(error) => {
                let error = error.to_graphql_error(&checked.document().sources);
                (None, vec![error])
            }
        }
    }
}

/// Notes root fields and answers nothing.
struct Collector<'a> {
    sources: &'a SourceMap,
    calls: RefCell<Vec<Call>>,
}

impl ObjectValue for Collector<'_> {
    fn type_name(&self) -> &str {
        "Query"
    }

    fn resolve_field<'a>(
        &'a self,
        info: &'a ResolveInfo<'a>,
    ) -> Result<ResolvedValue<'a>, FieldError> {
        if let Some(field) = info.field_selections().first() {
            let key = field.response_key();
            self.calls.borrow_mut().push(Call {
                response_key: key.to_string(),
                field: info.field_name().to_owned(),
                arguments: info.arguments().clone(),
                location: key
                    .location()
                    .and_then(|location| location.line_column(self.sources)),
            });
        }
        Ok(ResolvedValue::SkipForPartialExecution)
    }
}

/// Answers root fields with what came of them; a field that failed is an error, so that nulls go where they must.
struct Results<'a>(&'a [(String, Option<Output>)]);

impl ObjectValue for Results<'_> {
    fn type_name(&self) -> &str {
        "Query"
    }

    fn resolve_field<'a>(
        &'a self,
        info: &'a ResolveInfo<'a>,
    ) -> Result<ResolvedValue<'a>, FieldError> {
        let key = info
            .field_selections()
            .first()
            .map(|field| field.response_key().as_str());
        self.0
            .iter()
            .find(|(result, _)| Some(result.as_str()) == key)
            .and_then(|(_, output)| output.as_ref())
            .map(Output::resolve)
            .ok_or_else(|| self.unknown_field_error(info))
    }
}

fn refused(errors: Vec<GraphQLError>) -> Vec<u8> {
    respond::to_json(&Answer {
        data: None,
        errors: errors.into_iter().map(Entry::Library).collect(),
    })
}

fn entry(call: &Call, failure: &Failure, caller: &Caller) -> FieldEntry {
    let message = if failure.is_internal() {
        failure.log(&caller.request_id);
        respond::internal_message(&caller.request_id)
    } else {
        failure.to_string()
    };
    FieldEntry {
        message,
        locations: call.location.into_iter().collect(),
        path: [call.response_key.clone()],
        code: failure.code(),
        request_id: caller.request_id.clone(),
    }
}
