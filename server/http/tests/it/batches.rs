//! Arrays of requests (server.md §1.3).

use serde_json::{Value, json};

use crate::server::TestServer;

fn requests(queries: &[&str]) -> String {
    let requests: Vec<Value> = queries
        .iter()
        .map(|query| json!({ "query": query }))
        .collect();
    Value::from(requests).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_in_the_order_of_requests() {
    let server = TestServer::with_blog().await;
    let queries: Vec<String> = (0..50)
        .map(|number| {
            format!(r#"mutation {{ createUser(data: {{ handle: "h{number}", name: "n" }}) {{ handle }} }}"#)
        })
        .collect();
    let queries: Vec<&str> = queries.iter().map(String::as_str).collect();
    let answer = server.post("/blog/dev", &requests(&queries)).await;
    let expected: Vec<Value> = (0..50)
        .map(|number| json!({ "data": { "createUser": { "handle": format!("h{number}") } } }))
        .collect();
    assert_eq!(answer.json(), Value::from(expected));
    assert_eq!(server.post("/blog/dev", "[]").await.body, "[]");
    assert_eq!(server.post("/management", "[]").await.body, "[]");
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_elements_fail_alone() {
    let server = TestServer::with_blog().await;
    let batch = requests(&[
        "{ users { id } }",
        "{ nothing }",
        "{ users(first: -1) { id } }",
        "{ users { handle } }",
    ]);
    let answer = server.post("/blog/dev", &batch).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    let answers = answer.as_array().unwrap();
    let has_errors: Vec<bool> = answers
        .iter()
        .map(|answer| answer.get("errors").is_some())
        .collect();
    assert_eq!(has_errors, [false, true, true, false], "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_element_fails_all_of_them_before_any_runs() {
    let server = TestServer::with_blog().await;
    let create = r#"mutation { createUser(data: { handle: "a", name: "n" }) { id } }"#;
    for bad in [
        requests(&[create, "{ users {"]),
        requests(&["{", create]),
        format!(r#"[{{"query":{}}}, 7]"#, json!(create)),
        format!(r#"[{{"query":{}}}, {{"query":7}}]"#, json!(create)),
    ] {
        let answer = server.post("/blog/dev", &bad).await;
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.json()["errors"][0]["requestId"].is_string(), "{bad}");
    }
    assert_eq!(
        server.blog("{ users { id } }").await,
        json!({ "data": { "users": [] } })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_of_the_management_api_run_in_order() {
    let server = TestServer::start().await;
    let add = r#"mutation { addProject(input: { name: "a", stage: "b" }) { project { name } } }"#;
    let batch = requests(&[add, add, "{ listProjects { name } }"]);
    let answer = server.post("/management", &batch).await.json();
    assert_eq!(
        answer[0],
        json!({ "data": { "addProject": { "project": { "name": "a" } } } })
    );
    assert_eq!(answer[1]["errors"][0]["code"], 4005);
    assert_eq!(
        answer[2],
        json!({ "data": { "listProjects": [{ "name": "a" }] } })
    );
    let refused = server
        .post(
            "/management",
            &requests(&[&add.replace("\"a\"", "\"c\""), "{"]),
        )
        .await;
    assert_eq!(refused.status, 400);
    let names = server.manage("{ listProjects { name } }", json!({})).await;
    assert_eq!(names["data"]["listProjects"], json!([{ "name": "a" }]));
}
