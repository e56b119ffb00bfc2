//! What queries ask of a store.

mod show;

use crate::fake::{BLOG, Fake};

/// Holds the plans of documents, each with its values, to a snapshot.
fn check(name: &str, documents: &[(&str, &str)]) {
    let fake = Fake::new(BLOG);
    let text = |(query, variables): &(&str, &str)| {
        let answer = fake.ask_with(query, variables);
        let plans = fake.asked();
        let plans: Vec<String> = plans
            .iter()
            .map(|(plan, values)| show::show(fake.datamodel(), plan, values))
            .collect();
        format!("{query}\n{variables}\n\n{}{answer}\n", plans.join("\n"))
    };
    let texts: Vec<String> = documents.iter().map(text).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, texts.join("---\n")));
}

#[test]
fn one_node() {
    check(
        "one_node",
        &[
            (
                r#"{ user(where: {email: "a"}) { id mail: email __typename tags } }"#,
                "null",
            ),
            (
                r#"query($w: UserWhereUniqueInput!) { user(where: $w) { id } }"#,
                r#"{"w": {"id": 12, "email": null}}"#,
            ),
            (
                r#"{ counter(where: {id: 1}) { name } item(where: {id: "1-2-3-4-5"}) { name } }"#,
                "null",
            ),
            (
                r#"{ node(id: "x") { id __typename ... on User { email boss { id } } ...P } } fragment P on Post { title }"#,
                "null",
            ),
        ],
    );
}

#[test]
fn lists() {
    check(
        "lists",
        &[
            ("{ users { id } }", "null"),
            (
                r#"{ users(where: {OR: [{age_in: [1, 2]}, {posts_some: {title_contains: "x"}}]}, orderBy: age_DESC,
                    skip: 1, first: 2, after: "u") { posts(last: 1, where: {title: "t"}) { author { id } } } }"#,
                "null",
            ),
            (
                "query($w: UserWhereInput, $o: UserOrderByInput, $n: Int, $c: String) {
                    users(where: $w, orderBy: $o, first: $n, before: $c) { id } }",
                r#"{"w": {"born_gt": "2016", "role": "ADMIN", "boss": null}, "o": "email_ASC", "n": null, "c": "x"}"#,
            ),
            (
                "query($ids: [ID!], $t: String) { users(where: {id_in: $ids, email: $t}) { id } }",
                r#"{"ids": []}"#,
            ),
            (
                r#"{ counters(after: "x") { id } items(before: "no uuid") { id } b: counters(after: "7") { id } }"#,
                "null",
            ),
        ],
    );
}

#[test]
fn connections() {
    check(
        "connections",
        &[(
            "{ usersConnection(first: 2) { __typename
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor __typename }
                edges { cursor node { id posts(first: 1) { id } } }
                aggregate { n: count } } }",
            "null",
        )],
    );
}

#[test]
fn merges_fields_and_fragments() {
    check(
        "merges",
        &[(
            "{ users { ...A posts(first: 1) { id } ... on Node { id } ...A } users { posts(first: 1) { title } } }
             fragment A on User { email posts(first: 1) { author { email } } }",
            "null",
        )],
    );
}

#[test]
fn skips_and_includes() {
    let query = "query($a: Boolean!, $b: Boolean = true) { users {
        id @skip(if: $a) email @include(if: $b) age @include(if: false)
        posts(first: 1) @include(if: $a) { id } posts(first: 1) @include(if: $b) { title } }
        counters @skip(if: $a) { id } }";
    check(
        "conditions",
        &[
            (query, r#"{"a": true}"#),
            (query, r#"{"a": false}"#),
            (query, r#"{"a": false, "b": false}"#),
        ],
    );
}

#[test]
fn refused_arguments_below_the_root_keep_the_slots_of_the_others() {
    check(
        "refused",
        &[(
            r#"{ users(where: {email: "e"}) {
                a: posts(first: -1, where: {title: "a"}) { author { posts(where: {title: "b"}) { id } } }
                b: posts(where: {title: "c"}) { id } } }"#,
            "null",
        )],
    );
}

#[test]
fn answers_of_mutations_read_the_written_node_by_its_id() {
    check(
        "answers",
        &[
            (
                r#"mutation { a: createUser(data: {email: "x"}) { posts(where: {title: "t"}) { id } }
                    deleteManyUsers { n: count __typename } deleteItem(where: {id: "1-2-3-4-5"}) { name } }"#,
                "null",
            ),
            ("subscription { user { node { id } } }", "null"),
            ("{ __typename }", "null"),
        ],
    );
}
