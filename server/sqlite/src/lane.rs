//! Connections of one kind, and threads for the jobs that callers do not run themselves.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use futures_timer::Delay;
use futures_util::future::{Either, select};
use prisma_connector::{BoxFuture, ConnectorError};
use prisma_sql::{Access, Job};
use tokio::sync::oneshot;

use crate::connection::SqliteConnection;
use crate::error::Closed;
use crate::pool::Pool;
use crate::worker::Workers;

/// Connections and their threads.
#[derive(Debug)]
pub(crate) struct Lane {
    workers: Workers,
    pool: Arc<Pool>,
    here: Here,
    /// How long a job waits behind one that waits itself.
    patience: Duration,
    /// Jobs that wait for others, queued or running.
    idlers: Arc<AtomicUsize>,
}

/// Which jobs run on the thread of their caller, if a connection is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Here {
    /// Handing a job to a thread costs more than a short one takes.
    ShortJobs,
    /// Nothing is slow in memory.
    AllJobs,
}

impl Lane {
    pub(crate) fn new(pool: Pool, threads: usize, here: Here, patience: Duration) -> Self {
        let pool = Arc::new(pool);
        Self {
            workers: Workers::new(threads, Arc::clone(&pool)),
            pool,
            here,
            patience,
            idlers: Arc::default(),
        }
    }

    /// Blocks until running jobs end.
    pub(crate) fn close(&self) {
        self.workers.close();
        self.pool.close();
    }

    /// Runs a job.
    pub(crate) async fn run<J: Job<SqliteConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        if (self.here == Here::AllJobs || job.is_short())
            && let Some(mut lent) = self.pool.try_take()
        {
            return lent.connection()?.perform(access, job);
        }
        let turn = Arc::new(Turn::default());
        let answer = pin!(self.queue(access, job, Some(Arc::clone(&turn)))?);
        if self.idlers.load(Ordering::Relaxed) == 0 {
            return answered(answer.await);
        }
        match select(answer, Delay::new(self.patience)).await {
            Either::Left((answer, _)) => answered(answer),
            Either::Right((_, answer)) => {
                if turn.give_up() {
                    return Err(Closed::held());
                }
                answered(answer.await)
            }
        }
    }

    /// Starts a job that waits for others.
    pub(crate) fn start<J: Job<SqliteConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> BoxFuture<'static, Result<J::Output, ConnectorError>> {
        let job = Idler {
            job,
            _count: Count::new(Arc::clone(&self.idlers)),
        };
        let answer = self.queue(access, job, None);
        Box::pin(async move { answered(answer?.await) })
    }

    /// Hands a job to a thread.
    fn queue<J: Job<SqliteConnection>>(
        &self,
        access: Access,
        job: J,
        turn: Option<Arc<Turn>>,
    ) -> Result<oneshot::Receiver<Result<J::Output, ConnectorError>>, ConnectorError> {
        let (sender, receiver) = oneshot::channel();
        self.workers.submit(Box::new(move |connection| {
            let output = if turn.is_none_or(|turn| turn.take()) {
                connection.and_then(|connection| connection.perform(access, job))
            } else {
                Err(Closed::held())
            };
            Box::new(move || {
                // Nobody listens any more if the caller has gone; the work is done all the same.
                let _ = sender.send(output);
            })
        }))?;
        Ok(receiver)
    }
}

fn answered<T>(
    answer: Result<Result<T, ConnectorError>, oneshot::error::RecvError>,
) -> Result<T, ConnectorError> {
    answer.unwrap_or_else(|_| Err(Closed::error()))
}

/// Whether a queued job runs, or its caller has lost patience: what comes first.
#[derive(Debug, Default)]
struct Turn(AtomicU8);

impl Turn {
    const OPEN: u8 = 0;
    const TAKEN: u8 = 1;
    const GIVEN_UP: u8 = 2;

    /// True if the job may run.
    fn take(&self) -> bool {
        self.decide(Self::TAKEN)
    }

    /// True if the job will not run.
    fn give_up(&self) -> bool {
        self.decide(Self::GIVEN_UP)
    }

    fn decide(&self, how: u8) -> bool {
        let order = Ordering::Relaxed;
        self.0
            .compare_exchange(Self::OPEN, how, order, order)
            .is_ok()
    }
}

/// A job that is counted until it ends or is dropped.
struct Idler<J> {
    job: J,
    _count: Count,
}

impl<J: Job<SqliteConnection>> Job<SqliteConnection> for Idler<J> {
    type Output = J::Output;

    async fn run(self, connection: &mut SqliteConnection) -> Result<J::Output, ConnectorError> {
        self.job.run(connection).await
    }
}

/// One of those that are counted.
struct Count(Arc<AtomicUsize>);

impl Count {
    fn new(count: Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
