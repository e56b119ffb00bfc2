//! Broken requests, in the words that clients know.

use prisma_connector::{ConnectorError, ServiceName};
use prisma_engine::{Engine, GraphqlRequest};

use crate::fake::{BLOG, Fake};

/// Holds the messages of broken documents to a snapshot.
fn check(name: &str, documents: &[(&str, &str)]) {
    let fake = Fake::with(BLOG, true);
    let text = |(query, variables): &(&str, &str)| {
        let messages = fake.messages(query, variables);
        assert!(!messages.is_empty(), "{query}");
        format!("{query}\n{variables}\n\n{}\n", messages.join("\n"))
    };
    let texts: Vec<String> = documents.iter().map(text).collect();
    assert!(fake.asked().is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, texts.join("---\n")));
}

#[test]
fn selections() {
    check(
        "selections",
        &[
            ("{ users { emial } }", "null"),
            ("{ nothing }", "null"),
            ("{ users }", "null"),
            ("{ users { id { x } } }", "null"),
            ("{ users(zz: 1) { id } }", "null"),
            ("{ user { id } }", "null"),
            ("{ users { id @foo } }", "null"),
            ("{ users { id @skip } }", "null"),
            ("{ users { id @include(if: 1) } }", "null"),
            ("{ a: users { id } a: posts { id } }", "null"),
            ("{ users(first: 1) { id } users(first: 2) { id } }", "null"),
            ("{ users { ...F } }", "null"),
            ("{ users { id } } fragment Q on User { id }", "null"),
            ("{ users { ... on Post { id } } }", "null"),
            (
                "{ users { ...A } } fragment A on User { ...B } fragment B on User { ...A }",
                "null",
            ),
            ("type A { b: Int } { users { id } }", "null"),
            ("{ users { id nope nada } posts { nope } }", "null"),
        ],
    );
}

#[test]
fn values() {
    check(
        "values",
        &[
            ("{ users(first: \"1\") { id } }", "null"),
            ("{ users(first: 1.0) { id } }", "null"),
            ("{ users(first: 2147483648) { id } }", "null"),
            ("{ users(where: {age: true, nope: 1}) { id } }", "null"),
            ("{ users(where: {email_in: [\"a\", null]}) { id } }", "null"),
            (
                "{ users(where: {AND: [{id: true}, {posts_some: {titel: 1}}]}) { id } }",
                "null",
            ),
            (
                "{ users(where: {score: 0.1234567890123456789}) { id } }",
                "null",
            ),
            ("{ users(where: {born: \"20160924\"}) { id } }", "null"),
            ("{ users(where: {role: \"ADMIN\"}) { id } }", "null"),
            ("{ users(where: {role: NOBODY}) { id } }", "null"),
            ("{ users(orderBy: nothing_ASC) { id } }", "null"),
            ("{ users(where: 1) { id } }", "null"),
            ("{ users(where: {age: 1, age: 1}) { id } }", "null"),
            ("mutation { createUser(data: {age: 1}) { id } }", "null"),
            (
                "mutation { createUser(data: {email: null, extra: {a: 1}}) { id } }",
                "null",
            ),
            (
                "mutation { createUser(data: {email: \"a\", extra: \"{'a': 1}\"}) { id } }",
                "null",
            ),
            (
                "mutation { createPost(data: {title: \"t\", author: null}) { id } }",
                "null",
            ),
            (
                "mutation {\n  createPost(\n    data: {\n      title: \"ä\", author: {create: {\n        email: 7}}}) { id } }",
                "null",
            ),
            ("mutation { updateUser(where: {id: 1}) { id } }", "null"),
            ("{ item(where: {id: \"x\"}) { id } }", "null"),
        ],
    );
}

