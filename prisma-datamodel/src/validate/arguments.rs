//! Directives against the table of `directive.rs`: N13 to N16.

use super::{at_argument, at_directive, at_type, suggest};
use crate::{
    ast::{Argument, Directive, FieldDef, Literal, TypeDef},
    context::Context,
    diagnostic::Diagnostic,
    directive::{ArgumentKind, ArgumentSpec, Location, directive},
};

/// N13 to N16 for a field.
pub(super) fn of_field(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    if let Some(again) = repeated(&field.directives, Location::Field) {
        let message = format!(
            "The field `{}` specifies a directive more than once. Directives must appear exactly once on a \
             field.",
            field.name.text
        );
        let error = at_directive("N13", def, field, &again.name.text, message);
        errors.push(Diagnostic {
            span: again.span,
            ..error
        });
    }
    for written in &field.directives {
        let Some(spec) = directive(&written.name.text, Location::Field) else {
            continue;
        };
        for argument in spec.arguments {
            let given = written.argument(argument.name);
            if let Some(error) = check(context, def, field, written, argument, given) {
                errors.push(error);
            }
        }
    }
}

/// N13 for types.
pub(super) fn of_types(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    for def in &context.document.types {
        if let Some(again) = repeated(&def.directives, Location::Type) {
            let message = format!(
                "The type `{}` specifies a directive more than once. Directives must appear exactly once on \
                 a type.",
                def.name.text
            );
            errors.push(Diagnostic {
                span: again.span,
                ..at_type("N13", def, message)
            });
        }
    }
}

/// The second use of a directive that the language knows.
fn repeated(directives: &[Directive], location: Location) -> Option<&Directive> {
    let mut seen = Vec::new();
    directives.iter().find(|written| {
        let Some(spec) = directive(&written.name.text, location) else {
            return false;
        };
        let again = seen.contains(&spec.name);
        seen.push(spec.name);
        again
    })
}

fn check(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    written: &Directive,
    spec: &ArgumentSpec,
    given: Option<&Argument>,
) -> Option<Diagnostic> {
    let place = (written.name.text.as_str(), spec.name);
    let error = |code, message: String| at_argument(code, def, field, place, message);
    let Some(given) = given else {
        // `@scalarList` without its argument is told which values there are (N36).
        let missing = spec.required && !matches!(spec.kind, ArgumentKind::Word(_));
        return missing.then(|| missing_argument(def, field, written, spec));
    };
    match spec.kind {
        ArgumentKind::String { strict: true } => {
            let wrong = !matches!(given.value.literal, Literal::String(_));
            wrong.then(|| error("N15", "This argument must be a String.".to_owned()))
        }
        ArgumentKind::Int => {
            let wrong =
                given.value.literal != Literal::Int || given.value.text.parse::<i32>().is_err();
            wrong.then(|| error("N15", "This argument must be an Int.".to_owned()))
        }
        // The other words have texts of their own (N17, N36).
        ArgumentKind::Word(words) if written.name.text == "relation" => {
            let word = given.value.as_text()?;
            let tables = context.options.relation_tables;
            let valid: Vec<&str> = words
                .iter()
                .copied()
                .filter(|&word| tables || word != "TABLE")
                .collect();
            if valid.contains(&word) {
                return None;
            }
            let message = format!(
                "Valid values for the argument `{}` are: {}.",
                spec.name,
                valid.join(",")
            );
            let help = suggest::did_you_mean(word, valid);
            Some(Diagnostic {
                help,
                ..error("N16", message)
            })
        }
        _ => None,
    }
}

/// N14
fn missing_argument(
    def: &TypeDef,
    field: &FieldDef,
    written: &Directive,
    spec: &ArgumentSpec,
) -> Diagnostic {
    let name = &written.name.text;
    let message = format!(
        "The field `{}` specifies the directive `@{name}` but it's missing the required argument `{}`.",
        field.name.text, spec.name
    );
    at_directive("N14", def, field, name, message)
}
