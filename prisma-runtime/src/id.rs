//! Ids and cursors that know their model.

#[cfg(feature = "async-graphql")]
mod async_graphql;

use std::{
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    error::Result,
    json::Json,
    model::Model,
    scalar::{IntoValue, ScalarType},
    value::Value,
};

/// The id of a record of the model `M`; that of another model is another type. `K` is the type of the key:
/// `String` for `ID`, [`Uuid`](crate::Uuid) for `UUID` and `i32` for `Int`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Id};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let id: Id<User> = "cjld2".into();
/// assert_eq!(id.to_string(), "cjld2");
/// // `Id<Post>` is another type: `post::by_id(&id)` does not compile.
/// let ann = db.user().find_unique(user::by_id(&id)).await?;
/// # drop(ann);
/// # Ok(())
/// # }
/// ```
pub struct Id<M, K = String> {
    key: K,
    model: PhantomData<fn() -> M>,
}

impl<M, K> Id<M, K> {
    /// The id with this key.
    pub const fn from_key(key: K) -> Self {
        Self {
            key,
            model: PhantomData,
        }
    }

    /// The bare key.
    pub const fn key(&self) -> &K {
        &self.key
    }

    /// The bare key.
    pub fn into_key(self) -> K {
        self.key
    }

    /// The place right at this record, for `after` and `before`.
    pub fn cursor(&self) -> Cursor<M>
    where
        K: fmt::Display,
    {
        Cursor::new(self.key.to_string())
    }
}

impl<M> Id<M> {
    /// The id with this text as its key.
    pub fn new(key: impl Into<String>) -> Self {
        Self::from_key(key.into())
    }

    /// The bare key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.key
    }
}

impl<M, K: Clone> Clone for Id<M, K> {
    fn clone(&self) -> Self {
        Self::from_key(self.key.clone())
    }
}

impl<M, K: Copy> Copy for Id<M, K> {}

impl<M, K: PartialEq> PartialEq for Id<M, K> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<M, K: Eq> Eq for Id<M, K> {}

impl<M, K: PartialOrd> PartialOrd for Id<M, K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.key.partial_cmp(&other.key)
    }
}

impl<M, K: Ord> Ord for Id<M, K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl<M, K: Hash> Hash for Id<M, K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl<M: Model, K: fmt::Display> fmt::Debug for Id<M, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", M::NAMES.model(), self.key)
    }
}

impl<M, K: fmt::Display> fmt::Display for Id<M, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

impl<M> From<&str> for Id<M> {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

impl<M> From<String> for Id<M> {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl<M> From<uuid::Uuid> for Id<M, uuid::Uuid> {
    fn from(key: uuid::Uuid) -> Self {
        Self::from_key(key)
    }
}

impl<M> From<i32> for Id<M, i32> {
    fn from(key: i32) -> Self {
        Self::from_key(key)
    }
}

impl<M, K: Clone> From<&Self> for Id<M, K> {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl<M, K: Serialize> Serialize for Id<M, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.key.serialize(serializer)
    }
}

impl<'de, M, K: Deserialize<'de>> Deserialize<'de> for Id<M, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        K::deserialize(deserializer).map(Self::from_key)
    }
}

impl<M: 'static, K: ScalarType> ScalarType for Id<M, K> {
    #[inline]
    fn read(json: Json<'_>) -> Result<Self> {
        K::read(json).map(Self::from_key)
    }

    fn write(self) -> Value {
        self.key.write()
    }
}

/// What names one `M`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not identify a `{M}`",
    label = "expected an `Id<{M}>` or its key"
)]
pub trait IntoId<M, K = String> {
    /// The id.
    fn into_id(self) -> Id<M, K>;
}

impl<M, K> IntoId<M, K> for Id<M, K> {
    fn into_id(self) -> Self {
        self
    }
}

impl<M, K: Clone> IntoId<M, K> for &Id<M, K> {
    fn into_id(self) -> Id<M, K> {
        self.clone()
    }
}

impl<M> IntoId<M> for &str {
    fn into_id(self) -> Id<M> {
        Id::new(self)
    }
}

impl<M> IntoId<M> for String {
    fn into_id(self) -> Id<M> {
        Id::new(self)
    }
}

impl<M> IntoId<M> for &String {
    fn into_id(self) -> Id<M> {
        Id::new(self.as_str())
    }
}

impl<M> IntoId<M, uuid::Uuid> for uuid::Uuid {
    fn into_id(self) -> Id<M, Self> {
        Id::from_key(self)
    }
}

impl<M> IntoId<M, i32> for i32 {
    fn into_id(self) -> Id<M, Self> {
        Id::from_key(self)
    }
}

impl<M, K: ScalarType, V: IntoId<M, K>> IntoValue<Id<M, K>> for V {
    fn into_value(self) -> Value {
        self.into_id().key.write()
    }
}

/// A place in a list of `M`, for `after` and `before`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Cursor};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let page = db.user().connection().first(20).await?;
/// // As a client of an application gets it, and brings it back:
/// let text = page.page_info.end_cursor.map(|cursor| cursor.to_string());
/// if let Some(text) = text {
///     let next = db.user().connection().first(20).after(Cursor::new(text)).await?;
///     # drop(next);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Cursor<M> {
    at: String,
    model: PhantomData<fn() -> M>,
}

impl<M> Cursor<M> {
    /// The cursor with this text, as the server or [`fmt::Display`] gave it.
    pub fn new(at: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            model: PhantomData,
        }
    }

    pub(crate) fn into_string(self) -> String {
        self.at
    }
}

impl<M> Clone for Cursor<M> {
    fn clone(&self) -> Self {
        Self::new(self.at.clone())
    }
}

impl<M> PartialEq for Cursor<M> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl<M> Eq for Cursor<M> {}

impl<M: Model> fmt::Debug for Cursor<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", M::NAMES.model(), self.at)
    }
}

impl<M> fmt::Display for Cursor<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.at)
    }
}

impl<M> std::str::FromStr for Cursor<M> {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::new(text))
    }
}

impl<M> Serialize for Cursor<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.at)
    }
}

impl<'de, M> Deserialize<'de> for Cursor<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
