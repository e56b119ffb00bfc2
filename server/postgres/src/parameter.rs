//! Values as the server's parameters: in binary where the value has the parameter's own form, else as text, which the
//! server reads as it would read a literal. So a text finds its way into a `uuid`, an `inet` or an enum, and a value
//! that is none is refused by the server in its own words.

use std::error::Error;

use bytes::{BufMut, BytesMut};
use prisma_connector::Value;
use tokio_postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};

use crate::error::Unfit;
use crate::kind::{Kind, member};
use crate::numeric;

/// Milliseconds from 1970 to 2000, from which PostgreSQL counts.
pub(crate) const EPOCH: i64 = 946_684_800_000;
pub(crate) const MILLISECONDS_OF_A_DAY: i64 = 86_400_000;

/// A value on its way to the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter<'a>(pub(crate) &'a Value);

impl ToSql for Parameter<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self.0, member(ty)) {
            (Value::Null, _) => return Ok(IsNull::Yes),
            (Value::List(values), Some(member)) if has_binary_members(values, member) => {
                write_array(values, member, out)?;
            }
            (Value::List(values), Some(_)) => write_literal(values, out)?,
            (value, _) => match Binary::of(value, Kind::of(ty)) {
                Some(binary) => binary.write(out),
                None => write_text(value, out)?,
            },
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, ty: &Type) -> Format {
        let is_binary = match (self.0, member(ty)) {
            (Value::List(values), Some(member)) => has_binary_members(values, member),
            (value, _) => Binary::of(value, Kind::of(ty)).is_some(),
        };
        if is_binary {
            Format::Binary
        } else {
            Format::Text
        }
    }

    to_sql_checked!();
}

/// The binary form of a value that has the form of its parameter.
enum Binary {
    Bool(bool),
    Int2(i16),
    Int4(i32),
    Int8(i64),
    Float4(f32),
    Float8(f64),
    Whole(i64),
    Decimal(f64),
    Uuid([u8; 16]),
}

impl Binary {
    fn of(value: &Value, kind: Kind) -> Option<Self> {
        match (kind, value) {
            (Kind::Bool, Value::Bool(value)) => Some(Self::Bool(*value)),
            (Kind::Int2, Value::Int(value)) => i16::try_from(*value).ok().map(Self::Int2),
            (Kind::Int4, Value::Int(value)) => i32::try_from(*value).ok().map(Self::Int4),
            (Kind::Int8, Value::Int(value) | Value::DateTime(value)) => Some(Self::Int8(*value)),
            (Kind::Float4, Value::Float(value)) => Some(Self::Float4(*value as f32)),
            (Kind::Float8, Value::Float(value)) => Some(Self::Float8(*value)),
            (Kind::Numeric, Value::Int(value)) => Some(Self::Whole(*value)),
            (Kind::Numeric, Value::Float(value)) if value.is_finite() => {
                Some(Self::Decimal(*value))
            }
            (Kind::Uuid, Value::Uuid(bytes)) => Some(Self::Uuid(*bytes)),
            (Kind::Timestamp, Value::DateTime(value)) => {
                let since = value.checked_sub(EPOCH)?.checked_mul(1000)?;
                Some(Self::Int8(since))
            }
            (Kind::Date, Value::DateTime(value)) => {
                let days = value.checked_sub(EPOCH)?.div_euclid(MILLISECONDS_OF_A_DAY);
                i32::try_from(days).ok().map(Self::Int4)
            }
            _ => None,
        }
    }

    fn write(self, out: &mut BytesMut) {
        match self {
            Self::Bool(value) => out.put_u8(u8::from(value)),
            Self::Int2(value) => out.put_i16(value),
            Self::Int4(value) => out.put_i32(value),
            Self::Int8(value) => out.put_i64(value),
            Self::Float4(value) => out.put_f32(value),
            Self::Float8(value) => out.put_f64(value),
            Self::Whole(value) => numeric::write(itoa::Buffer::new().format(value), out),
            Self::Decimal(value) => numeric::write(zmij::Buffer::new().format_finite(value), out),
            Self::Uuid(bytes) => out.put_slice(&bytes),
        }
    }
}

/// The text of a value, as the server reads it.
fn write_text(value: &Value, out: &mut BytesMut) -> Result<(), Unfit> {
    match value {
        Value::Bool(value) => out.put_slice(if *value { b"true" } else { b"false" }),
        Value::Int(value) => out.put_slice(itoa::Buffer::new().format(*value).as_bytes()),
        Value::Float(value) => out.put_slice(zmij::Buffer::new().format(*value).as_bytes()),
        Value::Text(text) | Value::Json(text) | Value::Enum(text) => {
            if text.as_bytes().contains(&0) {
                return Err(Unfit::Nul);
            }
            out.put_slice(text.as_bytes());
        }
        Value::Uuid(bytes) => write_uuid(*bytes, out),
        Value::DateTime(_) => return Err(Unfit::DateTime),
        Value::List(_) => return Err(Unfit::List),
        Value::Null => {}
    }
    Ok(())
}

/// Lower-case hexadecimal with dashes.
fn write_uuid(bytes: [u8; 16], out: &mut BytesMut) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for (at, byte) in bytes.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.put_u8(b'-');
        }
        out.put_u8(HEX[usize::from(byte >> 4)]);
        out.put_u8(HEX[usize::from(byte & 0xf)]);
    }
}

fn has_binary_members(values: &[Value], member: &Type) -> bool {
    let kind = Kind::of(member);
    // The binary form of a text is the text.
    kind == Kind::Text
        || values
            .iter()
            .all(|value| value.is_null() || Binary::of(value, kind).is_some())
}

fn write_array(values: &[Value], member: &Type, out: &mut BytesMut) -> Result<(), Unfit> {
    let kind = Kind::of(member);
    let length = i32::try_from(values.len()).map_err(|_| Unfit::List)?;
    out.put_i32(i32::from(length > 0));
    out.put_i32(i32::from(values.iter().any(Value::is_null)));
    out.put_u32(member.oid());
    if length > 0 {
        out.put_i32(length);
        // The index of the first element.
        out.put_i32(1);
    }
    for value in values {
        if value.is_null() {
            out.put_i32(-1);
            continue;
        }
        let start = out.len();
        out.put_i32(0);
        match Binary::of(value, kind) {
            Some(binary) => binary.write(out),
            None => write_text(value, out)?,
        }
        let written = i32::try_from(out.len() - start - 4).map_err(|_| Unfit::List)?;
        out[start..start + 4].copy_from_slice(&written.to_be_bytes());
    }
    Ok(())
}

/// An array as the server reads it: `{"a","\"b\"",NULL}`.
fn write_literal(values: &[Value], out: &mut BytesMut) -> Result<(), Unfit> {
    let mut element = BytesMut::new();
    out.put_u8(b'{');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.put_u8(b',');
        }
        if value.is_null() {
            out.put_slice(b"NULL");
            continue;
        }
        element.clear();
        write_text(value, &mut element)?;
        out.put_u8(b'"');
        for &byte in &element {
            if matches!(byte, b'"' | b'\\') {
                out.put_u8(b'\\');
            }
            out.put_u8(byte);
        }
        out.put_u8(b'"');
    }
    out.put_u8(b'}');
    Ok(())
}
