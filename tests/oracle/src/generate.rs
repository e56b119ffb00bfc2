//! Random datamodels, and random operations that fit a datamodel and the data there is.

mod filter;
mod mutation;
mod query;
mod schema;
mod value;

pub use schema::schema;

use crate::{
    operation::{Key, Operation, Pages, PagesBy},
    random::Random,
    reference::{Handle, Outcome, Rules, State, write},
    schema::{EndRef, Schema},
    value::Value,
};

/// How many nodes of a model are plenty.
const CROWD: usize = 14;

/// Makes operations. What it makes depends on its seed and on the states it is shown.
#[derive(Clone, Debug)]
pub struct Generator {
    random: Random,
    /// Counts values that nobody else has.
    fresh: u32,
}

/// A look at the data there is, while an operation is made.
#[derive(Clone, Copy)]
struct View<'a> {
    rules: &'a Rules<'a>,
    schema: &'a Schema,
    state: &'a State,
}

impl Generator {
    /// The generator of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            fresh: 0,
        }
    }

    /// The next operation.
    pub fn operation(&mut self, rules: &Rules<'_>, state: &State) -> Operation {
        let view = View {
            rules,
            schema: rules.schema,
            state,
        };
        let model = self.random.below(rules.schema.models.len());
        let is_empty = state.nodes.len() < 2 * rules.schema.models.len();
        match self
            .random
            .weighted(&[if is_empty { 400 } else { 45 }, 40, 7, 8])
        {
            0 => self.sensible_mutation(view),
            1 => Operation::Query(self.query(view, model)),
            2 => Operation::Partition(model, self.filter(view, model, 2, true)),
            _ => Operation::Pages(self.pages(view, model)),
        }
    }

    /// A mutation, of which few are refused: most refusals teach the same.
    fn sensible_mutation(&mut self, view: View<'_>) -> Operation {
        let mut tries = 8;
        loop {
            let model = self.random.below(view.schema.models.len());
            let mutation = self.mutation(view, model);
            let model = mutation.model();
            let selection = self.selection(view, model, 2);
            tries -= 1;
            match write(view.rules, view.state, &mutation, &selection) {
                Outcome::Refused(_) if tries > 0 && !self.random.chance(12) => {}
                Outcome::Unclear if tries > 0 => {}
                _ => return Operation::Mutation(mutation, selection),
            }
        }
    }

    fn pages(&mut self, view: View<'_>, model: usize) -> Pages {
        Pages {
            model,
            filter: self
                .random
                .chance(40)
                .then(|| self.filter(view, model, 1, true)),
            order: self.order(view, model),
            size: 1 + i32::try_from(self.random.below(4)).unwrap_or(0),
            by: *self
                .random
                .pick(&[PagesBy::After, PagesBy::Before, PagesBy::Skip])
                .unwrap_or(&PagesBy::After),
        }
    }

    /// A selector of a node that exists.
    fn key_of(&mut self, view: View<'_>, node: Handle) -> Key {
        let model = view.state.nodes[&node].model;
        let unique: Vec<(usize, Value)> = view
            .schema
            .scalars(model)
            .filter(|(_, _, scalar)| scalar.unique)
            .map(|(field, ..)| (field, view.state.value(node, field).clone()))
            .filter(|(_, value)| !value.is_null())
            .collect();
        Key(self.random.pick(&unique).cloned().into_iter().collect())
    }

    /// A selector of one of these nodes, now and then of none or of a mistake.
    fn key(&mut self, view: View<'_>, model: usize, nodes: &[Handle]) -> Key {
        match self.random.below(100) {
            0 => Key::default(),
            1 => {
                let node = self.random.pick(nodes).copied();
                let keys = node.map(|node| {
                    let all = view.schema.scalars(model);
                    all.filter(|(_, _, scalar)| scalar.unique)
                        .map(|(field, ..)| (field, view.state.value(node, field).clone()))
                        .collect()
                });
                Key(keys.unwrap_or_default())
            }
            2..=6 => self.key_of_nobody(view, model),
            _ => match self.random.pick(nodes).copied() {
                Some(node) => self.key_of(view, node),
                None => self.key_of_nobody(view, model),
            },
        }
    }

    fn key_of_nobody(&mut self, view: View<'_>, model: usize) -> Key {
        let id = view.schema.models[model].id;
        let ty = view.schema.scalar(model, id).ty;
        Key(vec![(id, self.unique_value(ty))])
    }

    /// The nodes that a relation field may lead to.
    fn targets(view: View<'_>, end: EndRef) -> Vec<Handle> {
        view.state.of(view.schema.target(end))
    }
}
