//! A transaction of several requests: a job that keeps its connection and does what it is told, until it is told to end,
//! nobody is left to tell it anything, or its time is up.

use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_channel::{mpsc, oneshot};
use futures_timer::Delay;
use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use prisma_connector::{
    Answer, BoxFuture, ConnectorError, Prepared, Transaction, TransactionEnd, TransactionOptions,
    Value, WriteOutcome, WriteRequest,
};

use crate::connector::{Shared, Work};
use crate::driver::{Access, Connection, Driver, Job, Savepoint};
use crate::read;
use crate::retry;
use crate::write::{self, Way};

type Outcome = BoxFuture<'static, Result<(), ConnectorError>>;

/// The handle of a transaction.
pub(crate) struct SqlTransaction {
    shared: Shared,
    commands: mpsc::UnboundedSender<Command>,
    /// What becomes of the job; taken by who ends it.
    outcome: Mutex<Option<Outcome>>,
    end: Arc<End>,
}

/// Why the job has ended, once it has.
#[derive(Debug, Default)]
struct End(Mutex<Option<TransactionEnd>>);

/// What the job is told.
enum Command {
    Read {
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
        reply: oneshot::Sender<Result<Answer, ConnectorError>>,
    },
    Write {
        work: Box<Work>,
        buffer: Vec<u8>,
        reply: oneshot::Sender<Result<WriteOutcome, ConnectorError>>,
    },
    Commit,
    RollBack,
}

/// How the job ended that was told to.
enum Finished {
    Committed,
    RolledBack,
}

impl End {
    fn lock(&self) -> MutexGuard<'_, Option<TransactionEnd>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the first reason, and gives it as an error.
    fn note(&self, end: TransactionEnd) -> ConnectorError {
        ConnectorError::Transaction(*self.lock().get_or_insert(end))
    }

    /// The reason. A job that noted none was cut off together with its connection.
    fn reason(&self) -> ConnectorError {
        self.note(TransactionEnd::Lost)
    }
}

/// Begins a transaction.
pub(crate) async fn begin<D: Driver>(
    driver: Arc<D>,
    shared: Shared,
    options: TransactionOptions,
) -> Result<SqlTransaction, ConnectorError> {
    let (commands, to_do) = mpsc::unbounded();
    let (begun, begins) = oneshot::channel();
    let end = Arc::new(End::default());
    let job = TransactionJob {
        begun,
        commands: to_do,
        lease: options.lease,
        end: Arc::clone(&end),
    };
    let outcome = driver.start(Access::Session(options.isolation), job);
    match select(begins, Delay::new(options.max_wait)).await {
        Either::Left((Ok(()), _)) => {}
        // The job is gone, and the database said why.
        Either::Left((Err(_), _)) => {
            let error = outcome.await.err();
            return Err(error.unwrap_or(ConnectorError::Transaction(TransactionEnd::NotBegun)));
        }
        Either::Right(_) => return Err(ConnectorError::Transaction(TransactionEnd::NotBegun)),
    }
    Ok(SqlTransaction {
        shared,
        commands,
        outcome: Mutex::new(Some(outcome)),
        end,
    })
}

impl SqlTransaction {
    /// Tells the job something and waits for its reply.
    async fn ask<T>(
        &self,
        command: Command,
        reply: oneshot::Receiver<Result<T, ConnectorError>>,
    ) -> Result<T, ConnectorError> {
        if self.commands.unbounded_send(command).is_err() {
            return Err(self.end.reason());
        }
        match reply.await {
            Ok(reply) => reply,
            // The job has ended without looking at the command.
            Err(_) => Err(self.end.reason()),
        }
    }

    /// Tells the job to end and waits until it has. Who does not come first gets the reason of the end.
    async fn finish(&self, command: Command) -> Result<Finished, ConnectorError> {
        let outcome = {
            let mut outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
            outcome.take()
        };
        let Some(outcome) = outcome else {
            return Err(self.end.note(TransactionEnd::Done));
        };
        if self.commands.unbounded_send(command).is_err() {
            return Err(self.end.reason());
        }
        Ok(match outcome.await {
            Ok(()) => {
                self.end.note(TransactionEnd::Done);
                Finished::Committed
            }
            Err(ConnectorError::Transaction(TransactionEnd::Done)) => Finished::RolledBack,
            Err(ConnectorError::Transaction(end)) => return Err(self.end.note(end)),
            // Serialisable transactions may fail as late as this.
            Err(ConnectorError::Conflict(_)) => return Err(self.end.reason()),
            Err(error) => {
                self.end.note(TransactionEnd::Lost);
                return Err(error);
            }
        })
    }
}

impl Transaction for SqlTransaction {
    fn read(
        &self,
        query: Arc<dyn Prepared>,
        values: Vec<Value>,
        buffer: Vec<u8>,
    ) -> BoxFuture<'_, Result<Answer, ConnectorError>> {
        let (sender, reply) = oneshot::channel();
        let command = Command::Read {
            query,
            values,
            buffer,
            reply: sender,
        };
        Box::pin(self.ask(command, reply))
    }

    fn write(&self, request: WriteRequest) -> BoxFuture<'_, Result<WriteOutcome, ConnectorError>> {
        let (sender, reply) = oneshot::channel();
        let WriteRequest {
            write,
            answer,
            buffer,
        } = request;
        let command = Command::Write {
            work: Box::new(self.shared.work(write, answer)),
            buffer,
            reply: sender,
        };
        Box::pin(self.ask(command, reply))
    }

    fn commit(&self) -> BoxFuture<'_, Result<(), ConnectorError>> {
        Box::pin(async move {
            match self.finish(Command::Commit).await? {
                Finished::Committed => Ok(()),
                Finished::RolledBack => Err(self.end.reason()),
            }
        })
    }

    fn roll_back(&self) -> BoxFuture<'_, Result<(), ConnectorError>> {
        Box::pin(async move { self.finish(Command::RollBack).await.map(drop) })
    }
}

