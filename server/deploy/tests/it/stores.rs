//! Deploys to real databases: what becomes of stored data, of a restart, and of a server that died half-way. Each test
//! runs on every store.

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

const USER: &str = "type User { id: ID! @id name: String! }";

/// What `USER` may grow to: every kind of thing that is stored.
const GROWN: &str = "type User { id: ID! @id name: String! mail: String @unique tags: [String] @scalarList(strategy: RELATION) posts: [Post] friends: [User] }
    type Post { id: Int! @id text: String author: User }";

macro_rules! on_every_store {
    ($($name:ident)*) => {
        mod sqlite {$(
            #[tokio::test]
            async fn $name() {
                super::$name(super::Home::sqlite()).await;
            }
        )*}
        mod postgres {$(
            #[tokio::test]
            async fn $name() {
                if let Some(home) = super::Home::postgres() {
                    super::$name(home).await;
                }
            }
        )*}
        mod mysql {$(
            #[tokio::test]
            async fn $name() {
                if let Some(home) = super::Home::mysql() {
                    super::$name(home).await;
                }
            }
        )*}
    };
}

on_every_store! {
    storage_grows_around_its_data
    a_refusal_leaves_the_data_and_the_api
    a_restart_finds_everything
    a_crash_behind_the_change_of_storage_is_mended
    a_crash_before_the_change_of_storage_is_mended
    a_crash_while_services_come_and_go_is_mended
    tables_of_others_are_mapped
}

/// Where one test keeps its service; one server after the other finds it there.
struct Home {
    place: Place,
    /// The management store, where others use the same server.
    management: String,
    service: ServiceName,
}

enum Place {
    Folder(TempDir),
    Postgres(String),
    Mysql(String),
}

impl Home {
    fn at(place: Place) -> Self {
        Self {
            place,
            management: databases::Server::fresh("deploy"),
            service: ServiceName::new(databases::Server::fresh("deploy"), "dev"),
        }
    }

    fn sqlite() -> Self {
        Self::at(Place::Folder(tempfile::tempdir().unwrap()))
    }

    fn postgres() -> Option<Self> {
        let server = databases::Server::postgres()?;
        Some(Self::at(Place::Postgres(server.url().to_owned())))
    }

    fn mysql() -> Option<Self> {
        let server = databases::Server::mysql()?;
        Some(Self::at(Place::Mysql(server.url().to_owned())))
    }

    /// Another one of the same kind.
    fn another(&self) -> Self {
        Self::at(match &self.place {
            Place::Folder(_) => Place::Folder(tempfile::tempdir().unwrap()),
            Place::Postgres(url) => Place::Postgres(url.clone()),
            Place::Mysql(url) => Place::Mysql(url.clone()),
        })
    }

    async fn open(&self) -> Arc<dyn Database> {
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

    async fn on<H: Host>(&self, host: H) -> Arc<dyn Database> {
        let options = Options {
            management: Some(self.management.clone()),
            ..Options::default()
        };
        Arc::new(SqlDatabase::open_with(host, options).await.unwrap())
    }

    /// A table of the service in SQL.
    fn table(&self, name: &str) -> String {
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
struct Server {
    database: Arc<dyn Database>,
    engine: Arc<Engine>,
    deployer: Deployer,
    service: ServiceName,
}

impl Server {
    /// Starts, as a server does.
    async fn start(home: &Home) -> Self {
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
    async fn fresh(home: &Home) -> Self {
        let server = Self::start(home).await;
        let ServiceName { name, stage } = &home.service;
        let added = server.deployer.add_service(name, stage, Vec::new());
        added.await.unwrap();
        server
    }

    async fn deploy(&self, types: &str) -> DeployOutcome {
        let request = DeployRequest {
            service: self.service.clone(),
            types: types.to_owned(),
            force: true,
            ..DeployRequest::default()
        };
        self.deployer.deploy(request).await.unwrap()
    }

    /// Deploys a datamodel that has to be accepted.
    async fn accept(&self, types: &str) {
        let outcome = self.deploy(types).await;
        assert_eq!(outcome.errors, []);
        assert_eq!(outcome.migration.unwrap().status, MigrationStatus::Success);
    }

    /// The answer of the service.
    async fn ask(&self, query: &str) -> String {
        let request = GraphqlRequest {
            query: query.to_owned(),
            ..GraphqlRequest::default()
        };
        let answer = self.engine.execute(&self.service, request, "test").await;
        String::from_utf8(answer.bytes).unwrap()
    }

    async fn newest(&self) -> MigrationRecord {
        let migrations = self.database.store().migrations(&self.service).await;
        migrations.unwrap().remove(0)
    }

    /// Puts a migration on record as it is while it runs.
    async fn leave_open(&self, record: MigrationRecord) {
        let open = MigrationRecord {
            status: MigrationStatus::InProgress,
            applied: 0,
            finished_at: None,
            ..record
        };
        let store = self.database.store();
        store.put_migration(&self.service, open).await.unwrap();
    }

    /// Writes and reads everything that [`GROWN`] stores.
    async fn holds_everything(&self, name: &str) {
        let write = format!(
            "mutation {{ createUser(data: {{ name: \"{name}\", mail: \"{name}\", tags: {{ set: [\"t\"] }}, posts: {{ create: [{{ text: \"p\" }}] }},
             friends: {{ connect: [] }} }}) {{ name mail tags posts {{ author {{ name }} }} friends {{ name }} }} }}"
        );
        assert_eq!(
            self.ask(&write).await,
            format!(
                r#"{{"data":{{"createUser":{{"name":"{name}","mail":"{name}","tags":["t"],"posts":[{{"author":{{"name":"{name}"}}}}],"friends":[]}}}}}}"#
            )
        );
    }
}

