//! Patches as inputs of async-graphql.

use std::borrow::Cow;

use async_graphql::{
    InputType, InputValueError, InputValueResult, MaybeUndefined, Value, registry::Registry,
};

use super::Patch;
use crate::error::{Error, Result};

/// For a nullable field.
impl<T> From<MaybeUndefined<T>> for Patch<Option<T>> {
    fn from(value: MaybeUndefined<T>) -> Self {
        match value {
            MaybeUndefined::Undefined => Self::Unset,
            MaybeUndefined::Null => Self::NULL,
            MaybeUndefined::Value(value) => Self::Set(Some(value)),
        }
    }
}

impl<T> Patch<T> {
    /// For a required field, which is called `argument` in errors.
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) for null.
    pub fn required(value: MaybeUndefined<T>, argument: &str) -> Result<Self> {
        match value {
            MaybeUndefined::Undefined => Ok(Self::Unset),
            MaybeUndefined::Null => Err(Error::refused(argument, "null is no value for it")),
            MaybeUndefined::Value(value) => Ok(Self::Set(value)),
        }
    }
}

/// As a field of an `InputObject`: it may be left out; null is a value for a `Patch<Option<T>>` alone.
impl<T: InputType> InputType for Patch<T> {
    type RawValueType = T::RawValueType;

    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    /// Without the exclamation mark, as it may be left out.
    fn qualified_type_name() -> String {
        T::type_name().into_owned()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            None => Ok(Self::Unset),
            value => T::parse(value)
                .map(Self::Set)
                .map_err(InputValueError::propagate),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::Unset => Value::Null,
            Self::Set(value) => value.to_value(),
        }
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        match self {
            Self::Unset => None,
            Self::Set(value) => value.as_raw_value(),
        }
    }
}
