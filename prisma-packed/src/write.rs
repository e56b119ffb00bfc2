//! Appends values.

use crate::tag;

/// Appends null.
#[inline]
pub fn null(out: &mut Vec<u8>) {
    out.push(tag::NULL);
}

/// Appends a truth value.
#[inline]
pub fn bool(value: bool, out: &mut Vec<u8>) {
    out.push(if value { tag::TRUE } else { tag::FALSE });
}

/// Appends an integer.
#[inline]
pub fn int(number: i64, out: &mut Vec<u8>) {
    fixed(tag::INT, number.to_le_bytes(), out);
}

/// Appends a number that is no integer.
#[inline]
pub fn float(number: f64, out: &mut Vec<u8>) {
    fixed(tag::FLOAT, number.to_le_bytes(), out);
}

/// Appends a text.
#[inline]
pub fn text(text: &str, out: &mut Vec<u8>) {
    sized(tag::TEXT, text, out);
}

/// Appends any value, given as JSON.
#[inline]
pub fn json(json: &str, out: &mut Vec<u8>) {
    sized(tag::JSON, json, out);
}

/// Begins a list.
#[inline]
pub fn list(out: &mut Vec<u8>) {
    out.extend_from_slice(&[tag::LIST, 0, 0, 0, 0]);
}

/// Ends the list that begins at this byte and has so many elements.
pub fn end_list(begin: usize, count: usize, out: &mut Vec<u8>) {
    let place = begin.saturating_add(1)..begin.saturating_add(5);
    if let Some(place) = out.get_mut(place) {
        // Readers make room for so many; they look for the end nevertheless.
        place.copy_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }
    end(out);
}

/// Begins a record.
#[inline]
pub fn record(out: &mut Vec<u8>) {
    out.push(tag::RECORD);
}

/// Ends a record.
#[inline]
pub fn end(out: &mut Vec<u8>) {
    out.push(tag::END);
}

#[inline]
fn fixed(tag: u8, value: [u8; 8], out: &mut Vec<u8>) {
    let [a, b, c, d, e, f, g, h] = value;
    out.extend_from_slice(&[tag, a, b, c, d, e, f, g, h]);
}

#[inline]
fn sized(tag: u8, text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 3);
    let mut length = text.len();
    if length <= 0x7f {
        out.extend_from_slice(&[tag, length as u8]);
    } else {
        out.push(tag);
        while length > 0x7f {
            // Seven bits, and that more follow.
            out.push(length as u8 | 0x80);
            length >>= 7;
        }
        out.push(length as u8);
    }
    out.extend_from_slice(text.as_bytes());
}
