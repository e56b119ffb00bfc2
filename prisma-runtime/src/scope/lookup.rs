//! One lookup, waiting for its part of a batch.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;

use super::{
    Place, Scope,
    batch::{Found, Plan, Sent, Turn},
};
use crate::{client::Client, error::Result, operation::Operation, transport::BoxFuture};

/// A lookup within a scope, up to the bytes of its answer.
pub(crate) struct Lookup {
    scope: Arc<Scope>,
    client: Client,
    operation: Operation,
    plan: Plan,
    state: State,
}

enum State {
    /// Was not polled yet.
    New,
    /// Has a place in a batch that is not sent yet.
    Waiting { place: Place, leads: bool },
    /// Waits for the batch.
    Sent { place: Place, sent: Sent },
    /// Has to ask on its own.
    Alone(BoxFuture<'static, Result<Bytes>>),
}

impl Lookup {
    /// `None` if the operation is no lookup. `client` sends, and knows no scope.
    pub(crate) fn new(scope: Arc<Scope>, client: Client, operation: &Operation) -> Option<Self> {
        Some(Self {
            scope,
            client,
            operation: operation.clone(),
            plan: Plan::of(operation)?,
            state: State::New,
        })
    }

    /// Goes on with the batch, for the first time or later.
    fn turn(&mut self, place: Place, context: &Context<'_>, back: bool) -> Poll<()> {
        match place.batch.turn(&self.client, context.waker(), back) {
            Turn::Request(sent) => {
                self.state = State::Sent { place, sent };
                return Poll::Ready(());
            }
            Turn::Lead => {
                context.waker().wake_by_ref();
                self.state = State::Waiting { place, leads: true };
            }
            Turn::Wait => {
                self.state = State::Waiting {
                    place,
                    leads: false,
                };
            }
        }
        Poll::Pending
    }

    /// On its own, for what the batch does not say.
    fn alone(&self) -> BoxFuture<'static, Result<Bytes>> {
        let client = self.client.clone();
        let request = self.operation.request();
        Box::pin(async move { client.send(request).await })
    }
}

/// Nothing in it is pinned but boxed futures, which are `Unpin`.
impl Unpin for Lookup {}

impl Future for Lookup {
    type Output = Result<Bytes>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            let (place, back) = match &mut self.state {
                State::New => (None, false),
                State::Waiting { place, .. } => (Some(place.clone()), true),
                State::Alone(answer) => return answer.as_mut().poll(context),
                State::Sent { place, sent } => {
                    let Poll::Ready(found) = Pin::new(sent).poll(context) else {
                        return Poll::Pending;
                    };
                    let place = place.clone();
                    match found {
                        Ok(found) => match found.get(place.position) {
                            Some(Found::Response(bytes)) => return Poll::Ready(Ok(bytes.clone())),
                            _ => self.state = State::Alone(self.alone()),
                        },
                        Err(error) => {
                            self.scope.forget(&self.plan, &place);
                            return Poll::Ready(Err(error));
                        }
                    }
                    continue;
                }
            };
            let place = place.unwrap_or_else(|| self.scope.place(&self.plan));
            if self.turn(place, context, back).is_pending() {
                return Poll::Pending;
            }
        }
    }
}

impl Drop for Lookup {
    fn drop(&mut self) {
        if let State::Waiting { place, leads: true } = &self.state {
            place.batch.abandon();
        }
    }
}
