//! Values as they travel between a request and a store.

use std::hash::{Hash, Hasher};

/// One value of a request, already checked against the API: the bound parameter of a statement, or a part of a
/// write.
///
/// Floats compare and hash by their bits, so that plans and writes can be compared in tests; NaN never gets here.
#[derive(Clone, Debug)]
pub enum Value {
    /// No value.
    Null,
    /// `Boolean`
    Bool(bool),
    /// `Int`, ids made by a sequence, and page arguments.
    Int(i64),
    /// `Float`
    Float(f64),
    /// `String` and `ID`
    Text(String),
    /// `DateTime`: milliseconds since the epoch, UTC.
    DateTime(i64),
    /// `UUID`
    Uuid([u8; 16]),
    /// `Json`: compact text of an object or array.
    Json(String),
    /// A value of a datamodel enum.
    Enum(String),
    /// The operands of `in` and `not_in`: values of one kind, never null, never lists. Bound as one parameter.
    List(Vec<Value>),
}

impl Value {
    /// True for [`Value::Null`].
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) | (Self::DateTime(a), Self::DateTime(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Text(a), Self::Text(b))
            | (Self::Json(a), Self::Json(b))
            | (Self::Enum(a), Self::Enum(b)) => a == b,
            (Self::Uuid(a), Self::Uuid(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Null => {}
            Self::Bool(value) => value.hash(state),
            Self::Int(value) | Self::DateTime(value) => value.hash(state),
            Self::Float(value) => value.to_bits().hash(state),
            Self::Text(value) | Self::Json(value) | Self::Enum(value) => value.hash(state),
            Self::Uuid(value) => value.hash(state),
            Self::List(values) => values.hash(state),
        }
    }
}
