//! What is expected, and what is answered to it.

use bytes::Bytes;
use serde::Serialize;

use super::{
    Mock,
    answer::{EncodeBatch, EncodeQuery},
    encode::Encoded,
};
use crate::{
    batch::{Batch, Document, documents},
    error::{Error, Result},
    names::Names,
    query::Query,
    transport::Request,
    value::Value,
};

/// A request that is expected, and its answer.
#[derive(Debug)]
pub(super) struct Expectation {
    what: What,
    answer: Result<Bytes>,
    /// How often it has to come; `None` for at least once.
    times: Option<usize>,
    came: usize,
}

/// What is expected.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A request with this text and these variables.
    Request { query: String, variables: String },
    /// Any request that begins with records of the model.
    Model(Names),
    /// A request that cannot be sent, and why.
    Nothing(Error),
}

impl What {
    pub(super) fn of(request: Result<Request>) -> Self {
        match request {
            Ok(request) => Self::Request {
                variables: request.variables.get().to_owned(),
                query: request.query,
            },
            Err(error) => Self::Nothing(error),
        }
    }

    fn is(&self, request: &Request) -> bool {
        match self {
            Self::Request { query, variables } => {
                *query == request.query && variables == request.variables.get()
            }
            Self::Model(names) => {
                let fields = names.root_fields();
                request.root_fields().any(|root| fields.contains(&root))
            }
            Self::Nothing(_) => false,
        }
    }
}

impl Expectation {
    /// The answer to a request, if this is what was expected and is not used up. The precise go before the others.
    pub(super) fn find<'e>(all: &'e mut [Self], request: &Request) -> Option<&'e mut Self> {
        let fits =
            |one: &Self| one.what.is(request) && one.times.is_none_or(|times| one.came < times);
        let is_precise = |one: &Self| !matches!(one.what, What::Model(_));
        let precise = all.iter().position(|one| is_precise(one) && fits(one));
        let at = precise.or_else(|| all.iter().position(fits))?;
        all.get_mut(at)
    }

    pub(super) fn answer(&mut self) -> Result<Bytes> {
        self.came += 1;
        self.answer.clone()
    }

    /// What did not come.
    pub(super) fn unmet(&self) -> Option<String> {
        let is_met = self.times.map_or(self.came > 0, |times| self.came == times);
        if is_met {
            return None;
        }
        let what = match &self.what {
            What::Request { query, variables } => format!("{query}\n{variables}"),
            What::Model(names) => format!("anything of {}", names.model()),
            What::Nothing(error) => format!("a request that cannot be sent: {error}"),
        };
        Some(match self.times {
            None => what,
            Some(times) => format!("{what}\n({} of {times} times)", self.came),
        })
    }
}

#[derive(Serialize)]
struct Response<'a, T> {
    data: &'a T,
}

/// The response with these values.
fn response(data: &impl Serialize) -> Result<Bytes> {
    let body = serde_json::to_vec(&Response { data });
    body.map(Bytes::from).map_err(Error::unsendable)
}

/// Expectations that lack their answers.
#[derive(Debug)]
struct Open<'m> {
    mock: &'m Mock,
    times: Option<usize>,
}

impl Open<'_> {
    fn close(&self, what: What, answer: Result<Bytes>) {
        self.mock.expect(Expectation {
            what,
            answer,
            times: self.times,
            came: 0,
        });
    }
}

/// What every kind of expectation has.
macro_rules! open {
    ($([$($parameters:tt)*] $on:ty;)*) => {$(
        impl<$($parameters)*> $on {
            /// Exactly so often, where otherwise at least once would do. Behind that, the next expectation that fits
            /// answers.
            pub fn times(mut self, times: usize) -> Self {
                self.open.times = Some(times);
                self
            }
        }
    )*};
}

open! {
    ['m, Q] On<'m, Q>;
    ['m, B] OnBatch<'m, B>;
    ['m] OnRequest<'m>;
}

/// A query that is expected; it lacks its answer.
#[derive(Debug)]
#[must_use = "nothing is expected without an answer: `.returns(…)`, `.returns_json(…)` or `.fails(…)`"]
pub struct On<'m, Q> {
    open: Open<'m>,
    query: Q,
}

impl<'m, Q: Query> On<'m, Q> {
    pub(super) fn new(mock: &'m Mock, query: Q) -> Self {
        let open = Open { mock, times: None };
        Self { open, query }
    }

    fn what(&self) -> What {
        What::of(self.query.operation().request())
    }

    /// Answers with this value.
    pub fn returns(self, out: Q::Out)
    where
        Q: EncodeQuery,
    {
        let data = self.query.encode(out);
        let data = data.named(&self.query.operation().roots);
        self.open.close(self.what(), response(&data));
    }

    /// Answers with what a server would have below `data`: `json!({ "users": [{ "name": "Ann" }] })`. For what has no
    /// name in Rust, as the rows of `select!`.
    pub fn returns_json(self, data: serde_json::Value) {
        self.open.close(self.what(), response(&data));
    }

    /// Answers with an error: of this kind, or this one.
    pub fn fails(self, error: impl Into<Error>) {
        self.open.close(self.what(), Err(error.into()));
    }
}

/// A batch that is expected; it lacks its answers.
#[derive(Debug)]
#[must_use = "nothing is expected without an answer: `.returns(…)` or `.fails(…)`"]
pub struct OnBatch<'m, B> {
    open: Open<'m>,
    batch: B,
}

impl<'m, B: Batch> OnBatch<'m, B> {
    pub(super) fn new(mock: &'m Mock, batch: B) -> Self {
        let open = Open { mock, times: None };
        Self { open, batch }
    }

    /// Answers with these values.
    pub fn returns(self, out: B::Out)
    where
        B: EncodeBatch,
    {
        let mut answers = self.batch.encode_all(out).into_iter();
        for Document {
            operation,
            operations,
        } in documents(self.batch.operations())
        {
            let mut data = Encoded::default();
            answers
                .by_ref()
                .take(operations)
                .for_each(|answer| data.extend(answer));
            let data: Value = data.named(&operation.roots);
            self.open
                .close(What::of(operation.request()), response(&data));
        }
    }

    /// Answers with an error: of this kind, or this one. Of what takes several requests, the first one fails.
    pub fn fails(self, error: impl Into<Error>) {
        let first = documents(self.batch.operations()).into_iter().next();
        if let Some(Document { operation, .. }) = first {
            self.open
                .close(What::of(operation.request()), Err(error.into()));
        }
    }
}

/// A request that is expected; it lacks its answer.
#[derive(Debug)]
#[must_use = "nothing is expected without an answer: `.returns_json(…)` or `.fails(…)`"]
pub struct OnRequest<'m> {
    open: Open<'m>,
    what: What,
}

impl<'m> OnRequest<'m> {
    pub(super) const fn new(mock: &'m Mock, what: What) -> Self {
        let open = Open { mock, times: None };
        Self { open, what }
    }

    /// Answers with what a server would have below `data`.
    pub fn returns_json(self, data: serde_json::Value) {
        self.open.close(self.what, response(&data));
    }

    /// Answers with an error: of this kind, or this one.
    pub fn fails(self, error: impl Into<Error>) {
        self.open.close(self.what, Err(error.into()));
    }
}
