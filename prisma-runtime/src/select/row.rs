//! Reading records: value by value, in the order in which they were asked for.

use std::slice;

use prisma_packed::{Malformed, Reader, Token};

use crate::{
    error::{Error, PathItem, Result},
    json::Json,
    scalar::ScalarType,
    select::{SelectionSet, set::Picked},
};

/// One record of an answer. Fields come in the order they were asked for.
#[derive(Debug)]
pub struct Row<'a> {
    /// The values of this record, then of those around it.
    values: Reader<'a>,
    /// The fields of this record that were not read yet.
    fields: slice::Iter<'a, Picked>,
    /// What was asked of the value that is read.
    set: Option<&'a SelectionSet>,
}

impl<'a> Row<'a> {
    /// The root fields of an answer as those of a record.
    pub(crate) fn of_roots(values: &'a [u8], roots: &'a SelectionSet) -> Result<Self> {
        let mut values = Reader::new(values);
        match values.token() {
            Ok(Token::Record) => Ok(Self {
                values,
                fields: roots.fields.iter(),
                set: None,
            }),
            _ => Err(Error::decode("data", "nothing")),
        }
    }

    /// Reads the next field with `read`, which gets its value; errors of it carry the field's key.
    #[inline]
    pub(crate) fn next<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let Some(field) = self.fields.next() else {
            return Err(Error::decode("a further field", "the end of the record"));
        };
        self.set = field.set.as_ref();
        read(self).map_err(|error| within(field, error))
    }

    /// Whether the next field was not asked for; goes on behind it then.
    pub(crate) fn unasked(&mut self) -> bool {
        let unasked = matches!(self.fields.as_slice(), [field, ..] if !field.is_asked());
        if unasked {
            self.fields.next();
        }
        unasked
    }

    /// Reads the next field as a scalar. For generated code.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it is of another type.
    #[inline]
    pub fn scalar<T: ScalarType>(&mut self) -> Result<T> {
        self.next(|row| T::read(row.json()?))
    }

    /// Whether the value is null.
    pub(crate) fn is_at_null(&self) -> bool {
        self.values.clone().is_null()
    }

    /// Takes the value, if it is null.
    #[inline]
    fn is_null(&mut self) -> bool {
        self.values.is_null()
    }

    /// Takes the value as JSON.
    #[inline]
    pub(crate) fn json(&mut self) -> Result<Json<'a>> {
        Ok(match self.values.token()? {
            Token::Null => Json::Null,
            Token::Bool(value) => Json::Bool(value),
            Token::Int(number) => Json::Int(number),
            Token::Float(number) => Json::Float(number),
            Token::Text(text) => Json::Text(text.into()),
            other => return self.compound(other),
        })
    }

    fn compound(&mut self, begin: Token<'a>) -> Result<Json<'a>> {
        match begin {
            Token::Json(json) => Ok(serde_json::from_str(json)?),
            Token::List(count) => {
                let mut items = Vec::with_capacity(count);
                while !self.values.is_end() {
                    items.push(self.json()?);
                }
                Ok(Json::List(items))
            }
            other => Err(Error::decode("a scalar", kind(other))),
        }
    }
}

#[cold]
fn within(field: &Picked, error: Error) -> Error {
    error.under(PathItem::Key(field.key.clone().into_owned()))
}

impl From<Malformed> for Error {
    fn from(_: Malformed) -> Self {
        Self::decode("a value", "the end of the answer")
    }
}

/// Reads a record with `take`.
#[inline]
pub(crate) fn one<T>(row: &mut Row<'_>, take: impl FnOnce(&mut Row<'_>) -> Result<T>) -> Result<T> {
    match row.values.token()? {
        Token::Record => {}
        other => return Err(Error::decode("an object", kind(other))),
    }
    let fields = row.set.map_or([].as_slice(), |set| &set.fields).iter();
    let around = std::mem::replace(&mut row.fields, fields);
    let taken = take(row)?;
    row.fields = around;
    if !row.values.is_end() {
        row.values.finish()?;
    }
    Ok(taken)
}

/// Reads a record or null.
#[inline]
pub(crate) fn optional<T>(
    row: &mut Row<'_>,
    take: impl FnOnce(&mut Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    if row.is_null() {
        return Ok(None);
    }
    one(row, take).map(Some)
}

/// Reads a list of records. Null stands for no list at all: a relation of a record that is not there.
pub(crate) fn list<T>(
    row: &mut Row<'_>,
    take: impl Fn(&mut Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = match row.values.token()? {
        Token::List(count) => count,
        Token::Null => return Ok(Vec::new()),
        other => return Err(Error::decode("a list", kind(other))),
    };
    let set = row.set;
    let mut items = Vec::with_capacity(count);
    while !row.values.is_end() {
        row.set = set;
        let item = one(row, &take);
        items.push(item.map_err(|error| error.under(PathItem::Index(items.len())))?);
    }
    Ok(items)
}

/// What kind of value begins so, for error texts.
fn kind(token: Token<'_>) -> &'static str {
    match token {
        Token::Null => "null",
        Token::Bool(_) => "a boolean",
        Token::Int(_) | Token::Float(_) => "a number",
        Token::Text(_) => "a text",
        Token::Json(json) if json.starts_with('[') => "a list",
        Token::List(_) => "a list",
        Token::Json(_) | Token::Record => "an object",
        Token::End => "the end",
    }
}
