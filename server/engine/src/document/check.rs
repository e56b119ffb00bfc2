//! Validation in the words that clients know (api.md §5.1), and of what the GraphQL library lets pass: literals of
//! custom scalars and variables inside of values.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Node, Schema,
    ast::{
        Argument, Definition, Directive, DirectiveList, Document, Field, InputValueDefinition,
        Selection, Value, VariableDefinition,
    },
    schema::ExtendedType,
};
use prisma_api::ApiSchema;

use super::{MOST_ERRORS, RequestError, offset, report::Reports, suggest::did_you_mean};
use crate::{
    coerce::{InputType, Scope, literal, shortened},
    input::Input,
    template::Template,
};

/// One walk over a document.
pub(super) struct Check<'a> {
    api: &'a ApiSchema,
    schema: &'a Schema,
    text: &'a str,
    /// The variables of all operations. Fragments serve several; the library looks after those that lack one.
    variables: HashMap<&'a str, &'a VariableDefinition>,
    reports: Reports<'a>,
    errors: Vec<RequestError>,
}

impl<'a> Check<'a> {
    pub(super) fn new(
        api: &'a ApiSchema,
        schema: &'a Schema,
        text: &'a str,
        document: &'a Document,
        reports: Reports<'a>,
    ) -> Self {
        let variables = document
            .definitions
            .iter()
            .filter_map(Definition::as_operation_definition)
            .flat_map(|operation| &operation.variables)
            .map(|variable| (variable.name.as_str(), &**variable))
            .collect();
        Self {
            api,
            schema,
            text,
            variables,
            reports,
            errors: Vec::new(),
        }
    }

    /// All errors of the document.
    pub(super) fn run(mut self, document: &Document) -> Vec<RequestError> {
        for definition in &document.definitions {
            match definition {
                Definition::OperationDefinition(operation) => {
                    self.directives(&operation.directives);
                    for variable in &operation.variables {
                        self.variable_definition(variable);
                    }
                    if let Some(root) = self.schema.root_operation(operation.operation_type) {
                        self.selections(root.as_str(), &operation.selection_set);
                    }
                }
                Definition::FragmentDefinition(fragment) => {
                    if self
                        .reports
                        .take("UnusedFragment", offset(fragment.location()))
                    {
                        let message = format!("Fragment '{}' is not used.", fragment.name);
                        self.error(message, &[offset(fragment.location())]);
                    }
                    self.directives(&fragment.directives);
                    self.selections(fragment.type_condition.as_str(), &fragment.selection_set);
                }
                _ => {}
            }
        }
        for (message, at) in self.reports.rest(!self.errors.is_empty()) {
            self.error(message, at.as_slice());
        }
        self.errors
    }

    fn variable_definition(&mut self, variable: &Node<VariableDefinition>) {
        let at = offset(variable.location());
        if self.reports.take("UnusedVariable", at) {
            self.error(format!("Variable '${}' is not used.", variable.name), &[at]);
        }
        let ty = InputType::written(self.api, &variable.ty);
        if let (Some(ty), Some(default)) = (ty, &variable.default_value) {
            self.value(ty, default, |got| {
                format!(
                    "Variable '${}' of type '{}' has an invalid default value: {got}.",
                    variable.name, variable.ty
                )
            });
        }
    }

