//! Requests as they arrive: JSON bodies of one request or a batch (api.md §5.1).

use prisma_connector::Format;
use serde::Deserialize;
use serde_json::value::RawValue;

/// One GraphQL request.
#[derive(Clone, Debug, Default)]
pub struct GraphqlRequest {
    /// The document; empty where the body has none, which is a syntax error like any other.
    pub query: String,
    /// Which operation of the document to run.
    pub operation_name: Option<String>,
    /// A JSON object, read when the operation is known.
    pub variables: Option<Box<RawValue>>,
    /// How to write an answer without errors; all others are JSON.
    pub format: Format,
}

/// The body of an HTTP request.
#[derive(Clone, Debug)]
pub enum RequestBody {
    /// One request.
    Single(GraphqlRequest),
    /// Requests that are answered independently, by an array in their order.
    Batch(Vec<GraphqlRequest>),
}

/// Why a body is no request.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// There is no body.
    #[error("Request entity expected but not supplied")]
    Empty,
    /// The body is not JSON.
    #[error("The request content was malformed: {0}")]
    NotJson(#[source] serde_json::Error),
    /// The body is JSON, but no request object or list of them. Answered as a JSON error, status 400.
    #[error("{0}")]
    Malformed(&'static str),
}

/// The members of a request object, unread.
#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow)]
    query: Option<&'a RawValue>,
    #[serde(borrow, rename = "operationName")]
    operation_name: Option<&'a RawValue>,
    #[serde(borrow)]
    variables: Option<&'a RawValue>,
}

impl RequestBody {
    /// Reads a body.
    ///
    /// # Errors
    /// [`BodyError`], in the order of its variants.
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        if bytes.trim_ascii().is_empty() {
            return Err(BodyError::Empty);
        }
        let body: &RawValue = serde_json::from_slice(bytes).map_err(BodyError::NotJson)?;
        match body.get().as_bytes().first() {
            Some(b'{') => Ok(Self::Single(request(body)?)),
            Some(b'[') => {
                let elements: Vec<&RawValue> =
                    serde_json::from_str(body.get()).map_err(BodyError::NotJson)?;
                elements
                    .into_iter()
                    .map(|element| match element.get().as_bytes().first() {
                        Some(b'{') => request(element),
                        _ => Err(BodyError::Malformed("not allowed")),
                    })
                    .collect::<Result<_, _>>()
                    .map(Self::Batch)
            }
            _ => Err(BodyError::Malformed("request malformed")),
        }
    }
}

fn request(object: &RawValue) -> Result<GraphqlRequest, BodyError> {
    let members: Members<'_> = serde_json::from_str(object.get()).map_err(BodyError::NotJson)?;
    let variables = members.variables.filter(|value| value.get() != "null");
    if variables.is_some_and(|value| !value.get().starts_with('{')) {
        return Err(BodyError::Malformed("`variables` must be an object"));
    }
    Ok(GraphqlRequest {
        query: text(members.query, "`query` must be a string")?.unwrap_or_default(),
        operation_name: text(members.operation_name, "`operationName` must be a string")?,
        variables: variables.map(ToOwned::to_owned),
        format: Format::Json,
    })
}

/// A member that must be a string; `None` if it is missing or null.
fn text(member: Option<&RawValue>, otherwise: &'static str) -> Result<Option<String>, BodyError> {
    member
        .map(|value| serde_json::from_str(value.get()))
        .transpose()
        .map(Option::flatten)
        .map_err(|_| BodyError::Malformed(otherwise))
}
