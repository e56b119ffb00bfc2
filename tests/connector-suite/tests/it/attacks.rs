//! Requests that mean harm, as far as the store answers them. What is refused before any store is asked is tested with
//! the engine.

use serde_json::{Value, json};

use crate::api::Api;

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

fn errors(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array();
    let messages = errors.into_iter().flatten();
    messages
        .map(|error| error["message"].as_str().unwrap())
        .collect()
}

suite!(
    a10_huge_variables,
    "type Item { id: ID! @id  n: Int }",
    |api: &Api| {
        api.write(r#"createItem(data: {id: "i77777", n: 1}) { id }"#);
        // As many as fit into a request body: one parameter, whatever their number.
        let ids: Vec<String> = (0..100_000).map(|index| format!("i{index}")).collect();
        let query = "query($ids: [ID!]) { items(where: {id_in: $ids}) { id } none: items(where: {id_not_in: $ids}) { id } }";
        let found = api.send_with(query, &json!({ "ids": ids }));
        assert_eq!(
            found["data"],
            json!({"items": [{"id": "i77777"}], "none": []})
        );
        // Single conditions are a parameter each.
        let filter = |count| {
            let any: Vec<Value> = (0..count).map(|n| json!({ "n": n })).collect();
            json!({"w": {"OR": any}})
        };
        let query = "query($w: ItemWhereInput) { items(where: $w) { id } }";
        let mutation =
            "mutation($w: ItemWhereInput) { updateManyItems(where: $w, data: {n: 1}) { count } }";
        assert_eq!(
            api.send_with(query, &filter(5_000))["data"]["items"],
            json!([{"id": "i77777"}])
        );
        assert_eq!(
            api.send_with(mutation, &filter(5_000))["data"]["updateManyItems"]["count"],
            1
        );
        for document in [query, mutation] {
            let answer = api.send_with(document, &filter(70_000));
            assert!(
                errors(&answer)[0].contains("at most 5000 values"),
                "{answer}"
            );
        }
    }
);

suite!(
    a11_conditions_in_conditions,
    r#"type User { id: ID! @id  n: Int  boss: User @relation(name: "Boss", link: INLINE)
         staff: [User] @relation(name: "Boss") }"#,
    |api: &Api| {
        api.write(r#"createUser(data: {id: "u", n: 1}) { id }"#);
        let all = |count: usize, condition: Value| json!({"AND": vec![condition; count]});
        let wide = |levels, count: usize, relation: &str| {
            (0..levels).fold(json!({"n": 1}), |inner, _| {
                let mut outer = json!({"OR": vec![json!({"n": 1}); count]});
                outer[relation] = inner;
                outer
            })
        };
        let turned = (0..12).fold(
            json!({}),
            |inner, _| json!({"NOT": [{"OR": [{"staff_none": inner}, {"n": 2}]}]}),
        );
        let negated = (0..39).fold(json!({"n": 1}), |inner, _| json!({ "NOT": inner }));
        for (filter, is_found) in [
            (all(1_000, json!({"boss": {"n": 1}})), false),
            (all(1_000, json!({"staff_some": {"n": 1}})), false),
            (
                all(
                    500,
                    json!({"OR": [{"boss": {"n": 1}}, {"NOT": {"staff_some": {"n": 2}}}]}),
                ),
                true,
            ),
            (all(1_000, json!({"staff_none": {"n": 1}})), true),
            (wide(10, 50, "boss"), false),
            (wide(10, 50, "staff_every"), true),
            (wide(15, 1, "staff_every"), true),
            (turned, false),
            (negated, false),
        ] {
            let query = "query($w: UserWhereInput) { users(where: $w) { id } }";
            let answer = api.send_with(query, &json!({ "w": filter }));
            let found = if is_found {
                json!([{"id": "u"}])
            } else {
                json!([])
            };
            assert_eq!(errors(&answer), [""; 0]);
            assert_eq!(answer["data"]["users"], found, "{filter}");
        }
    }
);

suite!(
    a17_values_are_values,
    "type User { id: ID! @id  name: String! @unique  tags: [String] @scalarList(strategy: RELATION) }",
    |api: &Api| {
        for text in TEXTS {
            let quoted = literal(text);
            let created = api.write(&format!(
                "createUser(data: {{name: {quoted}, tags: {{set: [{quoted}]}}}}) {{ name tags }}"
            ));
            assert_eq!(created, json!({"name": text, "tags": [text]}));
        }
        let others = TEXTS.len() - 1;
        for text in TEXTS {
            let quoted = literal(text);
            for condition in [
                "name",
                "name_in",
                "name_contains",
                "name_starts_with",
                "name_ends_with",
            ] {
                let found = api.read(&format!(
                    "users(where: {{{condition}: {quoted}}}) {{ name }}"
                ));
                assert_eq!(found, json!([{ "name": text }]), "{condition}");
            }
            for condition in [
                "name_not",
                "name_not_in",
                "name_not_contains",
                "name_not_starts_with",
            ] {
                let found = api.read(&format!(
                    "users(where: {{{condition}: {quoted}}}) {{ name }}"
                ));
                assert_eq!(
                    found.as_array().unwrap().len(),
                    others,
                    "{condition} {text}"
                );
            }
            assert_eq!(
                api.read(&format!("user(where: {{name: {quoted}}}) {{ name }}")),
                json!({ "name": text })
            );
            assert_eq!(
                api.read(&format!("users(after: {quoted}) {{ id }}")),
                json!([])
            );
            assert_eq!(
                api.read(&format!("node(id: {quoted}) {{ id }}")),
                Value::Null
            );
        }
        for order in [
            "name_ASC; DROP TABLE User",
            "\"name_ASC\"",
            "1",
            "nothing_ASC",
        ] {
            let answer = api.send(&format!("{{ users(orderBy: {order}) {{ id }} }}"));
            assert!(!errors(&answer).is_empty(), "{order}");
        }
        assert_eq!(
            api.read("users { id }").as_array().unwrap().len(),
            TEXTS.len()
        );
    }
);

/// Names of tables and columns that need quotes, in every position.
fn identifiers(name: &str) -> String {
    let (name, second) = (literal(name), literal(&format!("{name}2")));
    format!(
        "type User @db(name: {name}) {{ id: ID! @id @db(name: {name})  n: Int @db(name: {second})  posts: [Post]
           tags: [Int] @scalarList(strategy: RELATION) }}
         type Post @db(name: {second}) {{ id: ID! @id  author: User @relation(link: INLINE) @db(name: {name}) }}"
    )
}

