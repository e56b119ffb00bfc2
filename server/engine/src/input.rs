//! Arguments as the planners read them: checked, with every key resolved to what it means.

use prisma_api::InputMeaning;
use prisma_connector::Value;

/// A coerced argument: every leaf is a value of its scalar, every key is resolved to its meaning.
///
/// Keys whose variable was not supplied are absent, and a single value given where the API says list is a list of
/// one. What the API requires to be there and not null is (api.md §2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// `null`, written or supplied.
    Null,
    /// A scalar or enum, never [`Value::Null`] or [`Value::List`].
    Value(Value),
    /// A list.
    List(Vec<Input>),
    /// An input object: its keys in the order of the request, each at most once.
    Object(Vec<(InputMeaning, Input)>),
}

impl Input {
    /// The keys of an object; none of anything else.
    #[must_use]
    pub fn entries(&self) -> &[(InputMeaning, Self)] {
        match self {
            Self::Object(entries) => entries,
            Self::Null | Self::Value(_) | Self::List(_) => &[],
        }
    }

    /// The elements of a list; none of null; anything else is its own only element, as the API says for what may
    /// be there once.
    #[must_use]
    pub fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            Self::Null => &[],
            Self::Value(_) | Self::Object(_) => std::slice::from_ref(self),
        }
    }

    /// What an object holds under a key.
    #[must_use]
    pub fn get(&self, key: InputMeaning) -> Option<&Self> {
        let (_, input) = self.entries().iter().find(|(meaning, _)| *meaning == key)?;
        Some(input)
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn size(&self) -> usize {
        let inner = match self {
            Self::Null => 0,
            Self::Value(Value::Text(text) | Value::Json(text) | Value::Enum(text)) => text.len(),
            Self::Value(_) => 0,
            Self::List(elements) => elements.iter().map(Self::size).sum(),
            Self::Object(entries) => entries.iter().map(|(_, entry)| entry.size()).sum(),
        };
        size_of::<Self>() + inner
    }

    /// True for [`Input::Null`].
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}