impl fmt::Debug for SqlTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlTransaction")
            .field("end", &*self.end.lock())
            .finish_non_exhaustive()
    }
}

/// The job behind the handle.
struct TransactionJob {
    begun: oneshot::Sender<()>,
    commands: mpsc::UnboundedReceiver<Command>,
    lease: Duration,
    end: Arc<End>,
}

impl<C: Connection> Job<C> for TransactionJob {
    type Output = ();

    /// An error rolls back.
    async fn run(mut self, connection: &mut C) -> Result<(), ConnectorError> {
        let mut deadline = Delay::new(self.lease);
        if self.begun.send(()).is_err() {
            return Err(self.end.note(TransactionEnd::NotBegun));
        }
        loop {
            let command = match select(pin!(self.commands.next()), &mut deadline).await {
                Either::Left((command, _)) => command,
                Either::Right(_) => return Err(self.end.note(TransactionEnd::Expired)),
            };
            match command {
                Some(Command::Read {
                    query,
                    values,
                    buffer,
                    reply,
                }) => {
                    let answer = read_in(connection, &*query, &values, buffer).await;
                    answered(&self.end, answer, reply)?;
                }
                Some(Command::Write {
                    work,
                    buffer,
                    reply,
                }) => {
                    let outcome = write_in(connection, &work, buffer).await;
                    answered(&self.end, outcome, reply)?;
                }
                Some(Command::Commit) => return Ok(()),
                Some(Command::RollBack) | None => return Err(self.end.note(TransactionEnd::Done)),
            }
        }
    }
}

/// Hands over what came of a command. Nobody listens any more if the caller has gone; the work is done all the same.
///
/// # Errors
/// What ends the transaction.
fn answered<T>(
    end: &End,
    outcome: Result<T, Refused>,
    reply: oneshot::Sender<Result<T, ConnectorError>>,
) -> Result<(), ConnectorError> {
    match outcome {
        Ok(value) => {
            let _ = reply.send(Ok(value));
            Ok(())
        }
        Err(Refused::Alone(error)) => {
            let _ = reply.send(Err(error));
            Ok(())
        }
        Err(Refused::WithAll(cause)) => {
            let _ = reply.send(Err(end.note(TransactionEnd::Lost)));
            Err(cause)
        }
    }
}

/// Why a command failed.
enum Refused {
    /// The transaction goes on as if it had not been there.
    Alone(ConnectorError),
    /// The transaction is lost.
    WithAll(ConnectorError),
}

async fn read_in<C: Connection>(
    connection: &mut C,
    query: &dyn Prepared,
    values: &[Value],
    buffer: Vec<u8>,
) -> Result<Answer, Refused> {
    let query = read::prepared(query).map_err(Refused::Alone)?;
    let answer = read::run(connection, query, values, buffer).await;
    answer.map_err(|error| match error {
        ConnectorError::Plan(_) => Refused::Alone(error),
        // A statement that failed may have taken the transaction with it.
        _ => Refused::WithAll(error),
    })
}

/// Runs a write behind a savepoint, again if it may fare better: as much as can be repeated of a transaction whose other
/// requests are somebody else's.
async fn write_in<C: Connection>(
    connection: &mut C,
    work: &Work,
    buffer: Vec<u8>,
) -> Result<WriteOutcome, Refused> {
    let (mut way, _) = write::plan(work.context(), &work.write, work.answer.as_ref());
    let mut attempt = 1;
    loop {
        savepoint(connection, Savepoint::Set).await?;
        let answer = work.answer.as_ref();
        let written = write::run(
            connection,
            work.context(),
            &work.write,
            answer,
            way,
            buffer.clone(),
        );
        let error = match written.await {
            Ok(outcome) => {
                savepoint(connection, Savepoint::Release).await?;
                return Ok(outcome);
            }
            Err(error) if is_fatal(&error) => return Err(Refused::WithAll(error)),
            Err(error) => error,
        };
        savepoint(connection, Savepoint::RollBack).await?;
        if way == Way::AtOnce && retry::depends_on_order(&error) {
            way = Way::InOrder;
            continue;
        }
        match retry::pause(&error, &work.write, attempt) {
            Some(pause) => Delay::new(pause).await,
            None => return Err(Refused::Alone(error)),
        }
        attempt += 1;
    }
}

async fn savepoint<C: Connection>(connection: &mut C, savepoint: Savepoint) -> Result<(), Refused> {
    let done = connection.savepoint(savepoint).await;
    done.map_err(Refused::WithAll)
}

/// Databases roll back the whole transaction that lost a deadlock, and a connection that broke has none.
fn is_fatal(error: &ConnectorError) -> bool {
    matches!(
        error,
        ConnectorError::Conflict(_) | ConnectorError::Unavailable(_)
    )
}
