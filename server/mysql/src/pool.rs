//! The connections to one server.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mysql_async::{Conn, Opts};
use prisma_connector::ConnectorError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::connection::{Limits, MysqlConnection, Sight};
use crate::error::{Late, translate};

/// A connection that was idle for longer is asked whether it is still there: servers restart, and proxies forget.
const TRUSTED: Duration = Duration::from_secs(1);

/// A connection that was idle for longer is closed.
const KEPT: Duration = Duration::from_secs(600);

/// Connections that are open, and how many more there may be.
///
/// The driver below has a pool of its own. It resets or returns connections in a task of its own, one more hop for each
/// statement, and has no place for what belongs to a connection: prepared statements, and whether it can be used
/// again.
#[derive(Debug)]
pub(crate) struct Pool {
    opts: Opts,
    limits: Limits,
    connect_timeout: Duration,
    acquire_timeout: Duration,
    permits: Arc<Semaphore>,
    /// The last used one at the end; it is the next.
    idle: Mutex<Vec<Idle>>,
}

#[derive(Debug)]
struct Idle {
    connection: MysqlConnection,
    since: Instant,
}

impl Pool {
    pub(crate) fn new(
        opts: Opts,
        limits: Limits,
        connections: usize,
        connect_timeout: Duration,
        acquire_timeout: Duration,
    ) -> Self {
        Self {
            opts,
            limits,
            connect_timeout,
            acquire_timeout,
            permits: Arc::new(Semaphore::new(connections)),
            idle: Mutex::default(),
        }
    }

    /// Takes a connection out whose statements see what is asked for, first come first served; opens one if none is
    /// idle.
    pub(crate) async fn lease(self: &Arc<Self>, sight: Sight) -> Result<Lease, ConnectorError> {
        let permit = self.permit().await?;
        let mut connection = match self.idle(sight).await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        connection.see(sight).await?;
        Ok(Lease {
            pool: Arc::clone(self),
            connection,
            _permit: permit,
        })
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, ConnectorError> {
        let permits = || Arc::clone(&self.permits);
        if let Ok(permit) = permits().try_acquire_owned() {
            return Ok(permit);
        }
        match timeout(self.acquire_timeout, permits().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Late::Busy.error()),
        }
    }

    /// An idle connection that works, if there is one that need not change.
    async fn idle(&self, sight: Sight) -> Option<MysqlConnection> {
        loop {
            let Idle {
                mut connection,
                since,
            } = self.take(sight)?;
            if since.elapsed() < TRUSTED || connection.is_there().await {
                return Some(connection);
            }
        }
    }

    fn take(&self, sight: Sight) -> Option<Idle> {
        let mut idle = self.lock();
        let fit = idle.iter().rposition(|it| it.connection.sight() == sight);
        match fit {
            Some(position) => Some(idle.remove(position)),
            None => idle.pop(),
        }
    }

    /// Opens a connection that does not count.
    pub(crate) async fn connect(&self) -> Result<MysqlConnection, ConnectorError> {
        match timeout(self.connect_timeout, Conn::new(self.opts.clone())).await {
            Ok(Ok(connection)) => Ok(MysqlConnection::new(connection, self.limits)),
            Ok(Err(error)) => Err(translate(error)),
            Err(_) => Err(Late::Connect.error()),
        }
    }

    fn put(&self, connection: MysqlConnection) {
        let now = Instant::now();
        let mut idle = self.lock();
        idle.push(Idle {
            connection,
            since: now,
        });
        let is_old = |it: &Idle| now.duration_since(it.since) > KEPT;
        let old = idle.iter().take_while(|it| is_old(it)).count();
        let closed: Vec<Idle> = idle.drain(..old).collect();
        drop(idle);
        drop(closed);
    }

    fn clear(&self) {
        let closed = std::mem::take(&mut *self.lock());
        drop(closed);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use. Dropping it closes the connection, and the server undoes a transaction that was open: this is
/// what happens when a job panics. Only [`Lease::give_back`] keeps it.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) connection: MysqlConnection,
    pool: Arc<Pool>,
    _permit: OwnedSemaphorePermit,
}

impl Lease {
    /// Returns the connection, after a job that ended.
    pub(crate) fn give_back(self) {
        if self.connection.is_lost() {
            // If the server went away, the idle connections went with it.
            self.pool.clear();
        } else if self.connection.is_altered() {
            tokio::spawn(self.renew());
        } else {
            self.pool.put(self.connection);
        }
    }

    /// Makes a session new, while its user has gone on with the answer.
    async fn renew(mut self) {
        if self.connection.renew().await.is_ok() {
            self.pool.put(self.connection);
        }
    }
}
