//! Values of scalars: from literals of a document and from JSON (api.md §2).

use apollo_compiler::ast;
use prisma_api::ApiScalar;
use prisma_connector::Value;
use prisma_datamodel::{
    ScalarType,
    scalar::{JsonRoot, compact_json, parse_date_time, parse_uuid},
};
use serde_json::value::RawValue;

/// Decimal numbers given as JSON must be smaller than this.
const JSON_FLOAT_LIMIT: f64 = 1e36;

/// Reads a literal that is neither null nor a variable; else says why it is no value of the scalar.
pub(crate) fn from_literal(scalar: ApiScalar, value: &ast::Value) -> Result<Value, &'static str> {
    let ApiScalar::Datamodel(scalar) = scalar else {
        return Err(expected(scalar));
    };
    match (scalar, value) {
        (ScalarType::Id, ast::Value::Int(int)) => Ok(Value::Text(int.as_str().to_owned())),
        (ScalarType::Int, ast::Value::Int(int)) => int
            .try_to_i32()
            .map(|int| Value::Int(int.into()))
            .map_err(|_| INT_TOO_BIG),
        (ScalarType::Float, ast::Value::Int(int)) => exact_float(int.as_str()),
        (ScalarType::Float, ast::Value::Float(float)) => exact_float(float.as_str()),
        (ScalarType::Boolean, ast::Value::Boolean(value)) => Ok(Value::Bool(*value)),
        (ScalarType::Json, ast::Value::String(text)) => json(text),
        (_, ast::Value::String(text)) => from_text(scalar, text.into()),
        _ => Err(expected(ApiScalar::Datamodel(scalar))),
    }
}

/// Reads JSON that is not null; else says why it is no value of the scalar.
pub(crate) fn from_json(scalar: ApiScalar, raw: &RawValue) -> Result<Value, &'static str> {
    let text = raw.get();
    let ApiScalar::Datamodel(scalar) = scalar else {
        return Err(expected(scalar));
    };
    match (scalar, text.as_bytes().first()) {
        (ScalarType::Json, _) => json(text),
        (_, Some(b'"')) => match serde_json::from_str(text) {
            Ok(text) => from_text(scalar, text),
            Err(_) => Err(expected(ApiScalar::Datamodel(scalar))),
        },
        (ScalarType::Boolean, Some(b't')) => Ok(Value::Bool(true)),
        (ScalarType::Boolean, Some(b'f')) => Ok(Value::Bool(false)),
        (ScalarType::Id, Some(b'-' | b'0'..=b'9')) if is_integer(text) => {
            Ok(Value::Text(text.to_owned()))
        }
        (ScalarType::Int, Some(b'-' | b'0'..=b'9')) => json_int(text),
        (ScalarType::Float, Some(b'-' | b'0'..=b'9')) => json_float(text),
        _ => Err(expected(ApiScalar::Datamodel(scalar))),
    }
}

/// Scalars that are written as strings.
fn from_text(scalar: ScalarType, text: String) -> Result<Value, &'static str> {
    match scalar {
        ScalarType::Id | ScalarType::String if text.contains('\0') => return Err(NUL),
        ScalarType::Id | ScalarType::String => Some(Value::Text(text)),
        ScalarType::DateTime => parse_date_time(&text).map(Value::DateTime),
        ScalarType::Uuid => parse_uuid(&text).map(Value::Uuid),
        ScalarType::Int | ScalarType::Float | ScalarType::Boolean | ScalarType::Json => None,
    }
    .ok_or(expected(ApiScalar::Datamodel(scalar)))
}

fn json(text: &str) -> Result<Value, &'static str> {
    compact_json(text, JsonRoot::Container)
        .map(Value::Json)
        .ok_or(expected(ApiScalar::Datamodel(ScalarType::Json)))
}

/// An integer, or a number without fraction.
fn json_int(text: &str) -> Result<Value, &'static str> {
    let number = Decimal::read(text);
    if !number.is_integer() {
        return Err(expected(ApiScalar::Datamodel(ScalarType::Int)));
    }
    let int = if is_integer(text) {
        text.parse::<i32>().ok()
    } else {
        text.parse::<f64>()
            .ok()
            .filter(|float| (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(float))
            .map(|float| float as i32)
    };
    int.map(|int| Value::Int(int.into())).ok_or(INT_TOO_BIG)
}

/// Integers must be exact, decimal numbers are rounded.
fn json_float(text: &str) -> Result<Value, &'static str> {
    if is_integer(text) {
        return exact_float(text);
    }
    text.parse()
        .ok()
        .filter(|float: &f64| float.abs() < JSON_FLOAT_LIMIT)
        .map(Value::Float)
        .ok_or(FLOAT_TOO_BIG)
}

/// A number that a double can hold with all its digits.
fn exact_float(text: &str) -> Result<Value, &'static str> {
    text.parse()
        .ok()
        .filter(|float: &f64| float.is_finite())
        .filter(|float| Decimal::read(text) == Decimal::read(&format!("{float:e}")))
        .map(Value::Float)
        .ok_or(FLOAT_TOO_BIG)
}

fn is_integer(number: &str) -> bool {
    !number.contains(['.', 'e', 'E'])
}

/// PostgreSQL cannot store it, and what one database refuses is refused for all.
const NUL: &str = "The character U+0000 cannot be stored";
const INT_TOO_BIG: &str = "Value is too big to fit in Int";
const FLOAT_TOO_BIG: &str = "Float or Int value is too big to fit in double";

