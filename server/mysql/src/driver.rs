//! Who runs a job, and in which transaction.

use std::sync::Arc;

use prisma_connector::ConnectorError;
use prisma_sql::{Access, Driver, Job};

use crate::connection::MysqlConnection;
use crate::pool::Pool;

/// Sees what was committed before it, all along.
const SNAPSHOT: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; \
    START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

/// All databases of one server: they share its connections, and statements name the database they mean.
///
/// A job whose future is dropped takes its connection with it, so nothing of a transaction that was not yet committed
/// remains. The server ends a statement that is running then when its time is up, and only then frees its locks.
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
        use prisma_sql::Connection as _;
        let mut lease = self.pool.lease().await?;
        let done = lease.connection.script(text).await;
        lease.give_back();
        done
    }
}

impl Driver for MysqlDriver {
    type Connection = MysqlConnection;

    async fn with<J: Job<MysqlConnection>>(
        &self,
        access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        let mut lease = self.pool.lease().await?;
        let output = perform(&mut lease.connection, access, job).await;
        lease.give_back();
        output
    }
}

async fn perform<J: Job<MysqlConnection>>(
    connection: &mut MysqlConnection,
    access: Access,
    job: J,
) -> Result<J::Output, ConnectorError> {
    let begin = match access {
        Access::Read => return job.run(connection).await,
        Access::Raw => {
            let output = job.run(connection).await;
            connection.alter();
            return output;
        }
        Access::Snapshot => SNAPSHOT,
        Access::Write => "START TRANSACTION",
    };
    connection.control(begin).await?;
    let output = job.run(connection).await;
    let end = if output.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = connection.control(end).await;
    if ended.is_err() {
        connection.lose();
    }
    // What went wrong first says more than a transaction that could not be ended because of it.
    let output = output?;
    ended?;
    Ok(output)
}
