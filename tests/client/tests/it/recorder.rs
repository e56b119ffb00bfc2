//! A transport that keeps what was sent and answers what it was told.

use std::sync::{Arc, Mutex};

use prisma_runtime::{BoxFuture, Bytes, Query, Request, Transport, TransportError};

use crate::api::Api;

#[derive(Clone)]
pub(crate) struct Recorder {
    answer: Bytes,
    sent: Arc<Mutex<Vec<Request>>>,
}

impl Recorder {
    pub(crate) fn answering(answer: impl Into<Bytes>) -> Self {
        Self {
            answer: answer.into(),
            sent: Arc::default(),
        }
    }

    pub(crate) fn sent(&self) -> Vec<Request> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        self.sent.lock().unwrap().push(request);
        let answer = self.answer.clone();
        Box::pin(async move { Ok(answer) })
    }
}

/// The text and the variables of queries, each of which the API has to accept.
pub(crate) struct Transcript {
    api: Api,
    text: String,
}

impl Transcript {
    pub(crate) fn new(datamodel: &str) -> Self {
        Self {
            api: Api::of(datamodel),
            text: String::new(),
        }
    }

    pub(crate) fn add(&mut self, query: &impl Query) {
        let request = query.operation().request().unwrap();
        self.api.accepts(&request);
        let variables = request.variables.get();
        self.text
            .push_str(&format!("{}\n{variables}\n\n", request.query));
    }

    pub(crate) fn text(self) -> String {
        self.text.trim_end().to_owned()
    }
}
