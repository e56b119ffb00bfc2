//! The way to a mock.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;

use super::{Told, expectation::Expectation, locked};
use crate::{
    error::{Error, Result},
    transport::{BoxFuture, Request, Session, TransactionOptions, Transport, TransportError},
};

/// Longer than any test.
const LEASE: Duration = Duration::from_secs(3600);

/// Also a transaction: what is sent in one is expected like everything else.
#[derive(Clone, Debug)]
pub(super) struct MockTransport {
    told: Arc<Mutex<Told>>,
}

impl MockTransport {
    pub(super) const fn new(told: Arc<Mutex<Told>>) -> Self {
        Self { told }
    }

    fn answer(&self, request: Request) -> Result<Bytes> {
        let mut told = locked(&self.told);
        let found = Expectation::find(&mut told.expectations, &request);
        let answer = found.map(Expectation::answer);
        let answer = answer.unwrap_or_else(|| {
            let text = format!("the mock was not told what to answer to\n{request}");
            Err(Error::refused("", text))
        });
        told.requests.push(request);
        answer
    }
}

impl Transport for MockTransport {
    fn name(&self) -> &'static str {
        "mock"
    }

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        let answer = self.answer(request);
        Box::pin(async move { answer.map_err(TransportError::Other) })
    }

    fn begin(&self, _: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        let session = Arc::new(self.clone()) as Arc<dyn Session>;
        Box::pin(async move { Ok(session) })
    }
}

impl Session for MockTransport {
    fn lease(&self) -> Duration {
        LEASE
    }

    fn commit(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn roll_back(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn abandon(&self) {}
}
