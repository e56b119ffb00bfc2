//! Changes that come from elsewhere: the input of a resolver, the body of a request.

#[cfg(feature = "async-graphql")]
mod async_graphql;

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};

use crate::{
    error::{Error, ErrorKind, Result},
    json::Json,
    scalar::ScalarType,
    value::Value,
    write::Assignments,
};

/// What is to become of a field: nothing, or it is to hold this value.
///
/// The generated `user::Patch` (asked for by `prisma_codegen::Config::patch`) has one for each scalar field that can be
/// updated. A nullable field has a `Patch<Option<T>>`, where `Set(None)` stands for null; that of a required one is a
/// `Patch<T>`, so that null for it is an error of the compiler, and, in a request, one when it is read.
///
/// ```
/// # use prisma_runtime::Patch;
/// let name = Patch::from("Ann".to_owned());
/// let age: Patch<Option<i32>> = Patch::NULL;
/// assert_eq!((name, age), (Patch::Set("Ann".to_owned()), Patch::Set(None)));
///
/// // Where `None` means that nobody said anything.
/// let nothing: Option<String> = None;
/// assert_eq!(Patch::if_some(nothing), Patch::Unset);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Unset,
    /// It is to hold this.
    Set(T),
}

impl<T> Patch<T> {
    /// Sets the value, if there is one.
    pub fn if_some(value: Option<T>) -> Self {
        value.map_or(Self::Unset, Self::Set)
    }

    /// The value, if there is one to set.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Unset => None,
            Self::Set(value) => Some(value),
        }
    }
}

impl<T> Patch<Option<T>> {
    /// It is to hold nothing.
    pub const NULL: Self = Self::Set(None);
}

impl<T: ScalarType> Patch<T> {
    /// Adds the assignment to a field, if there is one. For generated code.
    pub fn assign(self, field: &'static str, to: &mut Assignments) {
        if let Self::Set(value) = self {
            to.set(field, value.write());
        }
    }

    /// Adds the assignment to a field that holds a list, if there is one. For generated code.
    pub fn assign_list(self, field: &'static str, to: &mut Assignments) {
        if let Self::Set(values) = self {
            to.set(field, Value::Object(vec![("set".into(), values.write())]));
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// A struct of patches, read field by field. Implemented by generated code only.
#[doc(hidden)]
pub trait ReadPatch: Default {
    /// Reads the field of this name in the API.
    ///
    /// # Errors
    /// A field that there is not, and a value that the field cannot hold.
    fn read_field(&mut self, name: &str, value: Json<'_>) -> Result<()>;
}

/// Reads an object with the names of the API. What is missing in it is unset.
///
/// # Errors
/// Whatever [`ReadPatch::read_field`] says, with the name.
pub(crate) fn read_patch<'de, P: ReadPatch, D: Deserializer<'de>>(from: D) -> Result<P, D::Error> {
    from.deserialize_map(PatchVisitor(PhantomData))
}

/// A field that the struct of changes lacks. To leave it out in silence would change less than was asked for.
pub(crate) fn unknown_field(name: &str) -> Error {
    Error::refused(name, format!("`{name}` is no field that can be changed"))
}

/// What scalars are read by speaks of answers, which this is not.
fn refused<E: de::Error>(name: &str, error: &Error) -> E {
    match error.kind() {
        ErrorKind::Decode { expected } => E::custom(format!("`{name}`: expected {expected}")),
        _ => E::custom(error),
    }
}

struct PatchVisitor<P>(PhantomData<fn() -> P>);

impl<'de, P: ReadPatch> Visitor<'de> for PatchVisitor<P> {
    type Value = P;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of changes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<P, A::Error> {
        let mut patch = P::default();
        while let Some(name) = map.next_key::<String>()? {
            let read = patch.read_field(&name, map.next_value()?);
            read.map_err(|error| refused(&name, &error))?;
        }
        Ok(patch)
    }
}

/// One patch alone, in a struct of the program's own. What may be missing wants `#[serde(default)]`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self::Set)
    }
}
