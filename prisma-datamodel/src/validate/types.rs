//! N3, N4.

use crate::{
    context::{Context, Kind, is_relation_table},
    diagnostic::Diagnostic,
};

/// N3: a field whose type is not declared.
pub(super) fn unknown_types(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    for (_, def) in context.models() {
        for field in &def.fields {
            let known = match context.kind(field) {
                Kind::Scalar(_) | Kind::Enum(_) => true,
                Kind::Type(index) => !is_relation_table(context.type_def(index)),
                Kind::Unknown => false,
            };
            if !known {
                let message = format!(
                    "The field `{}` has the type `{}` but there's no type or enum declaration with that name.",
                    field.name.text, field.ty.name
                );
                errors.push(Diagnostic::on_field(
                    "N3",
                    &def.name.text,
                    &field.name.text,
                    message,
                    field.ty.span,
                ));
            }
        }
    }
    errors
}

/// N4: a model without an id.
pub(super) fn missing_ids(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .models()
        .filter(|(_, def)| def.fields.iter().all(|field| field.directive("id").is_none()))
        .map(|(_, def)| {
            let message = format!(
                "One field of the type `{}` must be marked as the id field with the `@id` directive.",
                def.name.text
            );
            Diagnostic::on_type("N4", &def.name.text, message, def.name.span)
        })
        .collect()
}
