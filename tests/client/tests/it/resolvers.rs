//! What resolvers of server libraries are asked for, handed on: requests are executed by the libraries themselves.

mod async_graphql;
mod juniper;

use prisma_tests_client::blog::Db;

use crate::{api::Api, recorder::Recorder};

/// A client that gets this for an answer, and its transport.
fn answering(answer: &'static str) -> (Db, Recorder) {
    let recorder = Recorder::answering(answer);
    (Db::custom(recorder.clone()), recorder)
}

/// What was sent, which the API has to accept.
fn sent(recorder: &Recorder) -> String {
    let sent = recorder.sent();
    let [request] = sent.as_slice() else {
        panic!("one request, not {}", sent.len());
    };
    Api::of("blog").accepts(request);
    match request.variables.get() {
        "{}" => request.query.clone(),
        variables => format!("{}\n{variables}", request.query),
    }
}

/// Asks for fields by way of fragments, under other names, and under conditions.
const USERS: &str = "
    query($yes: Boolean!, $no: Boolean!) {
        people: users {
            ...Card
            age @skip(if: $yes)
            posts { ... on Post { headline: title } ... @include(if: $no) { author { id } } }
        }
    }
    fragment Card on User { id initials posts { tags @include(if: $yes) { label } } }";

/// Asks for much, with values of all kinds.
const FORWARDED: &str = r#"
    query($where: UserWhereInput, $order: UserOrderByInput, $n: Int!, $title: String = "O", $none: Int) {
        people: users(where: $where, orderBy: $order, first: $n, skip: $none) {
            ...Card
            posts(where: { title_starts_with: $title, author: { role: ADMIN } }, orderBy: title_DESC) { title }
            __typename
        }
    }
    fragment Card on User { id called: name posts(where: { title_starts_with: $title, author: { role: ADMIN } }, orderBy: title_DESC) { id } last: posts(last: 1) { id } }"#;
