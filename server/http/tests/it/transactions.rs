//! Transactions of several requests (the header `Prisma-Transaction`).

use std::time::Duration;

use serde_json::{Value, json};

use crate::server::{Answer, BLOG, JSON, TestServer};

const HANDLES: &str = "{ users(orderBy: handle_ASC) { handle } }";

fn create(handle: &str) -> String {
    format!(r#"mutation {{ createUser(data: {{handle: "{handle}", name: "x"}}) {{ handle }} }}"#)
}

/// A request with the header.
async fn with(server: &TestServer, wish: &str, body: &str) -> Answer {
    let headers = [JSON, ("Prisma-Transaction", wish)];
    server
        .send("POST", "/blog/dev", &headers, body.as_bytes())
        .await
}

async fn begin(server: &TestServer, options: &str) -> String {
    let answer = with(server, "begin", options).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let id = answer.json()["data"]["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("Prisma-Transaction"), Some(id.as_str()));
    assert!(id.len() >= 32, "{id}");
    id
}

/// A document within a transaction.
async fn within(server: &TestServer, id: &str, query: &str) -> Answer {
    with(server, id, &json!({ "query": query }).to_string()).await
}

fn handles(answer: &Value) -> Vec<String> {
    let users = answer["data"]["users"].as_array();
    let users = users.unwrap_or_else(|| panic!("{answer}"));
    let handle = |user: &Value| user["handle"].as_str().unwrap().to_owned();
    users.iter().map(handle).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_is_used_by_its_id_and_committed() {
    let server = TestServer::with_blog().await;
    let id = begin(&server, "").await;
    let made = within(&server, &id, &create("ann")).await;
    assert_eq!(made.json()["data"]["createUser"]["handle"], "ann");
    let batch = json!([{ "query": create("bob") }, { "query": HANDLES }]).to_string();
    let answers = with(&server, &id, &batch).await.json();
    assert_eq!(handles(&answers[1]), ["ann", "bob"]);
    // Readers do not wait, and see what was there before.
    assert_eq!(handles(&server.blog(HANDLES).await), Vec::<String>::new());
    let ended = with(&server, &format!("commit {id}"), "").await;
    assert_eq!((ended.status, ended.code()), (200, None));
    assert_eq!(handles(&server.blog(HANDLES).await), ["ann", "bob"]);
    for wish in [id.clone(), format!("commit {id}"), format!("rollback {id}")] {
        let late = with(&server, &wish, &json!({ "query": HANDLES }).to_string()).await;
        assert_eq!((late.status, late.code()), (409, Some(4213)), "{wish}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rollback_undoes_it() {
    let server = TestServer::with_blog().await;
    let id = begin(&server, "{}").await;
    within(&server, &id, &create("ann")).await;
    let ended = with(&server, &format!("rollback {id}"), "{}").await;
    assert_eq!((ended.status, ended.code()), (200, None));
    assert_eq!(handles(&server.blog(HANDLES).await), Vec::<String>::new());
}

/// Nobody says that the client has gone; the lease does.
#[tokio::test(flavor = "multi_thread")]
async fn the_lease_ends_what_nobody_ends() {
    let server = TestServer::with_blog().await;
    let id = begin(&server, r#"{"timeout": 300}"#).await;
    within(&server, &id, &create("ann")).await;
    // It waits for the writer.
    let made = server.blog(&create("bob")).await;
    assert_eq!(made["data"]["createUser"]["handle"], "bob", "{made}");
    assert_eq!(handles(&server.blog(HANDLES).await), ["bob"]);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let late = within(&server, &id, HANDLES).await;
    assert_eq!(
        (late.status, late.code()),
        (409, Some(4211)),
        "{}",
        late.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_are_of_one_service_and_want_its_token() {
    let server = TestServer::with_blog().await;
    server.deploy("blog", "other", BLOG, &[]).await;
    server.deploy("blog", "closed", BLOG, &["secret"]).await;
    let id = begin(&server, "").await;
    let body = json!({ "query": HANDLES }).to_string();
    for (path, wish) in [
        ("/blog/other", id.as_str()),
        ("/blog/dev", "nothing"),
        ("/blog/dev", "commit nothing"),
        ("/blog/dev", "commit"),
        ("/blog/dev", ""),
    ] {
        let headers = [JSON, ("Prisma-Transaction", wish)];
        let answer = server.send("POST", path, &headers, body.as_bytes()).await;
        let told = (answer.status, answer.code());
        assert_eq!(told, (404, Some(4214)), "{path} {wish}");
    }
    for wish in ["begin", "whole", id.as_str()] {
        let headers = [JSON, ("Prisma-Transaction", wish)];
        let answer = server.send("POST", "/blog/closed", &headers, body.as_bytes());
        assert_eq!(answer.await.code(), Some(3015), "{wish}");
    }
    let answer = server.send(
        "POST",
        "/no/such",
        &[JSON, ("Prisma-Transaction", "begin")],
        b"",
    );
    assert_eq!(answer.await.code(), Some(3016));
}

#[tokio::test(flavor = "multi_thread")]
async fn options_are_bounded() {
    let server = TestServer::start_with(|config| {
        config.limits.transactions = 1;
        config.limits.transaction_time = Duration::from_millis(700);
    })
    .await;
    server.deploy("blog", "dev", BLOG, &[]).await;
    for options in [
        r#"{"timeout": "x"}"#,
        r#"{"time": 1}"#,
        "[",
        r#"{"isolation": "NONE"}"#,
    ] {
        let answer = with(&server, "begin", options).await;
        assert_eq!(answer.status, 400, "{options}");
    }
    let options = r#"{"timeout": 60000, "maxWait": 60000, "isolation": "SERIALIZABLE"}"#;
    let answer = with(&server, "begin", options).await;
    assert_eq!(answer.json()["data"]["lease"], 700);
    assert_eq!(answer.header("Prisma-Transaction-Lease"), Some("700"));
    let second = with(&server, "begin", "").await;
    assert_eq!((second.status, second.code()), (429, Some(4215)));
    tokio::time::sleep(Duration::from_millis(900)).await;
    begin(&server, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_does_not_begin() {
    let server = TestServer::with_blog().await;
    let first = begin(&server, "").await;
    let second = with(&server, "begin", r#"{"maxWait": 100}"#).await;
    assert_eq!((second.status, second.code()), (409, Some(4210)));
    with(&server, &format!("commit {first}"), "").await;
    begin(&server, r#"{"maxWait": 1000}"#).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_can_be_a_transaction() {
    let server = TestServer::with_blog().await;
    let document = |last: &str| {
        let query = format!(
            r#"mutation {{
              a: createUser(data: {{handle: "a", name: "x"}}) {{ handle }}
              b: createUser(data: {{handle: "{last}", name: "x"}}) {{ handle }}
            }}"#
        );
        json!({ "query": query }).to_string()
    };
    let refused = with(&server, "whole", &document("a")).await;
    assert_eq!((refused.status, refused.code()), (200, Some(3010)));
    assert_eq!(refused.json()["data"], Value::Null);
    assert_eq!(handles(&server.blog(HANDLES).await), Vec::<String>::new());
    let done = with(&server, "whole", &document("b")).await;
    assert_eq!(done.code(), None);
    assert_eq!(handles(&server.blog(HANDLES).await), ["a", "b"]);
    let batch = with(&server, "whole", "[]").await;
    assert_eq!(batch.status, 400);
}

/// A server that stops waits for nobody's transaction.
#[tokio::test(flavor = "multi_thread")]
async fn shutting_down_rolls_back() {
    let server = TestServer::with_blog().await;
    let id = begin(&server, r#"{"timeout": 30000}"#).await;
    within(&server, &id, &create("ann")).await;
    let stopped = tokio::time::timeout(Duration::from_secs(5), server.stop());
    stopped.await.unwrap().unwrap();
}
