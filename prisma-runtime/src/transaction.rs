//! Transactions: a closure that commits by succeeding, or a begin and an end.

use std::{fmt, ops::Deref, pin::pin, sync::Arc, time::Duration};

use futures_timer::Delay;
use futures_util::future::{Either, select};

use crate::{
    client::Client,
    error::{Error, ErrorKind, Result, TxError},
    transport::{Isolation, Session, TransactionOptions},
};

/// The first pause before a transaction is tried again; each next one is twice as long.
const PAUSE: Duration = Duration::from_millis(10);

/// A transaction under way. It has everything that a `Db` has: the models, through the generated `Models`, and
/// [`Client::batch`] and [`Client::raw`], as it derefs to a [`Client`]. Dropping it rolls it back.
///
/// A write that is refused leaves nothing of itself, and the transaction goes on without it; an error of the kind
/// [`ErrorKind::Transaction`] is the end of all. Requests that are sent at once run one after the other.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let tx = db.transactions().begin().await?;
/// tx.user().create(new!(user::New { email: "a@b.c", name: "Ann" })).await?;
/// if tx.user().count().await? > 100 {
///     tx.rollback().await?;
/// } else {
///     tx.commit().await?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a transaction that is dropped is rolled back"]
pub struct Tx {
    client: Client,
    session: Arc<dyn Session>,
    /// The client that began it.
    outer: Client,
    is_open: bool,
}

impl Tx {
    fn new(session: Arc<dyn Session>, outer: Client) -> Self {
        Self {
            client: Client::within(Arc::clone(&session)),
            session,
            outer,
            is_open: true,
        }
    }

    /// The same, tried so often before.
    #[cfg(feature = "tracing")]
    fn tried(mut self, retry: u32) -> Self {
        self.client = self.client.clone().tried(retry);
        self
    }

    /// How long the transaction may last from its begin. Then the server rolls it back.
    #[must_use]
    pub fn lease(&self) -> Duration {
        self.session.lease()
    }

    /// Makes everything last.
    ///
    /// # Errors
    /// [`ErrorKind::Transaction`] if its time was up or it lost against others: nothing of it remains. Of a transport
    /// that broke nobody knows.
    pub async fn commit(mut self) -> Result<()> {
        let committed = self.session.commit().await;
        self.outer.forget();
        committed?;
        self.is_open = false;
        Ok(())
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// [`ErrorKind::Transaction`] if its time was up or it lost against others, which undid everything as well.
    pub async fn rollback(mut self) -> Result<()> {
        self.session.roll_back().await?;
        self.is_open = false;
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.is_open {
            self.session.abandon();
        }
    }
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").finish_non_exhaustive()
    }
}

impl Client {
    /// Runs a closure in a transaction: `Ok` commits, and `Err`, a panic or dropping the future rolls back. The error may
    /// be of any type that an [`Error`] can become.
    ///
    /// ```
    /// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } }
    /// # fn main() {}
    /// # use prisma_runtime::{Error, new};
    /// # async fn doc(db: Db) -> Result<(), Error> {
    /// let total = db
    ///     .transaction(async |tx| {
    ///         tx.user().create(new!(user::New { name: "Ann" })).await?;
    ///         tx.user().create(new!(user::New { name: "Bob" })).await?;
    ///         tx.user().count().await
    ///     })
    ///     .await?;
    /// # let _: u64 = total;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Use `tx` inside and not `db`: what is sent through `db` is no part of the transaction, and on SQLite a write of
    /// it waits for the end of this one. After [`Tx::lease`] the closure is dropped and the error is
    /// [`TxError::Expired`].
    ///
    /// # Errors
    /// The closure's; [`ErrorKind::Transaction`] if there can be no transaction, its time is up, or it lost against
    /// others.
    pub async fn transaction<T, E: From<Error>>(
        &self,
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transactions().run(work).await
    }

    /// A transaction with options, or one that is ended by hand.
    ///
    /// ```
    /// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } }
    /// # fn main() {}
    /// # use prisma_runtime::{Error, Isolation};
    /// # use std::time::Duration;
    /// # async fn doc(db: Db) -> Result<(), Error> {
    /// let count = db
    ///     .transactions()
    ///     .isolation(Isolation::Serializable)
    ///     .timeout(Duration::from_secs(2))
    ///     .retry(3)
    ///     .run(async |tx| tx.user().count().await)
    ///     .await?;
    ///
    /// let tx = db.transactions().begin().await?;
    /// tx.user().delete_many().filter(|u| u.name.eq("")).await?;
    /// tx.commit().await?;
    /// # let _: u64 = count;
    /// # Ok(())
    /// # }
    /// ```
    pub fn transactions(&self) -> Transactions<'_> {
        Transactions {
            client: self,
            options: TransactionOptions::default(),
        }
    }
}

