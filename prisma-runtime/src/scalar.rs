//! The scalars of the datamodel as Rust types: how they are read and written, and what can be asked of them.

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use crate::{
    error::{Error, PathItem, Result},
    id::Id,
    json::Json,
    value::Value,
};

/// A Rust type that a field of the datamodel is read into.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a scalar type of the datamodel")]
pub trait ScalarType: Sized + Send + 'static {
    /// Reads a part of an answer.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the part is of another type.
    fn read(json: Json<'_>) -> Result<Self>;

    /// The value as a variable.
    fn write(self) -> Value;
}

/// A Rust value that can be given where the datamodel wants a `T`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Filter, IntoValue};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// fn named(name: impl IntoValue<String>) -> Filter<User> {
///     User::FIELDS.name.eq(name)
/// }
/// let owned = String::from("Bob");
/// let users = db.user().find_many().filter(|_| named("Ann") | named(&owned) | named(owned.clone())).await?;
/// # drop(users);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "this field holds `{T}`, but a `{Self}` was given",
    label = "not a `{T}`",
    note = "nullable fields also take an `Option`; `.is_null()` and `.null()` stand for null"
)]
pub trait IntoValue<T> {
    /// The value as a variable.
    fn into_value(self) -> Value;
}

/// Types with `eq` and `ne`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` fields have no filters",
    note = "the API filters neither `Json` fields nor lists of scalars"
)]
pub trait Filterable {}

/// Types with `is_in` and `not_in`.
#[diagnostic::on_unimplemented(message = "`{Self}` fields have no `is_in` and `not_in`")]
pub trait Listable: Filterable {}

/// Types with `lt`, `lte`, `gt`, `gte` and `between`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` fields have no order: `lt`, `gt`, … are not available"
)]
pub trait Ordered: Filterable {}

/// Types with `contains`, `starts_with`, `ends_with` and their opposites.
#[diagnostic::on_unimplemented(
    message = "text filters (`contains`, `starts_with`, …) need a `String` field, this one is `{Self}`"
)]
pub trait Text: Filterable {}

macro_rules! can {
    ($trait:ident: $($ty:ty),*) => { $(impl $trait for $ty {})* };
}

can!(Filterable: String, i32, f64, bool, DateTime<Utc>, Uuid);
can!(Listable: String, i32, f64, DateTime<Utc>, Uuid);
can!(Ordered: String, i32, f64, DateTime<Utc>);
can!(Text: String);

impl<M, K: Filterable> Filterable for Id<M, K> {}
impl<M, K: Listable> Listable for Id<M, K> {}
impl<M, K: Ordered> Ordered for Id<M, K> {}
impl<M, K: Text> Text for Id<M, K> {}
impl<T: Filterable> Filterable for Option<T> {}
impl<T: Listable> Listable for Option<T> {}
impl<T: Ordered> Ordered for Option<T> {}
impl<T: Text> Text for Option<T> {}

/// Values given where a `$ty` is wanted, for required and for nullable fields.
macro_rules! accept {
    ($($from:ty => $ty:ty),* $(,)?) => {$(
        impl IntoValue<$ty> for $from {
            fn into_value(self) -> Value {
                <$ty>::from(self).write()
            }
        }

        impl IntoValue<Option<$ty>> for $from {
            fn into_value(self) -> Value {
                <$ty>::from(self).write()
            }
        }
    )*};
}

accept! {
    String => String,
    &str => String,
    &String => String,
    i32 => i32,
    i32 => f64,
    f64 => f64,
    bool => bool,
    DateTime<Utc> => DateTime<Utc>,
    Uuid => Uuid,
    serde_json::Value => serde_json::Value,
}

impl<T, V: IntoValue<T>> IntoValue<Option<T>> for Option<V> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, V::into_value)
    }
}

impl ScalarType for String {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Text(text) => Ok(text.into_owned()),
            other => Err(Error::decode("a text", other.kind())),
        }
    }

    fn write(self) -> Value {
        Value::String(self)
    }
}

impl ScalarType for i32 {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Int(number) => Self::try_from(number)
                .map_err(|_| Error::decode("an integer of 32 bits", "a larger one")),
            other => Err(Error::decode("an integer", other.kind())),
        }
    }

    fn write(self) -> Value {
        Value::Int(self.into())
    }
}

impl ScalarType for f64 {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Float(number) => Ok(number),
            Json::Int(number) => Ok(number as Self),
            other => Err(Error::decode("a number", other.kind())),
        }
    }

    fn write(self) -> Value {
        Value::Float(self)
    }
}

impl ScalarType for bool {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Bool(value) => Ok(value),
            other => Err(Error::decode("a boolean", other.kind())),
        }
    }

    fn write(self) -> Value {
        Value::Bool(self)
    }
}

/// Milliseconds are what the API keeps (api.md §2.1); what is finer is cut off.
impl ScalarType for DateTime<Utc> {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Text(text) => DateTime::parse_from_rfc3339(&text)
                .map(|time| time.to_utc())
                .map_err(|_| Error::decode("a date and time", "another text")),
            other => Err(Error::decode("a date and time", other.kind())),
        }
    }

    fn write(self) -> Value {
        Value::String(self.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl ScalarType for Uuid {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Text(text) => {
                Self::try_parse(&text).map_err(|_| Error::decode("a UUID", "another text"))
            }
            other => Err(Error::decode("a UUID", other.kind())),
        }
    }

    fn write(self) -> Value {
        Value::String(self.to_string())
    }
}

impl ScalarType for serde_json::Value {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        Ok(json.into())
    }

    fn write(self) -> Value {
        Value::Json(self)
    }
}

impl<T: ScalarType> ScalarType for Option<T> {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        match json {
            Json::Null => Ok(None),
            json => T::read(json).map(Some),
        }
    }

    fn write(self) -> Value {
        self.map_or(Value::Null, T::write)
    }
}

impl<T: ScalarType> ScalarType for Vec<T> {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        let Json::List(items) = json else {
            return Err(Error::decode("a list", json.kind()));
        };
        let read =
            |(index, item)| T::read(item).map_err(|error| error.under(PathItem::Index(index)));
        items.into_iter().enumerate().map(read).collect()
    }

    fn write(self) -> Value {
        Value::List(self.into_iter().map(T::write).collect())
    }
}
