//! A database that has no connection left.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use prisma_server::{DatabaseConfig, Overrides};
use prisma_tests_databases::Server as Database;
use serde_json::json;

use crate::server::{BLOG, JSON, TestServer};

/// A server on a database whose connections are two, for which nobody waits longer than a second.
async fn narrow(url: &str) -> TestServer {
    let overrides = Overrides {
        database: Some(format!("{url}?connection_limit=2&pool_timeout=1").into()),
        ..Overrides::default()
    };
    let config = prisma_server::Config::load_with(|_| None, &overrides).unwrap();
    TestServer::start_with(|it| {
        it.database = DatabaseConfig {
            management: Some(Database::fresh("busy")),
            raw_access: true,
            ..config.database
        };
    })
    .await
}

/// A24: whoever finds no connection is told so after its time, by an error that says it can try again; whatever needs
/// no database is answered at once.
#[tokio::test(flavor = "multi_thread")]
async fn a24_slow_statements_hold_up_nobody_for_long() {
    let Some(database) = Database::postgres() else {
        return;
    };
    let server = narrow(database.url()).await;
    let name = Database::fresh("busy");
    server.deploy(&name, "dev", BLOG, &[]).await;
    let path = format!("/{name}/dev");
    let slow = r#"{"query":"mutation { executeRaw(query: \"SELECT pg_sleep(4)\") }"}"#;
    let asking: Vec<_> = (0..6)
        .map(|_| tokio::spawn(server.sending("POST", &path, &[JSON], slow.as_bytes())))
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let asked = Instant::now();
    server.assert_up().await;
    assert!(
        asked.elapsed() < Duration::from_secs(1),
        "{:?}",
        asked.elapsed()
    );

    let answers = join_all(asking).await;
    let answers: Vec<_> = answers.into_iter().map(|it| it.unwrap().json()).collect();
    let busy: Vec<_> = answers
        .iter()
        .filter(|it| it.get("errors").is_some())
        .collect();
    assert!(
        !busy.is_empty() && busy.len() < answers.len(),
        "{answers:?}"
    );
    for answer in busy {
        let error = &answer["errors"][0];
        assert_eq!(error["code"], 4201, "{error}");
        assert_eq!(
            error["message"],
            "The database is busy or out of reach. Try again later."
        );
    }
    // Later is now.
    let answer = server.graphql(&path, "{ users { id } }", json!({})).await;
    assert_eq!(answer, json!({ "data": { "users": [] } }));
}
