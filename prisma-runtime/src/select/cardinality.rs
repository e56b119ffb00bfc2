//! How many records a relation leads to.

#[cfg(feature = "mock")]
use crate::mock::{Cell, Encoded};
use crate::{
    error::Result,
    select::{Row, list, one, optional},
};

/// How many records there are at the end of a relation, and what they are read into.
pub trait Cardinality {
    /// What is made of the records.
    type Of<T>;

    /// Reads them, each with `take`.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn read<T>(row: &mut Row<'_>, take: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Self::Of<T>>;

    /// Puts them down for the answer of a mock, each with `put`.
    #[cfg(feature = "mock")]
    #[doc(hidden)]
    fn encode<T>(value: Self::Of<T>, put: impl Fn(T, &mut Encoded), into: &mut Encoded);
}

/// Any number of records.
#[derive(Clone, Copy, Debug)]
pub enum Many {}

/// Exactly one record.
#[derive(Clone, Copy, Debug)]
pub enum One {}

/// A record, or none.
#[derive(Clone, Copy, Debug)]
pub enum AtMostOne {}

impl Cardinality for Many {
    type Of<T> = Vec<T>;

    fn read<T>(row: &mut Row<'_>, take: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        list(row, take)
    }

    #[cfg(feature = "mock")]
    fn encode<T>(values: Vec<T>, put: impl Fn(T, &mut Encoded), into: &mut Encoded) {
        let record = |value| Encoded::of(|into| put(value, into));
        into.push(Cell::List(values.into_iter().map(record).collect()));
    }
}

impl Cardinality for One {
    type Of<T> = T;

    fn read<T>(row: &mut Row<'_>, take: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<T> {
        one(row, take)
    }

    #[cfg(feature = "mock")]
    fn encode<T>(value: T, put: impl Fn(T, &mut Encoded), into: &mut Encoded) {
        into.push(Cell::Record(Encoded::of(|into| put(value, into))));
    }
}

impl Cardinality for AtMostOne {
    type Of<T> = Option<T>;

    fn read<T>(row: &mut Row<'_>, take: impl Fn(&mut Row<'_>) -> Result<T>) -> Result<Option<T>> {
        optional(row, take)
    }

    #[cfg(feature = "mock")]
    fn encode<T>(value: Option<T>, put: impl Fn(T, &mut Encoded), into: &mut Encoded) {
        match value {
            Some(value) => One::encode(value, put, into),
            None => into.push(Cell::Absent),
        }
    }
}
