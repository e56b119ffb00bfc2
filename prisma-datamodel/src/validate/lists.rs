//! `@scalarList`: N35 to N37.

use super::{at_argument, at_directive, at_field, suggest};
use crate::{
    ast::{FieldDef, TypeDef},
    context::Context,
    diagnostic::Diagnostic,
};

/// N35, N36 where the directive is written.
pub(super) fn strategies(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(list) = field.directive("scalarList") else {
        return;
    };
    if !field.is_list() {
        let message = format!(
            "Fields that are marked as `@scalarList` must be lists, e.g. `[{}]`.",
            field.ty.name
        );
        errors.push(at_directive("N35", def, field, "scalarList", message));
    }
    let strategy = list.text("strategy");
    let valid = valid_strategies(context);
    if !strategy.is_some_and(|strategy| valid.contains(&strategy)) {
        let error = at_argument("N36", def, field, ("scalarList", "strategy"), text(&valid));
        let help = match strategy {
            Some(strategy) => suggest::did_you_mean(strategy, valid),
            None => Some("write `@scalarList(strategy: RELATION)`".to_owned()),
        };
        errors.push(Diagnostic { help, ..error });
    }
}

/// N36 where it is missing, N37.
pub(super) fn without_strategy(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    for (_, def) in context.models() {
        for field in def
            .fields
            .iter()
            .filter(|field| context.is_scalar_list(field))
        {
            let valid = valid_strategies(context);
            if valid.is_empty() {
                let message = "This connector does not support scalar lists.";
                errors.push(at_field("N37", def, field, message));
            } else if field.directive("scalarList").is_none() && !context.options.embedded_types {
                let help = format!("add `@scalarList(strategy: {})`", valid.join(""));
                errors.push(at_field("N36", def, field, text(&valid)).with_help(help));
            }
        }
    }
}

/// Stores that embed types embed lists, and no others.
fn valid_strategies(context: &Context<'_>) -> Vec<&'static str> {
    if context.options.embedded_types {
        vec!["EMBEDDED"]
    } else if context.options.scalar_lists {
        vec!["RELATION"]
    } else {
        Vec::new()
    }
}

fn text(valid: &[&str]) -> String {
    format!(
        "Valid values for the strategy argument of `@scalarList` are: {}.",
        valid.join(", ")
    )
}
