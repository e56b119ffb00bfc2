//! Who runs a job, and in which transaction.

use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{BoxFuture, ConnectorError, Isolation, Lock};
use prisma_sql::{Access, Cell, Connection as _, Driver, Job, Row, Statement};

use crate::connection::{MysqlConnection, Sight};
use crate::pool::{Lease, Pool};
use crate::to_its_end::ToItsEnd;

/// All databases of one server: they share its connections, and statements name the database they mean.
///
/// A job that waits for a connection is gone with its caller. One that has its connection runs to its end, and its
/// transaction is committed or rolled back, whether or not somebody still listens: nothing is left open, no connection
/// has to be thrown away because a caller hung up, and no statement runs on at the server while its connection counts
/// as free. Statements that nobody waits for end by the statement timeout at the latest.
#[derive(Debug)]
pub struct MysqlDriver {
    pool: Arc<Pool>,
}

impl MysqlDriver {
    pub(crate) fn new(pool: Arc<Pool>) -> Self {
        Self { pool }
    }

    /// Runs statements of the driver's own, outside any transaction.
    pub(crate) async fn administer(&self, text: &str) -> Result<(), ConnectorError> {
        let mut lease = self.pool.lease(Sight::Latest).await?;
        let done = lease.connection.script(text).await;
        lease.give_back();
        done
    }

    /// Takes a lock that the whole server has one of; none if others hold it for longer than the patience. It has a
    /// connection of its own, beyond the configured ones: who holds it needs those.
    pub(crate) async fn lock(
        &self,
        key: u64,
        patience: Duration,
    ) -> Result<Option<Lock>, ConnectorError> {
        let mut connection = self.pool.connect().await?;
        let seconds = patience.as_secs();
        let statement = Statement {
            text: format!("SELECT GET_LOCK('prisma_{key:016x}', {seconds})").into(),
        };
        let mut is_taken = false;
        let mut look = |row: &dyn Row| {
            is_taken = row.cell(0) == Cell::Int(1);
            Ok(())
        };
        connection.each(&statement, &[], &mut look).await?;
        Ok(is_taken.then(|| Lock::new(connection)))
    }
}

impl Driver for MysqlDriver {
    type Connection = MysqlConnection;

    async fn with<J: Job<MysqlConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        let sight = match access {
            Access::Snapshot => Sight::Snapshot,
            Access::Read | Access::Single | Access::Raw | Access::Write | Access::Session(_) => {
                Sight::Latest
            }
        };
        let lease = self.pool.lease(sight).await?;
        ToItsEnd::new(perform(lease, access, job)).await
    }

    fn start<J: Job<MysqlConnection>>(
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
        Isolation::ReadCommitted => "START TRANSACTION",
        Isolation::RepeatableRead => {
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION"
        }
        Isolation::Serializable => {
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; START TRANSACTION"
        }
    }
}

async fn perform<J: Job<MysqlConnection>>(
    mut lease: Lease,
    access: Access,
    job: J,
) -> Result<J::Output, ConnectorError> {
    let connection = &mut lease.connection;
    let begun = match access {
        Access::Read | Access::Single | Access::Raw | Access::Snapshot => Ok(()),
        Access::Write => connection.control("START TRANSACTION").await,
        Access::Session(isolation) => connection.control(words(isolation)).await,
    };
    let mut output = match begun {
        Ok(()) => job.run(connection).await,
        Err(error) => Err(error),
    };
    match access {
        Access::Read | Access::Single => {}
        // Who asked need not wait for the end of a transaction that changed nothing.
        Access::Snapshot => {
            tokio::spawn(async move {
                lease.connection.end("ROLLBACK").await.ok();
                lease.give_back();
            });
            return output;
        }
        Access::Write | Access::Session(_) if output.is_ok() => {
            if let Err(error) = connection.end("COMMIT").await {
                output = Err(error);
            }
        }
        // What went wrong before says more than a transaction that cannot be ended because of it.
        Access::Write | Access::Session(_) => {
            connection.end("ROLLBACK").await.unwrap_or_default();
        }
        Access::Raw => connection.alter(),
    }
    lease.give_back();
    output
}
