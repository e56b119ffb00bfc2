//! The errors of the API: codes and texts (api.md §5.2).

mod render;
mod translate;

use prisma_connector::{BoxError, TransactionEnd};

use crate::limits::LimitExceeded;

/// Why a field of a request was refused or failed. The text of [`std::fmt::Display`] is the message a caller sees,
/// but for [`ApiError::Internal`]: see [`ApiError::message`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// 3007: an id, enum value, text or number does not fit where it is stored.
    #[error("{}", render::too_long(field.as_deref()))]
    ValueTooLong {
        /// The field, where the store names it.
        field: Option<String>,
    },
    /// 3010: a unique value is already taken.
    #[error("A unique constraint would be violated on {model}.{}", render::details(field.as_deref()))]
    UniqueViolation {
        /// The model of the node that was written.
        model: String,
        /// The unique field, where the store names it.
        field: Option<String>,
    },
    /// 3014: `first` and `last` together.
    #[error(
        "Including a value for both first and last is not supported. See the spec for a discussion of why \
         https://facebook.github.io/relay/graphql/connections.htm#sec-Pagination-algorithm"
    )]
    FirstAndLast,
    /// 3015: the token of the request does not open the service.
    #[error(
        "Your token is invalid. It might have expired or you might be using a token from a different project."
    )]
    InvalidToken,
    /// 3016: no such service is deployed.
    #[error("Project not found: '{service}'")]
    ServiceNotFound {
        /// `name$stage`
        service: String,
    },
    /// 3020: an update sets a required field to null.
    #[error(
        "You are trying to set a required field to null. If you are using GraphQL arguments, make sure that you \
         specify a value for all arguments. Fieldname if known: {}",
        field.as_deref().unwrap_or_default()
    )]
    RequiredFieldNull {
        /// The field, if it is known.
        field: Option<String>,
    },
    /// 3026: `first` is negative.
    #[error("The 'first' argument must be non negative")]
    NegativeFirst,
    /// 3027: `last` is negative.
    #[error("The 'last' argument must be non negative")]
    NegativeLast,
    /// 3028: `skip` is negative.
    #[error("The 'skip' argument must be non negative")]
    NegativeSkip,
    /// 3032: a create leaves out a required relation.
    #[error(
        "The field '{field}' on type '{model}' is required. Performing this mutation would violate that constraint"
    )]
    RelationRequired {
        /// The relation field.
        field: String,
        /// Its model.
        model: String,
    },
    /// 3033: a to-many relation is filtered by null.
    #[error("The field '{field}' is a toMany relation. This cannot be filtered by null.")]
    ToManyFilteredByNull {
        /// The relation field, without quantifier.
        field: String,
    },
    /// 3036: a create gives null to a required field.
    #[error("The input value null was not valid for field {field} of type {model}.")]
    NullNotValid {
        /// The field.
        field: String,
        /// Its model.
        model: String,
    },
    /// 3039: no node has the unique value.
    #[error("No Node for the model {model} with value {} for {} found.", selector.value, selector.field)]
    NodeNotFound {
        /// The model of the node.
        model: String,
        /// The unique value that was looked for.
        selector: Selector,
    },
    /// 3040: a unique selector names no value.
    #[error(
        "You provided an invalid argument for the where selector on {model}. Please provide exactly one unique \
         field and value."
    )]
    SelectorEmpty {
        /// The model of the node.
        model: String,
    },
    /// 3041: a nested operation is about nodes that are not linked.
    #[error("{0}")]
    NotLinked(Box<NotLinked>),
    /// 3042: a required relation would lose its node.
    #[error(
        "The change you are trying to make would violate the required relation '{relation}' between {a} and {b}"
    )]
    RelationViolation {
        /// The name of the relation.
        relation: String,
        /// The model of side A.
        a: String,
        /// The model of side B.
        b: String,
    },
    /// 3045: a unique selector names several values.
    #[error(
        "You provided more than one field for the unique selector on {model}. If you want that behavior you can \
         use the many query and combine fields with AND / OR."
    )]
    SelectorAmbiguous {
        /// The model of the node.
        model: String,
    },
    /// The database refused a raw statement: its own code and words (api.md §4.10).
    #[error("{message}")]
    Raw {
        /// The code of the vendor.
        code: i64,
        /// The message of the driver.
        message: String,
    },
    /// 4107, 4109, 4112: the conditions of one field have more values, or are deeper, than a statement can be.
    #[error(transparent)]
    LimitExceeded(LimitExceeded),
    /// 4200: the transaction lost against others each time it was tried, and nothing of it remains. The cause is for
    /// the log.
    #[error(
        "The operation collided with others that ran at the same time. Nothing of it was done; it can be sent again."
    )]
    Conflict(#[source] BoxError),
    /// 4201: the database stayed busy, had no connection left, or is out of reach. The cause is for the log.
    #[error("The database is busy or out of reach. Try again later.")]
    Unavailable(#[source] BoxError),
    /// 4210 to 4213: the transaction that the request belongs to never began, or has ended.
    #[error("{}", render::ended(*.0))]
    Transaction(TransactionEnd),
    /// 4214: no transaction of this service has that id. Those that ended long ago have none any more.
    #[error("There is no such transaction of this service.")]
    TransactionNotFound,
    /// 4215: as many transactions as there may be are under way.
    #[error(
        "There are {most} transactions of this service under way, as many as there may be. Try again later."
    )]
    TooManyTransactions {
        /// How many there may be.
        most: usize,
    },
    /// 4216: a raw statement could end the transaction that it runs in.
    #[error("`executeRaw` cannot be part of a transaction.")]
    RawInTransaction,
    /// Anything else. The cause is for the log; a caller sees no more than the id of its request.
    #[error("Whoops. Looks like an internal server error.")]
    Internal(#[source] BoxError),
}

