//! Request bodies.

use prisma_engine::{BodyError, RequestBody};

#[test]
fn bodies_are_one_request_or_a_batch() {
    let body =
        br#" {"query": "{a}", "extra": [1], "operationName": null, "variables": {"a": 1.0}} "#;
    let Ok(RequestBody::Single(request)) = RequestBody::parse(body) else {
        panic!();
    };
    assert_eq!(request.query, "{a}");
    assert_eq!(request.operation_name, None);
    assert_eq!(request.variables.unwrap().get(), r#"{"a": 1.0}"#);
    let Ok(RequestBody::Batch(requests)) = RequestBody::parse(br#"[{"query": "{a}"}, {}]"#) else {
        panic!();
    };
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].query, "");
    let Ok(RequestBody::Batch(requests)) = RequestBody::parse(b"[]") else {
        panic!();
    };
    assert!(requests.is_empty());
}

#[test]
fn anything_else_is_refused() {
    assert!(matches!(RequestBody::parse(b" \n"), Err(BodyError::Empty)));
    for body in [&b"{"[..], b"{\"query\": }", b"nothing", b"{} {}", b"\xff"] {
        assert!(matches!(
            RequestBody::parse(body),
            Err(BodyError::NotJson(_))
        ));
    }
    for (body, message) in [
        (r#""{a}""#, "request malformed"),
        ("3", "request malformed"),
        ("[3]", "not allowed"),
        ("[[]]", "not allowed"),
        (r#"{"query": 3}"#, "`query` must be a string"),
        (
            r#"{"query": "{a}", "variables": "{}"}"#,
            "`variables` must be an object",
        ),
        (
            r#"{"query": "{a}", "variables": []}"#,
            "`variables` must be an object",
        ),
        (
            r#"{"query": "{a}", "operationName": {}}"#,
            "`operationName` must be a string",
        ),
    ] {
        match RequestBody::parse(body.as_bytes()) {
            Err(BodyError::Malformed(found)) => assert_eq!(found, message),
            other => panic!("{body}: {other:?}"),
        }
    }
}
