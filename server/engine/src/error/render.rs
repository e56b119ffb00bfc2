//! The parts of messages that depend on values.

use std::fmt::{self, Write as _};

use prisma_connector::{TransactionEnd, Value};
use prisma_datamodel::scalar;

use super::{NotLinked, Selector};

/// What follows the model in a unique violation.
pub(super) fn details(field: Option<&str>) -> String {
    field.map_or_else(String::new, |field| {
        format!(" Details: Field name = {field}")
    })
}

/// Why a transaction takes no requests.
pub(super) const fn ended(end: TransactionEnd) -> &'static str {
    match end {
        TransactionEnd::NotBegun => {
            "The transaction could not begin in time, because of others. Nothing was done; it can be tried again."
        }
        TransactionEnd::Expired => "The time of the transaction is up. It was rolled back.",
        TransactionEnd::Lost => {
            "The transaction collided with others that ran at the same time. It was rolled back; it can be tried again."
        }
        TransactionEnd::Done => {
            "The transaction has ended: it was committed or rolled back before."
        }
    }
}

/// The text of 3007.
pub(super) fn too_long(field: Option<&str>) -> String {
    match field {
        Some(field) => format!("Value for field {field} is too long."),
        None => "Value for a field is too long.".to_owned(),
    }
}

/// Four texts, by which selectors are known.
impl fmt::Display for NotLinked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parent = self.parent_selector.as_ref();
        let child = self.child_selector.as_ref();
        write!(
            f,
            "The relation {} has no node for the model {}",
            self.relation, self.parent
        )?;
        write_selector(f, parent)?;
        // The original's spelling, kept for clients that match on it.
        let node = if parent.is_some() { "node" } else { "Node" };
        write!(f, " connected to a {node} for the model {}", self.child)?;
        write_selector(f, child)?;
        if parent.is_none() || child.is_none() {
            f.write_str(" on your mutation path.")?;
        }
        Ok(())
    }
}

fn write_selector(f: &mut fmt::Formatter<'_>, selector: Option<&Selector>) -> fmt::Result {
    match selector {
        Some(Selector { field, value }) => {
            write!(f, " with the value '{value}' for the field '{field}'")
        }
        None => Ok(()),
    }
}

/// A value as messages show it: without quotes, floats with a fraction, points in time as the API answers them.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => float(*number),
        Value::Text(text) | Value::Json(text) | Value::Enum(text) => text.clone(),
        Value::DateTime(ms) => {
            let mut text = String::with_capacity(24);
            // A `String` refuses nothing.
            let _ = scalar::format_date_time(*ms, &mut text);
            text
        }
        Value::Uuid(bytes) => uuid::Uuid::from_bytes(*bytes).to_string(),
        Value::List(values) => {
            let mut text = String::from("[");
            for (index, item) in values.iter().enumerate() {
                let separator = if index == 0 { "" } else { "," };
                let _ = write!(text, "{separator}{}", self::value(item));
            }
            text + "]"
        }
    }
}

/// As the original's platform prints doubles: plain between 0.001 and ten million, else with an exponent (`1.0E10`).
fn float(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 || (1e-3..1e7).contains(&size) {
        return with_fraction(number.to_string());
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, exponent)) => format!("{}E{exponent}", with_fraction(digits.to_owned())),
        None => text,
    }
}

fn with_fraction(digits: String) -> String {
    if digits.contains('.') {
        digits
    } else {
        digits + ".0"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_without_quotes() {
        let shown = [
            (Value::Text("a@b.c".into()), "a@b.c"),
            (Value::Int(-7), "-7"),
            (Value::Bool(true), "true"),
            (Value::Float(2.0), "2.0"),
            (Value::Float(-0.25), "-0.25"),
            (Value::Float(0.0), "0.0"),
            (Value::Float(1e7), "1.0E7"),
            (Value::Float(1.5e-5), "1.5E-5"),
            (Value::Float(9_999_999.0), "9999999.0"),
            (Value::Enum("ADMIN".into()), "ADMIN"),
            (
                Value::DateTime(1_544_013_263_000),
                "2018-12-05T12:34:23.000Z",
            ),
            (Value::Json(r#"{"b":2}"#.into()), r#"{"b":2}"#),
            (
                Value::Uuid(*b"\x55\x0e\x84\0\xe2\x9b\x11\xd4\xa7\x16\x44\x66\x55\x44\0\0"),
                "550e8400-e29b-11d4-a716-446655440000",
            ),
            (Value::List(vec![Value::Int(1), Value::Int(2)]), "[1,2]"),
        ];
        for (given, expected) in shown {
            assert_eq!(value(&given), expected);
        }
    }
}
