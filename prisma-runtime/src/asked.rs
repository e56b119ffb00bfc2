//! Values that are fetched only if somebody wants them.

use std::fmt;

use serde::{Serialize, Serializer};

/// A field of a selection that is fetched only if it is asked for: by the look-ahead that a query was given, or, if it
/// was given none, always.
///
/// In a `#[derive(Selection)]` struct a plain field is always fetched, since code may rely on it; `Asked<T>` is for what
/// only the caller of a resolver can want.
///
/// ```
/// use prisma_runtime::Asked;
///
/// let name = Asked::Yes("Ann".to_owned());
/// assert_eq!(name.get().map(String::as_str), Some("Ann"));
/// let posts: Asked<Vec<String>> = Asked::No;
/// assert!(posts.get().is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked<T> {
    /// It was fetched.
    Yes(T),
    /// Nobody asked for it.
    No,
}

impl<T> Asked<T> {
    /// The value, if it was fetched.
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Yes(value) => Some(value),
            Self::No => None,
        }
    }

    /// The value, if it was fetched.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Yes(value) => Some(value),
            Self::No => None,
        }
    }
}

impl<T> From<Asked<T>> for Option<T> {
    fn from(asked: Asked<T>) -> Self {
        asked.into_option()
    }
}

impl<T: fmt::Debug> fmt::Debug for Asked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes(value) => value.fmt(f),
            Self::No => f.write_str("not asked for"),
        }
    }
}

/// As an option: what was not asked for is null.
impl<T: Serialize> Serialize for Asked<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}