    fn selections(&mut self, parent: &str, selections: &[Selection]) {
        for selection in selections {
            if self.errors.len() >= MOST_ERRORS {
                return;
            }
            match selection {
                Selection::Field(field) => self.field(parent, field),
                Selection::FragmentSpread(spread) => {
                    let at = offset(spread.location());
                    let name = &spread.fragment_name;
                    self.directives(&spread.directives);
                    if self.reports.take("UndefinedFragment", at) {
                        self.error(format!("Unknown fragment '{name}'."), &[at]);
                    }
                    if self.reports.take("InvalidFragmentSpread", at) {
                        let message = format!(
                            "Fragment '{name}' cannot be spread here as objects of type '{parent}' can \
                             never be of its type."
                        );
                        self.error(message, &[at]);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let at = offset(fragment.location());
                    let condition = fragment.type_condition.as_ref().map(Name::as_str);
                    self.directives(&fragment.directives);
                    if self.reports.take("InvalidFragmentSpread", at) {
                        let message = format!(
                            "Fragment cannot be spread here as objects of type '{parent}' can never be of \
                             type '{}'.",
                            condition.unwrap_or(parent)
                        );
                        self.error(message, &[at]);
                    }
                    self.selections(condition.unwrap_or(parent), &fragment.selection_set);
                }
            }
        }
    }

    fn field(&mut self, parent: &str, field: &Node<Field>) {
        let at = offset(field.location());
        let Ok(definition) = self.schema.type_field(parent, &field.name) else {
            return self.unknown_field(parent, field);
        };
        self.conflict(field, at);
        self.directives(&field.directives);
        let place = format!("field '{}' of type '{parent}'", field.name);
        let owner = format!("Field '{}'", field.name);
        self.arguments(&definition.arguments, &field.arguments, at, &owner, &place);
        let ty = definition.ty.inner_named_type();
        let leaf = matches!(
            self.schema.types.get(ty),
            Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_))
        );
        let problem = match (leaf, field.selection_set.is_empty()) {
            (true, false) => "must not have a sub selection",
            (false, true) => "must have a sub selection",
            (true, true) => return,
            (false, false) => return self.selections(ty.as_str(), &field.selection_set),
        };
        self.error(
            format!("Field '{}' of type '{}' {problem}.", field.name, ty),
            &[at],
        );
    }

    fn unknown_field(&mut self, parent: &str, field: &Node<Field>) {
        let known = match self.schema.types.get(parent) {
            Some(ExtendedType::Object(object)) => object.fields.keys(),
            Some(ExtendedType::Interface(interface)) => interface.fields.keys(),
            // The parent is reported.
            _ => return,
        };
        let message = format!(
            "Cannot query field '{}' on type '{parent}'.{}",
            field.name,
            did_you_mean(&field.name, known.map(Name::as_str))
        );
        self.error(message, &[offset(field.location())]);
    }

    /// Fields of one key in different types may be different fields, but of one shape.
    fn conflict(&mut self, field: &Node<Field>, at: usize) {
        if self.reports.take("ConflictingFieldType", at) {
            let message = format!(
                "Field '{}' conflict because they return conflicting types. Use different aliases on the fields \
                 to fetch both if this was intentional.",
                field.response_name()
            );
            self.error(message, &[at]);
        }
    }

    fn directives(&mut self, directives: &DirectiveList) {
        for directive in &directives.0 {
            self.directive(directive);
        }
    }

    fn directive(&mut self, directive: &Node<Directive>) {
        let at = offset(directive.location());
        let name = &directive.name;
        let Some(definition) = self.schema.directive_definitions.get(name) else {
            return self.error(format!("Unknown directive '{name}'."), &[at]);
        };
        let place = format!("directive '{name}'");
        let owner = format!("Directive '{name}'");
        self.arguments(
            &definition.arguments,
            &directive.arguments,
            at,
            &owner,
            &place,
        );
    }

    fn arguments(
        &mut self,
        definitions: &[Node<InputValueDefinition>],
        arguments: &[Node<Argument>],
        at: usize,
        owner: &str,
        place: &str,
    ) {
        for argument in arguments {
            if self.errors.len() >= MOST_ERRORS {
                return;
            }
            let name = &argument.name;
            let Some(definition) = definitions.iter().find(|known| known.name == *name) else {
                let known = definitions.iter().map(|known| known.name.as_str());
                let message = format!(
                    "Unknown argument '{name}' on {place}.{}",
                    did_you_mean(name, known)
                );
                self.error(message, &[offset(argument.location())]);
                continue;
            };
            if let Some(ty) = InputType::written(self.api, &definition.ty) {
                self.value(ty, &argument.value, |got| {
                    format!(
                        "Argument '{name}' expected type '{}' but got: {got}.",
                        definition.ty
                    )
                });
            }
        }
        for definition in definitions {
            let given = arguments
                .iter()
                .any(|argument| argument.name == definition.name);
            if definition.is_required() && !given {
                let message = format!(
                    "{owner} argument '{}' of type '{}' is required but not provided.",
                    definition.name, definition.ty
                );
                self.error(message, &[at]);
            }
        }
    }

    /// Checks a literal. What was expected is said with the literal as messages show it.
    fn value(&mut self, ty: InputType, value: &Node<Value>, expected: impl FnOnce(&str) -> String) {
        let mut violations = Vec::new();
        let api = self.api;
        literal(api, ty, value, self, &mut violations);
        if violations.is_empty() {
            return;
        }
        let expected = expected(&shortened(&value.serialize().no_indent().to_string()));
        for violation in violations {
            let message = format!("{expected} Reason: {}", violation.reason());
            let mut offsets = vec![offset(value.location())];
            offsets.extend(&violation.keys);
            self.error(message, &offsets);
        }
    }

    fn error(&mut self, message: String, offsets: &[usize]) {
        if self.errors.len() < MOST_ERRORS {
            let error = RequestError::at(self.text, message, offsets);
            self.errors.push(error);
        }
    }
}

impl Scope for Check<'_> {
    fn variable(
        &mut self,
        variable: &Name,
        at: &Node<Value>,
        expected: InputType,
    ) -> Option<Template> {
        let at = offset(at.location());
        let undefined = self.reports.take("UndefinedVariable", at);
        let Some(definition) = self.variables.get(variable.as_str()).filter(|_| !undefined) else {
            self.error(format!("Variable '${variable}' is not defined."), &[at]);
            return None;
        };
        // Types that are no input types are reported with the definition.
        let ty = InputType::written(self.api, &definition.ty)?;
        let has_default = definition
            .default_value
            .as_ref()
            .is_some_and(|default| !default.is_null());
        if !ty.fits(has_default, expected) {
            let message = format!(
                "Variable '${variable}' of type '{}' used in position expecting type '{}'.",
                definition.ty,
                expected.describe(self.api)
            );
            self.error(message, &[at]);
        }
        Some(Template::Fixed(Input::Null))
    }
}
