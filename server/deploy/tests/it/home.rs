//! Services on real databases, and the servers that serve them.

use std::sync::Arc;

use prisma_connector::{Database, MigrationRecord, MigrationStatus, ServiceName};
use prisma_deploy::{DeployOutcome, DeployRequest, Deployer, DeployerOptions};
use prisma_engine::{Engine, GraphqlRequest};
use prisma_mysql::{MysqlHost, MysqlOptions};
use prisma_postgres::PostgresHost;
use prisma_sql::{Host, Options, SqlDatabase};
use prisma_sqlite::{SqliteHost, SqliteOptions};
use prisma_tests_databases as databases;
use tempfile::TempDir;

/// One test per store of each body.
macro_rules! on_every_store {
    ($($name:ident)*) => {
        mod sqlite {$(
            #[tokio::test]
            async fn $name() {
                super::$name(crate::home::Home::sqlite()).await;
            }
        )*}
        mod postgres {$(
            #[tokio::test]
            async fn $name() {
                if let Some(home) = crate::home::Home::postgres() {
                    super::$name(home).await;
                }
            }
        )*}
        mod mysql {$(
            #[tokio::test]
            async fn $name() {
                if let Some(home) = crate::home::Home::mysql() {
                    super::$name(home).await;
                }
            }
        )*}
    };
}

/// Where one test keeps its service; one server after the other finds it there.
pub(crate) struct Home {
    pub(crate) place: Place,
    /// The management store, where others use the same server.
    pub(crate) management: String,
    pub(crate) service: ServiceName,
}

pub(crate) enum Place {
    Folder(TempDir),
    Postgres(String),
    Mysql(String),
}

impl Home {
    pub(crate) fn at(place: Place) -> Self {
        Self {
            place,
            management: databases::Server::fresh("deploy"),
            service: ServiceName::new(databases::Server::fresh("deploy"), "dev"),
        }
    }

    pub(crate) fn sqlite() -> Self {
        Self::at(Place::Folder(tempfile::tempdir().unwrap()))
    }

    pub(crate) fn postgres() -> Option<Self> {
        let server = databases::Server::postgres()?;
        Some(Self::at(Place::Postgres(server.url().to_owned())))
    }

    pub(crate) fn mysql() -> Option<Self> {
        let server = databases::Server::mysql()?;
        Some(Self::at(Place::Mysql(server.url().to_owned())))
    }

    /// Another one of the same kind.
    pub(crate) fn another(&self) -> Self {
        Self::at(match &self.place {
            Place::Folder(_) => Place::Folder(tempfile::tempdir().unwrap()),
            Place::Postgres(url) => Place::Postgres(url.clone()),
            Place::Mysql(url) => Place::Mysql(url.clone()),
        })
    }

    pub(crate) async fn open(&self) -> Arc<dyn Database> {
        match &self.place {
            Place::Folder(folder) => {
                let host = SqliteHost::folder(folder.path(), SqliteOptions::default());
                self.on(host.unwrap()).await
            }
            Place::Postgres(url) => {
                let host = PostgresHost::connect(url.parse().unwrap()).await;
                self.on(host.unwrap()).await
            }
            Place::Mysql(url) => {
                let (options, _) = MysqlOptions::from_url(url).unwrap();
                self.on(MysqlHost::connect(&options).await.unwrap()).await
            }
        }
    }

    pub(crate) async fn on<H: Host>(&self, host: H) -> Arc<dyn Database> {
        let options = Options {
            management: Some(self.management.clone()),
            ..Options::default()
        };
        Arc::new(SqlDatabase::open_with(host, options).await.unwrap())
    }

    /// A table of the service in SQL.
    pub(crate) fn table(&self, name: &str) -> String {
        let ServiceName {
            name: service,
            stage,
        } = &self.service;
        match &self.place {
            Place::Folder(_) => name.to_owned(),
            Place::Postgres(_) => format!("\"{service}${stage}\".\"{name}\""),
            Place::Mysql(_) => format!("`{service}@{stage}`.`{name}`"),
        }
    }
}

/// A server; dropping it is how it dies.
pub(crate) struct Server {
    pub(crate) database: Arc<dyn Database>,
    pub(crate) engine: Arc<Engine>,
    pub(crate) deployer: Deployer,
    pub(crate) service: ServiceName,
}

impl Server {
    /// Starts, as a server does.
    pub(crate) async fn start(home: &Home) -> Self {
        let database = home.open().await;
        let engine = Arc::new(Engine::new());
        let deployer = Deployer::new(
            Arc::clone(&database),
            Arc::clone(&engine),
            DeployerOptions::default(),
        );
        deployer.load().await.unwrap();
        Self {
            database,
            engine,
            deployer,
            service: home.service.clone(),
        }
    }

    /// Starts and adds the service.
    pub(crate) async fn fresh(home: &Home) -> Self {
        let server = Self::start(home).await;
        let ServiceName { name, stage } = &home.service;
        let added = server.deployer.add_service(name, stage, Vec::new());
        added.await.unwrap();
        server
    }

    pub(crate) async fn deploy(&self, types: &str) -> DeployOutcome {
        let request = DeployRequest {
            service: self.service.clone(),
            types: types.to_owned(),
            force: true,
            ..DeployRequest::default()
        };
        self.deployer.deploy(request).await.unwrap()
    }

    /// Deploys a datamodel that has to be accepted.
    pub(crate) async fn accept(&self, types: &str) {
        let outcome = self.deploy(types).await;
        assert_eq!(outcome.errors, []);
        assert_eq!(outcome.migration.unwrap().status, MigrationStatus::Success);
    }

    /// The answer of the service.
    pub(crate) async fn ask(&self, query: &str) -> String {
        let request = GraphqlRequest {
            query: query.to_owned(),
            ..GraphqlRequest::default()
        };
        let answer = self.engine.execute(&self.service, request, "test").await;
        String::from_utf8(answer.bytes).unwrap()
    }

    pub(crate) async fn newest(&self) -> MigrationRecord {
        let migrations = self.database.store().migrations(&self.service).await;
        migrations.unwrap().remove(0)
    }

    /// Puts a migration on record as it is while it runs.
    pub(crate) async fn leave_open(&self, record: MigrationRecord) {
        let open = MigrationRecord {
            status: MigrationStatus::InProgress,
            applied: 0,
            finished_at: None,
            ..record
        };
        let store = self.database.store();
        store.put_migration(&self.service, open).await.unwrap();
    }
}
