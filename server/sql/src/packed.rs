//! Cells as packed values: what JSON says of them, without its syntax.

use prisma_connector::ConnectorError;
use prisma_datamodel::scalar::{format_date_time, parse_date_time};
use prisma_packed::write;

use crate::driver::Cell;
use crate::json::{Form, hyphenated, unreadable};

/// Appends a cell; null as null. What can be read, and as what, is as in [`crate::json::write_cell`].
pub(crate) fn write_cell(
    form: Form,
    cell: Cell<'_>,
    out: &mut Vec<u8>,
) -> Result<(), ConnectorError> {
    match (form, cell) {
        (_, Cell::Null) => write::null(out),
        (Form::Text, Cell::Text(text)) => write::text(text, out),
        (Form::Text, Cell::Uuid(bytes)) => {
            let text = hyphenated(bytes);
            write::text(str::from_utf8(&text).unwrap_or_default(), out);
        }
        (Form::Text | Form::QuotedInt, Cell::Int(number)) => {
            write::text(itoa::Buffer::new().format(number), out);
        }
        (Form::Int | Form::Float, Cell::Int(number)) => write::int(number, out),
        (Form::Float, Cell::Float(number)) if number.is_finite() => float(number, out),
        (Form::Float, Cell::Decimal(digits)) => {
            float(digits.parse().map_err(|_| unreadable(form))?, out);
        }
        (Form::Bool, Cell::Bool(value)) => write::bool(value, out),
        (Form::Bool, Cell::Int(number)) => write::bool(number != 0, out),
        (Form::DateTime, Cell::Int(ms) | Cell::DateTime(ms)) => date_time(ms, out),
        (Form::DateTime, Cell::Text(text)) => {
            date_time(parse_date_time(text).ok_or_else(|| unreadable(form))?, out);
        }
        (Form::Json, Cell::Text(text)) => write::json(text, out),
        _ => return Err(unreadable(form)),
    }
    Ok(())
}

/// JSON has no negative zero (api.md §2.5).
fn float(number: f64, out: &mut Vec<u8>) {
    write::float(number + 0.0, out);
}

fn date_time(ms: i64, out: &mut Vec<u8>) {
    let mut text = String::with_capacity(24);
    // Writing to memory cannot fail.
    let _ = format_date_time(ms, &mut text);
    write::text(&text, out);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use prisma_packed::{Reader, Token};

    use super::*;

    #[test]
    fn cells_say_what_they_say_in_json() {
        let uuid = 0x550e_8400_e29b_11d4_a716_4466_5544_0000_u128.to_be_bytes();
        for (form, cell, token) in [
            (Form::Text, Cell::Null, Token::Null),
            (Form::Text, Cell::Text("\"ä\""), Token::Text("\"ä\"")),
            (Form::Text, Cell::Int(7), Token::Text("7")),
            (
                Form::Text,
                Cell::Uuid(uuid),
                Token::Text("550e8400-e29b-11d4-a716-446655440000"),
            ),
            (Form::QuotedInt, Cell::Int(12), Token::Text("12")),
            (Form::Int, Cell::Int(-3), Token::Int(-3)),
            (Form::Float, Cell::Int(3), Token::Int(3)),
            (Form::Float, Cell::Float(0.1), Token::Float(0.1)),
            (Form::Float, Cell::Decimal("12.500"), Token::Float(12.5)),
            (Form::Bool, Cell::Int(1), Token::Bool(true)),
            (
                Form::DateTime,
                Cell::Text("2020"),
                Token::Text("2020-01-01T00:00:00.000Z"),
            ),
            (Form::Json, Cell::Text("[1]"), Token::Json("[1]")),
        ] {
            let mut out = Vec::new();
            write_cell(form, cell, &mut out).unwrap();
            assert_eq!(Reader::new(&out).token(), Ok(token));
        }
        let mut out = Vec::new();
        write_cell(Form::Float, Cell::Float(-0.0), &mut out).unwrap();
        let zero = Reader::new(&out).token().unwrap();
        assert!(matches!(zero, Token::Float(zero) if zero.is_sign_positive()));
        assert!(write_cell(Form::Int, Cell::Text("x"), &mut out).is_err());
        assert!(write_cell(Form::Float, Cell::Float(f64::NAN), &mut out).is_err());
    }
}
