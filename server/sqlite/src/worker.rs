//! Threads that use connections, and the queue they take tasks from.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use prisma_connector::ConnectorError;

use crate::connection::SqliteConnection;
use crate::error::Closed;
use crate::pool::Pool;

/// What a thread does with a connection, or with the reason why it has none.
pub(crate) type Task =
    Box<dyn FnOnce(Result<&mut SqliteConnection, ConnectorError>) -> Reply + Send + 'static>;

/// Tells the caller what came of a task; called when the connection is back, so that the caller finds it there.
pub(crate) type Reply = Box<dyn FnOnce() + Send + 'static>;

/// Tasks may wait, but not without bound: a database that falls behind says so.
const LONGEST_QUEUE: usize = 10_000;

/// Threads with one queue. A thread starts when there is a task and nobody to take it, up to a limit.
pub(crate) struct Workers {
    shared: Arc<Shared>,
    limit: usize,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    pool: Arc<Pool>,
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Task>,
    idle: usize,
    is_closed: bool,
}

impl Workers {
    pub(crate) fn new(limit: usize, pool: Arc<Pool>) -> Self {
        Self {
            shared: Arc::new(Shared {
                pool,
                queue: Mutex::default(),
                changed: Condvar::new(),
            }),
            limit,
            threads: Mutex::default(),
        }
    }

    /// Queues a task.
    pub(crate) fn submit(&self, task: Task) -> Result<(), ConnectorError> {
        let mut queue = self.shared.lock();
        if queue.is_closed {
            return Err(Closed::error());
        }
        if queue.tasks.len() >= LONGEST_QUEUE {
            return Err(Closed::overrun());
        }
        queue.tasks.push_back(task);
        let is_short = queue.tasks.len() > queue.idle;
        drop(queue);
        if is_short {
            self.grow()?;
        }
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Starts one more thread, if there may be more.
    fn grow(&self) -> Result<(), ConnectorError> {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        if threads.len() >= self.limit {
            return Ok(());
        }
        let shared = Arc::clone(&self.shared);
        let thread = thread::Builder::new().name("sqlite".to_owned());
        match thread.spawn(move || shared.work()) {
            Ok(thread) => threads.push(thread),
            // The others will get to the task.
            Err(_) if !threads.is_empty() => {}
            Err(error) => return Err(ConnectorError::Unavailable(Box::new(error))),
        }
        Ok(())
    }

    /// Ends the threads after the tasks they are at; tasks still queued are dropped. Blocks until they have ended.
    pub(crate) fn close(&self) {
        let mut queue = self.shared.lock();
        queue.is_closed = true;
        let dropped = std::mem::take(&mut queue.tasks);
        drop(queue);
        drop(dropped);
        self.shared.changed.notify_all();
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            // The last owner may be a task of this very thread; a thread cannot wait for itself.
            if thread.thread().id() != thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workers")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some(task) = self.next() {
            match self.pool.take() {
                // A task that panics has lost its caller an answer, not this thread its life.
                Ok(mut lent) => {
                    let reply = catch_unwind(AssertUnwindSafe(|| task(lent.connection())));
                    drop(lent);
                    if let Ok(reply) = reply {
                        reply();
                    }
                }
                Err(error) => task(Err(error))(),
            }
        }
    }

    fn next(&self) -> Option<Task> {
        let mut queue = self.lock();
        loop {
            if let Some(task) = queue.tasks.pop_front() {
                return Some(task);
            }
            if queue.is_closed {
                return None;
            }
            queue.idle += 1;
            queue = self
                .changed
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
            queue.idle -= 1;
        }
    }
}