#[test]
fn variables() {
    check(
        "variables",
        &[
            ("query($n: Int!) { users(first: $n) { id } }", "null"),
            (
                "query($n: Int!) { users(first: $n) { id } }",
                r#"{"n": null}"#,
            ),
            (
                "query($n: Int) { users(first: $n) { id } }",
                r#"{"n": "1"}"#,
            ),
            (
                "query($n: Int) { users(first: $n) { id } }",
                r#"{"n": 1.5}"#,
            ),
            ("{ users(first: $n) { id } }", "null"),
            (
                "query($n: Int, $m: Int) { users(first: $n) { id } }",
                "null",
            ),
            (
                "query($v: [String!]) { users(where: {email: $v}) { id } }",
                "null",
            ),
            (
                "query($w: UserWhereUniqueInput) { user(where: $w) { id } }",
                "null",
            ),
            (
                "mutation($e: String) { createUser(data: {email: $e}) { id } }",
                r#"{"e": "a"}"#,
            ),
            (
                "mutation($d: UserCreateInput!) { createUser(data: $d) { id } }",
                r#"{"d": {"email": 3, "posts": {"create": [{"title": 1}]}, "x": {}}}"#,
            ),
            (
                "mutation($d: UserCreateInput!) { createUser(data: $d) { id } }",
                r#"{"d": {}}"#,
            ),
            (
                "mutation($d: UserCreateInput!) { createUser(data: $d) { id } }",
                r#"{"d": []}"#,
            ),
            (
                "mutation($j: Json) { createUser(data: {email: \"a\", extra: $j}) { id } }",
                r#"{"j": "{}"}"#,
            ),
            (
                "query($r: Role) { users(where: {role: $r}) { id } }",
                r#"{"r": "NOBODY"}"#,
            ),
            ("query($x: Nope) { users(first: $x) { id } }", "null"),
            ("query($x: User) { users(where: $x) { id } }", "null"),
            ("query($n: Int = \"x\") { users(first: $n) { id } }", "null"),
            (
                "query A { ...F } query B($n: Int) { ...F } fragment F on Query { users(first: $n) { id } }",
                "null",
            ),
        ],
    );
}

