//! The one place that names concrete databases.

use std::sync::Arc;

use prisma_connector::{ConnectorError, Database};
use prisma_mysql::MysqlHost;
use prisma_postgres::PostgresHost;
use prisma_sql::{Host, Options, SqlDatabase};
use prisma_sqlite::{SqliteHost, SqliteOptions};

use crate::config::{DatabaseConfig, Place};

/// Opens the database of a configuration, with its management store.
pub(crate) async fn open(config: &DatabaseConfig) -> Result<Arc<dyn Database>, ConnectorError> {
    let limit = config.connection_limit.map(|limit| limit as usize);
    match &config.place {
        Place::Sqlite { folder } => {
            let mut options = SqliteOptions::default();
            if let Some(limit) = limit {
                // One connection writes.
                options.readers = limit.saturating_sub(1);
            }
            on(SqliteHost::folder(folder, options)?, config, None).await
        }
        Place::Postgres { options, schema } => {
            let mut options = (**options).clone();
            options.connections = limit.unwrap_or(options.connections);
            let host = PostgresHost::connect(options).await?;
            on(host, config, schema.clone()).await
        }
        Place::Mysql { options, database } => {
            let mut options = (**options).clone();
            options.connection_limit = limit.unwrap_or(options.connection_limit);
            let host = MysqlHost::connect(&options).await?;
            on(host, config, database.clone()).await
        }
    }
}

async fn on<H: Host>(
    host: H,
    config: &DatabaseConfig,
    services: Option<String>,
) -> Result<Arc<dyn Database>, ConnectorError> {
    let options = Options {
        management: config.management.clone(),
        services,
        strategy: config.read_strategy,
    };
    Ok(Arc::new(SqlDatabase::open_with(host, options).await?))
}
