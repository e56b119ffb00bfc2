//! From the bytes of a response to the values that an operation asked for.
//!
//! Records are read from packed values alone. An engine in this process sends them; of a server's JSON they are made
//! here.

mod pack;

use std::borrow::Cow;

use serde::Deserialize;

use crate::{
    error::{Result, ServerError, combine},
    json::Json,
    operation::Operation,
    select::Row,
};

#[derive(Deserialize)]
#[serde(bound = "'de: 'a")]
struct Response<'a> {
    data: Option<Json<'a>>,
    errors: Option<Vec<ServerError>>,
}

/// What keeps a response from being an answer.
#[derive(Deserialize)]
struct Failures {
    errors: Option<Vec<ServerError>>,
}

/// `data` of a response in JSON.
///
/// # Errors
/// The entries of `errors`, whatever `data` holds beside them; bytes that are not a response.
pub(crate) fn data(bytes: &[u8]) -> Result<Json<'_>> {
    let response: Response<'_> = serde_json::from_slice(bytes)?;
    refuse(response.errors)?;
    Ok(response.data.unwrap_or(Json::Null))
}

/// Looks for `errors` alone.
///
/// # Errors
/// The entries of `errors`; bytes that are not a response.
pub(crate) fn check(bytes: &[u8]) -> Result<()> {
    if prisma_packed::value(bytes).is_some() {
        return Ok(());
    }
    let response: Failures = serde_json::from_slice(bytes)?;
    refuse(response.errors)
}

fn refuse(errors: Option<Vec<ServerError>>) -> Result<()> {
    combine(errors.unwrap_or_default()).map_or(Ok(()), Err)
}

/// What a response holds for the root fields of an operation, in the order in which they were asked for.
pub(crate) struct Roots<'a> {
    values: Cow<'a, [u8]>,
    operation: &'a Operation,
}

impl<'a> Roots<'a> {
    /// From the bytes of a response in either form.
    ///
    /// # Errors
    /// As [`data`]; fields that are missing.
    pub(crate) fn new(bytes: &'a [u8], operation: &'a Operation) -> Result<Self> {
        let values = match prisma_packed::value(bytes) {
            Some(values) => Cow::Borrowed(values),
            None => Cow::Owned(pack::response(bytes, &operation.roots)?),
        };
        Ok(Self { values, operation })
    }

    /// The root fields as those of a record.
    ///
    /// # Errors
    /// A response without `data`.
    pub(crate) fn row(&self) -> Result<Row<'_>> {
        Row::of_roots(&self.values, &self.operation.roots)
    }
}

/// Reads what a response holds for the root fields of an operation.
///
/// # Errors
/// As [`Roots::new`], and whatever `read` says.
pub(crate) fn read<T>(
    bytes: &[u8],
    operation: &Operation,
    read: impl FnOnce(&mut Row<'_>) -> Result<T>,
) -> Result<T> {
    read(&mut Roots::new(bytes, operation)?.row()?)
}
