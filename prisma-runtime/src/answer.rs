//! From the bytes of a response to the part of it that an operation asked for.

use serde::Deserialize;

use crate::{
    error::{Error, PathItem, Result, ServerError, combine},
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

/// What a response holds for the root field of an operation, its fields in the order of the selection.
///
/// # Errors
/// As [`data`]; fields that are missing.
pub(crate) fn root<'a>(bytes: &'a [u8], operation: &Operation) -> Result<Json<'a>> {
    let root = &operation.root;
    let Json::Object(entries) = data(bytes)? else {
        return Err(Error::decode("data", "nothing"));
    };
    let found = entries.into_iter().find(|(key, _)| *key == root.key);
    let Some((key, mut json)) = found else {
        return Err(Error::decode("the root field", "nothing"));
    };
    if let Some(set) = &root.set {
        arrange(&mut json, set).map_err(|error| error.under(PathItem::Key(key.into_owned())))?;
    }
    Ok(json)
}
