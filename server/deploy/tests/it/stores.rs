//! Deploys to real databases: what becomes of stored data, of a restart, and of a server that died half-way. Each test
//! runs on every store.

use std::sync::Arc;

use prisma_connector::MigrationStatus;
use prisma_deploy::DeployOutcome;

use crate::home::{Home, Server};

const USER: &str = "type User { id: ID! @id name: String! }";

/// What `USER` may grow to: every kind of thing that is stored.
const GROWN: &str = "type User { id: ID! @id name: String! mail: String @unique tags: [String] @scalarList(strategy: RELATION) posts: [Post] friends: [User] }
    type Post { id: Int! @id text: String author: User }";

on_every_store! {
    storage_grows_around_its_data
    a_refusal_leaves_the_data_and_the_api
    a_restart_finds_everything
    a_crash_behind_the_change_of_storage_is_mended
    a_crash_before_the_change_of_storage_is_mended
    a_crash_while_services_come_and_go_is_mended
    tables_of_others_are_mapped
}

impl Server {
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
    let another = home.another();
    let server = with_alice(&another).await;
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
