//! Threads that own connections.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

use prisma_connector::ConnectorError;

use crate::connection::SqliteConnection;

/// What a thread does with its connection.
pub(crate) type Task = Box<dyn FnOnce(&mut SqliteConnection) + Send>;

/// Threads with one queue. Dropping them waits for the tasks that are queued.
#[derive(Debug)]
pub(crate) struct Workers {
    queue: Option<mpsc::Sender<Task>>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// One thread per connection.
    pub(crate) fn start(connections: Vec<SqliteConnection>) -> Result<Self, ConnectorError> {
        let (queue, tasks) = mpsc::channel();
        let tasks = Arc::new(Mutex::new(tasks));
        let threads = connections
            .into_iter()
            .map(|connection| {
                let tasks = Arc::clone(&tasks);
                thread::Builder::new()
                    .name("sqlite".to_owned())
                    .spawn(move || work(connection, &tasks))
            })
            .collect::<Result<_, _>>()
            .map_err(|error| ConnectorError::Unavailable(Box::new(error)))?;
        Ok(Self {
            queue: Some(queue),
            threads,
        })
    }

    /// Queues a task.
    pub(crate) fn submit(&self, task: Task) -> Result<(), ConnectorError> {
        let queue = self
            .queue
            .as_ref()
            .ok_or(ConnectorError::Plan("the database is closed"))?;
        queue
            .send(task)
            .map_err(|_| ConnectorError::Plan("the database is closed"))
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            // The last owner may be a task of this very thread; a thread cannot wait for itself.
            if thread.thread().id() != thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

fn work(mut connection: SqliteConnection, tasks: &Mutex<mpsc::Receiver<Task>>) {
    loop {
        let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(task) = next else { return };
        // A task that panics has lost its caller an answer, not this thread its connection.
        let _ = catch_unwind(AssertUnwindSafe(|| task(&mut connection)));
        connection.settle();
    }
}
