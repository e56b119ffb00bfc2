//! Texts that are data and nothing else.

use serde_json::json;

use crate::fake::{BLOG, Fake};
use crate::world::World;

/// Every way out of a quoted text, a pattern, a statement or an identifier.
const TEXTS: [&str; 12] = [
    r#"'; DROP TABLE "User"; --"#,
    r#"" OR ""=""#,
    "') OR 1=1 --",
    "\\' OR 1=1 --",
    "$1 ?1 :id @p1 ? %s {0}",
    "100%",
    "a_b",
    r"\%_\\",
    "!%",
    "/* */ --",
    "`a` [b]",
    "$$;$tag$",
];

fn literal(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn a17_values_are_values() {
    let world = World::new(
        "type User { id: ID! @id  name: String! @unique  tags: [String] @scalarList(strategy: RELATION) }",
    );
    for text in TEXTS {
        let quoted = literal(text);
        let created = world.data(&format!(
            "mutation {{ createUser(data: {{name: {quoted}, tags: {{set: [{quoted}]}}}}) {{ name tags }} }}"
        ));
        assert_eq!(created["createUser"], json!({"name": text, "tags": [text]}));
    }
    let all = TEXTS.len();
    for text in TEXTS {
        let quoted = literal(text);
        for condition in [
            "name",
            "name_in",
            "name_contains",
            "name_starts_with",
            "name_ends_with",
        ] {
            let found = world.data(&format!(
                "{{ users(where: {{{condition}: {quoted}}}) {{ name }} }}"
            ));
            assert_eq!(found["users"], json!([{"name": text}]), "{condition}");
        }
        for condition in [
            "name_not",
            "name_not_in",
            "name_not_contains",
            "name_not_starts_with",
        ] {
            let found = world.data(&format!(
                "{{ users(where: {{{condition}: {quoted}}}) {{ name }} }}"
            ));
            assert_eq!(
                found["users"].as_array().unwrap().len(),
                all - 1,
                "{condition} {text}"
            );
        }
        let document = format!(
            "{{ user(where: {{name: {quoted}}}) {{ name }} none: users(after: {quoted}) {{ id }} node(id: {quoted}) {{ id }} }}"
        );
        assert_eq!(
            world.data(&document),
            json!({"user": {"name": text}, "none": [], "node": null})
        );
        let missing = format!("mutation {{ deleteUser(where: {{id: {quoted}}}) {{ id }} }}");
        assert!(world.error(&missing).starts_with("3039"));
    }
    for order in [
        "name_ASC; DROP TABLE User",
        "\"name_ASC\"",
        "1",
        "nothing_ASC",
    ] {
        let answer = world.run(&format!("{{ users(orderBy: {order}) {{ id }} }}"));
        assert!(answer["errors"].is_array(), "{order}");
    }
    assert_eq!(
        world.data("{ users { id } }")["users"]
            .as_array()
            .unwrap()
            .len(),
        all
    );
}

#[test]
fn a17_identifiers_are_quoted() {
    let datamodel = |name: &str| {
        format!(
            "type User @db(name: {0}) {{ id: ID! @id @db(name: {0})  n: Int @db(name: {1})  posts: [Post]
               tags: [Int] @scalarList(strategy: RELATION) }}
             type Post @db(name: {1}) {{ id: ID! @id  author: User @relation(link: INLINE) @db(name: {0}) }}",
            literal(name),
            literal(&format!("{name}2")),
        )
    };
    for name in [
        "a\"b",
        "a'b",
        "a`b",
        "a;DROP TABLE x;--",
        "a b",
        "[a]",
        "ä",
        "select",
        "a?1",
    ] {
        let world = World::new(&datamodel(name));
        world.data(
            r#"mutation { createUser(data: {id: "u", n: 1, tags: {set: [2]}, posts: {create: {id: "p"}}}) { id } }"#,
        );
        let found = world.data(
            r#"{ users(where: {n: 1, posts_some: {id: "p"}}, orderBy: n_ASC) { id n tags posts { author { id } } } }"#,
        );
        let user = json!({"id": "u", "n": 1, "tags": [2], "posts": [{"author": {"id": "u"}}]});
        assert_eq!(found["users"], json!([user]), "{name}");
    }
}

#[test]
fn a19_texts_are_stored_exactly_or_refused() {
    let world = World::new("type Note { id: ID! @id  text: String @unique  extra: Json }");
    for text in [
        "\u{202e}abc\u{202c}",
        "e\u{301}",
        "\u{e9}",
        "\u{1F468}\u{200D}\u{1F469}",
        "\u{feff}",
        "\u{fffd}",
        "\u{10ffff}",
        "\u{1}\u{7f}\u{9f}",
        " a\t\r\n",
    ] {
        let variables = json!({ "text": text }).to_string();
        let create = "mutation($text: String) { createNote(data: {text: $text}) { text } }";
        assert_eq!(
            world.run_with(create, &variables)["data"]["createNote"]["text"],
            text
        );
        let find = "query($text: String) { note(where: {text: $text}) { text } }";
        assert_eq!(
            world.run_with(find, &variables)["data"]["note"]["text"],
            text
        );
    }
    // Nothing is normalised: what looks alike is not the same.
    assert_eq!(
        world.data(r#"{ notes(where: {text_in: ["é"]}) { text } }"#)["notes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // Escapes in stored JSON stay as they are.
    let json = r#"mutation { createNote(data: {extra: "{\"a\":\"\\u0000\"}"}) { id } }"#;
    world.data(json);
}

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
