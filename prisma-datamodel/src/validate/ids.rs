//! `@id` and `@sequence`: N17 to N20.

use super::{at_argument, at_directive, at_field_type, suggest};
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, Kind},
    diagnostic::Diagnostic,
    model::{Arity, ScalarType},
};

/// N17, N18, N19.
pub(super) fn rules(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(id) = field.directive("id") else {
        return;
    };
    if let Some(strategy) = id.text("strategy") {
        let mut valid = vec!["AUTO", "NONE"];
        if context.options.id_sequences {
            valid.push("SEQUENCE");
        }
        if !valid.contains(&strategy) {
            let message = format!(
                "Valid values for the strategy argument of `@id` are: {}.",
                valid.join(", ")
            );
            let error = at_argument("N17", def, field, ("id", "strategy"), message);
            errors.push(Diagnostic {
                help: suggest::did_you_mean(strategy, valid),
                ..error
            });
        }
    }
    let allowed: Vec<ScalarType> = context.options.id_types().collect();
    let valid = matches!(context.kind(field), Kind::Scalar(scalar) if allowed.contains(&scalar));
    if field.ty.arity != Arity::Required {
        let message = "Fields that are marked as id must be required.";
        let error = at_field_type("N18", def, field, message);
        let ty = if valid {
            field.ty.name.as_str()
        } else {
            ScalarType::Id.name()
        };
        errors.push(error.with_help(format!("write `{ty}!`")));
    }
    if !valid {
        let list: Vec<String> = allowed
            .iter()
            .map(|ty| format!("`{}!`", ty.name()))
            .collect();
        let message = format!(
            "The field `{}` is marked as id must have one of the following types: {}.",
            field.name.text,
            list.join(",")
        );
        errors.push(at_field_type("N19", def, field, message));
    }
}

/// N20
pub(super) fn sequences(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    if field.directive("sequence").is_none() {
        return;
    }
    let strategy = field.directive("id").and_then(|id| id.text("strategy"));
    let is_int = context.kind(field) == Kind::Scalar(ScalarType::Int);
    // A strategy that does not exist here is told once (N17).
    let placed = strategy == Some("SEQUENCE") && is_int;
    if !placed {
        let message = "The directive `@sequence` must only be specified for fields that are marked as id, are \
                       of type `Int` and use the sequence strategy. E.g. `id: Int! @id(strategy: SEQUENCE)`.";
        errors.push(at_directive("N20", def, field, "sequence", message));
    }
}
