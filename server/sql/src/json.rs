//! Cells as JSON bytes, in the forms of the API (api.md §2).

use std::fmt::{self, Write};

use prisma_connector::ConnectorError;
use prisma_datamodel::scalar::{format_date_time, parse_date_time};
use prisma_datamodel::{FieldType, ScalarType};

use crate::driver::Cell;

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// A string: `String`, `ID`, `UUID`, enums.
    Text,
    /// `Int`
    Int,
    /// A whole number as a string: the cursor of a node with such an id.
    QuotedInt,
    /// `Float`
    Float,
    /// `Boolean`
    Bool,
    /// `DateTime`
    DateTime,
    /// `Json`: the stored text is JSON already.
    Json,
}

impl Form {
    /// The form of a field; none for relations.
    pub(crate) fn of(ty: FieldType) -> Option<Self> {
        Some(match ty {
            FieldType::Relation(..) => return None,
            FieldType::Enum(_) => Self::Text,
            FieldType::Scalar(scalar) => match scalar {
                ScalarType::Id | ScalarType::Uuid | ScalarType::String => Self::Text,
                ScalarType::Int => Self::Int,
                ScalarType::Float => Self::Float,
                ScalarType::Boolean => Self::Bool,
                ScalarType::DateTime => Self::DateTime,
                ScalarType::Json => Self::Json,
            },
        })
    }

    /// The same as a string, where it is none.
    pub(crate) fn quoted(self) -> Self {
        match self {
            Self::Int => Self::QuotedInt,
            other => other,
        }
    }
}

/// A stored value that its column should not hold: something else than this program wrote it.
#[derive(Debug, thiserror::Error)]
#[error("a stored value cannot be read as {form:?}")]
struct Unreadable {
    form: Form,
}

/// Appends a cell; null as `null`.
pub(crate) fn write_cell(
    form: Form,
    cell: Cell<'_>,
    out: &mut Vec<u8>,
) -> Result<(), ConnectorError> {
    match (form, cell) {
        (_, Cell::Null) => out.extend_from_slice(b"null"),
        (Form::Text, Cell::Text(text)) => write_string(text, out),
        (Form::Text, Cell::Uuid(bytes)) => write_uuid(bytes, out),
        // SQLite stores digits in columns of some types as numbers.
        (Form::Text | Form::QuotedInt, Cell::Int(number)) => {
            out.push(b'"');
            write_int(number, out);
            out.push(b'"');
        }
        (Form::Int, Cell::Int(number)) => write_int(number, out),
        (Form::Float, Cell::Int(number)) => write_int(number, out),
        (Form::Float, Cell::Float(number)) if number.is_finite() => write_float(number, out),
        (Form::Float, Cell::Decimal(digits)) => write_decimal(digits, out),
        (Form::Bool, Cell::Bool(value)) => write_bool(value, out),
        (Form::Bool, Cell::Int(number)) => write_bool(number != 0, out),
        (Form::DateTime, Cell::Int(ms) | Cell::DateTime(ms)) => write_date_time(ms, out),
        (Form::DateTime, Cell::Text(text)) => match parse_date_time(text) {
            Some(ms) => write_date_time(ms, out),
            None => return Err(unreadable(form)),
        },
        (Form::Json, Cell::Text(text)) => out.extend_from_slice(text.as_bytes()),
        _ => return Err(unreadable(form)),
    }
    Ok(())
}

pub(crate) fn unreadable(form: Form) -> ConnectorError {
    ConnectorError::Internal(Box::new(Unreadable { form }))
}

/// Appends a JSON string.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut plain = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[plain..at]);
        plain = at + 1;
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 0xf)]);
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
    }
    out.extend_from_slice(&bytes[plain..]);
    out.push(b'"');
}

fn write_int(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn write_bool(value: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

fn write_date_time(ms: i64, out: &mut Vec<u8>) {
    out.push(b'"');
    // Writing to memory cannot fail.
    let _ = format_date_time(ms, &mut Bytes(out));
    out.push(b'"');
}

struct Bytes<'a>(&'a mut Vec<u8>);

impl Write for Bytes<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

fn write_uuid(bytes: [u8; 16], out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(&hyphenated(bytes));
    out.push(b'"');
}

/// A UUID as text.
pub(crate) fn hyphenated(bytes: [u8; 16]) -> [u8; 36] {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 0xf)]]);
    let mut text = [b'-'; 36];
    let places = text
        .iter_mut()
        .enumerate()
        .filter(|(at, _)| !matches!(at, 8 | 13 | 18 | 23));
    for ((_, place), digit) in places.zip(digits) {
        *place = digit;
    }
    text
}

/// Appends the shortest digits that read back as the same number.
fn write_float(number: f64, out: &mut Vec<u8>) {
    write_decimal(zmij::Buffer::new().format_finite(number), out);
}

