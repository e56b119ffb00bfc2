//! From the bytes of a response to the part of it that an operation asked for.

use serde::Deserialize;

use crate::{
    error::{Error, Result, ServerError, combine},
    json::Json,
    operation::Operation,
    select::arrange,
};

#[derive(Deserialize)]
#[serde(bound = "'de: 'a")]
struct Response<'a> {
    data: Option<Json<'a>>,
    errors: Option<Vec<ServerError>>,
}

/// `data` of a response.
///
/// # Errors
/// The entries of `errors`, whatever `data` holds beside them; bytes that are not a response.
pub(crate) fn data(bytes: &[u8]) -> Result<Json<'_>> {
    let response: Response<'_> = serde_json::from_slice(bytes)?;
    match combine(response.errors.unwrap_or_default()) {
        Some(error) => Err(error),
        None => Ok(response.data.unwrap_or(Json::Null)),
    }
}

/// What a response holds for the root fields of an operation, in the order in which they were asked for.
///
/// # Errors
/// As [`data`]; fields that are missing.
pub(crate) fn roots<'a>(bytes: &'a [u8], operation: &Operation) -> Result<Json<'a>> {
    let mut json = data(bytes)?;
    if !matches!(json, Json::Object(_)) {
        return Err(Error::decode("data", "nothing"));
    }
    arrange(&mut json, &operation.roots)?;
    Ok(json)
}
