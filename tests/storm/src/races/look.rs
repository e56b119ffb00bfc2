//! What a race leaves: the links of all nodes of a round, seen from both sides.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    shape::{Arity, Shape, Side},
    step::Field,
};
use crate::{
    client::{Client, Failure},
    report::Violation,
};

const READABLE: &str = "no required relation is empty";
const AGREE: &str = "both sides of a relation see the same links";
const ONE: &str = "a node has as many others as its field allows";

/// The names of the nodes that each node of one side is linked to.
type Links = BTreeMap<String, Vec<String>>;

/// Looks at what is left when all are done.
///
/// # Errors
/// If the server is gone.
pub(super) fn look(client: &mut Client, field: Field<'_>) -> Result<Vec<Violation>> {
    let mut seen = Vec::new();
    for side in Side::BOTH {
        let (model, link) = (field.shape.model(side), side.other().field());
        let connection = field.shape.connection(side);
        let query = format!(
            "query ($where: {model}WhereInput!) {{
              page: {connection}(where: $where) {{ edges {{ node {{ name {link} {{ name }} }} }} }}
            }}"
        );
        let within = json!({"where": {"name_starts_with": field.prefix()}});
        match client.send(&query, &within) {
            Ok(data) => seen.push(links(&data["page"]["edges"], link)),
            Err(refused @ Failure::Refused { .. }) => {
                return Ok(vec![Violation::new(READABLE, [model], refused)]);
            }
            Err(lost) => return Err(lost.into()),
        }
    }
    match seen.as_slice() {
        [parents, children] => Ok(judge(field.shape, parents, children)),
        _ => Ok(Vec::new()),
    }
}

fn links(edges: &Value, link: &str) -> Links {
    let name = |node: &Value| Some(node["name"].as_str()?.to_owned());
    let edges = edges.as_array().into_iter().flatten();
    let nodes = edges.filter_map(|edge| {
        let others = match &edge["node"][link] {
            Value::Array(nodes) => nodes.iter().filter_map(name).collect(),
            node => name(node).into_iter().collect(),
        };
        Some((name(&edge["node"])?, others))
    });
    nodes.collect()
}

fn judge(shape: &Shape, parents: &Links, children: &Links) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_parents: Vec<_> = pairs(parents).collect();
    let of_children: Vec<_> = pairs(children)
        .map(|(child, parent)| (parent, child))
        .collect();
    for (parent, child) in difference(&of_parents, &of_children) {
        let found = "only the parent sees the child";
        violations.push(Violation::new(AGREE, [parent, child], found));
    }
    for (parent, child) in difference(&of_children, &of_parents) {
        let found = "only the child sees the parent";
        violations.push(Violation::new(AGREE, [parent, child], found));
    }
    // Each side is counted through the lists of the other, too: a field of one node shows one at most.
    for (side, nodes, links) in [
        (Side::Parent, parents, &of_parents),
        (Side::Child, children, &of_children),
    ] {
        for name in nodes.keys() {
            let own = |pair: &&(&str, &str)| match side {
                Side::Parent => pair.0 == name,
                Side::Child => pair.1 == name,
            };
            let others = of_parents.iter().chain(&of_children).filter(own);
            let others: BTreeSet<_> = others.collect();
            let twice = links.iter().filter(own).count() > others.len();
            let is_right = match shape.arity(side) {
                Arity::One => others.len() <= 1,
                Arity::Required => others.len() == 1,
                Arity::Many => true,
            };
            if !is_right || twice {
                violations.push(Violation::new(ONE, [name], format!("{others:?}")));
            }
        }
    }
    violations
}

fn pairs(links: &Links) -> impl Iterator<Item = (&str, &str)> {
    links.iter().flat_map(|(node, others)| {
        let others = others.iter();
        others.map(|other| (node.as_str(), other.as_str()))
    })
}

fn difference<'a>(
    of: &[(&'a str, &'a str)],
    without: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let pairs = of.iter().filter(|pair| !without.contains(pair));
    pairs.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::races::shape::SHAPES;

    fn side(nodes: &[(&str, &[&str])]) -> Links {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let nodes = nodes.iter();
        nodes
            .map(|(name, others)| ((*name).to_owned(), owned(others)))
            .collect()
    }

    fn rules(
        shape: &str,
        parents: &[(&str, &[&str])],
        children: &[(&str, &[&str])],
    ) -> Vec<&'static str> {
        let shape = SHAPES.iter().find(|one| one.name == shape);
        let violations = shape.map(|shape| judge(shape, &side(parents), &side(children)));
        violations
            .into_iter()
            .flatten()
            .map(|violation| violation.rule)
            .collect()
    }

    #[test]
    fn a_stolen_child_has_one_owner() {
        let child: &[(&str, &[&str])] = &[("c", &["p"])];
        assert!(rules("PairParent", &[("p", &["c"]), ("q", &[])], child).is_empty());
        assert_eq!(
            rules("PairParent", &[("p", &["c"]), ("q", &["c"])], child),
            [AGREE, ONE]
        );
        assert_eq!(rules("PairParent", &[("p", &[])], child), [AGREE]);
    }

    #[test]
    fn a_required_relation_is_not_empty() {
        assert_eq!(rules("OwnChild", &[("p", &[])], &[("c", &[])]), [ONE]);
        assert!(rules("OwnChild", &[("p", &["c"])], &[("c", &["p"])]).is_empty());
    }

    #[test]
    fn a_list_shows_no_node_twice() {
        let twice: &[(&str, &[&str])] = &[("p", &["c", "c"])];
        assert_eq!(rules("NetTable", twice, &[("c", &["p"])]), [ONE]);
    }
}
