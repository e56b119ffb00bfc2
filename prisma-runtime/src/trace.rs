//! Spans of requests, for `tracing`.
//!
//! | field of `prisma.request` | |
//! |---|---|
//! | `operation` | the root fields, with a comma between them |
//! | `model` | the model they begin with, if it is one |
//! | `transport` | `http`, `embedded`, `mock`, `custom` |
//! | `retry` | how often the transaction around it was tried before |
//! | `elapsed` | microseconds until the answer was there |
//! | `rows` | the records that the root fields gave; a page counts as one |
//! | `error.kind` | [`ErrorKind::name`](crate::ErrorKind::name), if it failed |
//!
//! The span has the level INFO. Text and variables are an event within it, at TRACE alone: they hold what users wrote.

mod rows;

use bytes::Bytes;
use tracing::{Instrument, Span, field::Empty, info_span, trace};
use web_time::Instant;

use crate::transport::{Request, Transport, TransportError};

/// Sends a request within a span.
pub(crate) async fn send(
    transport: &dyn Transport,
    request: Request,
    retry: u32,
) -> Result<Bytes, TransportError> {
    let span = info_span!(
        "prisma.request",
        operation = Empty,
        model = request.model,
        transport = transport.name(),
        retry,
        elapsed = Empty,
        rows = Empty,
        error.kind = Empty,
    );
    if span.is_disabled() {
        return transport.send(request).await;
    }
    let fields: Vec<&str> = request.root_fields().collect();
    span.record("operation", fields.join(","));
    span.in_scope(|| trace!(query = %request.query, variables = %request.variables.get()));
    let begin = Instant::now();
    let answer = transport.send(request).instrument(span.clone()).await;
    let elapsed = u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.record("elapsed", elapsed);
    record(&span, &answer);
    answer
}

/// What came of the request.
fn record(span: &Span, answer: &Result<Bytes, TransportError>) {
    let rows = match answer {
        Ok(bytes) => rows::count(bytes),
        Err(error) => Err(error.kind().name()),
    };
    match rows {
        Ok(rows) => span.record("rows", rows),
        Err(kind) => span.record("error.kind", kind),
    };
}
