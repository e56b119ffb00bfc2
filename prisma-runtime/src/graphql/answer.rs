//! Reading answers by their keys: a selection that was merged from fragments, or has conditions, has no fixed order.

use std::borrow::Cow;

use crate::{
    error::{Error, PathItem, Result},
    json::Json,
};

/// A part of an answer with keys, as a struct that `graphql!` made.
pub trait ReadAnswer: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn read(json: Json<'_>) -> Result<Self>;
}

/// An object of an answer, of which one key after the other is taken.
#[derive(Debug)]
pub struct AnswerObject<'a> {
    entries: Vec<(Cow<'a, str>, Json<'a>)>,
    /// Where the next key is most likely.
    next: usize,
}

impl<'a> AnswerObject<'a> {
    /// The object in this part of an answer.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is none.
    pub fn new(json: Json<'a>) -> Result<Self> {
        match json {
            Json::Object(entries) => Ok(Self { entries, next: 0 }),
            other => Err(Error::decode("an object", other.kind())),
        }
    }

    /// Reads what stands at a key; errors carry it.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is missing or does not fit.
    pub fn take<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Json<'a>) -> Result<T>,
    ) -> Result<T> {
        let json = self.find(key);
        let json = json.ok_or_else(|| Error::decode("this field", "nothing"));
        json.and_then(read)
            .map_err(|error| error.under(PathItem::Key(key.to_owned())))
    }

    /// Reads what stands at a key, if it is there.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it does not fit.
    pub fn take_if_there<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Json<'a>) -> Result<T>,
    ) -> Result<Option<T>> {
        let json = self.find(key);
        json.map(read)
            .transpose()
            .map_err(|error| error.under(PathItem::Key(key.to_owned())))
    }

    fn find(&mut self, key: &str) -> Option<Json<'a>> {
        let is_next = |entry: &(Cow<'a, str>, Json<'a>)| entry.0 == key;
        let at = match self.entries.get(self.next).is_some_and(is_next) {
            true => self.next,
            false => self.entries.iter().position(is_next)?,
        };
        self.next = at + 1;
        let (_, json) = self.entries.get_mut(at)?;
        Some(std::mem::replace(json, Json::Null))
    }
}

/// Reads a list. Null stands for no list at all, as everywhere in the client.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is none, or an item does not fit.
pub fn read_list<'a, T>(json: Json<'a>, read: impl Fn(Json<'a>) -> Result<T>) -> Result<Vec<T>> {
    let items = match json {
        Json::List(items) => items,
        Json::Null => Vec::new(),
        other => return Err(Error::decode("a list", other.kind())),
    };
    let read = |(index, item)| read(item).map_err(|error| error.under(PathItem::Index(index)));
    items.into_iter().enumerate().map(read).collect()
}

/// Reads a value or null.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it does not fit.
pub fn read_nullable<'a, T>(
    json: Json<'a>,
    read: impl FnOnce(Json<'a>) -> Result<T>,
) -> Result<Option<T>> {
    match json {
        Json::Null => Ok(None),
        json => read(json).map(Some),
    }
}

/// Reads a `Long`, which counts of changed records are.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is no integer.
pub fn read_long(json: Json<'_>) -> Result<i64> {
    match json {
        Json::Int(number) => Ok(number),
        other => Err(Error::decode("an integer", other.kind())),
    }
}
