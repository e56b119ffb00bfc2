//! `@createdAt` and `@updatedAt`: N21 to N23.

use super::at_directive;
use crate::{
    ast::{FieldDef, TypeDef},
    context::{Context, Kind},
    diagnostic::Diagnostic,
    model::ScalarType,
};

/// N21, N22, N23. Lists of `DateTime` are accepted, and nobody fills them (deploy.md §1.5.4).
pub(super) fn rules(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    let created = field.directive("createdAt").is_some();
    let updated = field.directive("updatedAt").is_some();
    let is_time = context.kind(field) == Kind::Scalar(ScalarType::DateTime);
    if created && !is_time {
        let message =
            "Fields that are marked as `@createdAt` must be of type `DateTime!` or `DateTime`.";
        errors.push(at_directive("N21", def, field, "createdAt", message));
    }
    if updated && !is_time {
        // No backticks around the directive: the contract's text.
        let message =
            "Fields that are marked as @updatedAt must be of type `DateTime!` or `DateTime`.";
        errors.push(at_directive("N22", def, field, "updatedAt", message));
    }
    if created && updated {
        let message = "Fields cannot be marked simultaneously with `@createdAt` and `@updatedAt`.";
        errors.push(at_directive("N23", def, field, "updatedAt", message));
    }
}
