//! What can go wrong in a store, by ids; texts and codes of the API are made above (api.md §5.2).

use prisma_datamodel::{FieldId, ModelId};

use crate::transaction::TransactionEnd;
use crate::value::Value;

/// An error of a driver or library below, kept for the log.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A node, named by the value of a unique field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The unique field; it names the model too.
    pub field: FieldId,
    /// Its value, never null.
    pub value: Value,
}

/// Why a store refused or failed. After any of these nothing of the write remains.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectorError {
    /// A unique value is already taken (3010).
    #[error("a unique constraint of {model:?} on {field:?} would be violated")]
    UniqueViolation {
        /// The model of the row that failed.
        model: ModelId,
        /// The field, where the database names one that the datamodel knows.
        field: Option<FieldId>,
    },
    /// A node named by a unique value does not exist (3039).
    #[error("no node where {0:?}")]
    NodeNotFound(Key),
    /// A nested operation names a node that is not linked (3041); the four texts differ by which keys are known.
    #[error("no link through {field:?} between {parent:?} and {child:?}")]
    NotLinked {
        /// The relation field of the parent.
        field: FieldId,
        /// The parent, where the text names it.
        parent: Option<Key>,
        /// The child, where the text names it.
        child: Option<Key>,
    },
    /// A required relation would be left empty (3042).
    #[error("the required relation at {field:?} would be violated")]
    RequiredRelation {
        /// A field of that relation, on either end.
        field: FieldId,
    },
    /// A required column would become null (3020).
    #[error("the required field {0:?} would become null")]
    RequiredNull(Option<FieldId>),
    /// A value is too long, or too great a number, for where it is stored (3007).
    #[error("the value for {0:?} is too long")]
    TooLong(Option<FieldId>),
    /// The database cannot have a container of this name: it is too long, or has characters that names there cannot
    /// have.
    #[error("the database can have no such name")]
    Name(#[source] BoxError),
    /// The database refused a raw statement: its own code and message go to the caller (api.md §4.10).
    #[error("{message}")]
    Raw {
        /// The vendor's code.
        code: i64,
        /// The vendor's message.
        message: String,
    },
    /// The transaction lost against another one: a deadlock, or a serialisation failure. Stores try such work again a
    /// few times before they answer this.
    #[error("the transaction lost against others that ran at the same time")]
    Conflict(#[source] BoxError),
    /// The store stayed busy, or did not answer in time: the same request may succeed later.
    #[error("the database is busy or out of reach")]
    Unavailable(#[source] BoxError),
    /// The transaction that the request belongs to has ended, or never began.
    #[error(transparent)]
    Transaction(TransactionEnd),
    /// The plan was not made for this store: a mistake of the program.
    #[error("the plan does not fit this store: {0}")]
    Plan(&'static str),
    /// Anything else the database or its driver said.
    #[error("the database failed")]
    Internal(#[source] BoxError),
}
