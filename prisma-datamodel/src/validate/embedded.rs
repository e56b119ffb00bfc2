//! `@embedded`: N24, N29, N30.

use super::{at_directive, at_type};
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, is_embedded},
    diagnostic::Diagnostic,
};

/// N24
pub(super) fn unique(
    _: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    if is_embedded(def) && field.directive("unique").is_some() {
        let message = format!(
            "The field `{}` is marked as unique but its type `{}` is embedded. This is disallowed.",
            field.name.text, def.name.text
        );
        errors.push(at_directive("N24", def, field, "unique", message));
    }
}

/// N29, N30
pub(super) fn types(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    for def in &context.document.types {
        let Some(embedded) = def.directive("embedded") else {
            continue;
        };
        if let Some(db) = def.directive("db") {
            let message = format!(
                "The type `{}` is specifies the `@db` directive. Embedded types must not specify this \
                 directive.",
                def.name.text
            );
            errors.push(Diagnostic {
                span: db.span,
                ..at_type("N29", def, message)
            });
        }
        if !context.options.embedded_types {
            let message = format!(
                "The type `{}` is marked as embedded but this connector does not support embedded types.",
                def.name.text
            );
            errors.push(Diagnostic {
                span: embedded.span,
                ..at_type("N30", def, message)
            });
        }
    }
}
