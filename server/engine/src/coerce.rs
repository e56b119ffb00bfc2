//! Input coercion: literals and JSON to [`crate::Input`]s, or every reason why they are none (api.md §2, §5.1).

mod json;
mod literal;
mod types;

use std::borrow::Cow;

use prisma_api::ApiScalar;
use prisma_connector::Value;
use prisma_datamodel::ScalarType;

pub(crate) use self::{
    json::{read_members, variable},
    literal::{Scope, literal},
    types::{InputType, Named},
};

/// One reason why a value is not what a type expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The way into the value, as messages show it: `a.b[0]`; empty for the value itself.
    path: String,
    /// What is wrong there.
    reason: String,
    /// Where the keys on that way stand in the document; empty for JSON.
    pub(crate) keys: Vec<usize>,
}

impl Violation {
    /// As part of a message.
    pub(crate) fn reason(&self) -> String {
        if self.path.is_empty() {
            self.reason.clone()
        } else {
            format!("'{}' {}", self.path, self.reason)
        }
    }
}

/// How many characters of a value messages show.
const MOST_SHOWN: usize = 1_000;

/// A value as messages show it.
pub(crate) fn shortened(value: &str) -> Cow<'_, str> {
    match value.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]).into(),
        None => value.into(),
    }
}

/// A step into a value.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

fn render_path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
        }
    }
    path
}

fn unknown_key(key: &str, type_name: &str) -> String {
    format!("Field '{key}' is not defined in the input type '{type_name}'.")
}

fn repeated_key(key: &str) -> String {
    format!("There can be only one input field named '{key}'.")
}

fn missing_key(key: &str, field_type: &str, type_name: &str) -> String {
    format!(
        "Not-null field '{key}' of type '{field_type}' defined in the '{type_name}' input type is missing."
    )
}

fn no_object(type_name: &str) -> String {
    format!("Expected '{type_name}', found not an object.")
}

fn unknown_value<'a>(
    value: &str,
    type_name: &str,
    known: impl Iterator<Item = &'a String>,
) -> String {
    let known: Vec<&str> = known.map(String::as_str).collect();
    format!(
        "Enum value '{value}' is undefined in enum type '{type_name}'. Known values are: {}.",
        known.join(", ")
    )
}

const ENUM_EXPECTED: &str = "Enum value expected";

/// The text `null` stands for no id where there may be none (api.md §2.4).
fn is_null_id(ty: InputType, value: &Value) -> bool {
    !ty.required
        && ty.named == Named::Scalar(ApiScalar::Datamodel(ScalarType::Id))
        && matches!(value, Value::Text(text) if text == "null")
}

/// Goes on collecting while nothing is missing.
fn collect<T>(collected: Option<Vec<T>>, next: Option<T>) -> Option<Vec<T>> {
    let (mut collected, next) = (collected?, next?);
    collected.push(next);
    Some(collected)
}
