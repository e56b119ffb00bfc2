//! Names and ids of models: N2, N3, N4, N11, N12, and a second `@id`.

use std::collections::{HashMap, HashSet};

use super::{at_directive, at_field, at_field_type, at_type, suggest};
use crate::{
    ast::FieldDef,
    context::{Context, Kind, TypeIndex, is_embedded, is_relation_table},
    diagnostic::Diagnostic,
    model::{Arity, ScalarType},
};

const RESERVED: [&str; 6] = [
    "Mutation",
    "Query",
    "Subscription",
    "Node",
    "PageInfo",
    "BatchPayload",
];

/// Suggestions compare with every name, so texts that are one big mistake get no more of them.
const MAX_SUGGESTIONS: usize = 100;

const SCALARS: [ScalarType; 8] = [
    ScalarType::Id,
    ScalarType::Uuid,
    ScalarType::String,
    ScalarType::Int,
    ScalarType::Float,
    ScalarType::Boolean,
    ScalarType::DateTime,
    ScalarType::Json,
];

/// N2, and types that share a name with an enum: fields could not tell them apart.
pub(super) fn duplicate_types(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for def in &context.document.types {
        *count.entry(def.name.text.to_lowercase()).or_default() += 1;
    }
    let mut seen = HashSet::new();
    for def in &context.document.types {
        let key = def.name.text.to_lowercase();
        if count.get(&key).is_some_and(|&count| count > 1) && seen.insert(key) {
            let message = format!(
                "The name of the type `{}` occurs more than once. The detection of duplicates is \
                 performed case insensitive.",
                def.name.text
            );
            errors.push(at_type("N2", def, message));
        }
    }
    let enums: HashSet<&str> = context
        .document
        .enums
        .iter()
        .map(|item| item.name.text.as_str())
        .collect();
    for def in context
        .document
        .types
        .iter()
        .filter(|def| enums.contains(def.name.text.as_str()))
    {
        let message = format!(
            "The name `{}` is used by a type and by an enum",
            def.name.text
        );
        errors.push(at_type("type-or-enum", def, message).with_help("rename one of them"));
    }
}

/// N3: a field whose type is not declared; types of relation tables are no models, so they count as unknown.
pub(super) fn unknown_types(context: &Context<'_>, model: TypeIndex, errors: &mut Vec<Diagnostic>) {
    let def = context.type_def(model);
    for field in &def.fields {
        let table = match context.kind(field) {
            Kind::Scalar(_) | Kind::Enum(_) => continue,
            Kind::Type(index) if !is_relation_table(context.type_def(index)) => continue,
            Kind::Type(_) => true,
            Kind::Unknown => false,
        };
        let message = format!(
            "The field `{}` has the type `{}` but there's no type or enum declaration with that name.",
            field.name.text, field.ty.name
        );
        let error = at_field_type("N3", def, field, message);
        let help = if table {
            Some(
                "the type describes a relation table; point to the model at the other end"
                    .to_owned(),
            )
        } else if errors.len() < MAX_SUGGESTIONS {
            known_type_like(context, &field.ty.name)
        } else {
            None
        };
        errors.push(Diagnostic { help, ..error });
    }
}

fn known_type_like(context: &Context<'_>, name: &str) -> Option<String> {
    let models = context.models().map(|(_, def)| def.name.text.as_str());
    let enums = context
        .document
        .enums
        .iter()
        .map(|item| item.name.text.as_str());
    let scalars = SCALARS.iter().map(|scalar| scalar.name());
    suggest::did_you_mean(name, models.chain(enums).chain(scalars))
}

/// N4, and our own rule that there is one id only: of two, the original would not store the second.
pub(super) fn ids(context: &Context<'_>, model: TypeIndex, errors: &mut Vec<Diagnostic>) {
    let def = context.type_def(model);
    let mut ids = def
        .fields
        .iter()
        .filter(|field| field.directive("id").is_some());
    if ids.next().is_none() && !is_embedded(def) {
        let message = format!(
            "One field of the type `{}` must be marked as the id field with the `@id` directive.",
            def.name.text
        );
        let candidate = def.fields.iter().find(|field| could_be_id(context, field));
        let help = match candidate {
            _ if def.directive("linkTable").is_some() => {
                "`@linkTable` is called `@relationTable` now".to_owned()
            }
            Some(field) => format!("mark the field `{}` with `@id`", field.name.text),
            None => "add the field `id: ID! @id`".to_owned(),
        };
        errors.push(at_type("N4", def, message).with_help(help));
    }
    for field in ids {
        let message = format!(
            "The type `{}` has another field that is marked as the id field with the `@id` directive",
            def.name.text
        );
        let error = at_directive("second-id", def, field, "id", message);
        errors.push(error.with_help("use `@unique` instead"));
    }
}

fn could_be_id(context: &Context<'_>, field: &FieldDef) -> bool {
    let Kind::Scalar(scalar) = context.kind(field) else {
        return false;
    };
    field.name.text == "id"
        && field.ty.arity == Arity::Required
        && context.options.id_types().any(|ty| ty == scalar)
}

/// N11: the same field name twice, whatever its case.
pub(super) fn duplicate_fields(
    context: &Context<'_>,
    model: TypeIndex,
    errors: &mut Vec<Diagnostic>,
) {
    let def = context.type_def(model);
    let mut count: HashMap<String, usize> = HashMap::new();
    for field in &def.fields {
        *count.entry(field.name.text.to_lowercase()).or_default() += 1;
    }
    for field in &def.fields {
        if count
            .get(&field.name.text.to_lowercase())
            .is_some_and(|&count| count > 1)
        {
            // The trailing blank is part of the contract.
            let message = format!(
                "The type `{}` has a duplicate fieldName. The detection of duplicates is performed \
                 case insensitive. ",
                def.name.text
            );
            errors.push(at_field("N11", def, field, message));
        }
    }
}

/// N12
pub(super) fn reserved_names(
    context: &Context<'_>,
    model: TypeIndex,
    errors: &mut Vec<Diagnostic>,
) {
    let def = context.type_def(model);
    if RESERVED.contains(&def.name.text.as_str()) {
        let message = format!(
            "The type `{}` has is using a reserved type name. Please rename it.",
            def.name.text
        );
        errors.push(at_type("N12", def, message));
    }
}