/// Two models without the link that a nested operation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotLinked {
    /// The name of the relation.
    pub relation: String,
    /// The model that holds the relation field.
    pub parent: String,
    /// The parent, where the operation knows it.
    pub parent_selector: Option<Selector>,
    /// The related model.
    pub child: String,
    /// The child, where the operation knows it.
    pub child_selector: Option<Selector>,
}

/// The value of a unique field, as messages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// The name of the field.
    pub field: String,
    /// Its value (the rules stand below the texts of 3041 in api.md §5.2).
    pub value: String,
}

impl ApiError {
    /// The `code` of the error object; internal errors have none.
    #[must_use]
    pub const fn code(&self) -> Option<i64> {
        Some(match self {
            Self::ValueTooLong { .. } => 3007,
            Self::UniqueViolation { .. } => 3010,
            Self::FirstAndLast => 3014,
            Self::InvalidToken => 3015,
            Self::ServiceNotFound { .. } => 3016,
            Self::RequiredFieldNull { .. } => 3020,
            Self::NegativeFirst => 3026,
            Self::NegativeLast => 3027,
            Self::NegativeSkip => 3028,
            Self::RelationRequired { .. } => 3032,
            Self::ToManyFilteredByNull { .. } => 3033,
            Self::NullNotValid { .. } => 3036,
            Self::NodeNotFound { .. } => 3039,
            Self::SelectorEmpty { .. } => 3040,
            Self::NotLinked(_) => 3041,
            Self::RelationViolation { .. } => 3042,
            Self::SelectorAmbiguous { .. } => 3045,
            Self::Raw { code, .. } => *code,
            Self::LimitExceeded(exceeded) => exceeded.limit.code(),
            Self::Conflict(_) => 4200,
            Self::Unavailable(_) => 4201,
            Self::Transaction(TransactionEnd::NotBegun) => 4210,
            Self::Transaction(TransactionEnd::Expired) => 4211,
            Self::Transaction(TransactionEnd::Lost) => 4212,
            Self::Transaction(TransactionEnd::Done) => 4213,
            Self::TransactionNotFound => 4214,
            Self::TooManyTransactions { .. } => 4215,
            Self::RawInTransaction => 4216,
            Self::Internal(_) => return None,
        })
    }

    /// The `message` of the error object, in the answer to the request of that id.
    #[must_use]
    pub fn message(&self, request_id: &str) -> String {
        match self {
            Self::Internal(_) => {
                format!("{self} Search your server logs for request ID: {request_id}")
            }
            _ => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_code_and_text_of_the_catalogue() {
        let (field, model) = (|| "f".to_owned(), || "M".to_owned());
        let catalogue = [
            (
                ApiError::InvalidToken,
                3015,
                "Your token is invalid. It might have expired or you might be using a token from a different \
                 project.",
            ),
            (
                ApiError::ServiceNotFound {
                    service: "nope$dev".into(),
                },
                3016,
                "Project not found: 'nope$dev'",
            ),
            (
                ApiError::NegativeFirst,
                3026,
                "The 'first' argument must be non negative",
            ),
            (
                ApiError::NegativeLast,
                3027,
                "The 'last' argument must be non negative",
            ),
            (
                ApiError::NegativeSkip,
                3028,
                "The 'skip' argument must be non negative",
            ),
            (
                ApiError::FirstAndLast,
                3014,
                "Including a value for both first and last is not supported. See the spec for a discussion of \
                 why https://facebook.github.io/relay/graphql/connections.htm#sec-Pagination-algorithm",
            ),
            (
                ApiError::RelationRequired {
                    field: field(),
                    model: model(),
                },
                3032,
                "The field 'f' on type 'M' is required. Performing this mutation would violate that constraint",
            ),
            (
                ApiError::ToManyFilteredByNull { field: field() },
                3033,
                "The field 'f' is a toMany relation. This cannot be filtered by null.",
            ),
            (
                ApiError::NullNotValid {
                    field: field(),
                    model: model(),
                },
                3036,
                "The input value null was not valid for field f of type M.",
            ),
            (
                ApiError::SelectorEmpty { model: model() },
                3040,
                "You provided an invalid argument for the where selector on M. Please provide exactly one \
                 unique field and value.",
            ),
            (
                ApiError::SelectorAmbiguous { model: model() },
                3045,
                "You provided more than one field for the unique selector on M. If you want that behavior you \
                 can use the many query and combine fields with AND / OR.",
            ),
        ];
        for (error, code, text) in catalogue {
            assert_eq!(
                (error.code(), error.message("r").as_str()),
                (Some(code), text)
            );
        }
    }
}
