//! Arguments of fields: literals coerced, variables left open.

use std::{cell::Cell, collections::HashMap};

use apollo_compiler::{
    Name, Node,
    ast::{Value, VariableDefinition},
    executable,
};
use prisma_api::{ApiArgument, ApiSchema};

use indexmap::IndexMap;

use super::Argument;
use crate::{
    coerce::{InputType, Scope, literal},
    template::Template,
};

/// The arguments of a field that are given, in the order of the API.
pub(super) fn compile(
    api: &ApiSchema,
    definitions: &IndexMap<String, ApiArgument>,
    given: &[Node<executable::Argument>],
    variables: &Places<'_>,
) -> Vec<Argument> {
    let argument = |(name, definition): (&String, &ApiArgument)| {
        let given = given.iter().find(|it| it.name == name.as_str())?;
        let ty = InputType::of(api, definition.ty)?;
        // A valid document has no violations left.
        let value = literal(api, ty, &given.value, &mut &*variables, &mut Vec::new())?;
        Some(Argument {
            meaning: definition.meaning,
            value,
        })
    };
    definitions.iter().filter_map(argument).collect()
}

/// The variables of an operation, by name: their places among its definitions, and how often they are used.
#[derive(Default)]
pub(super) struct Places<'a>(HashMap<&'a str, (usize, Cell<usize>)>);

impl<'a> Places<'a> {
    pub(super) fn new(variables: &'a [Node<VariableDefinition>]) -> Self {
        let places = variables.iter().enumerate();
        let places =
            places.map(|(place, variable)| (variable.name.as_str(), (place, Cell::new(0))));
        Self(places.collect())
    }

    pub(super) fn get(&self, variable: &str) -> Option<usize> {
        self.0.get(variable).map(|(place, _)| *place)
    }

    /// How often each is used so far, by place.
    pub(super) fn uses(&self) -> Vec<usize> {
        let mut uses = vec![0; self.0.len()];
        for (place, count) in self.0.values() {
            uses[*place] = count.get();
        }
        uses
    }
}

impl Scope for &Places<'_> {
    fn variable(&mut self, variable: &Name, _: &Node<Value>, _: InputType) -> Option<Template> {
        let (place, uses) = self.0.get(variable.as_str())?;
        uses.set(uses.get() + 1);
        Some(Template::Variable(*place))
    }
}
