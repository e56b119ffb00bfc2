//! Execution: a request to its response body.

mod mutation;
mod query;

use apollo_compiler::ast::OperationType;
use prisma_api::OutputMeaning;
use prisma_connector::{Answer, PathSegment, Problem, ProblemKind};

use crate::{
    document::{Refusal, RequestError},
    error::ApiError,
    id::Ids,
    introspect::Introspected,
    limits::Limits,
    operation::{Field, Operation, Root, RootField, Selection, What},
    plan::Notes,
    position::{Position, write_excerpt},
    request::GraphqlRequest,
    response::{Place, Response, ResponseBody},
    service::Service,
    template::Variables,
};

/// Answers a request to a service.
pub(crate) async fn execute(
    service: &Service,
    limits: &Limits,
    ids: &Ids,
    request: &GraphqlRequest,
    request_id: &str,
) -> ResponseBody {
    let invalid = |errors: &[RequestError]| ResponseBody::invalid(errors, request_id);
    let operation = match service.operation(limits, request) {
        Ok(operation) => operation,
        Err(Refusal::Syntax(message)) => return ResponseBody::unreadable(&message, request_id),
        Err(Refusal::Invalid(errors)) => return invalid(&errors),
    };
    let given = request.variables.as_deref();
    let variables = match operation.variables(service.api(), limits, given) {
        Ok(variables) => variables,
        Err(errors) => return invalid(&errors),
    };
    if operation.open_cost
        && let Err(error) = service.check_cost(limits, &operation, &variables)
    {
        return invalid(&[error]);
    }
    let introspected = match service.introspect(&operation, request) {
        Ok(introspected) => introspected,
        Err(error) => return invalid(&[error]),
    };
    let execution = Execution {
        service,
        operation: &operation,
        variables,
        request_id,
    };
    match operation.kind {
        OperationType::Query => execution.query(introspected.as_deref()).await,
        OperationType::Mutation => execution.mutation(ids).await,
        OperationType::Subscription => execution.subscription(),
    }
}

/// One request in execution.
struct Execution<'a> {
    service: &'a Service,
    operation: &'a Operation,
    variables: Variables,
    request_id: &'a str,
}

impl Execution<'_> {
    /// Root fields that are part of the answer.
    fn fields(&self) -> impl Iterator<Item = &RootField> {
        let fields = self.operation.fields.iter();
        fields.filter(|field| field.when.holds(&self.variables))
    }

    /// Events are sent elsewhere; here there are none.
    fn subscription(&self) -> ResponseBody {
        let mut response = Response::new();
        for field in self.fields() {
            response.key(&field.key);
            response.value(b"null");
        }
        response.finish()
    }

    /// Takes over the answer of a store, with everything that went wrong in it.
    fn answer(&self, response: &mut Response, field: &RootField, notes: &Notes, answer: Answer) {
        response.give_back(answer.buffer);
        if answer.is_null && field.required {
            response.nullify();
        }
        for problem in &answer.problems {
            self.problem(response, field, notes, problem);
        }
    }

    fn problem(
        &self,
        response: &mut Response,
        field: &RootField,
        notes: &Notes,
        problem: &Problem,
    ) {
        let offset = notes.place(problem.selection);
        let place = Place {
            root: &field.key,
            path: &problem.path,
            position: self.position(offset),
        };
        match problem.kind {
            ProblemKind::MissingRequired => {
                let mut message = "Cannot return null for non-nullable type".to_owned();
                write_excerpt(&mut message, &self.operation.text, offset);
                response.plain_error(&message, place);
            }
            ProblemKind::Refused => {
                if let Some(error) = notes.refusal(problem.selection) {
                    response.error(error, self.request_id, place);
                }
            }
        }
    }

    /// A root field has failed.
    fn fail(&self, response: &mut Response, field: &RootField, error: &ApiError) {
        self.log(field, error);
        response.fail(&field.key, field.required);
        let (path, at) = failed_at(field);
        let place = Place {
            root: &field.key,
            path: &path,
            position: self.position(at),
        };
        response.error(error, self.request_id, place);
    }

    /// What callers are not told.
    fn log(&self, field: &RootField, error: &ApiError) {
        let (request_id, service) = (self.request_id, self.service.name());
        let field = &*field.key;
        match error {
            ApiError::Internal(cause) => {
                let cause = chain(&**cause);
                tracing::error!(request_id, %service, field, cause, "a field failed by an internal error");
            }
            ApiError::Conflict(cause) => {
                let cause = chain(&**cause);
                tracing::warn!(request_id, %service, field, cause, "a field lost against other transactions");
            }
            ApiError::Unavailable(cause) => {
                let cause = chain(&**cause);
                tracing::warn!(request_id, %service, field, cause, "a field found the database busy or out of reach");
            }
            _ => {}
        }
    }

    fn position(&self, offset: usize) -> Position {
        Position::of(&self.operation.text, offset)
    }
}

/// Where a root field fails, below it and in the document: a connection that is asked for nothing but its count
/// fails there (api.md §3.7), everything else at the root.
fn failed_at(field: &RootField) -> (Vec<PathSegment>, usize) {
    let mut path = Vec::new();
    let mut at = field.at;
    if let Root::Field(connection) = &field.what
        && let Some((aggregate, of_aggregate)) = only(connection, OutputMeaning::Aggregate)
        && let Some((count, _)) = only(of_aggregate, OutputMeaning::AggregateCount)
    {
        path = [aggregate, count]
            .map(|selection| PathSegment::Key(selection.key.clone()))
            .into();
        at = count.at;
    }
    (path, at)
}

/// The selection in a field, if there is no other and it is of that meaning.
fn only(field: &Field, meaning: OutputMeaning) -> Option<(&Selection, &Field)> {
    match field.select.as_slice() {
        [selection] => match &selection.what {
            What::Field(field) if field.meaning == meaning => Some((selection, field)),
            _ => None,
        },
        _ => None,
    }
}

/// An error with its causes, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
