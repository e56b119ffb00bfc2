//! Execution: a request to its response body.

mod mutation;
mod query;

use std::sync::Arc;

use apollo_compiler::ast::OperationType;
use prisma_api::OutputMeaning;
use prisma_connector::{
    Answer, Format, PathSegment, Prepared, Problem, ProblemKind, Transaction, Value, WriteOutcome,
    WriteRequest,
};

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

/// What a request is answered with.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) service: &'a Service,
    pub(crate) limits: &'a Limits,
    pub(crate) ids: &'a Ids,
    pub(crate) request_id: &'a str,
    pub(crate) scope: Scope<'a>,
}

/// How far the transactions of a request reach.
#[derive(Clone, Copy)]
pub(crate) enum Scope<'a> {
    /// Each root field has one of its own.
    Alone,
    /// One that others use too.
    Within(&'a dyn Transaction),
    /// One for all root fields, of which nothing remains if one of them fails.
    Whole(&'a dyn Transaction),
}

/// An answer.
pub(crate) struct Executed {
    pub(crate) body: ResponseBody,
    /// Are there errors in it?
    pub(crate) failed: bool,
}

/// Answers a request to a service.
pub(crate) async fn execute(surroundings: Surroundings<'_>, request: &GraphqlRequest) -> Executed {
    let Surroundings {
        service,
        limits,
        request_id,
        ..
    } = surroundings;
    let refused = |body| Executed { body, failed: true };
    let invalid = |errors: &[RequestError]| refused(ResponseBody::invalid(errors, request_id));
    let operation = match service.operation(limits, request) {
        Ok(operation) => operation,
        Err(Refusal::Syntax(message)) => {
            return refused(ResponseBody::unreadable(&message, request_id));
        }
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
        scope: surroundings.scope,
        format: request.format,
    };
    let response = match operation.kind {
        OperationType::Query => execution.query(introspected.as_deref()).await,
        OperationType::Mutation => execution.mutation(surroundings.ids).await,
        OperationType::Subscription => execution.subscription(),
    };
    Executed {
        failed: response.has_errors(),
        body: response.finish(),
    }
}

/// One request in execution.
struct Execution<'a> {
    service: &'a Service,
    operation: &'a Operation,
    variables: Variables,
    request_id: &'a str,
    scope: Scope<'a>,
    format: Format,
}

impl Execution<'_> {
    /// Root fields that are part of the answer.
    fn fields(&self) -> impl Iterator<Item = &RootField> {
        let fields = self.operation.fields.iter();
        fields.filter(|field| field.when.holds(&self.variables))
    }

    /// Events are sent elsewhere; here there are none.
    fn subscription(&self) -> Response {
        let mut response = Response::new(self.format);
        for field in self.fields() {
            response.key(&field.key);
            response.json("null");
        }
        response
    }

    /// Has a transaction around all fields failed? Then nothing of it remains, and what comes next would not either.
    fn is_over(&self, response: &mut Response) -> bool {
        let over = matches!(self.scope, Scope::Whole(_)) && response.has_errors();
        if over {
            response.nullify();
        }
        over
    }

    /// Reads in the transaction of the request, or in one of its own.
    async fn read_from_store(
        &self,
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
    ) -> Result<Answer, ApiError> {
        let read = match self.scope {
            Scope::Alone => self.service.connector().read(query, values, buffer),
            Scope::Within(transaction) | Scope::Whole(transaction) => {
                transaction.read(query, values, buffer)
            }
        };
        let answer = read.await;
        answer.map_err(|error| ApiError::from_connector(self.service.datamodel(), error))
    }

    /// Writes in the transaction of the request, or in one of its own.
    async fn write_to_store(&self, request: WriteRequest) -> Result<WriteOutcome, ApiError> {
        let write = match self.scope {
            Scope::Alone => self.service.connector().write(request),
            Scope::Within(transaction) | Scope::Whole(transaction) => transaction.write(request),
        };
        let outcome = write.await;
        outcome.map_err(|error| ApiError::from_connector(self.service.datamodel(), error))
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
