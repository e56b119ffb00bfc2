//! The kinds of databases.

use std::{
    future::Future,
    sync::{Arc, LazyLock},
};

use prisma_connector::Database;
use prisma_mysql::{MysqlHost, MysqlOptions};
use prisma_postgres::{PostgresHost, PostgresOptions};
use prisma_sql::{Host, Options, SqlDatabase, Strategy};
use prisma_sqlite::SqliteHost;
use prisma_tests_databases::Server;
use tokio::{
    runtime::{Builder, Runtime},
    sync::OnceCell,
    task::spawn_blocking,
};

use tracing::Level;

use crate::error::SetupError;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// In memory, a database of its own for every project.
    Sqlite,
    /// The server of `PRISMA_TEST_POSTGRES_URL`, or a throw-away one.
    Postgres,
    /// MySQL or MariaDB: the server of `PRISMA_TEST_MYSQL_URL`, or a throw-away one.
    Mysql,
    /// SQLite, read level by level as if statements were trips to a server.
    SqliteLevels,
    /// The same server as [`Store::Postgres`], read level by level, as MySQL is.
    PostgresLevels,
}

/// A server that all projects of this process share; none if there is none here.
type Shared = OnceCell<Option<Arc<dyn Database>>>;

impl Store {
    /// Every kind.
    pub const ALL: &[Store] = &[
        Store::Sqlite,
        Store::Postgres,
        Store::Mysql,
        Store::SqliteLevels,
        Store::PostgresLevels,
    ];

    /// The name that the command line uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Store::Sqlite => "sqlite",
            Store::Postgres => "postgres",
            Store::Mysql => "mysql",
            Store::SqliteLevels => "sqlite-levels",
            Store::PostgresLevels => "postgres-levels",
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
    /// [`SetupError::Database`], or [`SetupError::Url`] for a server whose URL names none.
    pub async fn open(self) -> Result<Option<Arc<dyn Database>>, SetupError> {
        static POSTGRES: Shared = Shared::const_new();
        static POSTGRES_LEVELS: Shared = Shared::const_new();
        static MYSQL: Shared = Shared::const_new();
        match self {
            Store::Sqlite => sqlite(None).await,
            Store::SqliteLevels => sqlite(Some(Strategy::Levels)).await,
            Store::Postgres => {
                let database = POSTGRES.get_or_try_init(|| postgres(None));
                database.await.cloned()
            }
            Store::PostgresLevels => {
                let database = POSTGRES_LEVELS.get_or_try_init(|| postgres(Some(Strategy::Levels)));
                database.await.cloned()
            }
            Store::Mysql => MYSQL.get_or_try_init(mysql).await.cloned(),
        }
    }
}

async fn sqlite(strategy: Option<Strategy>) -> Result<Option<Arc<dyn Database>>, SetupError> {
    let host = SqliteHost::memory();
    Ok(Some(open(host, strategy).await?))
}

async fn postgres(strategy: Option<Strategy>) -> Result<Option<Arc<dyn Database>>, SetupError> {
    let Some(server) = find(Server::postgres).await? else {
        return Ok(None);
    };
    let options: PostgresOptions = server.url().parse().map_err(SetupError::url)?;
    let host = PostgresHost::connect(options).await?;
    Ok(Some(open(host, strategy).await?))
}

async fn mysql() -> Result<Option<Arc<dyn Database>>, SetupError> {
    let Some(server) = find(Server::mysql).await? else {
        return Ok(None);
    };
    let (options, _) = MysqlOptions::from_url(server.url()).map_err(SetupError::url)?;
    let host = MysqlHost::connect(&options).await?;
    Ok(Some(open(host, None).await?))
}

async fn open<H: Host>(
    host: H,
    strategy: Option<Strategy>,
) -> Result<Arc<dyn Database>, SetupError> {
    let options = Options {
        strategy,
        ..Options::default()
    };
    Ok(Arc::new(SqlDatabase::open_with(host, options).await?))
}

/// Looks for a server, and may start one, which takes its time.
async fn find(look: fn() -> Option<Server>) -> Result<Option<Server>, SetupError> {
    spawn_blocking(look).await.map_err(|_| SetupError::NoServer)
}

/// Runs a future where pools of connections live as long as the process.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        // Answers hide what went wrong inside; the log does not.
        let log = tracing_subscriber::fmt().with_max_level(Level::WARN);
        let _ = log.with_test_writer().try_init();
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
