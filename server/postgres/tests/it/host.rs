//! Databases and schemas.

use std::sync::Arc;

use prisma_connector::ConnectorError;
use prisma_postgres::{PostgresHost, PostgresOptions, Unfit};
use prisma_sql::Host as _;
use prisma_tests_databases::Server;

use crate::world::{options, world};

#[tokio::test]
async fn a_missing_database_is_made() {
    let Some(options) = options() else { return };
    let database = Server::fresh("made \"by\" us");
    let options = PostgresOptions {
        database: database.clone(),
        ..options
    };
    for _ in 0..2 {
        PostgresHost::connect(options.clone()).await.unwrap();
    }
    let Some(world) = world().await else { return };
    let dropped = format!(
        "DROP DATABASE \"{}\" WITH (FORCE)",
        database.replace('"', "\"\"")
    );
    world.raw(&dropped).await.unwrap();
}

#[tokio::test]
async fn schemas_come_and_go() {
    let Some(world) = world().await else { return };
    let count = "SELECT COUNT(*) FROM pg_namespace WHERE nspname = $1";
    for name in [Server::fresh("a\"b'c;d$e"), Server::fresh("A b")] {
        let value = [prisma_connector::Value::Text(name.clone())];
        world.host.create(&name).await.unwrap();
        world.host.create(&name).await.unwrap();
        assert_eq!(world.read(count, &value).await, ["Int(1)"]);
        let table = format!("CREATE TABLE \"{}\".t (a int)", name.replace('"', "\"\""));
        world.script(&table).await;
        world.host.drop(&name).await.unwrap();
        world.host.drop(&name).await.unwrap();
        assert_eq!(world.read(count, &value).await, ["Int(0)"]);
    }
}

#[tokio::test]
async fn many_may_make_the_same_schema() {
    let Some(world) = world().await else { return };
    let name = Server::fresh("together");
    let host = Arc::new(world.host);
    let made: Vec<_> = (0..8)
        .map(|_| {
            let (host, name) = (Arc::clone(&host), name.clone());
            tokio::spawn(async move { host.create(&name).await })
        })
        .collect();
    for made in made {
        made.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn names_that_postgresql_would_cut_are_refused() {
    let Some(world) = world().await else { return };
    world.host.create(&"x".repeat(63)).await.unwrap();
    world.host.drop(&"x".repeat(63)).await.unwrap();
    for name in ["é".repeat(32), "a\0b".to_owned()] {
        let Err(ConnectorError::Name(error)) = world.host.create(&name).await else {
            panic!("{name}");
        };
        assert_eq!(error.downcast_ref(), Some(&Unfit::Name));
    }
}
