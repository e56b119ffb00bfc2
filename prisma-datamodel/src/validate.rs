//! The rules of the language (deploy.md §1.5.4), one file per family, in the order of §1.5.2.
//!
//! *Internal* rules look at what is written; only if all hold, *post* rules look at how fields belong together.

pub(crate) use self::databases::duplicates;

mod arguments;
mod databases;
mod defaults;
mod embedded;
mod enums;
mod ids;
mod links;
mod lists;
mod models;
mod relation_tables;
mod relations;
mod renames;
mod suggest;
mod timestamps;

use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, TypeIndex},
    diagnostic::Diagnostic,
};

/// A rule about one field of one type.
type FieldRule = fn(&Context<'_>, &TypeDef, &FieldDef, &mut Vec<Diagnostic>);

/// A rule about one type that is a model.
type ModelRule = fn(&Context<'_>, TypeIndex, &mut Vec<Diagnostic>);

/// A rule about the whole tree.
type TreeRule = fn(&Context<'_>, &mut Vec<Diagnostic>);

const MODEL_RULES: &[ModelRule] = &[
    models::unknown_types,
    models::ids,
    relations::unnamed,
    relations::too_often,
    relations::elsewhere,
    relations::named_on_one_side,
    relations::names,
    models::duplicate_fields,
    models::reserved_names,
];

const FIELD_RULES: &[FieldRule] = &[
    arguments::of_field,
    ids::rules,
    ids::sequences,
    timestamps::rules,
    embedded::unique,
    defaults::rules,
    databases::relation_fields,
    relations::on_scalars,
    lists::strategies,
];

const TYPE_RULES: &[TreeRule] = &[
    arguments::of_types,
    embedded::types,
    relation_tables::supported,
];

const POST_RULES: &[TreeRule] = &[
    links::rules,
    lists::without_strategy,
    relation_tables::rules,
];

/// All errors of a tree, each once; post rules only count where no internal rule is broken.
pub(crate) fn errors(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    models::duplicate_types(context, &mut errors);
    for (model, _) in context.models() {
        MODEL_RULES
            .iter()
            .for_each(|rule| rule(context, model, &mut errors));
    }
    for def in &context.document.types {
        for field in &def.fields {
            FIELD_RULES
                .iter()
                .for_each(|rule| rule(context, def, field, &mut errors));
        }
    }
    enums::rules(context, &mut errors);
    TYPE_RULES
        .iter()
        .for_each(|rule| rule(context, &mut errors));
    renames::crossing(context, &mut errors);
    if errors.is_empty() {
        POST_RULES
            .iter()
            .for_each(|rule| rule(context, &mut errors));
    }
    distinct(errors)
}

/// What is accepted but wants a word.
pub(crate) fn warnings(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    relation_tables::ids(context, &mut warnings);
    warnings
}

fn distinct(errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(errors.len());
    let mut seen = std::collections::HashSet::new();
    for error in errors {
        let key = (
            error.code,
            error.model.clone(),
            error.field.clone(),
            error.message.clone(),
        );
        if seen.insert(key) {
            kept.push(error);
        }
    }
    kept
}

/// An error about a field, at its name.
fn at_field(
    code: &'static str,
    def: &TypeDef,
    field: &FieldDef,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic::on_field(
        code,
        &def.name.text,
        &field.name.text,
        message,
        field.name.span,
    )
}

/// An error about a field, at its type.
fn at_field_type(
    code: &'static str,
    def: &TypeDef,
    field: &FieldDef,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        span: field.ty.span,
        ..at_field(code, def, field, message)
    }
}

/// An error about a field, at one of its directives.
fn at_directive(
    code: &'static str,
    def: &TypeDef,
    field: &FieldDef,
    directive: &str,
    message: impl Into<String>,
) -> Diagnostic {
    let span = field
        .directive(directive)
        .map_or(field.name.span, |directive| directive.span);
    Diagnostic {
        span,
        ..at_field(code, def, field, message)
    }
}

/// An error about a field, at an argument's value; at the directive where the argument is missing.
fn at_argument(
    code: &'static str,
    def: &TypeDef,
    field: &FieldDef,
    (directive, argument): (&str, &str),
    message: impl Into<String>,
) -> Diagnostic {
    let error = at_directive(code, def, field, directive, message);
    let value = field
        .directive(directive)
        .and_then(|directive| directive.argument(argument));
    let span = value.map_or(error.span, |argument| argument.value.span);
    Diagnostic { span, ..error }
}

/// An error about a type, at its name.
fn at_type(code: &'static str, def: &TypeDef, message: impl Into<String>) -> Diagnostic {
    Diagnostic::on_type(code, &def.name.text, message, def.name.span)
}
