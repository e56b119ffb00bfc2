//! The types of columns and parameters, as far as they matter.

use tokio_postgres::types::{Kind as Nature, Type};

/// In which form the server sends or wants a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    Int2,
    Int4,
    Int8,
    /// Unsigned.
    Oid,
    Float4,
    Float8,
    Numeric,
    /// UTF-8: texts, `json`, enums, `citext`.
    Text,
    Jsonb,
    Uuid,
    /// With or without a time zone: microseconds since 2000.
    Timestamp,
    /// Days since 2000.
    Date,
    /// Anything else; texts stand for its values.
    Other,
}

impl Kind {
    pub(crate) fn of(ty: &Type) -> Self {
        match *ty {
            Type::BOOL => Self::Bool,
            Type::INT2 => Self::Int2,
            Type::INT4 => Self::Int4,
            Type::INT8 => Self::Int8,
            Type::OID => Self::Oid,
            Type::FLOAT4 => Self::Float4,
            Type::FLOAT8 => Self::Float8,
            Type::NUMERIC => Self::Numeric,
            Type::TEXT
            | Type::VARCHAR
            | Type::BPCHAR
            | Type::NAME
            | Type::UNKNOWN
            | Type::JSON
            | Type::XML => Self::Text,
            Type::JSONB => Self::Jsonb,
            Type::UUID => Self::Uuid,
            Type::TIMESTAMP | Type::TIMESTAMPTZ => Self::Timestamp,
            Type::DATE => Self::Date,
            _ => match ty.kind() {
                Nature::Enum(_) => Self::Text,
                Nature::Domain(base) => Self::of(base),
                Nature::Simple if ty.name() == "citext" => Self::Text,
                _ => Self::Other,
            },
        }
    }
}

/// The type of the elements of an array.
pub(crate) fn member(ty: &Type) -> Option<&Type> {
    match ty.kind() {
        Nature::Array(member) => Some(member),
        Nature::Domain(base) => member(base),
        _ => None,
    }
}
