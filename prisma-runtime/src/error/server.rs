//! Entries of `errors` in an answer, and what they mean (api.md §5).

use serde::Deserialize;

use super::{Error, ErrorKind, PathItem, TxError};

/// One entry of `errors`.
#[derive(Debug, Deserialize)]
pub(crate) struct ServerError {
    message: String,
    #[serde(default)]
    code: Option<u32>,
    #[serde(default, rename = "requestId")]
    request_id: Option<String>,
    #[serde(default)]
    path: Option<Vec<Step>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Step {
    Index(usize),
    Key(String),
}

/// One error for all entries of an answer; `None` if there are none.
pub(crate) fn combine(entries: Vec<ServerError>) -> Option<Error> {
    let mut errors: Vec<Error> = entries.into_iter().map(Error::from).collect();
    if errors.len() < 2 {
        return errors.pop();
    }
    let texts: Vec<&str> = errors
        .iter()
        .map(|error| error.0.message.as_str())
        .collect();
    let message = texts.join("; ");
    Some(Error::new(ErrorKind::Many(errors), message))
}

impl From<ServerError> for Error {
    fn from(entry: ServerError) -> Self {
        let kind = kind(entry.code, &entry.message);
        let mut error = Self::new(kind, entry.message);
        error.0.code = entry.code;
        error.0.request_id = entry.request_id;
        error.0.path = entry
            .path
            .unwrap_or_default()
            .into_iter()
            .map(|step| match step {
                Step::Index(index) => PathItem::Index(index),
                Step::Key(key) => PathItem::Key(key),
            })
            .collect();
        error
    }
}

/// The kind, from the code and, where the code alone does not say enough, the text of the catalogue
/// (api.md §5.2). Validation errors have no code and are known by their wording.
fn kind(code: Option<u32>, message: &str) -> ErrorKind {
    let part = |from: &str, to: &str| between(message, from, to).unwrap_or_default().to_owned();
    let argument = |argument: String| ErrorKind::Validation { argument };
    match code {
        Some(3010) => ErrorKind::UniqueViolation {
            model: part("would be violated on ", "."),
            fields: part("Field name = ", "\n")
                .split(", ")
                .filter(|field| !field.is_empty())
                .map(str::to_owned)
                .collect(),
        },
        Some(3039) => ErrorKind::NotFound {
            model: part("for the model ", " "),
        },
        Some(3041) => ErrorKind::RelationViolation {
            relation: part("The relation ", " "),
        },
        Some(3042) => ErrorKind::RequiredRelation {
            relation: part("required relation '", "'"),
        },
        Some(3032) => ErrorKind::RequiredRelation {
            relation: part("The field '", "'"),
        },
        Some(3033) => argument(part("The field '", "'")),
        Some(3007) => argument(part("Value for field ", " ")),
        Some(3020) => argument(part("Fieldname if known: ", "\n")),
        Some(3036) => argument(part("for field ", " ")),
        Some(3026..=3028) => argument(part("The '", "'")),
        Some(3014) => argument("first".to_owned()),
        Some(3040 | 3045) => argument("where".to_owned()),
        Some(3015) => ErrorKind::Unauthorized,
        Some(4210) => ErrorKind::Transaction(TxError::NotBegun),
        Some(4211) => ErrorKind::Transaction(TxError::Expired),
        Some(4212) => ErrorKind::Transaction(TxError::Lost),
        Some(4213) => ErrorKind::Transaction(TxError::Ended),
        Some(4214) => ErrorKind::Transaction(TxError::Unknown),
        Some(4215) => ErrorKind::Transaction(TxError::TooMany),
        Some(4216) => ErrorKind::Transaction(TxError::NotWithin),
        Some(code) => ErrorKind::Server { code: Some(code) },
        None if message.starts_with("Whoops.") => ErrorKind::Server { code: None },
        None => argument(refused(message).to_owned()),
    }
}

/// The argument, variable or field that a validation error names first (api.md §5.1).
fn refused(message: &str) -> &str {
    let name = [
        "Argument '",
        "Variable '$",
        "Cannot query field '",
        "Unknown argument '",
        "Field '",
    ]
    .into_iter()
    .find_map(|opening| message.strip_prefix(opening));
    name.and_then(|rest| rest.split('\'').next()).unwrap_or("")
}

/// The text between two marks; up to the end if the second is missing.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    Some(rest.split_once(to).map_or(rest, |(part, _)| part))
}
