//! Cells as JSON (api.md §2).

use std::fmt;

use prisma_datamodel::scalar::{format_date_time, parse_date_time};
use prisma_datamodel::{FieldType, ScalarType};

use crate::driver::Cell;

/// Appends a cell as a value of its field's type; false for null, which is appended too.
pub(super) fn cell(out: &mut Vec<u8>, cell: Cell<'_>, ty: FieldType) -> bool {
    match (cell, ty) {
        (Cell::Null, _) => {
            out.extend_from_slice(b"null");
            return false;
        }
        (Cell::Text(text), FieldType::Scalar(ScalarType::Json)) => {
            out.extend_from_slice(text.as_bytes());
        }
        (Cell::Int(value), FieldType::Scalar(ScalarType::Boolean)) => boolean(out, value != 0),
        (Cell::Int(value), FieldType::Scalar(ScalarType::DateTime)) => date_time(out, value),
        (Cell::Text(text), FieldType::Scalar(ScalarType::DateTime)) => {
            match parse_date_time(text) {
                Some(value) => date_time(out, value),
                None => string(out, text),
            }
        }
        (Cell::Int(value), FieldType::Scalar(ScalarType::Int | ScalarType::Float)) => {
            integer(out, value);
        }
        // Texts of numbers that another program wrote, and ids of numbers.
        (Cell::Int(value), _) => string(out, itoa::Buffer::new().format(value)),
        (Cell::Float(value), _) => float(out, value),
        (Cell::Text(text), _) => string(out, text),
        (Cell::Decimal(text), _) => match text.parse() {
            Ok(value) => float(out, value),
            Err(_) => string(out, text),
        },
        (Cell::Bool(value), _) => boolean(out, value),
        (Cell::DateTime(value), _) => date_time(out, value),
        (Cell::Uuid(bytes), _) => uuid(out, bytes),
    }
    true
}

/// Appends a cell as a JSON string, whatever its type: a cursor.
pub(super) fn cursor(out: &mut Vec<u8>, id: Cell<'_>) {
    match id {
        Cell::Int(value) => string(out, itoa::Buffer::new().format(value)),
        Cell::Text(text) => string(out, text),
        Cell::Uuid(bytes) => uuid(out, bytes),
        _ => out.extend_from_slice(b"null"),
    }
}

pub(super) fn boolean(out: &mut Vec<u8>, value: bool) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

pub(super) fn integer(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Appends a text as a JSON string.
fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut copied = 0;
    for (position, &byte) in bytes.iter().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[copied..position]);
        copied = position + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            control => out.extend_from_slice(format!("\\u{control:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(&bytes[copied..]);
    out.push(b'"');
}

fn date_time(out: &mut Vec<u8>, ms: i64) {
    struct Text<'a>(&'a mut Vec<u8>);
    impl fmt::Write for Text<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }
    let start = out.len();
    out.push(b'"');
    if format_date_time(ms, &mut Text(out)).is_err() {
        // Out of the calendar's range: no date, hence null.
        out.truncate(start);
        out.extend_from_slice(b"null");
        return;
    }
    out.push(b'"');
}

fn uuid(out: &mut Vec<u8>, bytes: [u8; 16]) {
    out.push(b'"');
    for (position, byte) in bytes.iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            out.push(b'-');
        }
        for nibble in [byte >> 4, byte & 15] {
            out.push(b"0123456789abcdef"[usize::from(nibble)]);
        }
    }
    out.push(b'"');
}

/// The shortest plain number; from 1e20 and below 1e-7 with an exponent: `1E+20` (api.md §2.5).
fn float(out: &mut Vec<u8>, value: f64) {
    if !value.is_finite() {
        out.extend_from_slice(b"null");
        return;
    }
    let size = value.abs();
    let text = if size == 0.0 {
        "0".to_owned()
    } else if (1e-7..1e20).contains(&size) {
        value.to_string()
    } else {
        let text = format!("{value:E}");
        if size >= 1.0 {
            text.replace('E', "E+")
        } else {
            text
        }
    };
    out.extend_from_slice(text.as_bytes());
}