fn use_identifiers(api: &Api) {
    api.write(
        r#"createUser(data: {id: "u", n: 1, tags: {set: [2]}, posts: {create: {id: "p"}}}) { id }"#,
    );
    let found = api.read(
        r#"users(where: {n: 1, posts_some: {id: "p"}}, orderBy: n_ASC) { id n tags posts { author { id } } }"#,
    );
    let user = json!({"id": "u", "n": 1, "tags": [2], "posts": [{"author": {"id": "u"}}]});
    assert_eq!(found, json!([user]));
}

suite!(
    a17_names_with_quotes,
    &identifiers(r#"a"b'c`d"#),
    use_identifiers
);
suite!(
    a17_names_with_statements,
    &identifiers("a; DROP TABLE x; -- ?1 $1 [b]"),
    use_identifiers
);
suite!(
    a17_names_that_are_words,
    &identifiers("select"),
    use_identifiers
);

suite!(
    a19_texts_are_stored_exactly_or_refused,
    "type Note { id: ID! @id  text: String  extra: Json }",
    |api: &Api| {
        let texts = [
            "\u{202e}abc\u{202c}",
            "e\u{301}",
            "\u{e9}",
            "\u{1F468}\u{200D}\u{1F469}",
            "\u{feff}",
            "\u{fffd}",
            "\u{10ffff}",
            "\u{1}\u{7f}\u{9f}",
            " a\t\r\n",
        ];
        let create = "mutation($text: String) { createNote(data: {text: $text}) { id text } }";
        for text in texts {
            let note = api.send_with(create, &json!({ "text": text }))["data"]["createNote"].take();
            assert_eq!(note["text"], text);
            let found = api.read(&format!(
                "notes(where: {{id: {}, text: {}}}) {{ text }}",
                note["id"],
                literal(text)
            ));
            assert_eq!(found, json!([{ "text": text }]));
        }
        // PostgreSQL could not store it.
        let answer = api.send_with(create, &json!({ "text": "a\u{0}b" }));
        assert!(
            errors(&answer)[0].contains("The character U+0000 cannot be stored"),
            "{answer}"
        );
        // An escape is no character.
        let json = r#"createNote(data: {extra: "{\"a\":\"\\u0000\"}"}) { extra }"#;
        assert_eq!(api.write(json), json!({"extra": {"a": "\u{0}"}}));
        assert_eq!(
            api.read("notes { id }").as_array().unwrap().len(),
            texts.len() + 1
        );
    }
);