#[test]
fn documents_that_cannot_be_read() {
    let fake = Fake::new(BLOG);
    for query in [
        "",
        "  # nothing",
        "{ users { id }",
        "{ }",
        "query {",
        "users",
        "{ a(b: }",
        "{ users { id } } }",
    ] {
        let body = fake.send(GraphqlRequest {
            query: query.to_owned(),
            ..GraphqlRequest::default()
        });
        let text = String::from_utf8(body.bytes).unwrap();
        assert!(body.refused, "{query}");
        let start = r#"{"errors":[{"message":"Syntax error while parsing GraphQL query. "#;
        assert!(text.starts_with(start), "{text}");
        assert!(text.ends_with(r#"^","requestId":"r1"}]}"#), "{text}");
    }
}

#[test]
fn operations_are_chosen_by_name() {
    let fake = Fake::new(BLOG);
    let ask = |query: &str, name: Option<&str>| {
        let body = fake.send(GraphqlRequest {
            query: query.to_owned(),
            operation_name: name.map(ToOwned::to_owned),
            ..GraphqlRequest::default()
        });
        assert!(!body.refused);
        String::from_utf8(body.bytes).unwrap()
    };
    let two = "query A { users { id } } query B { posts { id } }";
    assert_eq!(ask(two, Some("A")), r#"{"data":{"users":0}}"#);
    assert_eq!(ask(two, Some("B")), r#"{"data":{"posts":0}}"#);
    let error = |message: &str| format!(r#"{{"data":null,"errors":[{{"message":"{message}"}}]}}"#);
    assert_eq!(ask(two, Some("C")), error("Unknown operation name 'C'"));
    assert_eq!(
        ask("{ users { id } }", Some("")),
        error("Unknown operation name ''")
    );
    assert_eq!(
        ask(two, None),
        error("Must provide operation name if query contains multiple operations")
    );
}

#[test]
fn unknown_services_are_named() {
    let name = ServiceName::new("nope", "dev");
    let engine = Engine::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let body = runtime.block_on(engine.execute(&name, GraphqlRequest::default(), "r1"));
    assert!(!body.refused);
    assert_eq!(
        String::from_utf8(body.bytes).unwrap(),
        r#"{"errors":[{"message":"Project not found: 'nope$dev'","code":3016,"requestId":"r1"}]}"#
    );
}

#[test]
fn refused_arguments_have_a_code_a_path_and_a_place() {
    let fake = Fake::new(BLOG);
    let answer = fake.ask("{\n  u: user(where: {}) { id }\n  users { id } }");
    assert_eq!(
        answer,
        concat!(
            r#"{"data":{"u":null,"users":0},"errors":[{"message":"You provided an invalid argument for the where "#,
            r#"selector on User. Please provide exactly one unique field and value.","path":["u"],"#,
            r#""locations":[{"line":2,"column":3}],"code":3040,"requestId":"r1"}]}"#
        )
    );
    for (query, code) in [
        (r#"{ user(where: {id: "a", email: "b"}) { id } }"#, 3045),
        (r#"{ user(where: {id: "null"}) { id } }"#, 3040),
        ("{ users(first: 0, last: 0) { id } }", 3014),
        ("{ users(first: -1) { id } }", 3026),
        ("{ users(last: -1) { id } }", 3027),
        ("{ users(skip: -1) { id } }", 3028),
        ("{ usersConnection(skip: -1) { edges { cursor } } }", 3028),
        ("{ users(where: {posts_every: null}) { id } }", 3033),
    ] {
        let answer = fake.ask(query);
        assert!(
            answer.contains(&format!(r#""code":{code},"requestId":"r1""#)),
            "{query} {answer}"
        );
    }
}

/// A connection that is asked for nothing but its count fails there (api.md §3.7).
#[test]
fn counts_are_where_their_arguments_are_refused() {
    let fake = Fake::new(BLOG);
    for (select, place) in [
        (
            "all: aggregate { n: count }",
            r#"["u","all","n"],"locations":[{"line":1,"column":51}]"#,
        ),
        (
            "aggregate { count __typename }",
            r#"["u"],"locations":[{"line":1,"column":3}]"#,
        ),
        (
            "aggregate { count } pageInfo { endCursor }",
            r#"["u"],"locations":[{"line":1,"column":3}]"#,
        ),
    ] {
        let answer = fake.ask(&format!(
            "{{ u: usersConnection(skip: -1) {{ {select} }} }}"
        ));
        let expected = format!(r#""path":{place},"code":3028"#);
        assert!(answer.contains(&expected), "{answer}");
        assert!(answer.starts_with(r#"{"data":null"#), "{answer}");
    }
}

#[test]
fn collisions_tell_that_the_request_can_be_sent_again() {
    let fake = Fake::new(BLOG);
    fake.fail_next(ConnectorError::Conflict("deadlock detected".into()));
    let answer = fake.ask(r#"mutation { createUser(data: {email: "a"}) { id } }"#);
    assert_eq!(
        answer,
        concat!(
            r#"{"data":null,"errors":[{"message":"The operation collided with others that ran at the same time. "#,
            r#"Nothing of it was done; it can be sent again.","path":["createUser"],"#,
            r#""locations":[{"line":1,"column":12}],"code":4200,"requestId":"r1"}]}"#
        )
    );
}

fn on_fire() -> ConnectorError {
    ConnectorError::Internal("the disk is on fire".into())
}

#[test]
fn internal_errors_tell_the_request_id_and_nothing_else() {
    let fake = Fake::new(BLOG);
    let whoops = r#"[{"message":"Whoops. Looks like an internal server error. Search your server logs for request ID: r1","path":["u"],"locations":[{"line":1,"column":REST}],"requestId":"r1"}]}"#;
    fake.fail_next(on_fire());
    assert_eq!(
        fake.ask(r#"{ u: user(where: {id: "a"}) { id } users { id } }"#),
        format!(
            r#"{{"data":{{"u":null,"users":0}},"errors":{}"#,
            whoops.replace("REST", "3")
        )
    );
    fake.fail_next(on_fire());
    assert_eq!(
        fake.ask("{ u: users { id } }"),
        format!(r#"{{"data":null,"errors":{}"#, whoops.replace("REST", "3"))
    );
    let before = fake.asked().len();
    fake.fail_next(on_fire());
    let answer = fake.ask(
        r#"mutation { u: createUser(data: {email: "a"}) { id } createCounter(data: {name: "c"}) { id } }"#,
    );
    assert_eq!(
        answer,
        format!(r#"{{"data":null,"errors":{}"#, whoops.replace("REST", "12"))
    );
    assert_eq!(fake.asked().len(), 0, "{before}");
}
