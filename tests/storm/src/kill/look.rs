//! What is there after a kill: the nodes of a round, seen from each side of their relations.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{
    Known,
    writer::{Balances, OPENING, label},
};
use crate::{
    client::{Client, Failure},
    report::Violation,
};

const ORDERS: &str = "query ($round: Int!) {
  orders(where: {round: $round}) { number size marks day { name } lines { label } tags { label } }
}";

const LINES: &str =
    "query ($round: Int!) { lines(where: {round: $round}) { label order { number } } }";

const TAGS: &str =
    "query ($round: Int!) { tags(where: {round: $round}) { label orders { number } } }";

const BANKS: &str = "query ($round: Int!) {
  banks(where: {round: $round}) { name accounts(orderBy: name_ASC) { name balance } }
}";

const READABLE: &str = "whatever is there can be read";
const WHOLE: &str = "a write is done as a whole or not at all";

/// Looks at the nodes of a round. Each view is one field, which reads one state: the database may still be finishing
/// what a killed server has sent.
///
/// # Errors
/// If the server is gone.
pub(super) fn look(client: &mut Client, round: usize, known: &Known) -> Result<Vec<Violation>> {
    let mut violations = Vec::new();
    let mut rows = |query: &str, field: &str| match client.send(query, &json!({"round": round})) {
        Ok(mut data) => match data[field].take() {
            Value::Array(rows) => Ok(Some(rows)),
            other => bail!("{field} are {other}"),
        },
        // A required relation without a node is an error; other views name the node.
        Err(refused @ Failure::Refused { .. }) => {
            violations.push(Violation::new(READABLE, [field], refused));
            Ok(None)
        }
        Err(lost) => Err(lost.into()),
    };
    let orders = rows(ORDERS, "orders")?;
    let (lines, tags) = (rows(LINES, "lines")?, rows(TAGS, "tags")?);
    let banks = rows(BANKS, "banks")?;

    let line_owners = |lines: Vec<Value>| owners_in(&lines, |line| &line["order"]["number"]);
    let tag_owners = |tags: Vec<Value>| owners_in(&tags, |tag| &tag["orders"][0]["number"]);
    let views = [
        ("orders", orders.map(|orders| orders_in(&orders))),
        ("lines", lines.map(line_owners)),
        ("tags", tags.map(tag_owners)),
    ];
    for (view, seen) in views {
        let Some(seen) = seen else { continue };
        violations.extend(known.orders.compare(view, &seen.nodes));
        violations.extend(seen.violations);
    }
    if let Some(seen) = banks.map(|banks| banks_in(&banks)) {
        violations.extend(known.banks.compare("banks", &seen.nodes));
        violations.extend(seen.violations);
    }
    Ok(violations)
}

/// Versions of nodes by a unique value, and what is wrong by itself.
struct Seen<V> {
    nodes: BTreeMap<String, Option<V>>,
    violations: Vec<Violation>,
}

impl<V> Seen<V> {
    /// Nodes by key; those that are no whole version are violations.
    fn of<N: fmt::Debug>(
        nodes: impl IntoIterator<Item = (String, N)>,
        whole: impl Fn(&str, &N) -> Option<V>,
    ) -> Self {
        let mut violations = Vec::new();
        let nodes = nodes.into_iter().map(|(key, node)| {
            let version = whole(&key, &node);
            if version.is_none() {
                violations.push(Violation::new(WHOLE, [&key], format_args!("{node:?}")));
            }
            (key, version)
        });
        let nodes = nodes.collect();
        Self { nodes, violations }
    }
}

/// The orders with all that is theirs.
fn orders_in(rows: &[Value]) -> Seen<usize> {
    let rows = rows.iter().map(|row| (text(&row["number"]), row));
    Seen::of(rows, |number, row| {
        let size = usize::try_from(row["size"].as_u64()?).ok()?;
        let labels = |parts: &Value| -> Option<BTreeSet<String>> {
            let parts = parts.as_array()?;
            let labels: BTreeSet<_> = parts.iter().map(|part| text(&part["label"])).collect();
            (labels.len() == parts.len()).then_some(labels)
        };
        let marks: Vec<usize> = (0..size).collect();
        let is_whole = row["day"]["name"].is_string()
            && row["marks"] == json!(marks)
            && size_of(number, &labels(&row["lines"])?) == Some(size)
            && size_of(number, &labels(&row["tags"])?) == Some(size);
        is_whole.then_some(size)
    })
}

/// The orders to which parts belong.
fn owners_in(rows: &[Value], owner: impl Fn(&Value) -> &Value) -> Seen<usize> {
    let mut orders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let labels = orders.entry(text(owner(row))).or_default();
        labels.insert(text(&row["label"]));
    }
    Seen::of(orders, size_of)
}

/// How many parts an order has, if they are the first ones, without a gap.
fn size_of(number: &str, labels: &BTreeSet<String>) -> Option<usize> {
    let size = labels.len();
    let expected = (0..size).map(|position| label(number, position));
    (expected.collect::<BTreeSet<_>>() == *labels).then_some(size)
}

/// The banks with what their accounts hold.
fn banks_in(rows: &[Value]) -> Seen<Balances> {
    let rows = rows.iter().map(|row| (text(&row["name"]), row));
    Seen::of(rows, |_, row| {
        let accounts = row["accounts"].as_array()?.as_slice();
        let [one, two] = accounts else { return None };
        let balances = [one["balance"].as_i64()?, two["balance"].as_i64()?];
        let sum = |of: Balances| of.iter().sum::<i64>();
        (sum(balances) == sum(OPENING)).then_some(balances)
    })
}

/// A text; nothing for what is none.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_whole_only_with_all_of_its_parts() {
        let order = |size: usize, parts: usize| {
            let parts: Vec<Value> = (0..parts)
                .map(|n| json!({"label": label("o", n)}))
                .collect();
            json!({"number": "o", "size": size, "marks": [0, 1], "day": {"name": "d"}, "lines": parts, "tags": parts})
        };
        assert_eq!(orders_in(&[order(2, 2)]).nodes["o"], Some(2));
        assert_eq!(orders_in(&[order(2, 1)]).violations.len(), 1);
        assert_eq!(orders_in(&[order(1, 1)]).violations.len(), 1);
    }

    #[test]
    fn parts_are_counted_without_gaps_and_by_their_owner() {
        let line = |position, owner: &str| json!({"label": label("o", position), "order": {"number": owner}});
        let seen = |lines: &[Value]| owners_in(lines, |line| &line["order"]["number"]);
        assert_eq!(seen(&[line(0, "o"), line(1, "o")]).nodes["o"], Some(2));
        assert_eq!(seen(&[line(0, "o"), line(2, "o")]).violations.len(), 1);
        assert_eq!(seen(&[line(0, "p")]).violations.len(), 1);
    }

    #[test]
    fn money_does_not_come_from_nowhere() {
        let bank = |one, two| {
            let accounts = [json!({"balance": one}), json!({"balance": two})];
            json!({"name": "b", "accounts": accounts})
        };
        assert_eq!(banks_in(&[bank(900, 1_100)]).nodes["b"], Some([900, 1_100]));
        assert_eq!(banks_in(&[bank(900, 1_000)]).violations.len(), 1);
    }
}
