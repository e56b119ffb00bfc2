//! Several operations as one document.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;

use crate::{
    answer::{self, Roots},
    client::Client,
    error::{Error, Result},
    operation::{Kind, Operation},
    query::Query,
    select::Row,
    transport::{BoxFuture, Request},
};

/// Root fields in one document. Servers bound the number of aliases.
const MOST_FIELDS: usize = 200;

/// Queries and mutations that are sent together: a tuple of up to sixteen, an array or a `Vec`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a batch of queries",
    note = "give a tuple, an array or a `Vec` of queries that were not awaited"
)]
pub trait Batch: Sized + Send {
    /// What they give.
    type Out: Send;

    /// What is sent, one operation for each.
    fn operations(&self) -> Vec<Operation>;

    /// Reads their answers, in their order.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if one does not fit.
    fn read_answers(self, answers: &mut Answers<'_>) -> Result<Self::Out>;
}

/// What came back for a batch.
#[derive(Debug)]
pub struct Answers<'a> {
    /// Documents, and how many operations each has answers for.
    documents: std::vec::IntoIter<(Row<'a>, usize)>,
    current: Option<(Row<'a>, usize)>,
}

impl<'a> Answers<'a> {
    /// The answers from the next operation on.
    pub(crate) fn next(&mut self) -> Result<&mut Row<'a>> {
        while self.current.as_ref().is_none_or(|(_, left)| *left == 0) {
            let Some(next) = self.documents.next() else {
                return Err(Error::decode("a further answer", "the end"));
            };
            self.current = Some(next);
        }
        match &mut self.current {
            Some((row, left)) => {
                *left -= 1;
                Ok(row)
            }
            None => Err(Error::decode("a further answer", "the end")),
        }
    }
}

impl Client {
    /// Runs several queries and mutations together and gives their answers in the same form. Queries travel in one
    /// document. If there are mutations among them, either all take place or none: they are a transaction.
    ///
    /// Within a transaction the batch is a part of it, and a mutation that is refused does not undo those before it; the
    /// transaction decides.
    ///
    /// ```
    /// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } }
    /// # fn main() {}
    /// # use prisma_runtime::Error;
    /// # async fn doc(db: Db, ids: Vec<String>) -> Result<(), Error> {
    /// let (count, users) = db.batch((db.user().count(), db.user().find_many().first(2))).await?;
    /// let found = ids.iter().map(|id| db.user().find_unique(user::by_id(id)));
    /// let found = db.batch(found.collect::<Vec<_>>()).await?;
    /// # let _: (u64, Vec<User>, Vec<Option<User>>) = (count, users, found);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The awaited batch gives the errors of all that failed, as [`ErrorKind::Many`](crate::ErrorKind::Many) if there
    /// are several; the path begins with the alias, as in `createUser_3`.
    pub fn batch<B: Batch>(&self, queries: B) -> RunBatch<'_, B> {
        RunBatch::new(self, queries)
    }
}

/// Operations that travel together.
pub(crate) struct Document {
    pub(crate) operation: Operation,
    pub(crate) operations: usize,
}

/// A batch on its way.
#[must_use = "futures do nothing unless they are awaited"]
pub struct RunBatch<'c, B> {
    answers: BoxFuture<'c, Result<Vec<Bytes>>>,
    open: Option<(Vec<Document>, B)>,
}

impl<'c, B: Batch> RunBatch<'c, B> {
    pub(crate) fn new(client: &'c Client, batch: B) -> Self {
        let documents = documents(batch.operations());
        Self {
            answers: Box::pin(send(client, requests(&documents))),
            open: Some((documents, batch)),
        }
    }
}

/// Nothing in it is pinned but the boxed future, which is `Unpin`.
impl<B> Unpin for RunBatch<'_, B> {}

