//! `@default`: N25 to N27.

use super::at_argument;
use crate::{
    ast::{FieldDef, Literal, TypeDef, Value},
    context::{Context, Kind},
    default,
    diagnostic::Diagnostic,
    model::ScalarType,
    validate::{at_directive, suggest},
};

/// N25, N26, N27. Defaults of enum lists are accepted without effect (deploy.md §1.5.4).
pub(super) fn rules(
    context: &Context<'_>,
    def: &TypeDef,
    field: &FieldDef,
    errors: &mut Vec<Diagnostic>,
) {
    let Some(directive) = field.directive("default") else {
        return;
    };
    let value = directive.argument("value").map(|argument| &argument.value);
    let kind = context.kind(field);
    let misplaced = match kind {
        Kind::Scalar(_) => field.is_list(),
        Kind::Enum(_) => false,
        Kind::Type(_) | Kind::Unknown => true,
    };
    if misplaced {
        let message =
            "The `@default` directive must only be placed on scalar fields that are not lists.";
        errors.push(at_directive("N25", def, field, "default", message));
    }
    let Some(value) = value else { return }; // N14
    let at_value = |code, message| at_argument(code, def, field, ("default", "value"), message);
    match (kind, &value.literal) {
        (Kind::Scalar(scalar), literal) => {
            let in_list = misplaced && *literal != Literal::Composite;
            if !in_list && default::of_scalar(scalar, value).is_none() {
                let error = at_value("N26", invalid(value, internal_name(scalar)));
                errors.push(Diagnostic {
                    help: valid_literal(scalar, value),
                    ..error
                });
            }
        }
        (Kind::Enum(index), Literal::Enum(word)) => {
            let values = context
                .enumeration(index)
                .values
                .iter()
                .map(|value| value.text.as_str());
            let values: Vec<&str> = values.collect();
            if !values.contains(&word.as_str()) {
                let message = format!(
                    "The default value is invalid for this enum. Valid values are: {}.",
                    values.join(", ")
                );
                let error = at_value("N27", message);
                errors.push(Diagnostic {
                    help: suggest::did_you_mean(word, values),
                    ..error
                });
            }
        }
        (Kind::Enum(_), Literal::String(word)) => {
            let error = at_value("N26", invalid(value, "Enum"));
            errors.push(error.with_help(format!("write `{word}` without quotes")));
        }
        (Kind::Enum(_), _) => errors.push(at_value("N26", invalid(value, "Enum"))),
        (Kind::Type(_) | Kind::Unknown, _) => {}
    }
}

fn invalid(value: &Value, ty: &str) -> String {
    format!(
        "The value {} is not a valid default for fields of type {ty}.",
        value.text
    )
}

/// The name the original uses inside and lets through in this message.
fn internal_name(scalar: ScalarType) -> &'static str {
    if scalar == ScalarType::Id {
        "GraphQLID"
    } else {
        scalar.name()
    }
}

fn valid_literal(scalar: ScalarType, value: &Value) -> Option<String> {
    let quoted = match &value.literal {
        Literal::String(text) => Some(text.as_str()),
        _ => None,
    };
    let example = match scalar {
        ScalarType::Id | ScalarType::Uuid => {
            return Some(format!(
                "fields of type `{}` have no defaults",
                scalar.name()
            ));
        }
        ScalarType::String => "\"text\"",
        ScalarType::Int => match quoted {
            Some(text) if text.parse::<i32>().is_ok() => {
                return Some(format!("write `{text}` without quotes"));
            }
            _ => "42",
        },
        ScalarType::Float => match quoted {
            Some(text) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                return Some(format!("write `{text}` without quotes"));
            }
            _ => "4.2",
        },
        ScalarType::Boolean => match quoted {
            Some(text @ ("true" | "false")) => {
                return Some(format!("write `{text}` without quotes"));
            }
            _ => "true",
        },
        ScalarType::DateTime => "\"2018-01-26T12:34:00Z\"",
        ScalarType::Json => "\"{\\\"key\\\": 1}\"",
    };
    Some(format!("a valid default is `@default(value: {example})`"))
}
