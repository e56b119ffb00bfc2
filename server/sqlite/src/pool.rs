//! Connections to one file, shared by callers and threads.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use prisma_connector::ConnectorError;

use crate::connection::SqliteConnection;
use crate::error::Closed;

/// Opens a connection.
pub(crate) type Open = Box<dyn Fn() -> Result<SqliteConnection, ConnectorError> + Send + Sync>;

/// Some connections, each opened when it is first needed.
pub(crate) struct Pool {
    open: Open,
    limit: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<SqliteConnection>,
    lent: usize,
    waiting: usize,
    is_closed: bool,
}

impl Pool {
    pub(crate) fn new(limit: usize, open: Open) -> Self {
        Self {
            open,
            limit,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// One connection, which cannot be opened again.
    pub(crate) fn of(connection: SqliteConnection) -> Self {
        let pool = Self::new(1, Box::new(|| Err(Closed::error())));
        pool.lock().idle.push(connection);
        pool
    }

    /// A connection, if one is to be had at once and nobody waits for it.
    pub(crate) fn try_take(&self) -> Option<Lent<'_>> {
        let mut state = self.lock();
        if state.is_closed || state.waiting > 0 {
            return None;
        }
        let connection = state.idle.pop()?;
        state.lent += 1;
        Some(self.lend(connection))
    }

    /// A connection; waits for one where all are in use.
    pub(crate) fn take(&self) -> Result<Lent<'_>, ConnectorError> {
        let mut state = self.lock();
        loop {
            if state.is_closed {
                return Err(Closed::error());
            }
            if let Some(connection) = state.idle.pop() {
                state.lent += 1;
                return Ok(self.lend(connection));
            }
            if state.lent < self.limit {
                state.lent += 1;
                drop(state);
                return self.open_lent();
            }
            state.waiting += 1;
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    fn open_lent(&self) -> Result<Lent<'_>, ConnectorError> {
        match (self.open)() {
            Ok(connection) => Ok(self.lend(connection)),
            Err(error) => {
                self.give_back(None);
                Err(error)
            }
        }
    }

    fn lend(&self, connection: SqliteConnection) -> Lent<'_> {
        Lent {
            pool: self,
            connection: Some(connection),
        }
    }

    fn give_back(&self, connection: Option<SqliteConnection>) {
        let mut state = self.lock();
        state.lent -= 1;
        let superfluous = if state.is_closed {
            connection
        } else {
            state.idle.extend(connection);
            None
        };
        let is_awaited = state.waiting > 0;
        drop(state);
        drop(superfluous);
        if is_awaited {
            self.changed.notify_all();
        }
    }

    /// Closes all connections and lends no more. Blocks until those in use are back.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let idle = std::mem::take(&mut state.idle);
        drop(state);
        drop(idle);
        self.changed.notify_all();
        let mut state = self.lock();
        while state.lent > 0 {
            state.waiting += 1;
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use. It goes back when this is dropped, without an open transaction.
pub(crate) struct Lent<'p> {
    pool: &'p Pool,
    /// Given until the drop.
    connection: Option<SqliteConnection>,
}

impl Lent<'_> {
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection, ConnectorError> {
        self.connection.as_mut().ok_or_else(Closed::error)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.settle();
        }
        self.pool.give_back(self.connection.take());
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
