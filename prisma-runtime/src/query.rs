//! What can be asked of a model, as builders that run when awaited.
//!
//! The builders are thin: every one ends in an [`Operation`] and a way to read its answer. What is sent and
//! received is not generic.

mod count;
mod create_many;
mod delegate;
mod document;
mod find_connection;
mod find_first;
mod find_many;
mod find_unique;
#[cfg(feature = "mock")]
mod mocked;
mod pages;
mod stream;
mod subscribe;
mod write_many;
mod write_one;

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;

pub use self::{
    count::{Count, Exists},
    create_many::CreateMany,
    delegate::Delegate,
    document::{AtRoot, Document, RootFound, RootMany, RootOne},
    find_connection::FindConnection,
    find_first::FindFirst,
    find_many::FindMany,
    find_unique::{FindUnique, Hop, OrNotFound},
    pages::{Connection, Edge, PageInfo},
    stream::Rows,
    subscribe::{Event, Events, Key, Mutation, Subscribe},
    write_many::{
        Bounded, DeleteMany, NeedsFilterOrEverything, Scoped, UpdateMany, UpdateManyWith,
    },
    write_one::{Update, Write},
};
use crate::{
    answer,
    client::Client,
    error::Result,
    lookahead::Lookahead,
    operation::Operation,
    select::{Row, SelectionSet, Shape},
    transport::BoxFuture,
};

/// One operation that is not yet sent.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # use prisma_runtime::Query as _;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db: Db = Db::http("http://localhost:4466").build()?;
/// // What would be sent can be looked at:
/// let count = db.user().count().filter(|u| u.name.eq("Ann"));
/// let request = count.operation().request()?;
/// assert_eq!(
///     request.query,
///     "query($where: UserWhereInput) { usersConnection(where: $where) { aggregate { count } } }",
/// );
/// assert_eq!(request.variables.get(), r#"{"where":{"name":"Ann"}}"#);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query that can be run",
    note = "a query is what `db.user().find_many()` and the like give, without `.await`; updates need `.set(…)`, and what writes many records needs `.filter(…)` or `.everything()`"
)]
pub trait Query: Sized + Send {
    /// What it gives.
    type Out: Send;

    /// What is sent.
    fn operation(&self) -> Operation;

    /// Reads what the answer holds for the root fields of the operation, in their order.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it does not fit.
    fn read(self, roots: &mut Row<'_>) -> Result<Self::Out>;
}

/// A query on its way.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Run<'c, Q> {
    answer: BoxFuture<'c, Result<Bytes>>,
    open: Option<(Operation, Q)>,
}

impl<'c, Q: Query> Run<'c, Q> {
    fn new(client: &'c Client, query: Q) -> Self {
        let operation = query.operation();
        Self {
            answer: client.ask(&operation),
            open: Some((operation, query)),
        }
    }
}

/// Nothing in it is pinned but the boxed future, which is `Unpin`.
impl<Q> Unpin for Run<'_, Q> {}

impl<Q: Query> Future for Run<'_, Q> {
    type Output = Result<Q::Out>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Poll::Ready(answer) = self.answer.as_mut().poll(context) else {
            return Poll::Pending;
        };
        // Polling a future that is done is a mistake of the caller; it then waits for ever.
        let Some((operation, query)) = self.open.take() else {
            return Poll::Pending;
        };
        Poll::Ready(
            answer.and_then(|bytes| answer::read(&bytes, &operation, |roots| query.read(roots))),
        )
    }
}

/// Makes builders awaitable.
macro_rules! awaitable {
    ($([$($parameters:tt)*] $builder:ty;)*) => {$(
        impl<'c, $($parameters)*> IntoFuture for $builder {
            type Output = $crate::error::Result<<Self as $crate::query::Query>::Out>;
            type IntoFuture = $crate::query::Run<'c, Self>;

            fn into_future(self) -> Self::IntoFuture {
                $crate::query::Run::new(self.client, self)
            }
        }
    )*};
}

use awaitable;

/// The selection set of a shape, under a look-ahead.
fn fields<M>(shape: &impl Shape<M>, asked: Option<&Lookahead>) -> SelectionSet {
    let mut set = SelectionSet::asked(asked);
    shape.select_shape(&mut set);
    set
}

/// A set of one scalar field, as the counts have them.
fn leaf(field: &'static str) -> SelectionSet {
    let mut set = SelectionSet::default();
    set.leaf(field);
    set
}
