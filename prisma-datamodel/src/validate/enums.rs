//! Enums: N33 with the texts of L23 to L25, and repeated values.

use std::collections::HashSet;

use crate::{ast::EnumDef, context::Context, diagnostic::Diagnostic, source::Span};

/// The longest value of an enum.
const MAX_VALUE: usize = 191;

/// All rules about enums.
pub(super) fn rules(context: &Context<'_>, errors: &mut Vec<Diagnostic>) {
    let mut names = HashSet::new();
    for item in &context.document.enums {
        if !names.insert(item.name.text.as_str()) {
            let message = format!(
                "The enum type `{}` is defined twice in the schema. Enum names must be unique.",
                item.name.text
            );
            errors.push(at_enum("N33", item, message, item.name.span));
        }
    }
    for item in &context.document.enums {
        bad_values(item, errors);
        repeated_values(item, errors);
    }
}

fn bad_values(item: &EnumDef, errors: &mut Vec<Diagnostic>) {
    let lower = item
        .values
        .iter()
        .find(|value| value.text.starts_with(char::is_lowercase));
    if let Some(value) = lower {
        let message = format!(
            "The enum type `{}` contains invalid enum values. The first character of each value must be an \
             uppercase letter.",
            item.name.text
        );
        let mut fixed = value.text.clone();
        if let Some(first) = fixed.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let error = at_enum("N33", item, message, value.span);
        errors.push(error.with_help(format!("write `{fixed}`")));
        return;
    }
    let bad: Vec<_> = item
        .values
        .iter()
        .filter(|value| !is_value(&value.text))
        .collect();
    if let Some(first) = bad.first() {
        let list: Vec<String> = bad
            .iter()
            .map(|value| format!("`{}`", value.text))
            .collect();
        let message = format!(
            "The enum type `{}` contains invalid enum values. Those are invalid: {}.",
            item.name.text,
            list.join(", ")
        );
        errors.push(at_enum("N33", item, message, first.span));
    }
}

/// The original accepts them, but no GraphQL schema may have them.
fn repeated_values(item: &EnumDef, errors: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for value in item
        .values
        .iter()
        .filter(|value| !seen.insert(value.text.as_str()))
    {
        let message = format!(
            "The enum type `{}` has the value `{}` more than once",
            item.name.text, value.text
        );
        errors.push(at_enum("same-value", item, message, value.span));
    }
}

fn is_value(text: &str) -> bool {
    text.len() <= MAX_VALUE
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn at_enum(code: &'static str, item: &EnumDef, message: String, span: Span) -> Diagnostic {
    Diagnostic::on_type(code, &item.name.text, message, span)
}
