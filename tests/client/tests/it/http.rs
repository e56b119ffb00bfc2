//! The transport over HTTP, against a server of one answer.

use std::time::Duration;

use prisma_runtime::{Error, ErrorKind, HttpBuilder};
use prisma_tests_client::blog::{Db, Models};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

/// An answer with this status line and body.
fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Takes one request and answers it; gives the address, and the request when it is there.
async fn server(answer: String) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/blog/dev", listener.local_addr().unwrap());
    let request = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        while !is_complete(&bytes) {
            let mut part = [0; 4096];
            let length = stream.read(&mut part).await.unwrap();
            bytes.extend_from_slice(&part[..length]);
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(bytes).unwrap()
    });
    (url, request)
}

fn is_complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.split("content-length: ").nth(1).unwrap();
    body.len() >= length.lines().next().unwrap().parse().unwrap()
}

fn found() -> String {
    answer("200 OK", r#"{"data":{"users":[{"id":"1"},{"id":"2"}]}}"#)
}

#[tokio::test]
async fn a_request() {
    let (url, request) = server(found()).await;
    let db: Db = Db::http(&url)
        .secret("s3cret")
        .header("x-tenant", "blue")
        .build()
        .unwrap();
    let ids = db.user().find_many().first(2).pick(|u| u.id).await.unwrap();
    assert_eq!(ids.len(), 2);
    let request = request.await.unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /blog/dev HTTP/1.1\r\n"), "{head}");
    let head = head.to_lowercase();
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("x-tenant: blue"), "{head}");
    assert!(head.contains("authorization: bearer ey"), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    let query = "query($first: Int) { users(first: $first) { id } }";
    assert_eq!(body, json!({"query": query, "variables": {"first": 2}}));
}

/// The head of a request of a client with these options.
pub(crate) async fn head(with: impl FnOnce(HttpBuilder<Db>) -> HttpBuilder<Db>) -> String {
    let (url, request) = server(found()).await;
    let db = with(Db::http(&url)).build().unwrap();
    db.user().find_many().pick(|u| u.id).await.unwrap();
    let request = request.await.unwrap().to_lowercase();
    request.split("\r\n\r\n").next().unwrap().to_owned()
}

/// The token of a known secret, as other implementations sign it.
#[tokio::test]
async fn a_token() {
    let (url, request) = server(found()).await;
    let db: Db = Db::http(&url)
        .secret("your-256-bit-secret")
        .build()
        .unwrap();
    db.user().find_many().pick(|u| u.id).await.unwrap();
    let request = request.await.unwrap();
    let token =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.Et9HFtf9R3GEMA0IICOfFMVXY7kkTX1wr4qCyhIf58U";
    assert!(request.contains(token), "{request}");
}

async fn failure(status: &str, body: &str) -> Error {
    let (url, _request) = server(answer(status, body)).await;
    let db: Db = Db::http(&url).build().unwrap();
    db.user().find_many().await.unwrap_err()
}

#[tokio::test]
async fn answers_that_are_not_graphql() {
    let error = failure("502 Bad Gateway", "oops").await;
    assert_eq!(*error.kind(), ErrorKind::Transport);
    assert_eq!(
        error.to_string(),
        "the server answered with status 502: oops"
    );
    let error = failure("401 Unauthorized", "").await;
    assert_eq!(*error.kind(), ErrorKind::Unauthorized);
    let error = failure("200 OK", "oops").await;
    assert_eq!(*error.kind(), ErrorKind::Transport);
}

/// The server says what is wrong with a request with whatever status.
#[tokio::test]
async fn errors_with_a_status() {
    let body = r#"{"errors":[{"message":"Whoops.","requestId":"local:7"}]}"#;
    let error = failure("500 Internal Server Error", body).await;
    assert_eq!(*error.kind(), ErrorKind::Server { code: None });
    assert_eq!(error.request_id(), Some("local:7"));
}

#[tokio::test]
async fn no_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let db: Db = Db::http(&url).build().unwrap();
    let error = db.user().find_many().await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Transport);
    assert!(error.is_retryable());
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn no_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let db: Db = Db::http(&url)
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = db.user().find_many().await.unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Timeout);
}

#[test]
fn addresses_and_headers_that_cannot_be_sent() {
    let wrong = |builder: prisma_runtime::HttpBuilder<Db>| builder.build().unwrap_err();
    let error = wrong(Db::http("no address"));
    assert_eq!(*error.kind(), ErrorKind::Transport);
    wrong(Db::http("http://localhost/").header("x y", "z"));
    wrong(Db::http("http://localhost/").token("line\nbreak"));
}
