//! Documents as text, as short as they can be.

use super::syntax::{
    Argument, Directive, Field, Fragment, Item, Kind, Operation, Set, Value, ValueKind, Variable,
};

/// An operation with the fragments that it uses.
pub(super) fn document<'a>(
    operation: &Operation,
    fragments: impl Iterator<Item = &'a Fragment>,
) -> String {
    let keyword = match operation.kind {
        Kind::Query => "query",
        Kind::Mutation => "mutation",
    };
    let variables = joined(&operation.variables, variable);
    let variables = in_parentheses(&variables);
    let mut text = format!(
        "{keyword} {}{variables} {}",
        operation.name,
        set(&operation.set)
    );
    for fragment in fragments {
        let Fragment {
            name, on, set: of, ..
        } = fragment;
        text.push_str(&format!(" fragment {name} on {on} {}", set(of)));
    }
    text
}

/// Arguments with their parentheses; nothing if there are none.
pub(super) fn arguments(arguments: &[Argument]) -> String {
    in_parentheses(&joined(arguments, argument))
}

fn in_parentheses(text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("({text})"),
    }
}

fn joined<T>(items: &[T], print: impl Fn(&T) -> String) -> String {
    items.iter().map(print).collect::<Vec<_>>().join(", ")
}

fn variable(variable: &Variable) -> String {
    let bang = |required| if required { "!" } else { "" };
    let ty = &variable.ty;
    let (name, end) = (&ty.name, bang(ty.required));
    let ty = match ty.items {
        None => format!("{name}{end}"),
        Some(items) => format!("[{name}{}]{end}", bang(items)),
    };
    let default = variable.default.as_ref();
    let default = default.map_or_else(String::new, |default| format!(" = {}", value(default)));
    format!("${}: {ty}{default}", variable.name)
}

fn set(set: &Set) -> String {
    let items: Vec<String> = set.items.iter().map(item).collect();
    format!("{{ {} }}", items.join(" "))
}

fn item(item: &Item) -> String {
    match item {
        Item::Field(field) => self::field(field),
        Item::Spread { name, directives } => format!("...{name}{}", self::directives(directives)),
        Item::Inline {
            on,
            directives,
            set: of,
        } => {
            let on = on
                .as_ref()
                .map_or_else(String::new, |on| format!(" on {on}"));
            format!("...{on}{} {}", self::directives(directives), set(of))
        }
    }
}

fn field(field: &Field) -> String {
    let alias = field.alias.as_ref();
    let alias = alias.map_or_else(String::new, |alias| format!("{alias}: "));
    let below = field.set.as_ref();
    let below = below.map_or_else(String::new, |below| format!(" {}", set(below)));
    format!(
        "{alias}{}{}{}{below}",
        field.name,
        arguments(&field.arguments),
        directives(&field.directives)
    )
}

fn directives(directives: &[Directive]) -> String {
    let print =
        |directive: &Directive| format!(" @{}{}", directive.name, arguments(&directive.arguments));
    directives.iter().map(print).collect()
}

fn argument(argument: &Argument) -> String {
    format!("{}: {}", argument.name, value(&argument.value))
}

fn value(value: &Value) -> String {
    match &value.kind {
        ValueKind::Variable(name) => format!("${name}"),
        ValueKind::Null => "null".to_owned(),
        ValueKind::Bool(value) => value.to_string(),
        ValueKind::Int(digits) | ValueKind::Float(digits) => digits.clone(),
        ValueKind::String(text) => quoted(text),
        ValueKind::Enum(name) => name.to_string(),
        ValueKind::List(items) => format!("[{}]", joined(items, self::value)),
        ValueKind::Object(fields) => format!("{{ {} }}", joined(fields, argument)),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