/// A transaction that has not begun, with its options.
#[derive(Clone, Copy, Debug)]
#[must_use = "a transaction does nothing until it is begun or run"]
pub struct Transactions<'c> {
    client: &'c Client,
    options: TransactionOptions,
}

impl<'c> Transactions<'c> {
    /// What it sees of others; without this, at each statement what was committed before.
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.options.isolation = isolation;
        self
    }

    /// How long it may wait for others before it begins; without this, two seconds.
    pub fn max_wait(mut self, time: Duration) -> Self {
        self.options.max_wait = Some(time);
        self
    }

    /// How long it may last; without this, five seconds. The server may allow less.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Runs it again, so often at most, if it loses against others or cannot begin because of them. The closure then
    /// has to be one that can be called several times.
    pub fn retry(self, times: u32) -> Retrying<'c> {
        Retrying { begin: self, times }
    }

    /// Begins it. Whoever holds the [`Tx`] commits it.
    ///
    /// # Errors
    /// [`ErrorKind::Transaction`] if there can be none, or none now; whatever keeps the server from answering.
    pub async fn begin(self) -> Result<Tx> {
        let session = self.client.session(self.options).await?;
        Ok(Tx::new(session, self.client.clone()))
    }

    /// Runs a closure in it; see [`Client::transaction`].
    ///
    /// # Errors
    /// As [`Client::transaction`].
    pub async fn run<T, E: From<Error>>(
        self,
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self.begin().await?;
        let deadline = Delay::new(tx.lease());
        let worked = match select(pin!(work(&tx)), deadline).await {
            Either::Left((worked, _)) => Some(worked),
            Either::Right(_) => None,
        };
        match end(tx, worked).await {
            End::Success(value) => Ok(value),
            End::Failure(error) => Err(error),
            End::Lost(error) => Err(error.into()),
        }
    }
}

/// A transaction that is run again if it has to be.
#[derive(Clone, Copy, Debug)]
#[must_use = "a transaction does nothing until it is run"]
pub struct Retrying<'c> {
    begin: Transactions<'c>,
    times: u32,
}

impl Retrying<'_> {
    /// Runs a closure in it; see [`Client::transaction`].
    ///
    /// # Errors
    /// As [`Client::transaction`]; of several attempts, that of the last.
    pub async fn run<T, E: From<Error>>(
        self,
        work: impl AsyncFn(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut left = self.times;
        let mut pause = PAUSE;
        loop {
            let lost = match self.begin.begin().await {
                Ok(tx) => {
                    #[cfg(feature = "tracing")]
                    let tx = tx.tried(self.times - left);
                    let deadline = Delay::new(tx.lease());
                    let worked = match select(pin!(work(&tx)), deadline).await {
                        Either::Left((worked, _)) => Some(worked),
                        Either::Right(_) => None,
                    };
                    match end(tx, worked).await {
                        End::Success(value) => return Ok(value),
                        End::Failure(error) => return Err(error),
                        End::Lost(error) => error,
                    }
                }
                Err(error) => error,
            };
            let is_lost = matches!(lost.kind(), ErrorKind::Transaction(_)) && lost.is_retryable();
            if !is_lost || left == 0 {
                return Err(lost.into());
            }
            left -= 1;
            Delay::new(pause).await;
            pause *= 2;
        }
    }
}

/// How a transaction ended.
enum End<T, E> {
    Success(T),
    /// The closure failed.
    Failure(E),
    /// The transaction did, whatever the closure says.
    Lost(Error),
}

/// Commits what succeeded and rolls back everything else; `worked` is `None` if the time was up.
async fn end<T, E>(tx: Tx, worked: Option<Result<T, E>>) -> End<T, E> {
    match worked {
        Some(Ok(value)) => match tx.commit().await {
            Ok(()) => End::Success(value),
            Err(error) => End::Lost(error),
        },
        Some(Err(error)) => match tx.rollback().await {
            // What the closure says is but what followed from it.
            Err(lost) if *lost.kind() == ErrorKind::Transaction(TxError::Lost) => End::Lost(lost),
            _ => End::Failure(error),
        },
        None => {
            drop(tx);
            let message = "the time of the transaction is up; it is rolled back";
            End::Lost(Error::transaction(TxError::Expired, message))
        }
    }
}
