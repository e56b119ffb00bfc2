//! What surrounds the bodies (server.md §1.2, §1.5, §1.6).

use crate::server::{JSON, TestServer};

const ORIGIN: (&str, &str) = ("Origin", "https://app.example");

#[tokio::test(flavor = "multi_thread")]
async fn every_response_has_a_request_id() {
    let server = TestServer::start_with(|config| config.request_id_prefix = "eu1".to_owned()).await;
    let mut seen = std::collections::HashSet::new();
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/status"),
        ("POST", "/"),
        ("POST", "/management"),
        ("PUT", "/"),
        ("OPTIONS", "/"),
    ] {
        let answer = server.send(method, path, &[JSON], b"{").await;
        let id = answer.header("request-id").expect(method).to_owned();
        let cuid = id.strip_prefix("eu1:").expect("the prefix");
        assert!(cuid.len() == 25 && cuid.starts_with('c'), "{id}");
        assert!(seen.insert(id));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_carry_the_id_of_the_header() {
    let server = TestServer::start().await;
    for (path, body) in [
        ("/a/b", r#"{"query":"{ a }"}"#),
        ("/management", r#"{"query":"{"}"#),
        (
            "/management",
            r#"{"query":"{ project(name: \"a\", stage: \"b\") { name } }"}"#,
        ),
        ("/a/b/c/d", r#"{"query":"{ a }"}"#),
        ("/a/b", "7"),
    ] {
        let answer = server.post(path, body).await;
        let error = &answer.json()["errors"][0];
        assert_eq!(
            error["requestId"].as_str(),
            answer.header("request-id"),
            "{path} {body}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn preflights_are_answered_for_any_origin() {
    let server = TestServer::start().await;
    let headers = [
        ORIGIN,
        ("Access-Control-Request-Method", "POST"),
        (
            "Access-Control-Request-Headers",
            "authorization,content-type",
        ),
    ];
    let answer = server.send("OPTIONS", "/any/path", &headers, b"").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    for (name, value) in [
        ("access-control-allow-origin", ORIGIN.1),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "GET, POST, HEAD, OPTIONS"),
        ("access-control-allow-headers", "authorization,content-type"),
        ("access-control-max-age", "1800"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let without = server.send("OPTIONS", "/", &headers[..2], b"").await;
    assert_eq!(without.header("access-control-allow-headers"), None);
    let put = [ORIGIN, ("Access-Control-Request-Method", "PUT")];
    let refused = server.send("OPTIONS", "/", &put, b"").await;
    assert_eq!(
        (refused.status, refused.body.as_str()),
        (400, "CORS: invalid method 'PUT'")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_echo_proper_origins() {
    let server = TestServer::start().await;
    let query = br#"{"query":"{ serverInfo { version } }"}"#;
    for body in [&query[..], b"{"] {
        for origin in ["https://app.example", "null"] {
            let answer = server
                .send("POST", "/management", &[JSON, ("Origin", origin)], body)
                .await;
            assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
            assert_eq!(
                answer.header("access-control-allow-credentials"),
                Some("true")
            );
        }
        for headers in [&[JSON][..], &[JSON, ("Origin", "nonsense")]] {
            let answer = server.send("POST", "/management", headers, body).await;
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_see_a_page() {
    let server = TestServer::start().await;
    for path in ["/", "/blog/dev", "/management", "/status/"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert!(
            answer.body.contains(&format!("<code>{path}</code>")),
            "{path}"
        );
    }
    let json = server
        .send("GET", "/", &[("Accept", "application/json")], b"")
        .await;
    assert_eq!(json.status, 406);
    let head = server.send("HEAD", "/status", &[], b"").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let status = server.get("/status").await;
    assert_eq!(status.header("content-type"), Some("application/json"));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_methods_name_the_right_ones() {
    let server = TestServer::start().await;
    let answer = server.send("PUT", "/blog", &[JSON], b"{}").await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow"), Some("POST, GET"));
    assert_eq!(
        answer.body,
        "HTTP method not allowed, supported methods: POST, GET"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn media_types_may_have_parameters() {
    let server = TestServer::start().await;
    let query = br#"{"query":"{ serverInfo { primaryConnector } }"}"#;
    for media in [
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/json;",
    ] {
        let answer = server
            .send("POST", "/management", &[("Content-Type", media)], query)
            .await;
        assert_eq!(
            answer.body,
            r#"{"data":{"serverInfo":{"primaryConnector":"sqlite"}}}"#
        );
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
}
