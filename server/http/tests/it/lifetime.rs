//! Start, warm running, stop.

use std::time::{Duration, Instant};

use prisma_connector::ServiceName;
use prisma_server::{Config, DatabaseConfig, Server};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::{BLOG, JSON, TestServer};

/// Keeps SQLite busy for about a second.
const SLOW: &str = r#"{"query":"mutation { executeRaw(query: \"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000000) SELECT count(*) AS n FROM c\") }"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_warm_read_parses_validates_and_builds_nothing() {
    let server = TestServer::with_blog().await;
    server
        .blog(r#"mutation { createUser(data: { handle: "alice", name: "Alice" }) { id } }"#)
        .await;
    let read = async |handle: &str| {
        let query = "query ($h: String!) { user(where: { handle: $h }) { name } }";
        server
            .graphql("/blog/dev", query, json!({ "h": handle }))
            .await
    };
    let service = server
        .engine
        .service(&ServiceName::new("blog", "dev"))
        .unwrap();
    let alice = json!({ "data": { "user": { "name": "Alice" } } });
    assert_eq!(read("alice").await, alice);
    let cold = service.counters();
    for _ in 0..10 {
        assert_eq!(read("alice").await, alice);
        assert_eq!(read("nobody").await, json!({ "data": { "user": null } }));
    }
    let warm = service.counters();
    assert_eq!((warm.parses, warm.prepares), (cold.parses, cold.prepares));
    assert_eq!(warm.operation_hits, cold.operation_hits + 20);
    assert_eq!(warm.plan_hits, cold.plan_hits + 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn services_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let database = DatabaseConfig::folder(folder.path());
    let first = TestServer::start_with(|config| config.database = database.clone()).await;
    first.deploy("my_blog", "dev_1", BLOG, &[]).await;
    let create = r#"mutation { createUser(data: { handle: "a", name: "A" }) { handle } }"#;
    first.graphql("/my_blog/dev_1", create, json!({})).await;
    first.stop().await.unwrap();

    let second = TestServer::start_with(|config| config.database = database).await;
    let users = second
        .graphql("/my_blog/dev_1", "{ users { handle } }", json!({}))
        .await;
    assert_eq!(users, json!({ "data": { "users": [{ "handle": "a" }] } }));
    let datamodel = second.post("/my_blog/dev_1/_datamodel", "{}").await;
    assert_eq!(datamodel.json(), json!(BLOG));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_request_is_finished_before_the_end() {
    let server = TestServer::with_blog().await;
    let address = server.address;
    let answer = tokio::spawn(server.sending("POST", "/blog/dev", &[JSON], SLOW.as_bytes()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(
        !answer.is_finished(),
        "the request is too fast for this test"
    );
    let running = server.stop();
    let answer = answer.await.unwrap();
    assert_eq!(
        answer.json(),
        json!({ "data": { "executeRaw": [{ "n": 3_000_000 }] } })
    );
    running.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_takes_too_long_is_not_waited_for() {
    let server = TestServer::start_with(|config| config.grace = Duration::from_millis(50)).await;
    server.deploy("blog", "dev", BLOG, &[]).await;
    let slow = SLOW.replace("3000000", "9000000");
    let _request = tokio::spawn(server.sending("POST", "/blog/dev", &[JSON], slow.as_bytes()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    server.stop().await.unwrap();
    assert!(
        started.elapsed() < Duration::from_millis(500),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_do_not_hold_up_the_end() {
    let server = TestServer::start().await;
    let _idle = TcpStream::connect(server.address).await.unwrap();
    server.assert_up().await;
    let started = Instant::now();
    server.stop().await.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

/// Who has not asked yet may never do so.
#[tokio::test(flavor = "multi_thread")]
async fn half_heads_do_not_hold_up_the_end() {
    let server = TestServer::start().await;
    let mut streams = Vec::new();
    for start in ["P", "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        streams.push(stream);
    }
    // The second request of a connection, too.
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let first = b"GET /status HTTP/1.1\r\nHost: x\r\n\r\nGET ";
    stream.write_all(first).await.unwrap();
    let mut part = [0; 4096];
    assert!(stream.read(&mut part).await.unwrap() > 0);
    server.assert_up().await;
    let started = Instant::now();
    server.stop().await.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_an_error() {
    let server = TestServer::start().await;
    let config = Config {
        host: server.address.ip(),
        port: server.address.port(),
        ..Config::default()
    };
    let error = Server::bind(config).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("cannot listen on {}", server.address)
    );
}