const USERS: &str = "{ users { name } }";
const ALICE: &str = r#"{"data":{"users":[{"name":"Alice"}]}}"#;

async fn with_alice(home: &Home) -> Server {
    let server = Server::fresh(home).await;
    server.accept(USER).await;
    server
        .ask("mutation { createUser(data: { name: \"Alice\" }) { id } }")
        .await;
    assert_eq!(server.ask(USERS).await, ALICE);
    server
}

async fn storage_grows_around_its_data(home: Home) {
    let server = with_alice(&home).await;
    server.accept(GROWN).await;
    assert_eq!(
        server
            .ask("{ users { name mail tags posts { id } friends { id } } }")
            .await,
        r#"{"data":{"users":[{"name":"Alice","mail":null,"tags":[],"posts":[],"friends":[]}]}}"#
    );
    server.holds_everything("Bob").await;
}

async fn a_refusal_leaves_the_data_and_the_api(home: Home) {
    let server = with_alice(&home).await;
    let before = server.newest().await;
    for types in [
        "type User { id: ID! @id age: Int }",
        "type Person { id: ID! @id }",
        "type User { id: ID! @id name: Int! }",
    ] {
        let outcome = server.deploy(types).await;
        assert_ne!(outcome.errors, [], "{types}");
        assert!(outcome.migration.is_none(), "{types}");
    }
    assert_eq!(server.newest().await, before);
    assert_eq!(server.ask(USERS).await, ALICE);
}

async fn a_restart_finds_everything(home: Home) {
    let server = with_alice(&home).await;
    let history = server.deployer.migrations(&server.service).await.unwrap();
    drop(server);

    let server = Server::start(&home).await;
    assert_eq!(server.ask(USERS).await, ALICE);
    let after = server.deployer.migrations(&server.service).await.unwrap();
    assert_eq!(after, history);
    let again = server.deploy(USER).await;
    assert_eq!(again, DeployOutcome::default());
    server.accept(GROWN).await;
    server.holds_everything("Bob").await;
}

/// The storage was changed and the end was not on record yet.
async fn a_crash_behind_the_change_of_storage_is_mended(home: Home) {
    let server = with_alice(&home).await;
    server.accept(GROWN).await;
    server.holds_everything("Bob").await;
    server.leave_open(server.newest().await).await;
    drop(server);

    let server = Server::start(&home).await;
    let mended = server.newest().await;
    assert_eq!(
        (mended.revision, mended.status, &*mended.errors),
        (3, MigrationStatus::Success, "[]")
    );
    assert_eq!(
        server
            .ask("{ users(orderBy: name_ASC) { name tags } }")
            .await,
        r#"{"data":{"users":[{"name":"Alice","tags":[]},{"name":"Bob","tags":["t"]}]}}"#
    );
    server.holds_everything("Carol").await;
}

/// The migration was on record and the storage was not changed yet.
async fn a_crash_before_the_change_of_storage_is_mended(home: Home) {
    let server = with_alice(&home.another()).await;
    server.accept(GROWN).await;
    let record = server.newest().await;
    drop(server);

    let server = with_alice(&home).await;
    server.leave_open(record).await;
    drop(server);

    let server = Server::start(&home).await;
    assert_eq!(server.newest().await.status, MigrationStatus::Success);
    assert_eq!(server.ask(USERS).await, ALICE);
    server.holds_everything("Bob").await;
}

/// Between the container and the record of a service, in either direction.
async fn a_crash_while_services_come_and_go_is_mended(home: Home) {
    let server = Server::start(&home).await;
    let name = home.service.clone();
    server.database.create_container(&name).await.unwrap();
    drop(server);
    let server = with_alice(&home).await;
    // Its data went first.
    server.database.drop_container(&name).await.unwrap();
    drop(server);

    let server = Server::start(&home).await;
    server.deployer.delete_service(&name).await.unwrap();
    let server = with_alice(&home).await;
    assert_eq!(server.ask(USERS).await, ALICE);
}

/// A table that is there already is mapped as it stands (deploy.md §4.3).
async fn tables_of_others_are_mapped(home: Home) {
    let server = with_alice(&home).await;
    let connector = {
        let live = server.engine.service(&server.service).unwrap();
        let datamodel = Arc::clone(live.datamodel());
        server
            .database
            .connector(&server.service, datamodel)
            .unwrap()
    };
    let city = home.table("City");
    for statement in [
        format!("CREATE TABLE {city} (id varchar(25) NOT NULL PRIMARY KEY, name text NOT NULL)"),
        format!("INSERT INTO {city} VALUES ('c1', 'Bern')"),
    ] {
        connector.raw(statement).await.unwrap();
    }
    server
        .accept(&format!(
            "{USER} type City {{ id: ID! @id name: String! inhabitants: Int }}"
        ))
        .await;
    assert_eq!(
        server.ask("{ cities { id name inhabitants } }").await,
        r#"{"data":{"cities":[{"id":"c1","name":"Bern","inhabitants":null}]}}"#
    );
}
