//! What a program was told, line by line.

use std::fmt::{Debug, Write as _};

use prisma_runtime::{Error, ErrorKind, Query};

/// Results in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Journal(String);

impl Journal {
    /// Runs a query and notes what came of it.
    pub(super) async fn run<Q>(&mut self, query: Q)
    where
        Q: Query<Out: Debug> + IntoFuture<Output = Result<<Q as Query>::Out, Error>>,
    {
        let result = query.into_future().await;
        self.note(result);
    }

    /// Notes a result.
    pub(crate) fn note(&mut self, result: Result<impl Debug, Error>) {
        match result {
            Ok(value) => writeln!(self.0, "{value:?}").unwrap(),
            Err(error) => self.note_error(&error),
        }
    }

    fn note_error(&mut self, error: &Error) {
        if let ErrorKind::Many(errors) = error.kind() {
            for error in errors {
                self.note_error(error);
            }
            return;
        }
        // The id of a request differs from request to request; that there is one does not.
        writeln!(
            self.0,
            "! {:?}, code {:?}, request id: {}, retryable: {}\n  {error}",
            error.kind(),
            error.code(),
            error.request_id().is_some(),
            error.is_retryable(),
        )
        .unwrap();
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}
