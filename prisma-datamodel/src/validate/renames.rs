//! `@rename`: N34.

use super::at_type;
use crate::{context::Context, diagnostic::Diagnostic, infer::renamed_from};

/// N34: a type takes the old name of another renamed type.
pub(super) fn crossing(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    let renamed: Vec<_> = context
        .document
        .types
        .iter()
        .filter_map(|def| Some((def, renamed_from(&def.directives)?)))
        .collect();
    for (def, old) in &renamed {
        let taken = renamed
            .iter()
            .find(|(other, from)| other.name.text != def.name.text && *from == def.name.text);
        let Some((other, _)) = taken else { continue };
        let message = format!(
            "You renamed type `{old}` to `{}`. But that is the old name of type `{}`. Please do this in two \
             steps.",
            def.name.text, other.name.text
        );
        let span = def
            .directive("rename")
            .map_or(def.name.span, |rename| rename.span);
        errors.push(Diagnostic {
            span,
            ..at_type("N34", def, message)
        });
    }
}
