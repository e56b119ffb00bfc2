//! Arguments of fields: literals coerced, variables left open.

use std::collections::HashMap;

use apollo_compiler::{Name, Node, ast::Value, executable};
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
    variables: &HashMap<&str, usize>,
) -> Vec<Argument> {
    let argument = |(name, definition): (&String, &ApiArgument)| {
        let given = given.iter().find(|it| it.name == name.as_str())?;
        let ty = InputType::of(api, definition.ty)?;
        let mut places = Places(variables);
        // A valid document has no violations left.
        let value = literal(api, ty, &given.value, &mut places, &mut Vec::new())?;
        Some(Argument {
            meaning: definition.meaning,
            value,
        })
    };
    definitions.iter().filter_map(argument).collect()
}

/// The places of variables among those of the operation.
struct Places<'a>(&'a HashMap<&'a str, usize>);

impl Scope for Places<'_> {
    fn variable(&mut self, variable: &Name, _: &Node<Value>, _: InputType) -> Option<Template> {
        let place = self.0.get(variable.as_str())?;
        Some(Template::Variable(*place))
    }
}
