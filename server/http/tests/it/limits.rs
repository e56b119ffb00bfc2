//! Clients that ask for too much, or too slowly (the rows are those of the attack cases).

use std::time::{Duration, Instant};

use prisma_server::Config;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::{BLOG, JSON, TestServer};

/// What a slow client may take in these tests.
const SHORT: Duration = Duration::from_millis(200);

fn impatient(config: &mut Config) {
    config.limits.header_time = SHORT;
    config.limits.body_time = SHORT;
}

/// Sends bytes, then one byte now and then, until the server closes the connection. Gives what it answered and how
/// long that took.
async fn trickle(server: &TestServer, start: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(start.as_bytes()).await.unwrap();
    let started = Instant::now();
    let mut answer = Vec::new();
    loop {
        let mut part = [0; 4096];
        match tokio::time::timeout(SHORT / 10, stream.read(&mut part)).await {
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(length)) => answer.extend_from_slice(&part[..length]),
            // Still open: a bit more. The server may close meanwhile.
            Err(_) => {
                let _ = stream.write_all(b"x").await;
            }
        }
        assert!(started.elapsed() < Duration::from_secs(10), "still open");
    }
    (String::from_utf8(answer).unwrap(), started.elapsed())
}

/// A21: the head of a request, byte by byte.
#[tokio::test(flavor = "multi_thread")]
async fn a21_slow_heads_are_cut_off() {
    let server = TestServer::start_with(impatient).await;
    for start in ["", "P", "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let (answer, time) = trickle(&server, start).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{answer}"
        );
        assert!(time >= SHORT / 2, "{time:?}");
    }
    server.assert_up().await;
}

/// A21: the body of a request, byte by byte.
#[tokio::test(flavor = "multi_thread")]
async fn a21_slow_bodies_are_cut_off() {
    let server = TestServer::start_with(impatient).await;
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    for length in ["Content-Length: 100000", "Transfer-Encoding: chunked"] {
        let (answer, _) = trickle(&server, &format!("{head}{length}\r\n\r\n")).await;
        // A byte that is no chunk is refused earlier.
        let is_refused = answer.starts_with("HTTP/1.1 408 ") || answer.starts_with("HTTP/1.1 400 ");
        assert!(is_refused, "{answer}");
    }
    let (answer, time) = trickle(&server, &format!("{head}Content-Length: 100000\r\n\r\n")).await;
    assert!(
        answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"),
        "{answer}"
    );
    assert!(
        answer.contains("The request body took longer than the limit of 0.2 seconds."),
        "{answer}"
    );
    assert!(time >= SHORT / 2, "{time:?}");
    server.assert_up().await;
}

/// Many slow clients at once do not keep others from being answered.
#[tokio::test(flavor = "multi_thread")]
async fn a21_slow_clients_hold_up_nobody() {
    let server = TestServer::with_blog().await;
    let mut held = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream
            .write_all(b"POST / HTTP/1.1\r\nHost: x\r\n")
            .await
            .unwrap();
        held.push(stream);
    }
    let answer = tokio::time::timeout(Duration::from_secs(5), server.blog("{ users { id } }"));
    assert_eq!(answer.await.unwrap(), json!({ "data": { "users": [] } }));
}

/// A21: answers that nobody takes, longer than what systems keep for them.
#[tokio::test(flavor = "multi_thread")]
async fn a21_slow_readers_are_cut_off() {
    const LENGTH: usize = 24_000_000;
    let server = TestServer::start_with(|config| config.limits.write_time = SHORT).await;
    server.deploy("blog", "dev", BLOG, &[]).await;
    let query = format!(
        "{{ \"query\": \"mutation {{ executeRaw(query: \\\"SELECT printf('%.{LENGTH}c', 'x') AS x\\\") }}\" }}"
    );
    let head = format!(
        "POST /blog/dev HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        query.len()
    );
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all((head + &query).as_bytes()).await.unwrap();
    let mut answer = vec![0; 17];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200 OK\r\n");
    tokio::time::sleep(4 * SHORT).await;
    // What the systems kept, and then the end.
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.len() < LENGTH, "{}", rest.len());

    // The same answer for who takes it, in as much time as it needs.
    let answer = server.post("/blog/dev", &query).await;
    assert!(answer.body.len() > LENGTH);
}

/// A connection may serve many requests, each with its own time.
#[tokio::test(flavor = "multi_thread")]
async fn connections_live_as_long_as_they_are_used() {
    let server = TestServer::start_with(impatient).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for _ in 0..4 {
        tokio::time::sleep(SHORT / 2).await;
        stream
            .write_all(b"GET /status HTTP/1.1\r\nHost: x\r\n\r\n")
            .await
            .unwrap();
        let mut part = [0; 4096];
        let length = stream.read(&mut part).await.unwrap();
        assert!(part[..length].starts_with(b"HTTP/1.1 200 OK\r\n"));
    }
}

/// A8: more bytes than the limit.
#[tokio::test(flavor = "multi_thread")]
async fn a8_ten_megabytes_are_refused() {
    let server = TestServer::with_blog().await;
    let query = format!("{{ users {{ id }} }} #{}", "x".repeat(10_000_000));
    for path in ["/blog/dev", "/management", "/nobody"] {
        let answer = server
            .post(path, &json!({ "query": query }).to_string())
            .await;
        assert_eq!(answer.status, 413, "{path}");
        assert_eq!(answer.header("connection"), Some("close"));
        assert_eq!(
            answer.json()["errors"][0]["message"],
            "The request body is longer than the limit of 8388608 bytes."
        );
    }
    server.assert_up().await;
}

