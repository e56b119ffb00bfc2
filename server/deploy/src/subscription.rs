//! Server-side subscriptions: what is checked of them, and how they are stored (deploy.md §2.9, §3.5).

use graphql_parser::query::{Definition, OperationDefinition, Selection, parse_query};
use prisma_datamodel::Datamodel;
use serde::{Deserialize, Serialize};

use crate::request::{Issue, Subscription};

/// Deeper nesting than any query has. The parser recurses, so this guards the stack.
const MAX_DEPTH: usize = 64;

/// The first subscription that cannot be one of a datamodel's API.
pub(crate) fn check(subscriptions: &[Subscription], datamodel: &Datamodel) -> Option<Issue> {
    subscriptions.iter().find_map(|subscription| {
        let text = problem(&subscription.query, datamodel)?;
        Some(Issue::on_field("Subscription", &subscription.name, text))
    })
}

fn problem(query: &str, datamodel: &Datamodel) -> Option<&'static str> {
    const INVALID: &str = "The subscription query is invalid GraphQL.";
    const UNKNOWN: &str = "The provided query doesn't include any known model name. Please check for the latest subscriptions API.";
    if is_too_deep(query) {
        return Some(INVALID);
    }
    let Ok(document) = parse_query::<&str>(query) else {
        return Some(INVALID);
    };
    let subscription = document.definitions.iter().find_map(|it| match it {
        Definition::Operation(OperationDefinition::Subscription(it)) => Some(it),
        _ => None,
    });
    let first = subscription.and_then(|it| it.selection_set.items.first());
    let is_model = match first {
        Some(Selection::Field(field)) => datamodel.model(&capitalized(field.name)).is_some(),
        _ => false,
    };
    (!is_model).then_some(UNKNOWN)
}

fn is_too_deep(query: &str) -> bool {
    let mut depth = 0_usize;
    query.bytes().any(|byte| {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// One entry of the column `functions`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredFunction {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    is_active: bool,
    query: String,
    delivery: StoredDelivery,
}

#[derive(Serialize, Deserialize)]
struct StoredDelivery {
    #[serde(rename = "type")]
    kind: String,
    url: String,
    headers: Vec<(String, String)>,
}

/// The JSON of subscriptions.
pub(crate) fn write(subscriptions: &[Subscription]) -> Result<String, serde_json::Error> {
    let functions: Vec<StoredFunction> = subscriptions
        .iter()
        .map(|subscription| StoredFunction {
            kind: "server-side-subscription".to_owned(),
            name: subscription.name.clone(),
            is_active: true,
            query: subscription.query.clone(),
            delivery: StoredDelivery {
                kind: "webhook-delivery".to_owned(),
                url: subscription.url.clone(),
                headers: subscription.headers.clone(),
            },
        })
        .collect();
    serde_json::to_string(&functions)
}

/// Reads the JSON of subscriptions.
pub(crate) fn read(text: &str) -> Result<Vec<Subscription>, serde_json::Error> {
    let functions: Vec<StoredFunction> = serde_json::from_str(text)?;
    Ok(functions
        .into_iter()
        .map(|function| Subscription {
            name: function.name,
            query: function.query,
            url: function.delivery.url,
            headers: function.delivery.headers,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use prisma_datamodel::Source;

    use super::*;

    fn text(query: &str) -> Option<&'static str> {
        let source = Source::new("datamodel", "type User { id: ID! @id }");
        problem(query, &prisma_datamodel::parse(&source).unwrap().0)
    }

    #[test]
    fn the_first_field_of_a_subscription_names_a_model() {
        assert_eq!(text("subscription { user { node { id } } }"), None);
        assert_eq!(
            text("query Q { users { id } } subscription S { user { mutation } }"),
            None
        );
        for unknown in [
            "subscription { users { node { id } } }",
            "subscription { __typename }",
            "subscription { ...F } fragment F on Subscription { user { mutation } }",
            "query { user { id } }",
            "mutation { user { id } }",
        ] {
            assert!(
                text(unknown).unwrap().contains("known model name"),
                "{unknown}"
            );
        }
        for invalid in [
            "",
            "subscription {",
            "type A { a: Int }",
            &"{".repeat(100_000),
        ] {
            assert!(text(invalid).unwrap().contains("invalid GraphQL"));
        }
    }

    #[test]
    fn stored_subscriptions_come_back() {
        let subscriptions = vec![Subscription {
            name: "s".to_owned(),
            query: "subscription { user { mutation } }".to_owned(),
            url: "http://example.org".to_owned(),
            headers: vec![("A".to_owned(), "b".to_owned())],
        }];
        let json = write(&subscriptions).unwrap();
        assert_eq!(
            json,
            r#"[{"type":"server-side-subscription","name":"s","isActive":true,"query":"subscription { user { mutation } }","delivery":{"type":"webhook-delivery","url":"http://example.org","headers":[["A","b"]]}}]"#
        );
        assert_eq!(read(&json).unwrap(), subscriptions);
    }
}
