//! Who gets in (server.md §2): every way to come without the right token, at every endpoint that wants one.

use serde_json::json;

use crate::server::{BLOG, JSON, TestServer};

// Made with another implementation of the standard; secret `right` unless named otherwise, HS256.
/// `{}`
const GOOD: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.NyQBIqxpfRV9V6cHPD1NTeGiNpjlzpk-mIPs-YbyWyA";
/// `{}`, secret `wrong`
const WRONG: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.wJ5A58CgkIzbxmmqB2yqdQKYaYcCxUzrtFSfCGr7eD0";
/// `{"exp":1600000000}`
const EXPIRED: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE2MDAwMDAwMDB9.GNkLGm3DuwTMCge2ZZ6v7cVI_W9D9u-XsrQFWaVsi6Y";
/// `{}`, HS512
const HS512: &str = "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.e30.8_xM0S02XwTTIk2YKohD1p8ky3CVXaT8kQbHdPSCiW1RmtLJUXCw1-RabjhZjUKiNod4MocMZ3aR0nz9Er1y6w";
/// `{}`, algorithm `none`
const NONE: &str = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.";

const DENIED: &str = "Your token is invalid. It might have expired or you might be using a token from a different \
                      project.";

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_service_wants_a_token_of_any_of_its_secrets() {
    let server = TestServer::start().await;
    server.deploy("blog", "dev", BLOG, &["new", "right"]).await;
    let query = br#"{"query":"{ users { id } }"}"#;
    let batch = br#"[{"query":"{ users { id } }"}]"#;
    for path in ["/blog/dev", "/blog/dev/", "/blog/dev/_datamodel"] {
        for token in [
            GOOD.to_owned(),
            format!("Bearer {GOOD}"),
            format!("bearer {GOOD}"),
        ] {
            let headers = [JSON, ("Authorization", token.as_str())];
            let answer = server.send("POST", path, &headers, query).await;
            assert_eq!(answer.status, 200, "{path} {token}");
            assert!(
                !answer.body.contains("errors"),
                "{path} {token}: {}",
                answer.body
            );
        }
        for token in [
            "",
            "Bearer",
            "Bearer undefined",
            "Basic cmlnaHQ6cmlnaHQ=",
            "right",
            WRONG,
            EXPIRED,
            HS512,
            NONE,
        ] {
            for body in [&query[..], batch] {
                let headers = [JSON, ("Authorization", token)];
                let answer = server.send("POST", path, &headers, body).await;
                assert_eq!(answer.status, 200, "{path} {token}");
                let error = &answer.json()["errors"][0];
                assert_eq!(answer.json().get("data"), None);
                assert_eq!(
                    (&error["message"], &error["code"]),
                    (&json!(DENIED), &json!(3015))
                );
                assert_eq!(error["requestId"].as_str(), answer.header("request-id"));
            }
        }
        let answer = server.send("POST", path, &[JSON], query).await;
        assert_eq!(answer.code(), Some(3015), "{path} without a token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_service_reads_no_token() {
    let server = TestServer::with_blog().await;
    for token in ["Bearer undefined", WRONG, "x"] {
        let headers = [JSON, ("Authorization", token)];
        let body = br#"{"query":"{ users { id } }"}"#;
        let answer = server.send("POST", "/blog/dev", &headers, body).await;
        assert_eq!(answer.json(), json!({ "data": { "users": [] } }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_service_is_told_before_a_bad_token() {
    let server = TestServer::start().await;
    let headers = [JSON, ("Authorization", WRONG)];
    let answer = server
        .send("POST", "/a/b", &headers, br#"{"query":"{ a }"}"#)
        .await;
    assert_eq!(
        answer.json()["errors"][0]["message"],
        "Project not found: 'a$b'"
    );
    assert_eq!(answer.code(), Some(3016));
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_change_with_a_deploy() {
    let server = TestServer::start().await;
    server.deploy("blog", "dev", BLOG, &["wrong"]).await;
    let code = async |token| {
        let headers = [JSON, ("Authorization", token)];
        let body = br#"{"query":"{ users { id } }"}"#;
        server
            .send("POST", "/blog/dev", &headers, body)
            .await
            .code()
    };
    assert_eq!((code(GOOD).await, code(WRONG).await), (Some(3015), None));
    let deploy = json!({ "name": "blog", "stage": "dev", "types": BLOG, "secrets": ["right"] });
    let mutation =
        "mutation ($input: DeployInput!) { deploy(input: $input) { errors { description } } }";
    server.manage(mutation, json!({ "input": deploy })).await;
    assert_eq!((code(GOOD).await, code(WRONG).await), (None, Some(3015)));
}

#[tokio::test(flavor = "multi_thread")]
async fn made_tokens_open_the_service() {
    let server = TestServer::start().await;
    server
        .deploy("blog", "dev", BLOG, &["first", "second"])
        .await;
    server.deploy("open", "dev", BLOG, &[]).await;
    let answer = server
        .manage(
            r#"{ token: generateProjectToken(name: "blog", stage: "dev")
                 none: generateProjectToken(name: "open", stage: "dev") }"#,
            json!({}),
        )
        .await;
    assert_eq!(answer["data"]["none"], "");
    let token = answer["data"]["token"].as_str().unwrap();
    let headers = [JSON, ("Authorization", token)];
    let body = br#"{"query":"{ users { id } }"}"#;
    let answer = server.send("POST", "/blog/dev", &headers, body).await;
    assert_eq!(answer.json(), json!({ "data": { "users": [] } }));
}

/// `{"grants":[{"target":"*/*","action":"*"}],"exp":4000000000}`, secret `management`
const ROOT: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJncmFudHMiOlt7InRhcmdldCI6IiovKiIsImFjdGlvbiI6IioifV0sImV4cCI6NDAwMDAwMDAwMH0.WXV2FqV4l9k7UYuVpkbY_k2ULy3efbykDQPWnZxAujs";
/// `{"grants":[{"target":"blog/*","action":"*"}],"exp":4000000000}`, secret `management`
const BLOG_ONLY: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJncmFudHMiOlt7InRhcmdldCI6ImJsb2cvKiIsImFjdGlvbiI6IioifV0sImV4cCI6NDAwMDAwMDAwMH0.g_p3KHzlZtqE5tUkpUwrGv4ySsv4hHhw7PnvpljCk48";
/// `{"grants":[{"target":"*/*","action":"*"}],"exp":1600000000}`, secret `management`
const OLD_ROOT: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJncmFudHMiOlt7InRhcmdldCI6IiovKiIsImFjdGlvbiI6IioifV0sImV4cCI6MTYwMDAwMDAwMH0.NHiGzbet5m73C2vaHmRSBae60aWd4Ok4C6lI3_deh-U";

#[tokio::test(flavor = "multi_thread")]
async fn the_management_api_wants_a_grant() {
    let server = TestServer::start_with(|config| {
        config.management_secret = Some("management".into());
    })
    .await;
    let ask = async |token: &str, query: &str| {
        let headers = [JSON, ("Authorization", token)];
        let headers = if token.is_empty() {
            &headers[..1]
        } else {
            &headers
        };
        let body = json!({ "query": query }).to_string();
        let answer = server
            .send("POST", "/management", headers, body.as_bytes())
            .await;
        assert_eq!(answer.status, 200, "{query}");
        answer.code()
    };
    let guarded = [
        "{ listProjects { name } }",
        r#"{ project(name: "shop", stage: "dev") { name } }"#,
        r#"{ migrationStatus(name: "shop", stage: "dev") { status } }"#,
        r#"{ listMigrations(name: "shop", stage: "dev") { status } }"#,
        r#"{ generateProjectToken(name: "shop", stage: "dev") }"#,
        r#"mutation { addProject(input: { name: "shop", stage: "dev" }) { clientMutationId } }"#,
        r#"mutation { deleteProject(input: { name: "shop", stage: "dev" }) { clientMutationId } }"#,
        "mutation { setCloudSecret(input: {}) { clientMutationId } }",
    ];
    for query in guarded {
        for token in ["", "Bearer undefined", GOOD, NONE, BLOG_ONLY] {
            assert_eq!(ask(token, query).await, Some(3015), "{token} {query}");
        }
        assert_eq!(ask(OLD_ROOT, query).await, Some(3016), "{query}");
    }
    // Nothing happened so far; now it may.
    assert_eq!(ask(ROOT, guarded[1]).await, Some(4000));
    assert_eq!(ask(ROOT, guarded[5]).await, None);
    assert_eq!(ask(ROOT, guarded[0]).await, None);
    assert_eq!(ask(BLOG_ONLY, guarded[1]).await, Some(3015));
    let deploy = r#"mutation { deploy(input: { name: "shop", stage: "dev", types: "type A { id: ID! @id }" }) {
                      errors { description } } }"#;
    assert_eq!(ask("", deploy).await, Some(3015));
    // A deploy looks for its service first.
    assert_eq!(ask("", &deploy.replace("shop", "none")).await, Some(4000));
    assert_eq!(ask(ROOT, deploy).await, None);
    // Public: what the server is, and the schema.
    for query in [
        "{ serverInfo { version } }",
        "{ __typename }",
        "{ __schema { queryType { name } } }",
    ] {
        assert_eq!(ask("", query).await, None, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_unauthorised_field_fails() {
    let server = TestServer::start_with(|config| {
        config.management_secret = Some("management".into());
    })
    .await;
    let query = r#"mutation {
      mine: addProject(input: { name: "blog", stage: "dev" }) { project { name } }
      other: addProject(input: { name: "shop", stage: "dev" }) { project { name } }
    }"#;
    let headers = [JSON, ("Authorization", BLOG_ONLY)];
    let body = json!({ "query": query }).to_string();
    let answer = server
        .send("POST", "/management", &headers, body.as_bytes())
        .await;
    let id = answer.header("request-id").unwrap();
    assert_eq!(
        answer.json(),
        json!({
            "data": { "mine": { "project": { "name": "blog" } }, "other": null },
            "errors": [{
                "message": "Authentication token is invalid: Token contained 1 grants but none satisfied the request.",
                "locations": [{ "line": 3, "column": 7 }],
                "path": ["other"],
                "code": 3015,
                "requestId": id,
            }],
        })
    );
}
