//! Texts that no store can hold. What is stored and found exactly is tested on every store.

use crate::fake::{BLOG, Fake};

#[test]
fn a19_what_no_text_can_hold_is_refused() {
    let fake = Fake::new(BLOG);
    let nul = "The character U+0000 cannot be stored";
    let query = "query($t: String, $i: [ID!], $w: [UserWhereInput!]) { users(where: {email: $t, id_in: $i, AND: $w}) { id } }";
    for variables in [
        r#"{"t": "a\u0000b"}"#,
        r#"{"i": ["a", "\u0000"]}"#,
        r#"{"w": {"email_contains": "\u0000"}}"#,
    ] {
        let messages = fake.messages(query, variables);
        assert!(
            messages.len() == 1 && messages[0].contains(nul),
            "{messages:?}"
        );
    }
    let documents = [
        r#"{ users(where: {email: "\u0000"}) { id } }"#,
        r#"{ users(after: "\u0000") { id } }"#,
        r#"mutation { createUser(data: {email: "e", tags: {set: ["\u0000"]}}) { id } }"#,
    ];
    for document in documents {
        let messages = fake.messages(document, "null");
        assert!(
            messages.len() == 1 && messages[0].contains(nul),
            "{messages:?}"
        );
    }
    // Halves of surrogate pairs are no characters.
    for variables in [r#"{"t": "\ud800"}"#, r#"{"t": "\udc00\ud800"}"#] {
        let messages = fake.messages(query, variables);
        assert!(
            messages[0].contains("String value expected"),
            "{messages:?}"
        );
    }
    for variables in [r#"{"\ud800": 1, "t": "x"}"#, r#"{"w": {"\ud800": 1}}"#] {
        assert_eq!(fake.messages(query, variables).len(), 1, "{variables}");
    }
    for document in [
        r#"{ users(where: {email: "\ud800"}) { id } }"#,
        "{ users(where: {email: \"\0\"}) { id } }",
        "{ users \0 { id } }",
    ] {
        assert!(!fake.messages(document, "null").is_empty(), "{document}");
    }
    assert!(fake.asked().is_empty());
}