/// A8: a hundred thousand tokens, of a query and of a datamodel.
#[tokio::test(flavor = "multi_thread")]
async fn a8_many_tokens_are_answered() {
    let server = TestServer::with_blog().await;
    for query in [
        format!("{{ {} }}", "a ".repeat(100_000)),
        format!(
            "{{ users(where: {{ {} }}) {{ id }} }}",
            "name: \"a\" ".repeat(34_000)
        ),
        format!("query ({}) {{ users {{ id }} }}", "$a: Int ".repeat(25_000)),
    ] {
        let body = json!({ "query": query }).to_string();
        let error = &server.post("/blog/dev", &body).await.json()["errors"][0];
        assert_eq!(
            (&error["code"], &error["extensions"]["limit"]),
            (&json!(4100), &json!("tokens"))
        );
    }
    let deploy = "mutation ($t: String!) { deploy(input: { name: \"blog\", stage: \"dev\", types: $t }) { errors { description } } }";
    for types in ["type A ".repeat(50_000), "a ".repeat(100_000)] {
        let body = json!({ "query": deploy, "variables": { "t": types } });
        let answer = server.post("/management", &body.to_string()).await;
        assert!(matches!(answer.status, 200 | 400), "{}", answer.status);
    }
    server.assert_up().await;
}

/// A8: brackets in brackets, in every text that is parsed.
#[tokio::test(flavor = "multi_thread")]
async fn a8_deep_nesting_is_answered() {
    const DEEP: usize = 20_000;
    let server = TestServer::with_blog().await;
    let nested = |open: &str, close: &str| open.repeat(DEEP) + &close.repeat(DEEP);
    let mut queries = vec![
        nested("{ users ", "}"),
        nested("query ($a: [", "Int]) { id }"),
    ];
    for [open, close] in [["{ a: ", "}"], ["[", "]"], ["(", ")"]] {
        queries.push(nested(open, close));
        queries.push(format!(
            "{{ users(where: {}) {{ id }} }}",
            nested(open, close)
        ));
    }
    for query in queries {
        let start: String = query.chars().take(60).collect();
        let answer = server
            .post("/blog/dev", &json!({ "query": query }).to_string())
            .await;
        assert!(
            matches!(answer.status, 200 | 400),
            "{start}: {}",
            answer.status
        );
        assert!(answer.json()["errors"].is_array(), "{start}");
        server.assert_up().await;
    }
    for variables in [
        nested("[", "]"),
        nested("{\"AND\":", "}").replacen("}", "1}", 1),
    ] {
        let query = "query ($w: UserWhereInput) { users(where: $w) { id } }";
        let body = format!(r#"{{"query":"{query}","variables":{{"w":{variables}}}}}"#);
        let answer = server.post("/blog/dev", &body).await;
        assert!(matches!(answer.status, 200 | 400), "{}", answer.status);
        server.assert_up().await;
    }
    for types in [nested("type A { ", "}"), nested("[", "]"), nested("(", ")")] {
        let start: String = types.chars().take(60).collect();
        let deploy = "mutation ($t: String!) { deploy(input: { name: \"blog\", stage: \"dev\", types: $t }) { errors { description } } }";
        let body = json!({ "query": deploy, "variables": { "t": types } });
        let answer = server.post("/management", &body.to_string()).await;
        assert!(
            matches!(answer.status, 200 | 400),
            "{start}: {}",
            answer.status
        );
        server.assert_up().await;
    }
    // The service is as it was.
    assert_eq!(
        server.blog("{ users { id } }").await,
        json!({ "data": { "users": [] } })
    );
}

fn batch(count: usize) -> String {
    let create = |number| {
        let handle = format!("h{number}");
        json!({ "query": format!("mutation {{ createUser(data: {{ handle: \"{handle}\", name: \"n\" }}) {{ id }} }}") })
    };
    Value::from((0..count).map(create).collect::<Vec<_>>()).to_string()
}

/// A9: batches of any service and of the management API.
#[tokio::test(flavor = "multi_thread")]
async fn a9_long_batches_are_refused_whole() {
    let server = TestServer::with_blog().await;
    for (path, count) in [("/blog/dev", 51), ("/blog/dev", 1_000), ("/management", 51)] {
        let answer = server.post(path, &batch(count)).await;
        assert_eq!(answer.status, 400);
        let error = &answer.json()["errors"][0];
        assert_eq!(
            error["message"],
            format!("The batch has {count} requests; the limit is 50.")
        );
        assert_eq!(error["extensions"], json!({ "limit": "batch" }));
        assert!(error["code"].as_i64().unwrap() >= 4100);
        assert!(error["requestId"].is_string());
    }
    assert_eq!(
        server.blog("{ users { id } }").await,
        json!({ "data": { "users": [] } })
    );
    let answer = server.post("/blog/dev", &batch(50)).await.json();
    assert_eq!(answer.as_array().unwrap().len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_configurable() {
    let server = TestServer::start_with(|config| {
        config.limits.batch = 2;
        config.limits.body = 1_000;
        config.limits.request.depth = 3;
    })
    .await;
    server.deploy("blog", "dev", BLOG, &[]).await;
    assert_eq!(server.post("/blog/dev", &batch(2)).await.status, 200);
    assert_eq!(server.post("/blog/dev", &batch(3)).await.status, 400);
    let long = vec![b' '; 1_001];
    let answer = server.send("POST", "/blog/dev", &[JSON], &long).await;
    assert_eq!(answer.status, 413);
    let deep = server.post(
        "/blog/dev",
        r#"{"query":"{ users { posts { author { id } } } }"}"#,
    );
    assert_eq!(
        deep.await.json()["errors"][0]["extensions"]["limit"],
        "depth"
    );
}
