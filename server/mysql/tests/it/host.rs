//! Databases come and go.

use prisma_connector::ConnectorError;
use prisma_mysql::MysqlHost;
use prisma_sql::Host;
use prisma_tests_databases::Server;

use crate::world::{World, options, text};

async fn charset(world: &World, database: &str) -> Vec<Vec<String>> {
    let query =
        "SELECT DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?";
    world.query(query, &[text(database)]).await.unwrap()
}

#[tokio::test]
async fn databases() {
    let Some(world) = World::new().await else {
        return;
    };
    // Names may hold whatever MySQL lets them.
    let name = format!("{}`@$ \"ü", Server::fresh("odd"));
    assert!(charset(&world, &name).await.is_empty());
    for _ in 0..2 {
        world.host.create(&name).await.unwrap();
    }
    assert_eq!(charset(&world, &name).await.len(), 1);
    for _ in 0..2 {
        world.host.drop(&name).await.unwrap();
    }
    assert!(charset(&world, &name).await.is_empty());
}

/// The management database is as Prisma 1 makes it.
#[tokio::test]
async fn management() {
    let Some(world) = World::new().await else {
        return;
    };
    let name = world.host.dialect().layout.management;
    world.host.create(name).await.unwrap();
    assert_eq!(charset(&world, name).await, [["Text(\"latin1\")"]]);
}

/// Names that need quotes, in every place where names stand.
#[tokio::test]
async fn names() {
    let Some(world) = World::new().await else {
        return;
    };
    world
        .script("CREATE TABLE {}.`a``b ? :c 'd' \"e\"` (`x``y ? :z '` int, UNIQUE INDEX `k``ey?` (`x``y ? :z '`))")
        .await;
    let insert = "INSERT INTO {}.`a``b ? :c 'd' \"e\"` (`x``y ? :z '`) VALUES (?)";
    let one = [prisma_connector::Value::Int(1)];
    assert_eq!(world.run(insert, &one).await.unwrap(), 1);
    assert!(world.run(insert, &one).await.is_err());
    let query = "SELECT `x``y ? :z '` FROM {}.`a``b ? :c 'd' \"e\"` WHERE `x``y ? :z '` = ?";
    assert_eq!(world.cell(query, &one).await, "Int(1)");
}

#[tokio::test]
async fn dialects() {
    let Some(options) = options() else {
        return;
    };
    let host = MysqlHost::connect(&options).await.unwrap();
    assert_eq!(host.dialect().capabilities.connector, "mysql");
    // A database that nobody made is an error of the first statement.
    let missing = host.open("nowhere").unwrap();
    let count = prisma_sql::Statement {
        text: "SELECT COUNT(*) FROM `nowhere`.`t`".into(),
    };
    let count = crate::world::job(move |connection| {
        Box::pin(async move { crate::world::rows(connection, &count, &[]).await })
    });
    let missing = prisma_sql::Driver::with(&*missing, prisma_sql::Access::Read, count).await;
    assert!(
        matches!(missing, Err(ConnectorError::Internal(_))),
        "{missing:?}"
    );
}
