//! Who runs a job: a lane or a connection of the pool, and the transaction around it.

use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{BoxFuture, ConnectorError, Isolation};
use prisma_sql::{Access, Driver, Job};

use crate::connection::PostgresConnection;
use crate::error::After;
use crate::kept::Kept;
use crate::lanes::Lanes;
use crate::pool::{Lease, Pool};
use crate::target::Target;

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// The connections to one database of a server. Statements name schemas, so one driver serves all of them.
///
/// A job that waits for a connection is gone with its caller. One that has its connection runs to its end, and its
/// transaction is committed or rolled back, whether or not somebody still listens: so nothing is done by half, and no
/// connection has to be thrown away because a caller hung up. Statements that nobody waits for end by the statement
/// timeout at the latest.
///
/// A statement that stands for itself goes out on a connection that others share, once: if that breaks before the answer
/// nobody knows whether a write was made, and its caller hears that the database is unavailable.
pub struct PostgresDriver {
    target: Target,
    reads: Lanes,
    writes: Lanes,
    pool: Pool,
}

impl PostgresDriver {
    pub(crate) fn new(target: Target, reads: Lanes, writes: Lanes, pool: Pool) -> Self {
        Self {
            target,
            reads,
            writes,
            pool,
        }
    }

    /// How connections are opened.
    pub(crate) fn target(&self) -> &Target {
        &self.target
    }

    /// Runs a statement of ours that makes or removes a schema.
    pub(crate) async fn define(&self, text: &str) -> Result<(), ConnectorError> {
        let lease = self.pool.take().await?;
        let outcome = lease.session().script(text).await;
        if !matches!(&outcome, Err(failure) if failure.state == After::Broken) {
            lease.release();
        }
        outcome.map_err(|failure| failure.error)
    }
}

impl Driver for PostgresDriver {
    type Connection = PostgresConnection;

    async fn with<J: Job<PostgresConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        let lanes = match access {
            Access::Read => Some(&self.reads),
            Access::Single => Some(&self.writes),
            Access::Snapshot | Access::Write | Access::Raw | Access::Session(_) => None,
        };
        if let Some(place) = lanes.and_then(|lanes| lanes.place(|| self.pool.has_room()))
            && let Some(session) = place.session(&self.target).await?
        {
            return place.run(session, job).await;
        }
        let lease = self.pool.take().await?;
        Kept::new(perform(lease, access, job)).await
    }

    fn start<J: Job<PostgresConnection>>(
        self: Arc<Self>,
        access: Access,
        job: J,
    ) -> BoxFuture<'static, Result<J::Output, ConnectorError>> {
        let running = tokio::spawn(async move { self.with(access, job).await });
        Box::pin(async move {
            let panicked = |error| Err(ConnectorError::Internal(Box::new(error)));
            running.await.unwrap_or_else(panicked)
        })
    }

    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// How a transaction of several requests begins.
const fn words(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::ReadCommitted => WRITE,
        Isolation::RepeatableRead => "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE",
        Isolation::Serializable => "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
    }
}

/// Runs a job to its end, and gives the connection back if that is a proper one.
async fn perform<J: Job<PostgresConnection>>(
    lease: Lease,
    access: Access,
    job: J,
) -> Result<J::Output, ConnectorError> {
    let session = Arc::clone(lease.session());
    let mut connection = match access {
        Access::Read | Access::Single | Access::Raw => PostgresConnection::single(session),
        Access::Snapshot => PostgresConnection::beginning(session, SNAPSHOT),
        Access::Write => PostgresConnection::beginning(session, WRITE),
        Access::Session(isolation) => PostgresConnection::beginning(session, words(isolation)),
    };
    let mut output = job.run(&mut connection).await;
    match access {
        Access::Read | Access::Single => {}
        // The caller need not wait for the end of a transaction that changed nothing.
        Access::Snapshot => {
            tokio::spawn(async move {
                connection.roll_back().await;
                give_back(lease, &connection);
            });
            return output;
        }
        Access::Write | Access::Session(_) if output.is_ok() => {
            if let Err(error) = connection.commit().await {
                output = Err(error);
            }
        }
        Access::Write | Access::Session(_) => connection.roll_back().await,
        Access::Raw => connection.reset().await,
    }
    give_back(lease, &connection);
    output
}

fn give_back(lease: Lease, connection: &PostgresConnection) {
    if connection.is_sound() {
        lease.release();
    }
}

impl std::fmt::Debug for PostgresDriver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresDriver")
            .field("reads", &self.reads)
            .field("writes", &self.writes)
            .field("pool", &self.pool)
            .finish_non_exhaustive()
    }
}
