//! Appends values.

use crate::tag;

/// Appends null.
pub fn null(out: &mut Vec<u8>) {
    out.push(tag::NULL);
}

/// Appends a truth value.
pub fn bool(value: bool, out: &mut Vec<u8>) {
    out.push(if value { tag::TRUE } else { tag::FALSE });
}

/// Appends an integer.
pub fn int(number: i64, out: &mut Vec<u8>) {
    fixed(tag::INT, number.to_le_bytes(), out);
}

/// Appends a number that is no integer.
pub fn float(number: f64, out: &mut Vec<u8>) {
    fixed(tag::FLOAT, number.to_le_bytes(), out);
}

/// Appends a text.
pub fn text(text: &str, out: &mut Vec<u8>) {
    sized(tag::TEXT, text, out);
}

/// Appends any value, given as JSON.
pub fn json(json: &str, out: &mut Vec<u8>) {
    sized(tag::JSON, json, out);
}

/// Begins a list.
pub fn list(out: &mut Vec<u8>) {
    out.push(tag::LIST);
}

/// Begins a record.
pub fn record(out: &mut Vec<u8>) {
    out.push(tag::RECORD);
}

/// Ends a list or a record.
pub fn end(out: &mut Vec<u8>) {
    out.push(tag::END);
}

fn fixed(tag: u8, value: [u8; 8], out: &mut Vec<u8>) {
    let [a, b, c, d, e, f, g, h] = value;
    out.extend_from_slice(&[tag, a, b, c, d, e, f, g, h]);
}

fn sized(tag: u8, text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 3);
    out.push(tag);
    let mut length = text.len();
    while length > 0x7f {
        // Seven bits, and that more follow.
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(text.as_bytes());
}