impl<B: Batch> Future for RunBatch<'_, B> {
    type Output = Result<B::Out>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Poll::Ready(answers) = self.answers.as_mut().poll(context) else {
            return Poll::Pending;
        };
        // Polling a future that is done is a mistake of the caller; it then waits for ever.
        let Some((documents, batch)) = self.open.take() else {
            return Poll::Pending;
        };
        Poll::Ready(answers.and_then(|answers| {
            let roots = documents
                .iter()
                .zip(&answers)
                .map(|(document, bytes)| Roots::new(bytes, &document.operation));
            let roots: Vec<_> = roots.collect::<Result<_>>()?;
            let rows = documents
                .iter()
                .zip(&roots)
                .map(|(document, roots)| Ok((roots.row()?, document.operations)));
            let rows: Vec<_> = rows.collect::<Result<_>>()?;
            batch.read_answers(&mut Answers {
                documents: rows.into_iter(),
                current: None,
            })
        }))
    }
}

/// Neighbours of one kind in one document, up to a length.
pub(crate) fn documents(operations: Vec<Operation>) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for operation in operations {
        match documents.last_mut() {
            Some(last)
                if last.operation.kind() == operation.kind()
                    && last.operation.len() + operation.len() <= MOST_FIELDS =>
            {
                last.operation.append(operation);
                last.operations += 1;
            }
            _ => documents.push(Document {
                operation,
                operations: 1,
            }),
        }
    }
    documents
}

/// Requests, and whether they need a transaction around them.
fn requests(documents: &[Document]) -> Result<(Vec<Request>, bool)> {
    let mut requests = Vec::with_capacity(documents.len());
    for document in documents {
        let mut request = document.operation.request()?;
        let is_write = document.operation.kind() == Kind::Mutation;
        request.atomic = is_write && document.operation.len() > 1;
        requests.push(request);
    }
    let mut kinds = documents.iter().map(|document| document.operation.kind());
    Ok((
        requests,
        documents.len() > 1 && kinds.any(|kind| kind == Kind::Mutation),
    ))
}

async fn send(client: &Client, requests: Result<(Vec<Request>, bool)>) -> Result<Vec<Bytes>> {
    let (requests, as_transaction) = requests?;
    let mut answers = Vec::with_capacity(requests.len());
    if as_transaction && !client.is_within_transaction() {
        let tx = client.transactions().begin().await?;
        for request in requests {
            let bytes = tx.send(Ok(request)).await?;
            // An error rolls back.
            answer::check(&bytes)?;
            answers.push(bytes);
        }
        tx.commit().await?;
    } else {
        for request in requests {
            answers.push(client.send(Ok(request)).await?);
        }
    }
    Ok(answers)
}

impl<Q: Query> Batch for Vec<Q> {
    type Out = Vec<Q::Out>;

    fn operations(&self) -> Vec<Operation> {
        self.iter().map(Query::operation).collect()
    }

    fn read_answers(self, answers: &mut Answers<'_>) -> Result<Self::Out> {
        let read = |query: Q| query.read(answers.next()?);
        self.into_iter().map(read).collect()
    }
}

impl<Q: Query, const LENGTH: usize> Batch for [Q; LENGTH]
where
    [Q::Out; LENGTH]: Send,
{
    type Out = [Q::Out; LENGTH];

    fn operations(&self) -> Vec<Operation> {
        self.iter().map(Query::operation).collect()
    }

    fn read_answers(self, answers: &mut Answers<'_>) -> Result<Self::Out> {
        let read = |query: Q| query.read(answers.next()?);
        let read: Vec<Q::Out> = self.into_iter().map(read).collect::<Result<_>>()?;
        let wrong = |_| Error::decode("one answer for each query", "others");
        read.try_into().map_err(wrong)
    }
}

macro_rules! tuples {
    ($(($($item:ident)*))*) => {$(
        impl<$($item: Query),*> Batch for ($($item,)*) {
            type Out = ($($item::Out,)*);

            #[allow(non_snake_case)]
            fn operations(&self) -> Vec<Operation> {
                let ($($item,)*) = self;
                vec![$($item.operation()),*]
            }

            #[allow(non_snake_case)]
            fn read_answers(self, answers: &mut Answers<'_>) -> Result<Self::Out> {
                let ($($item,)*) = self;
                Ok(($($item.read(answers.next()?)?,)*))
            }
        }
    )*};
}

crate::tuple::up_to_16!(tuples);
