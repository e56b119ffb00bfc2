//! A database that answers what a test told it to.
//!
//! What it is told are values of the queries' own types. They are put down as the JSON of a server and read like any other
//! answer, so a mock cannot give what a server could not.

mod answer;
mod encode;
mod expectation;
mod transport;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

pub use self::{
    answer::{EncodeBatch, EncodeQuery},
    encode::{Encode, EncodeAs, EncodeShape, Encoded, encode_as},
    expectation::{On, OnBatch, OnRequest},
};
pub(crate) use self::{
    answer::{below, count, root},
    encode::Cell,
};
use self::{
    expectation::{Expectation, What},
    transport::MockTransport,
};
use crate::{batch::Batch, client::Client, model::Model, query::Query, transport::Request};

/// What a client made by `Db::mock()` answers, and what it was asked.
///
/// Queries are compared by what is sent: the text with the selection, and the values. The first expectation that fits
/// and is not used up answers; without [`On::times`] it answers any number of times. What nothing fits is an error of
/// the kind [`Validation`](crate::ErrorKind::Validation), which shows the text. Lookups of a scoped client are not
/// merged, and a transaction is what its requests are.
///
/// Dropping the mock fails the test if something that was expected did not come.
///
/// ```
/// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } }
/// # fn main() {}
/// # use prisma_runtime::{Error, ErrorKind, Id};
/// # async fn doc() -> Result<(), Error> {
/// let (db, mock) = Db::mock();
/// let ann = User { id: Id::new("1"), name: "Ann".to_owned() };
/// mock.on(db.user().find_unique(user::by_id("1"))).returns(Some(ann));
/// mock.on(db.user().count()).times(1).returns(3);
/// mock.on(db.user().delete(user::by_id("1"))).fails(ErrorKind::Timeout);
///
/// assert_eq!(db.user().count().await?, 3);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Mock {
    told: Arc<Mutex<Told>>,
}

/// What was expected, and what came.
#[derive(Debug, Default)]
struct Told {
    expectations: Vec<Expectation>,
    requests: Vec<Request>,
}

impl Mock {
    /// A client and its mock. For generated code, whose `Db::mock()` it is.
    #[must_use]
    pub fn client<D: From<Client>>() -> (D, Self) {
        let told = Arc::<Mutex<Told>>::default();
        let transport = MockTransport::new(Arc::clone(&told));
        (Client::unmerged(transport).into(), Self { told })
    }

    /// Expects this query.
    pub fn on<Q: Query>(&self, query: Q) -> On<'_, Q> {
        On::new(self, query)
    }

    /// Expects these queries and mutations in one `db.batch(…)`; also a `create_many`.
    pub fn on_batch<B: Batch>(&self, batch: B) -> OnBatch<'_, B> {
        OnBatch::new(self, batch)
    }

    /// Expects this document, as `db.raw(…)` sends it.
    pub fn on_raw(&self, document: impl Into<String>, variables: impl Serialize) -> OnRequest<'_> {
        let request = Request::new(document.into(), &variables);
        OnRequest::new(self, What::of(request))
    }

    /// Expects any query of records of `M`, and any mutation that begins with them. More precise expectations go before,
    /// whenever they were made.
    pub fn on_any<M: Model>(&self) -> OnRequest<'_> {
        OnRequest::new(self, What::Model(M::NAMES))
    }

    /// All that was sent, in its order. A request shows as its text and, on a line of its own, its variables.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.told).requests.clone()
    }

    /// What was expected and did not come, or not as often; one text for each.
    #[must_use]
    pub fn unmet(&self) -> Vec<String> {
        let told = locked(&self.told);
        told.expectations
            .iter()
            .filter_map(Expectation::unmet)
            .collect()
    }

    fn expect(&self, expectation: Expectation) {
        locked(&self.told).expectations.push(expectation);
    }
}

/// What a lock guards is never left half done, so a panic elsewhere does not spoil it.
fn locked(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Mock {
    #[expect(clippy::panic, reason = "this fails the test that the mock belongs to")]
    fn drop(&mut self) {
        let unmet = self.unmet();
        // A test that failed already has a better message.
        if !unmet.is_empty() && !std::thread::panicking() {
            panic!("the mock waited in vain for:\n{}", unmet.join("\n"));
        }
    }
}
