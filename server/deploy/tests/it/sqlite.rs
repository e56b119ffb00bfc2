//! Deploys to a real database: what becomes of stored data, of a restart, and of a server that died half-way.

use std::{path::Path, sync::Arc};

use prisma_connector::{Database, MigrationRecord, MigrationStatus, ServiceName};
use prisma_deploy::{DeployOutcome, DeployRequest, Deployer, DeployerOptions};
use prisma_engine::{Engine, GraphqlRequest};
use prisma_sql::SqlDatabase;
use prisma_sqlite::{SqliteHost, SqliteOptions};

const USER: &str = "type User { id: ID! @id name: String! }";

/// What `USER` may grow to: every kind of thing that is stored.
const GROWN: &str = "type User { id: ID! @id name: String! mail: String @unique tags: [String] @scalarList(strategy: RELATION) posts: [Post] friends: [User] }
    type Post { id: Int! @id text: String author: User }";

/// A server on a folder; dropping it is how it dies.
struct Server {
    database: Arc<dyn Database>,
    engine: Arc<Engine>,
    deployer: Deployer,
    service: ServiceName,
}

impl Server {
    /// Starts on a folder, as a server does.
    async fn start(folder: &Path) -> Self {
        let host = SqliteHost::folder(folder, SqliteOptions::default()).unwrap();
        let database: Arc<dyn Database> = Arc::new(SqlDatabase::open(host).await.unwrap());
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
            service: ServiceName::new("blog", "dev"),
        }
    }

    /// Starts on a folder and adds the service.
    async fn fresh(folder: &Path) -> Self {
        let server = Self::start(folder).await;
        server
            .deployer
            .add_service("blog", "dev", Vec::new())
            .await
            .unwrap();
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

async fn with_alice(folder: &Path) -> Server {
    let server = Server::fresh(folder).await;
    server.accept(USER).await;
    server
        .ask("mutation { createUser(data: { name: \"Alice\" }) { id } }")
        .await;
    assert_eq!(server.ask(USERS).await, ALICE);
    server
}

#[tokio::test]
async fn storage_grows_around_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_alice(folder.path()).await;
    server.accept(GROWN).await;
    assert_eq!(
        server
            .ask("{ users { name mail tags posts { id } friends { id } } }")
            .await,
        r#"{"data":{"users":[{"name":"Alice","mail":null,"tags":[],"posts":[],"friends":[]}]}}"#
    );
    server.holds_everything("Bob").await;
}

#[tokio::test]
async fn a_refusal_leaves_the_data_and_the_api() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_alice(folder.path()).await;
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

#[tokio::test]
async fn a_restart_finds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_alice(folder.path()).await;
    let history = server.deployer.migrations(&server.service).await.unwrap();
    drop(server);

    let server = Server::start(folder.path()).await;
    assert_eq!(server.ask(USERS).await, ALICE);
    let after = server.deployer.migrations(&server.service).await.unwrap();
    assert_eq!(after, history);
    let again = server.deploy(USER).await;
    assert_eq!(again, DeployOutcome::default());
    server.accept(GROWN).await;
    server.holds_everything("Bob").await;
}

/// The storage was changed and the end was not on record yet.
#[tokio::test]
async fn a_crash_behind_the_change_of_storage_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_alice(folder.path()).await;
    server.accept(GROWN).await;
    server.holds_everything("Bob").await;
    server.leave_open(server.newest().await).await;
    drop(server);

    let server = Server::start(folder.path()).await;
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
#[tokio::test]
async fn a_crash_before_the_change_of_storage_is_mended() {
    let other = tempfile::tempdir().unwrap();
    let server = with_alice(other.path()).await;
    server.accept(GROWN).await;
    let record = server.newest().await;
    drop(server);

    let folder = tempfile::tempdir().unwrap();
    let server = with_alice(folder.path()).await;
    server.leave_open(record).await;
    drop(server);

    let server = Server::start(folder.path()).await;
    assert_eq!(server.newest().await.status, MigrationStatus::Success);
    assert_eq!(server.ask(USERS).await, ALICE);
    server.holds_everything("Bob").await;
}

/// Between the container and the record of a service, in either direction.
#[tokio::test]
async fn a_crash_while_services_come_and_go_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path()).await;
    let name = ServiceName::new("blog", "dev");
    server.database.create_container(&name).await.unwrap();
    drop(server);
    let server = with_alice(folder.path()).await;
    // Its data went first.
    server.database.drop_container(&name).await.unwrap();
    drop(server);

    let server = Server::start(folder.path()).await;
    assert!(server.engine.service(&name).is_none());
    server.deployer.delete_service(&name).await.unwrap();
    let server = with_alice(folder.path()).await;
    assert_eq!(server.ask(USERS).await, ALICE);
}

/// A table that is there already is mapped as it stands (deploy.md §4.3).
#[tokio::test]
async fn tables_of_others_are_mapped() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_alice(folder.path()).await;
    let connector = {
        let live = server.engine.service(&server.service).unwrap();
        let datamodel = Arc::clone(live.datamodel());
        server
            .database
            .connector(&server.service, datamodel)
            .unwrap()
    };
    for statement in [
        "CREATE TABLE City (id char(25) NOT NULL PRIMARY KEY, name mediumtext NOT NULL)",
        "INSERT INTO City VALUES ('c1', 'Bern')",
    ] {
        connector.raw(statement.to_owned()).await.unwrap();
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
