//! What a query may come to: valid against the API, and answered as its types say, or refused for what only the data
//! can decide.

use std::fmt::Debug;

use prisma_runtime::{Batch, Client, Error, ErrorKind, Operation, Query, Result};
use proptest::test_runner::TestCaseError;

use crate::api::Api;

pub(super) type Verdict<T = ()> = Result<T, TestCaseError>;

pub(super) struct Judge {
    api: Api,
}

impl Judge {
    pub(super) fn new(api: Api) -> Self {
        Self { api }
    }

    /// Runs a query that the data may refuse, and gives what it found.
    pub(super) async fn run<Q>(&self, query: Q) -> Verdict<Option<Q::Out>>
    where
        Q: Query + IntoFuture<Output = Result<Q::Out>>,
    {
        let text = self.valid([query.operation()]);
        allowed(query.await, &text)
    }

    /// Runs a query that nothing may refuse.
    pub(super) async fn accepted<Q>(&self, query: Q) -> Verdict
    where
        Q: Query + IntoFuture<Output = Result<Q::Out>>,
    {
        let text = self.valid([query.operation()]);
        query.await.map(drop).map_err(|error| failed(&error, &text))
    }

    /// Runs several queries at once, of which the data may refuse any.
    pub(super) async fn batch(&self, client: &Client, batch: impl Batch) -> Verdict {
        let text = self.valid(batch.operations());
        allowed(client.batch(batch).await, &text).map(drop)
    }

    /// What nothing may refuse.
    pub(super) fn given<T>(&self, result: Result<T>) -> Verdict<T> {
        result.map_err(|error| failed(&error, ""))
    }

    pub(super) fn same<T: Debug + PartialEq>(&self, before: &T, after: &T) -> Verdict {
        if before == after {
            return Ok(());
        }
        Err(TestCaseError::fail(format!(
            "{before:?}\nbecame\n{after:?}"
        )))
    }

    /// Holds operations to the API, and gives their text for messages.
    fn valid(&self, operations: impl IntoIterator<Item = Operation>) -> String {
        let mut text = String::new();
        for operation in operations {
            let request = operation.request().unwrap();
            self.api.accepts(&request);
            text += &format!("{}\n{}\n", request.query, request.variables.get());
        }
        text
    }
}

fn allowed<T>(result: Result<T>, text: &str) -> Verdict<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_about_data(error.kind()) => Ok(None),
        Err(error) => Err(failed(&error, text)),
    }
}

fn failed(error: &Error, text: &str) -> TestCaseError {
    TestCaseError::fail(format!("{error}\n{text}"))
}

/// No builder can know these beforehand.
fn is_about_data(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UniqueViolation { .. }
            | ErrorKind::NotFound { .. }
            | ErrorKind::RelationViolation { .. }
            | ErrorKind::RequiredRelation { .. }
    )
}
