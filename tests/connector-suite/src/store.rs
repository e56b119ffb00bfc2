//! The kinds of databases.

use std::{
    future::Future,
    sync::{Arc, LazyLock},
};

use prisma_connector::{ConnectorError, Database};
use prisma_sql::SqlDatabase;
use prisma_sqlite::SqliteHost;
use tokio::runtime::{Builder, Runtime};

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// In memory, a database of its own for every project.
    Sqlite,
}

impl Store {
    /// Every kind.
    pub const ALL: &[Store] = &[Store::Sqlite];

    /// The name that the command line uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Store::Sqlite => "sqlite",
        }
    }

    /// The reverse of [`Store::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|store| store.name() == name)
    }

    /// A database of this kind, or `None` if there is no server for it here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open(self) -> Result<Option<Arc<dyn Database>>, ConnectorError> {
        match self {
            Store::Sqlite => {
                let database = SqlDatabase::open(SqliteHost::memory()).await?;
                Ok(Some(Arc::new(database)))
            }
        }
    }
}

/// Runs a future where pools of connections live as long as the process.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "without threads there is nothing to test"
        )]
        Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("the system has threads")
    });
    RUNTIME.block_on(future)
}