/// What is said of a value of another kind.
pub(crate) const fn expected(scalar: ApiScalar) -> &'static str {
    match scalar {
        ApiScalar::Datamodel(ScalarType::Id) => "String or Int value expected",
        ApiScalar::Datamodel(ScalarType::String) => "String value expected",
        ApiScalar::Datamodel(ScalarType::Int) => "Int value expected",
        ApiScalar::Datamodel(ScalarType::Float) => "Float or Int value expected",
        ApiScalar::Datamodel(ScalarType::Boolean) => "Boolean value expected",
        ApiScalar::Datamodel(ScalarType::DateTime) => "Date value expected",
        ApiScalar::Datamodel(ScalarType::Json) => "Not valid JSON",
        ApiScalar::Datamodel(ScalarType::Uuid) => "This is not a valid type 4 UUID.",
        ApiScalar::Long => "Long is no input type",
    }
}

/// A number of JSON or GraphQL, for comparison: `digits * 10^exponent`.
#[derive(PartialEq, Eq)]
struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn read(number: &str) -> Self {
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        // Exponents beyond all bounds belong to numbers that no double holds.
        let exponent: i64 = exponent.parse().unwrap_or(i64::from(i32::MAX));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_end_matches('0');
        let dropped = all.len() - significant.len();
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Self {
                negative: false,
                digits,
                exponent: 0,
            };
        }
        let exponent = exponent.saturating_add(signed(dropped) - signed(fraction.len()));
        Self {
            negative,
            digits,
            exponent,
        }
    }

    fn is_integer(&self) -> bool {
        self.exponent >= 0
    }
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn json_value(scalar: ScalarType, text: &str) -> Result<Value, &'static str> {
        let raw = RawValue::from_string(text.to_owned()).unwrap();
        from_json(ApiScalar::Datamodel(scalar), &raw)
    }

    fn literal(scalar: ScalarType, value: ast::Value) -> Result<Value, &'static str> {
        from_literal(ApiScalar::Datamodel(scalar), &value)
    }

    #[test]
    fn floats_are_never_rounded_in_documents() {
        for (text, float) in [
            ("0.1", 0.1),
            ("1e3", 1000.0),
            ("-0.0", -0.0),
            ("5e-324", 5e-324),
        ] {
            let value = ast::Value::Float(ast::FloatValue::new_parsed(text));
            assert_eq!(
                literal(ScalarType::Float, value).ok(),
                Some(Value::Float(float))
            );
        }
        for text in ["0.1234567890123456789", "1e400", "1e99999999999999999999"] {
            let value = ast::Value::Float(ast::FloatValue::new_parsed(text));
            assert_eq!(literal(ScalarType::Float, value), Err(FLOAT_TOO_BIG));
        }
        let value = ast::Value::Int(ast::IntValue::new_parsed("9007199254740993"));
        assert_eq!(literal(ScalarType::Float, value), Err(FLOAT_TOO_BIG));
    }

    #[test]
    fn numbers_of_variables() {
        for (scalar, text, expected) in [
            (ScalarType::Int, "1.0", Ok(Value::Int(1))),
            (ScalarType::Int, "1e2", Ok(Value::Int(100))),
            (ScalarType::Int, "1.5", Err("Int value expected")),
            (ScalarType::Int, "\"1\"", Err("Int value expected")),
            (ScalarType::Int, "2147483648", Err(INT_TOO_BIG)),
            (ScalarType::Int, "1e99", Err(INT_TOO_BIG)),
            (ScalarType::Float, "3", Ok(Value::Float(3.0))),
            (ScalarType::Float, "9007199254740993", Err(FLOAT_TOO_BIG)),
            (ScalarType::Float, "1e36", Err(FLOAT_TOO_BIG)),
            (
                ScalarType::Float,
                "0.1234567890123456789",
                Ok(Value::Float(0.123_456_789_012_345_68)),
            ),
            (
                ScalarType::Id,
                "123456789012345678901234567890",
                Ok(Value::Text("123456789012345678901234567890".into())),
            ),
            (ScalarType::Id, "1.0", Err("String or Int value expected")),
            (ScalarType::Id, "true", Err("String or Int value expected")),
            (
                ScalarType::Json,
                "[1.0, 2]",
                Ok(Value::Json("[1,2]".into())),
            ),
            (ScalarType::Json, "\"[]\"", Err("Not valid JSON")),
            (ScalarType::DateTime, "2016", Err("Date value expected")),
            (ScalarType::DateTime, "\"1970\"", Ok(Value::DateTime(0))),
        ] {
            assert_eq!(json_value(scalar, text), expected, "{scalar:?} {text}");
        }
    }

    #[test]
    fn json_literals_are_strings_that_hold_containers() {
        let text = |text: &str| literal(ScalarType::Json, ast::Value::String(text.to_owned()));
        assert_eq!(text(" {\"a\": 1}"), Ok(Value::Json("{\"a\":1}".into())));
        assert_eq!(text("1"), Err("Not valid JSON"));
        assert_eq!(text("{'a': 1}"), Err("Not valid JSON"));
        assert_eq!(
            literal(ScalarType::Json, ast::Value::Object(Vec::new())),
            Err("Not valid JSON")
        );
    }
}