/// Appends a decimal as api.md §2.5 has it: plain between 1E-10 and 1E+20, else with an exponent; without trailing
/// zeros.
fn write_decimal(text: &str, out: &mut Vec<u8>) {
    if let Some(plain) = plain(text) {
        out.extend_from_slice(plain.as_bytes());
        return;
    }
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let leading = digits.iter().take_while(|&&digit| digit == b'0').count();
    let trailing = digits
        .iter()
        .rev()
        .take_while(|&&digit| digit == b'0')
        .count();
    if leading == digits.len() {
        out.push(b'0');
        return;
    }
    let significant = &digits[leading..digits.len() - trailing];
    // The number is 0.DIGITS times ten to this power.
    let power = exponent.parse::<i64>().unwrap_or(0) + whole.len() as i64 - leading as i64;
    if negative {
        out.push(b'-');
    }
    // 1E-10 itself and 1E+20 itself already have exponents.
    let is_plain = (-9..=20).contains(&power) && !(power == -9 && significant == b"1");
    match usize::try_from(power) {
        _ if !is_plain => write_scientific(significant, power - 1, out),
        Ok(whole) if whole >= significant.len() => {
            out.extend_from_slice(significant);
            out.resize(out.len() + whole - significant.len(), b'0');
        }
        Ok(whole) if whole > 0 => {
            out.extend_from_slice(&significant[..whole]);
            out.push(b'.');
            out.extend_from_slice(&significant[whole..]);
        }
        _ => {
            out.extend_from_slice(b"0.");
            out.resize(out.len() + power.unsigned_abs() as usize, b'0');
            out.extend_from_slice(significant);
        }
    }
}

/// The digits without needless zeros, for a decimal of a usual size that has no exponent.
fn plain(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.')?;
    let is_usual = (1..=15).contains(&whole.len())
        && !digits.starts_with("0.000")
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    let plain = text.trim_end_matches('0').trim_end_matches('.');
    (is_usual && plain != "-0").then_some(plain)
}

fn write_scientific(digits: &[u8], exponent: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(&digits[..1]);
    if digits.len() > 1 {
        out.push(b'.');
        out.extend_from_slice(&digits[1..]);
    }
    out.push(b'E');
    if exponent >= 0 {
        out.push(b'+');
    }
    write_int(exponent, out);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn json(form: Form, cell: Cell<'_>) -> String {
        let mut out = Vec::new();
        write_cell(form, cell, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn floats_are_plain_unless_huge_or_tiny() {
        for (number, text) in [
            (1.0, "1"),
            (-0.0, "0"),
            (1.5, "1.5"),
            (100.0, "100"),
            (-0.001, "-0.001"),
            (0.000_1, "0.0001"),
            (123_456_789_012_345.5, "123456789012345.5"),
            (-12.25, "-12.25"),
            (0.00001, "0.00001"),
            (1e10, "10000000000"),
            (1.5e19, "15000000000000000000"),
            (1e20, "1E+20"),
            (1.25e21, "1.25E+21"),
            (1e-9, "0.000000001"),
            (1.5e-10, "0.00000000015"),
            (1e-10, "1E-10"),
            (-1e-30, "-1E-30"),
            (1.7976931348623157e308, "1.7976931348623157E+308"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(json(Form::Float, Cell::Float(number)), text);
        }
        assert_eq!(json(Form::Float, Cell::Decimal("12.500")), "12.5");
        for (decimal, text) in [
            ("0.000", "0"),
            ("-0.00", "0"),
            ("-7.0", "-7"),
            ("10.10", "10.1"),
            ("300", "300"),
            ("0.0000000000001000", "1E-13"),
            ("12345678901234567890123.0", "1.2345678901234567890123E+22"),
        ] {
            assert_eq!(json(Form::Float, Cell::Decimal(decimal)), text);
        }
    }

    #[test]
    fn strings_are_escaped_as_serde_escapes_them() {
        let text: String = (0..0x80_u8)
            .map(char::from)
            .chain("é\u{2028}🎈".chars())
            .collect();
        let expected = serde_json::to_string(&text).unwrap();
        assert_eq!(json(Form::Text, Cell::Text(&text)), expected);
    }

    #[test]
    fn other_forms() {
        let uuid = 0x550e_8400_e29b_11d4_a716_4466_5544_0000_u128.to_be_bytes();
        for (form, cell, text) in [
            (Form::QuotedInt, Cell::Int(12), "\"12\""),
            (Form::Bool, Cell::Int(1), "true"),
            (
                Form::DateTime,
                Cell::Int(-1),
                "\"1969-12-31T23:59:59.999Z\"",
            ),
            (
                Form::DateTime,
                Cell::Text("2020"),
                "\"2020-01-01T00:00:00.000Z\"",
            ),
            (Form::Json, Cell::Text("[1]"), "[1]"),
            (Form::Json, Cell::Null, "null"),
            (
                Form::Text,
                Cell::Uuid(uuid),
                "\"550e8400-e29b-11d4-a716-446655440000\"",
            ),
        ] {
            assert_eq!(json(form, cell), text);
        }
        assert!(write_cell(Form::Int, Cell::Text("x"), &mut Vec::new()).is_err());
    }
}
