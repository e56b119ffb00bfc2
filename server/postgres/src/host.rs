//! A database of a server as the home of schemas.

use std::sync::Arc;
use std::time::Duration;

use prisma_connector::{ConnectorError, Lock};
use prisma_sql::{Dialect, Host, dialect};

use crate::driver::PostgresDriver;
use crate::error::{OpenError, Unfit};
use crate::lanes::{self, Lanes};
use crate::lock;
use crate::options::PostgresOptions;
use crate::pool::Pool;
use crate::session::Session;
use crate::target::Target;

/// Every server has it, and everyone may connect to it.
const MAINTENANCE: &str = "postgres";

/// PostgreSQL cuts longer names off, in bytes: two services could find themselves in one schema.
const LONGEST_NAME: usize = 63;

/// One database of a PostgreSQL server; its schemas are the databases of `prisma-sql` (deploy.md §2.1).
#[derive(Debug)]
pub struct PostgresHost {
    driver: Arc<PostgresDriver>,
}

impl PostgresHost {
    /// Connects to the configured database. If the server lacks it, it is made first, through the database `postgres`;
    /// whether that succeeds shows when connecting again.
    ///
    /// # Errors
    /// [`ConnectorError::Unavailable`] if the server is out of reach or cannot now; [`ConnectorError::Internal`] if it
    /// refuses, or if the certificates to verify it by cannot be read.
    pub async fn connect(options: PostgresOptions) -> Result<Self, ConnectorError> {
        let target = Target::new(&options)?;
        let first = match target.open().await {
            Err(error) if error.is_missing_database() => {
                // As said above.
                let _ = create_database(&target, &options.database).await;
                target.open().await?
            }
            other => other?,
        };
        let Shares {
            reads,
            writes,
            pooled,
        } = Shares::of(options.connections);
        let reads = Lanes::new(reads, lanes::READS).open(first);
        let writes = Lanes::new(writes, lanes::WRITES);
        let pool = Pool::new(
            target.clone(),
            pooled,
            options.queue,
            options.acquire_timeout,
        )?;
        let driver = Arc::new(PostgresDriver::new(target, reads, writes, pool));
        Ok(Self { driver })
    }
}

async fn create_database(target: &Target, name: &str) -> Result<(), OpenError> {
    let session: Session = target.database(MAINTENANCE).open().await?;
    // Somebody else may have been faster.
    let _ = session
        .script(&format!("CREATE DATABASE {}", quoted(name)))
        .await;
    Ok(())
}

/// How many connections are shared, and how many belong to the pool.
#[derive(Debug, PartialEq, Eq)]
struct Shares {
    reads: usize,
    writes: usize,
    pooled: usize,
}

impl Shares {
    fn of(connections: usize) -> Self {
        let connections = connections.max(2);
        let reads = (connections / 5).clamp(1, 4);
        let writes = (connections / 5).min(2);
        Self {
            reads,
            writes,
            pooled: connections - reads - writes,
        }
    }
}

impl Host for PostgresHost {
    type Driver = PostgresDriver;

    fn dialect(&self) -> &'static Dialect {
        &dialect::POSTGRES
    }

    /// The same driver for every schema: statements name theirs.
    fn open(&self, _database: &str) -> Result<Arc<PostgresDriver>, ConnectorError> {
        Ok(Arc::clone(&self.driver))
    }

    async fn create(&self, database: &str) -> Result<(), ConnectorError> {
        if database.len() > LONGEST_NAME || database.contains('\0') {
            return Err(ConnectorError::Name(Box::new(Unfit::Name)));
        }
        let create = format!("CREATE SCHEMA IF NOT EXISTS {}", quoted(database));
        match self.driver.define(&create).await {
            // Two at once: one finds no schema, and then the other's.
            Err(error) if is_violation(&error) => self.driver.define(&create).await,
            other => other,
        }
    }

    async fn drop(&self, database: &str) -> Result<(), ConnectorError> {
        let drop = format!("DROP SCHEMA IF EXISTS {} CASCADE", quoted(database));
        self.driver.define(&drop).await
    }

    async fn lock(&self, key: u64, patience: Duration) -> Result<Option<Lock>, ConnectorError> {
        lock::take(self.driver.target(), key, patience).await
    }
}

fn is_violation(error: &ConnectorError) -> bool {
    matches!(error, ConnectorError::Internal(source) if source.is::<prisma_sql::Violation>())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::Shares;

    #[test]
    fn lanes_and_pool_keep_the_limit() {
        for (connections, expected) in [
            (0, (1, 0, 1)),
            (2, (1, 0, 1)),
            (9, (1, 1, 7)),
            (10, (2, 2, 6)),
            (20, (4, 2, 14)),
            (100, (4, 2, 94)),
        ] {
            let (reads, writes, pooled) = expected;
            let expected = Shares {
                reads,
                writes,
                pooled,
            };
            assert_eq!(Shares::of(connections), expected);
        }
    }
}
