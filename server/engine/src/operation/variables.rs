//! Variables: their definitions, and their values in a request.

use apollo_compiler::{Name, Node, ast};
use prisma_api::ApiSchema;
use prisma_datamodel::scalar::{JsonRoot, compact_json};
use serde_json::value::RawValue;

use super::Operation;
use crate::{
    coerce::{self, InputType, Scope},
    document::{MOST_ERRORS, RequestError},
    input::Input,
    limits::{Limit, LimitExceeded, Limits},
    template::{Template, Variables},
};

/// A variable of an operation.
#[derive(Debug)]
pub(super) struct VariableDefinition {
    name: Box<str>,
    ty: InputType,
    default: Option<Input>,
    /// Where it is defined in the document.
    at: usize,
}

/// The definitions of a valid operation.
pub(super) fn definitions(
    api: &ApiSchema,
    variables: &[Node<ast::VariableDefinition>],
) -> Vec<VariableDefinition> {
    // Every variable of a valid operation is used, so its type is that of some argument.
    let definition = |variable: &Node<ast::VariableDefinition>| {
        let ty = InputType::written(api, &variable.ty)?;
        let default = variable.default_value.as_ref();
        Some(VariableDefinition {
            name: variable.name.as_str().into(),
            ty,
            default: default.and_then(|value| constant(api, ty, value)),
            at: variable.location().map_or(0, |at| at.offset()),
        })
    };
    variables.iter().filter_map(definition).collect()
}

fn constant(api: &ApiSchema, ty: InputType, value: &Node<ast::Value>) -> Option<Input> {
    struct NoVariables;
    impl Scope for NoVariables {
        fn variable(&mut self, _: &Name, _: &Node<ast::Value>, _: InputType) -> Option<Template> {
            None
        }
    }
    match coerce::literal(api, ty, value, &mut NoVariables, &mut Vec::new())? {
        Template::Fixed(input) => Some(input),
        Template::Variable(_) | Template::List(_) | Template::Object(_) => None,
    }
}

/// Keys that are no text, such as halves of surrogate pairs: JSON, but no names of variables.
const UNREADABLE: &str = "The variables cannot be read: a key is no valid text.";

impl Operation {
    /// Are there variables?
    pub(crate) fn has_variables(&self) -> bool {
        !self.variables.is_empty()
    }

    /// Coerces the variables of a request.
    ///
    /// # Errors
    /// Everything that is wrong with them, or the limit that they exceed.
    pub(crate) fn variables(
        &self,
        api: &ApiSchema,
        limits: &Limits,
        given: Option<&RawValue>,
    ) -> Result<Variables, Vec<RequestError>> {
        if self.variables.is_empty() {
            return Ok(Variables::new());
        }
        let members = match given.map(coerce::read_members) {
            Some(None) => return Err(vec![RequestError::general(UNREADABLE)]),
            members => members.flatten().unwrap_or_default(),
        };
        let mut errors = Vec::new();
        let mut variables = Variables::with_capacity(self.variables.len());
        for definition in &self.variables {
            let given = members.get(&*definition.name).copied();
            let variable = self.variable(api, limits, definition, given, &mut errors);
            variables.push(variable.map_err(|exceeded| {
                let error = RequestError::beyond(exceeded, &self.text, Some(definition.at));
                vec![error]
            })?);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if self.copies(&variables) > limits.copies {
            let exceeded = LimitExceeded::new(Limit::Copies, limits.copies);
            return Err(vec![RequestError::beyond(exceeded, &self.text, None)]);
        }
        Ok(variables)
    }

    /// About how many bytes of variables a request comes to, of those that are used several times.
    fn copies(&self, variables: &Variables) -> usize {
        let used = variables.iter().zip(&self.uses);
        let copied = used.filter(|(_, uses)| **uses > 1);
        let sizes = copied.map(|(variable, uses)| {
            let size = variable.as_ref().map_or(0, Input::size);
            size.saturating_mul(*uses)
        });
        sizes.fold(0, usize::saturating_add)
    }

    fn variable(
        &self,
        api: &ApiSchema,
        limits: &Limits,
        definition: &VariableDefinition,
        given: Option<&RawValue>,
        errors: &mut Vec<RequestError>,
    ) -> Result<Option<Input>, LimitExceeded> {
        let mut error = |got: &str, reason: &str| {
            if errors.len() >= MOST_ERRORS {
                return;
            }
            let message = format!(
                "Variable '${}' expected value of type '{}' but {got}. Reason: {reason}",
                definition.name,
                definition.ty.describe(api),
            );
            errors.push(RequestError::at(&self.text, message, &[definition.at]));
        };
        let Some(given) = given else {
            if definition.default.is_none() && definition.ty.required {
                error("value is undefined", "Expected non-null value, found null.");
            }
            return Ok(definition.default.clone());
        };
        let mut violations = Vec::new();
        let input = coerce::variable(api, limits, definition.ty, given, &mut violations)?;
        if !violations.is_empty() {
            let got = compact_json(given.get(), JsonRoot::Any);
            let got = coerce::shortened(got.as_deref().unwrap_or(given.get()));
            for violation in violations {
                error(&format!("got: {got}"), &violation.reason());
            }
        }
        Ok(input)
    }
}
