//! What answers are made of besides cells, in both formats.

use prisma_connector::{ConnectorError, Format};
use prisma_packed::write;

use crate::driver::Cell;
use crate::json::{self, Form};
use crate::packed;

/// Appends null.
pub(crate) fn null(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.extend_from_slice(b"null"),
        Format::Packed => write::null(out),
    }
}

/// Appends a truth value.
pub(crate) fn bool(format: Format, value: bool, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.extend_from_slice(if value { b"true" } else { b"false" }),
        Format::Packed => write::bool(value, out),
    }
}

/// Appends a number of nodes.
pub(crate) fn count(format: Format, count: usize, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.extend_from_slice(itoa::Buffer::new().format(count).as_bytes()),
        Format::Packed => write::int(i64::try_from(count).unwrap_or(i64::MAX), out),
    }
}

/// Appends a cell; null as null.
///
/// # Errors
/// A value that its column should not hold.
#[inline]
pub(crate) fn cell(
    format: Format,
    form: Form,
    cell: Cell<'_>,
    out: &mut Vec<u8>,
) -> Result<(), ConnectorError> {
    match format {
        Format::Json => json::write_cell(form, cell, out),
        Format::Packed => packed::write_cell(form, cell, out),
    }
}

/// Appends a value that is given as JSON.
pub(crate) fn literal(format: Format, json: &str, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.extend_from_slice(json.as_bytes()),
        Format::Packed => write::json(json, out),
    }
}

/// Begins a list.
pub(crate) fn list(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.push(b'['),
        Format::Packed => write::list(out),
    }
}

/// Goes on to a further element of a list.
pub(crate) fn further(format: Format, out: &mut Vec<u8>) {
    if format == Format::Json {
        out.push(b',');
    }
}

/// Ends the list that begins at this byte and has so many elements.
pub(crate) fn end_list(format: Format, begin: usize, count: usize, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.push(b']'),
        Format::Packed => write::end_list(begin, count, out),
    }
}

/// Begins an object.
pub(crate) fn object(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.push(b'{'),
        Format::Packed => write::record(out),
    }
}

/// Begins the member of an object that stands at this position.
pub(crate) fn key(format: Format, position: usize, key: &str, out: &mut Vec<u8>) {
    if format == Format::Json {
        if position > 0 {
            out.push(b',');
        }
        json::write_string(key, out);
        out.push(b':');
    }
}

/// Ends an object.
pub(crate) fn end_object(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.push(b'}'),
        Format::Packed => write::end(out),
    }
}
