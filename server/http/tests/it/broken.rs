//! Requests that make no sense get a GraphQL error or a 4xx, write nothing, and do not hurt the server.

use serde_json::json;

use crate::server::{JSON, TestServer};

/// What a broken request must get.
enum Expected {
    /// A status of the HTTP layer.
    Status(u16),
    /// Status 200 and errors, with a code or without.
    Errors(Option<i64>),
}

use Expected::{Errors, Status};

/// What, method, headers, body, status.
type Shape<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [u8], u16);

#[tokio::test(flavor = "multi_thread")]
async fn broken_requests_are_refused() {
    let server = TestServer::with_blog().await;
    let created = server
        .blog(r#"mutation { createUser(data: { handle: "alice", name: "Alice" }) { id } }"#)
        .await;
    assert!(created["data"]["createUser"]["id"].is_string(), "{created}");

    for (what, path, body, expected) in broken_bodies() {
        let answer = server.send("POST", path, &[JSON], &body).await;
        check(what, &answer, &expected);
    }
    let query = br#"{"query":"{ users { id } }"}"#;
    let shapes: [Shape; 11] = [
        ("no content type", "POST", &[], query, 415),
        (
            "text",
            "POST",
            &[("Content-Type", "text/plain")],
            query,
            415,
        ),
        (
            "a form",
            "POST",
            &[("Content-Type", "application/x-www-form-urlencoded")],
            query,
            415,
        ),
        (
            "graphql",
            "POST",
            &[("Content-Type", "application/graphql")],
            query,
            415,
        ),
        (
            "a binary type",
            "POST",
            &[("Content-Type", "\u{1}\u{2}")],
            query,
            400,
        ),
        (
            "html wanted",
            "POST",
            &[JSON, ("Accept", "text/html")],
            query,
            406,
        ),
        ("put", "PUT", &[JSON], query, 405),
        ("delete", "DELETE", &[JSON], query, 405),
        ("patch", "PATCH", &[JSON], query, 405),
        ("options without origin", "OPTIONS", &[], b"", 405),
        ("an unknown method", "BREW", &[JSON], query, 405),
    ];
    for (what, method, headers, body, status) in shapes {
        let answer = server.send(method, "/blog/dev", headers, body).await;
        assert_eq!(answer.status, status, "{what}: {answer:?}");
    }

    server.assert_up().await;
    let users = server
        .blog("{ usersConnection { aggregate { count } } users { handle } }")
        .await;
    assert_eq!(
        users,
        json!({ "data": {
            "usersConnection": { "aggregate": { "count": 1 } },
            "users": [{ "handle": "alice" }],
        } })
    );
}

fn check(what: &str, answer: &crate::server::Answer, expected: &Expected) {
    match expected {
        Status(status) => assert_eq!(answer.status, *status, "{what}: {answer:?}"),
        Errors(code) => {
            assert_eq!(answer.status, 200, "{what}: {answer:?}");
            assert!(
                answer.json()["errors"][0]["message"].is_string(),
                "{what}: {answer:?}"
            );
            assert_eq!(answer.code(), *code, "{what}: {answer:?}");
        }
    }
}

/// What, path, body, expected.
fn broken_bodies() -> Vec<(&'static str, &'static str, Vec<u8>, Expected)> {
    let blog = "/blog/dev";
    let create = "mutation M($n: String!) { createUser(data: { handle: $n, name: $n }) { id } }";
    let text = |text: &str| text.as_bytes().to_vec();
    let query = |query: &str| json!({ "query": query }).to_string().into_bytes();
    let with = |variables: serde_json::Value| {
        json!({ "query": create, "variables": variables })
            .to_string()
            .into_bytes()
    };
    let nested = |open: &str, close: &str| open.repeat(20_000) + &close.repeat(20_000);
    let deep_variable = format!(
        r#"{{"query":"query($w: UserWhereInput) {{ users(where: $w) {{ id }} }}","variables":{{"w":{}{{}}{}}}}}"#,
        r#"{"AND":"#.repeat(20_000),
        "}".repeat(20_000),
    );
    vec![
        // Not JSON, or not a request.
        ("nothing", blog, text(""), Status(400)),
        ("blanks", blog, text(" \n"), Status(400)),
        (
            "half of a body",
            blog,
            text(r#"{"query": "{ users"#),
            Status(400),
        ),
        ("no JSON", blog, text("query { users { id } }"), Status(400)),
        (
            "no UTF-8",
            blog,
            b"{\"query\":\"\xff\xfe\"}".to_vec(),
            Status(400),
        ),
        (
            "two values",
            blog,
            text(r#"{"query":"{users{id}}"} {}"#),
            Status(400),
        ),
        ("a number", blog, text("7"), Status(400)),
        ("a string", blog, text(r#""{ users { id } }""#), Status(400)),
        ("null", blog, text("null"), Status(400)),
        ("no query", blog, text("{}"), Status(400)),
        ("a null query", blog, text(r#"{"query":null}"#), Status(400)),
        ("an empty query", blog, query(""), Status(400)),
        (
            "a query that is a number",
            blog,
            text(r#"{"query":3}"#),
            Status(400),
        ),
        (
            "variables as text",
            blog,
            text(r#"{"query":"{users{id}}","variables":"{}"}"#),
            Status(400),
        ),
        (
            "variables as list",
            blog,
            text(r#"{"query":"{users{id}}","variables":[]}"#),
            Status(400),
        ),
        (
            "a name that is a list",
            blog,
            text(r#"{"query":"{users{id}}","operationName":[]}"#),
            Status(400),
        ),
        ("a batch of numbers", blog, text("[1]"), Status(400)),
        ("too long", blog, vec![b' '; 9 * 1024 * 1024], Status(413)),
        // Not GraphQL.
        ("a syntax error", blog, query("{ users { id }"), Status(400)),
        (
            "a stray character",
            blog,
            query("{ users { id } } ?"),
            Status(400),
        ),
        (
            "20,000 braces in the document",
            blog,
            query(&nested("{a", "}")),
            Errors(Some(4101)),
        ),
        (
            "20,000 lists in an argument",
            blog,
            query(&format!("{{users(where:{})}}", nested("[", "]"))),
            Errors(Some(4101)),
        ),
        (
            "20,000 braces in an argument",
            blog,
            query(&format!("{{users(where:{})}}", nested("{AND:", "}"))),
            Errors(Some(4101)),
        ),
        (
            "20,000 lists as body",
            blog,
            text(&nested("[", "]")),
            Status(400),
        ),
        // Nothing that this API has.
        (
            "an unknown field",
            blog,
            query("{ users { id nothing } }"),
            Errors(None),
        ),
        (
            "an unknown root field",
            blog,
            query("{ nothing { id } }"),
            Errors(None),
        ),
        (
            "an unknown mutation",
            blog,
            query("mutation { dropUsers { id } }"),
            Errors(None),
        ),
        (
            "an unknown argument",
            blog,
            query("{ users(limit: 3) { id } }"),
            Errors(None),
        ),
        (
            "an unknown key",
            blog,
            query("mutation { createUser(data: { handle: \"a\", name: \"a\", x: 1 }) { id } }"),
            Errors(None),
        ),
        (
            "a missing key",
            blog,
            query("mutation { createUser(data: { handle: \"a\" }) { id } }"),
            Errors(None),
        ),
        ("no selection", blog, query("{ users }"), Errors(None)),
        (
            "a wrong scalar",
            blog,
            query("mutation { createUser(data: { handle: \"a\", name: 3 }) { id } }"),
            Errors(None),
        ),
        (
            "a number that is too great",
            blog,
            query("{ users(where: { age: 3000000000 }) { id } }"),
            Errors(None),
        ),
        (
            "an undeclared variable",
            blog,
            query("{ users(where: { name: $n }) { id } }"),
            Errors(None),
        ),
        (
            "an unused fragment",
            blog,
            query("{ users { id } } fragment F on User { id }"),
            Errors(None),
        ),
        (
            "a circle of fragments",
            blog,
            query("{ users { ...F } } fragment F on User { posts { author { ...F } } }"),
            Errors(None),
        ),
        (
            "an unknown directive",
            blog,
            query("{ users @nothing { id } }"),
            Errors(None),
        ),
        // Variables.
        ("a missing variable", blog, with(json!({})), Errors(None)),
        (
            "a null variable",
            blog,
            with(json!({ "n": null })),
            Errors(None),
        ),
        (
            "a variable of another type",
            blog,
            with(json!({ "n": { "a": 1 } })),
            Errors(None),
        ),
        (
            "20,000 braces in a variable",
            blog,
            text(&deep_variable),
            Errors(Some(4106)),
        ),
        // Operations.
        (
            "two operations",
            blog,
            query("query A { users { id } } query B { users { id } }"),
            Errors(None),
        ),
        (
            "an unknown operation",
            blog,
            json!({ "query": "query A { users { id } }", "operationName": "B" })
                .to_string()
                .into_bytes(),
            Errors(None),
        ),
        // Refused while running.
        (
            "both ends of a page",
            blog,
            query("{ users(first: 1, last: 1) { id } }"),
            Errors(Some(3014)),
        ),
        (
            "a negative page",
            blog,
            query("{ users(first: -1) { id } }"),
            Errors(Some(3026)),
        ),
        (
            "a taken handle",
            blog,
            query("mutation { createUser(data: { handle: \"alice\", name: \"B\" }) { id } }"),
            Errors(Some(3010)),
        ),
        (
            "no key",
            blog,
            query("mutation { deleteUser(where: {}) { id } }"),
            Errors(Some(3040)),
        ),
        (
            "an unknown node",
            blog,
            query("mutation { deleteUser(where: { handle: \"bob\" }) { id } }"),
            Errors(Some(3039)),
        ),
        (
            "half a write",
            blog,
            query(
                "mutation { createUser(data: { handle: \"eve\", name: \"E\", posts: { connect: [{ id: \"none\" }] } }) { id } }",
            ),
            Errors(Some(3039)),
        ),
        // Other paths.
        (
            "an unknown service",
            "/nothing/here",
            query("{ users { id } }"),
            Errors(Some(3016)),
        ),
        (
            "an unknown stage",
            "/blog/prod",
            query("{ users { id } }"),
            Errors(Some(3016)),
        ),
        (
            "the default service, which is not there",
            "/",
            query("{ users { id } }"),
            Errors(Some(3016)),
        ),
        (
            "too many parts",
            "/a/b/c/d",
            query("{ users { id } }"),
            Status(404),
        ),
        ("an import", "/blog/dev/import", text("{}"), Status(404)),
        (
            "a syntax error in management",
            "/management",
            query("{ serverInfo {"),
            Status(400),
        ),
        (
            "an unknown field of management",
            "/management",
            query("{ services { name } }"),
            Errors(None),
        ),
        (
            "20,000 braces in management",
            "/management",
            query(&nested("{a", "}")),
            Status(400),
        ),
        (
            "20,000 braces in a datamodel",
            "/management",
            query(&format!(
                "mutation {{ deploy(input: {{ name: \"blog\", stage: \"dev\", types: \"type A {}\" }}) {{ errors {{ description }} }} }}",
                nested("{", "}")
            )),
            Errors(Some(3017)),
        ),
    ]
}
