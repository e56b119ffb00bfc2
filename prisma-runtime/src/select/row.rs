//! Reading records: by position, after one check that the fields stand in the order they were asked for.

use std::borrow::Cow;

use crate::{
    error::{Error, PathItem, Result},
    json::Json,
    scalar::ScalarType,
    select::SelectionSet,
};

/// One record of an answer. Fields come in the order they were asked for.
#[derive(Debug)]
pub struct Row<'a> {
    entries: std::vec::IntoIter<(Cow<'a, str>, Json<'a>)>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(json: Json<'a>) -> Result<Self> {
        match json {
            Json::Object(entries) => Ok(Self {
                entries: entries.into_iter(),
            }),
            other => Err(Error::decode("an object", other.kind())),
        }
    }

    /// Reads the next field with `read`; errors of it carry the field's key.
    pub(crate) fn next<T>(&mut self, read: impl FnOnce(Json<'a>) -> Result<T>) -> Result<T> {
        let Some((key, json)) = self.entries.next() else {
            return Err(Error::decode("a further field", "the end of the record"));
        };
        read(json).map_err(|error| error.under(PathItem::Key(key.into_owned())))
    }

    /// Whether the next field was not asked for; goes on behind it then.
    pub(crate) fn unasked(&mut self) -> bool {
        let unasked = matches!(self.entries.as_slice(), [(key, _), ..] if key.is_empty());
        if unasked {
            self.entries.next();
        }
        unasked
    }

    /// Reads the next field as a scalar. For generated code.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is of another type.
    pub fn scalar<T: ScalarType>(&mut self) -> Result<T> {
        self.next(T::read)
    }
}

/// Stands in a row for a field that was not asked for.
const UNASKED: (Cow<'_, str>, Json<'_>) = (Cow::Borrowed(""), Json::Null);

/// Reads a record with `take`.
pub(crate) fn one<T>(json: Json<'_>, take: impl FnOnce(&mut Row<'_>) -> Result<T>) -> Result<T> {
    take(&mut Row::new(json)?)
}

/// Reads a record or null.
pub(crate) fn optional<T>(
    json: Json<'_>,
    take: impl FnOnce(&mut Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    match json {
        Json::Null => Ok(None),
        json => one(json, take).map(Some),
    }
}

/// Reads a list of records. Null stands for no list at all: a relation of a record that is not there.
pub(crate) fn list<T>(json: Json<'_>, take: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Vec<T>> {
    let items = match json {
        Json::List(items) => items,
        Json::Null => Vec::new(),
        other => return Err(Error::decode("a list", other.kind())),
    };
    let read =
        |(index, item)| one(item, &take).map_err(|error| error.under(PathItem::Index(index)));
    items.into_iter().enumerate().map(read).collect()
}

/// Brings the fields of an answer into the order of the selection. Servers keep it (GraphQL asks them to); proxies
/// may not.
///
/// # Errors
/// A field that is missing.
pub(crate) fn arrange(json: &mut Json<'_>, set: &SelectionSet) -> Result<()> {
    match json {
        Json::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                arrange(item, set).map_err(|error| error.under(PathItem::Index(index)))?;
            }
        }
        Json::Object(entries) => {
            for (position, field) in set.fields.iter().enumerate() {
                if !field.is_asked() {
                    entries.insert(position.min(entries.len()), UNASKED);
                    continue;
                }
                let key = || PathItem::Key(field.key.clone().into_owned());
                if entries
                    .get(position)
                    .is_none_or(|(found, _)| *found != field.key)
                {
                    let at = entries.iter().position(|(found, _)| *found == field.key);
                    match at {
                        Some(at) if at > position => entries.swap(position, at),
                        _ => return Err(Error::decode("this field", "nothing").under(key())),
                    }
                }
                if let Some(set) = &field.set
                    && let Some((_, nested)) = entries.get_mut(position)
                {
                    arrange(nested, set).map_err(|error| error.under(key()))?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}
