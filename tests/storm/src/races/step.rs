//! What a client does to the few nodes of a round, and what it may be answered.

use serde_json::{Value, json};

use super::shape::{Arity, Shape, Side};
use crate::{
    client::{Client, Failure},
    random::Random,
    report::Violation,
};

/// How many nodes of each side a round has at first.
pub(super) const NODES: usize = 3;

/// No node (3039), no link (3041), a required relation (3042).
const REFUSALS: [i64; 3] = [3039, 3041, 3042];

const NO_ERROR: &str =
    "whoever comes too late is told that the node, the link or the freedom to change it is gone";
const OWN_ANSWER: &str = "a write answers what it has written";

/// The nodes of one shape in one round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) shape: &'a Shape,
    pub(super) round: usize,
}

impl Field<'_> {
    /// What the names of all nodes of the round start with.
    pub(super) fn prefix(&self) -> String {
        format!("{}.", self.round)
    }

    fn node(&self, side: Side, number: usize) -> String {
        format!("{}.{}{number}", self.round, side.field())
    }

    /// Makes the first nodes; a parent and a child of each pair are linked.
    pub(super) fn fill(&self, client: &mut Client) -> Result<(), Failure> {
        for number in 0..NODES {
            let (parent, child) = (
                self.node(Side::Parent, number),
                self.node(Side::Child, number),
            );
            let data = json!({"name": parent, "child": {"create": self.nodes(Side::Parent, json!({"name": child}))}});
            client.send(
                &self.mutation(Kind::Create, Side::Parent),
                &json!({"data": data}),
            )?;
        }
        Ok(())
    }

    /// A node as a nested operation on a field of this side takes it.
    fn nodes(&self, side: Side, node: Value) -> Value {
        match self.shape.arity(side) {
            Arity::Many => json!([node]),
            _ => node,
        }
    }

    fn mutation(&self, kind: Kind, side: Side) -> String {
        let model = self.shape.model(side);
        let field = side.other().field();
        let answer = format!("{{ name {field} {{ name }} }}");
        match kind {
            Kind::Create => format!(
                "mutation ($data: {model}CreateInput!) {{ node: create{model}(data: $data) {answer} }}"
            ),
            Kind::Update => format!(
                "mutation ($where: {model}WhereUniqueInput! $data: {model}UpdateInput!) {{
                  node: update{model}(where: $where data: $data) {answer}
                }}"
            ),
            Kind::Delete => format!(
                "mutation ($where: {model}WhereUniqueInput!) {{ node: delete{model}(where: $where) {{ name }} }}"
            ),
            Kind::DeleteMany => format!(
                "mutation ($where: {model}WhereInput!) {{ node: deleteMany{model}s(where: $where) {{ count }} }}"
            ),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Create,
    Update,
    Delete,
    DeleteMany,
}

/// One request of a client.
#[derive(Debug)]
pub(super) struct Step {
    mutation: String,
    variables: Value,
    /// The nodes that it is about.
    nodes: Vec<String>,
    /// The node that the answer must show linked, if there is one.
    linked: Option<String>,
}

impl Step {
    /// A random step. `new` names nodes that it makes.
    pub(super) fn random(field: Field<'_>, random: &mut Random, new: &str) -> Self {
        let side = *random.pick(&Side::BOTH).unwrap_or(&Side::Parent);
        let (own, other) = (
            field.node(side, random.below(NODES)),
            field.node(side.other(), random.below(NODES)),
        );
        let link = side.other().field();
        let nested =
            |operation: &str, node: Value| json!({link: {operation: field.nodes(side, node)}});
        let named = |name: &str| json!({"name": name});
        let arity = field.shape.arity(side);
        let new = format!("{}{new}", field.prefix());
        let update = |data: Value, linked: Option<String>| Self {
            mutation: field.mutation(Kind::Update, side),
            variables: json!({"where": named(&own), "data": data}),
            nodes: vec![own.clone(), other.clone()],
            linked,
        };
        let delete = |kind: Kind, at: Value| Self {
            mutation: field.mutation(kind, side),
            variables: json!({"where": at}),
            nodes: vec![own.clone()],
            linked: None,
        };
        let upsert = || {
            let mut upsert = json!({"create": named(&new), "update": named(&new)});
            if arity == Arity::Many {
                upsert["where"] = named(&other);
            }
            update(nested("upsert", upsert), Some(new.clone()))
        };
        let connect = || update(nested("connect", named(&other)), Some(other.clone()));
        // Where a side is required nothing can be unlinked; a `set` would empty it, as it does in Prisma 1.
        let is_free = !field.shape.is_required();
        match (random.below(100), arity) {
            (0..40, _) => connect(),
            (40..52, _) => {
                let mut data = nested("connect", named(&other));
                data["name"] = new.clone().into();
                Self {
                    mutation: field.mutation(Kind::Create, side),
                    variables: json!({"data": data}),
                    nodes: vec![new, other.clone()],
                    linked: Some(other),
                }
            }
            (52..58, _) => delete(Kind::Delete, named(&own)),
            (58..64, _) => delete(Kind::DeleteMany, json!({"name_in": [own, new]})),
            (64..72, _) => update(nested("create", named(&new)), Some(new.clone())),
            (72..80, _) => upsert(),
            (80..90, Arity::Many) if is_free => {
                update(nested("set", named(&other)), Some(other.clone()))
            }
            (80..90, _) if is_free => update(json!({link: {"disconnect": true}}), None),
            (90..95, Arity::Many) => {
                update(nested("deleteMany", json!({"name_in": [other]})), None)
            }
            (_, Arity::Many) => update(nested("delete", named(&other)), None),
            (_, Arity::One) => update(json!({link: {"delete": true}}), None),
            (_, Arity::Required) => connect(),
        }
    }

    /// Does it; gives whether it was done.
    pub(super) fn send(&self, client: &mut Client) -> Result<bool, Violation> {
        match client.send(&self.mutation, &self.variables) {
            Ok(data) => match self.is_shown(&data["node"]) {
                true => Ok(true),
                false => Err(self.violation(OWN_ANSWER, &data.to_string())),
            },
            Err(Failure::Refused {
                code: Some(code), ..
            }) if REFUSALS.contains(&code) => Ok(false),
            Err(failure) => Err(self.violation(NO_ERROR, &failure.to_string())),
        }
    }

    fn is_shown(&self, node: &Value) -> bool {
        let Some(linked) = &self.linked else {
            return node.is_object();
        };
        Side::BOTH.iter().any(|side| match &node[side.field()] {
            Value::Array(nodes) => nodes.iter().any(|node| node["name"] == json!(linked)),
            node => node["name"] == json!(linked),
        })
    }

    fn violation(&self, rule: &'static str, found: &str) -> Violation {
        let found = format!("{} {} gave {found}", self.mutation, self.variables);
        Violation::new(rule, &self.nodes, found)
    }
}
