//! Everything that can go wrong, with a kind to match on.

#[cfg(feature = "async-graphql")]
mod async_graphql;
#[cfg(feature = "axum")]
mod axum;
#[cfg(any(feature = "async-graphql", feature = "juniper"))]
mod facts;
#[cfg(feature = "juniper")]
mod juniper;
mod kind;
mod server;

use std::{error::Error as StdError, fmt, sync::Arc};

pub(crate) use self::server::{ServerError, combine};
use crate::transport::TransportError;

/// The result of everything that asks the server.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. One word wide, so that results stay small.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let new = new!(user::New { email: "a@b.c", name: "Ann" });
/// match db.user().create(new).await {
///     Err(error) if error.is_unique_violation() => println!("there is one already"),
///     Err(error) if error.is_retryable() => println!("try again: {error}"),
///     Err(error) => println!("{error}, code {:?}, at {:?}", error.code(), error.path()),
///     Ok(ann) => println!("{}", ann.id),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    kind: ErrorKind,
    message: String,
    code: Option<u32>,
    path: Vec<PathItem>,
    request_id: Option<String>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What kind of failure it was.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{ErrorKind};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let user = db.user().find_unique(user::by_id("1")).or_not_found().await;
/// let text = match user {
///     Ok(user) => user.name,
///     Err(error) => match error.kind() {
///         ErrorKind::NotFound { model } => format!("no such {model}"),
///         ErrorKind::Timeout => "later".to_owned(),
///         _ => return Err(error),
///     },
/// };
/// # drop(text);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value that must be unique exists already (code 3010).
    UniqueViolation {
        /// The model.
        model: String,
        /// Its fields that would not be unique.
        fields: Vec<String>,
    },
    /// The record named by a unique field does not exist (code 3039).
    NotFound {
        /// The model.
        model: String,
    },
    /// Two records are not connected as the operation supposes (code 3041).
    RelationViolation {
        /// The name of the relation.
        relation: String,
    },
    /// A record would be left without one that it requires (codes 3032 and 3042).
    RequiredRelation {
        /// The name of the relation, or of the field where a create lacks it.
        relation: String,
    },
    /// What was given is refused: by the server, or because it cannot be sent.
    Validation {
        /// The argument or field it is about; empty if nobody said.
        argument: String,
    },
    /// The token is missing, wrong or expired (code 3015, or status 401 or 403).
    Unauthorized,
    /// The server was not reached, or answered something that is not GraphQL.
    Transport,
    /// No answer came in time. Whether a mutation happened is unknown.
    Timeout,
    /// The request was given up before it was answered. Whether a mutation happened is unknown.
    Cancelled,
    /// The transaction that the request belongs to did not begin, or has ended (codes 4210 to 4216).
    Transaction(TxError),
    /// The transport has no way for it.
    Unsupported {
        /// What was asked for: `subscriptions`.
        what: &'static str,
    },
    /// The answer does not fit the datamodel that the client was generated from.
    Decode {
        /// What should have been there.
        expected: &'static str,
    },
    /// Any other error of the server; [`Error::code`] tells more.
    Server {
        /// The number of the server's error (api.md §5.2); `None` for an internal one.
        code: Option<u32>,
    },
    /// Several fields of one request failed.
    Many(Vec<Error>),
}

/// What is wrong with a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TxError {
    /// It had to wait for others for too long. Nothing was done; it can be tried again.
    NotBegun,
    /// As many transactions of the service are under way as there may be. It can be tried again.
    TooMany,
    /// Its time was up, and it was rolled back.
    Expired,
    /// It collided with others, and was rolled back; it can be tried again from its start.
    Lost,
    /// It was committed or rolled back before.
    Ended,
    /// The server does not know it.
    Unknown,
    /// What was asked for cannot be part of a transaction: `executeRaw`, another transaction.
    NotWithin,
    /// The transport has no transactions.
    Unsupported,
}

/// A step on the way to the failing part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathItem {
    /// Into a field, by its response key.
    Key(String),
    /// Into an element of a list, counting from 0.
    Index(usize),
}

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            code: None,
            path: Vec::new(),
            request_id: None,
            source: None,
        }))
    }

    /// An answer that is not what the datamodel promises.
    pub(crate) fn decode(expected: &'static str, found: &str) -> Self {
        let message = format!("expected {expected} in the answer, found {found}");
        Self::new(ErrorKind::Decode { expected }, message)
    }

    /// Variables that are no JSON.
    pub(crate) fn unsendable(error: serde_json::Error) -> Self {
        let argument = String::new();
        let mut details = Self::new(ErrorKind::Validation { argument }, error.to_string());
        details.0.source = Some(Arc::new(error));
        details
    }

    /// An argument that cannot be sent.
    pub(crate) fn refused(argument: &str, message: impl Into<String>) -> Self {
        let argument = argument.to_owned();
        Self::new(ErrorKind::Validation { argument }, message)
    }

    /// A record that had to exist.
    pub(crate) fn not_found(model: &str) -> Self {
        let kind = ErrorKind::NotFound {
            model: model.to_owned(),
        };
        Self::new(kind, format!("no such {model}"))
    }

    /// A transaction that cannot go on.
    pub(crate) fn transaction(error: TxError, message: &str) -> Self {
        Self::new(ErrorKind::Transaction(error), message)
    }

    /// What a transport cannot do. For transports.
    #[must_use]
    pub fn unsupported(what: &'static str) -> Self {
        let message = format!("this transport has no {what}");
        Self::new(ErrorKind::Unsupported { what }, message)
    }

    /// A request that was given up. For transports.
    #[must_use]
    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "the request was given up")
    }

    /// The same, one step further out.
    pub(crate) fn under(mut self, item: PathItem) -> Self {
        self.0.path.insert(0, item);
        self
    }

    /// What kind of failure it was.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The number of the server's error (api.md §5.2), if it has one.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.0.code
    }

    /// Where in the answer it happened, from the root field on; empty if nothing is known.
    #[must_use]
    pub fn path(&self) -> &[PathItem] {
        &self.0.path
    }

    /// The server's name for the request, as its log has it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// True if a value exists already that must be unique.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self.0.kind, ErrorKind::UniqueViolation { .. })
    }

    /// True if the record named by a unique field does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.0.kind, ErrorKind::NotFound { .. })
    }

    /// True if nobody with such a token may do that.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Unauthorized)
    }

    /// True if an argument or value was refused.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Validation { .. })
    }

    /// True if the same request may succeed later: the server was not reached, too slow or too busy (code 1004), its
    /// database was (4201), or the operation lost against others and nothing of it was done (4200). If a transaction
    /// was lost ([`TxError`]), it is the whole transaction that may succeed later.
    /// A mutation that ended in [`ErrorKind::Timeout`] may have happened.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Transport | ErrorKind::Timeout => true,
            ErrorKind::Server { code } => matches!(code, Some(1004 | 4200 | 4201)),
            ErrorKind::Transaction(error) => error.is_of_the_moment(),
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if self.0.path.is_empty() {
            return Ok(());
        }
        f.write_str(" (at ")?;
        for (position, item) in self.0.path.iter().enumerate() {
            match item {
                PathItem::Key(key) if position == 0 => f.write_str(key)?,
                PathItem::Key(key) => write!(f, ".{key}")?,
                PathItem::Index(index) => write!(f, "[{index}]")?,
            }
        }
        f.write_str(")")
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Equal failures: kind, text, code and place; whose request it was and what lies below do not count.
impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        a.kind == b.kind && a.message == b.message && a.code == b.code && a.path == b.path
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

impl TransportError {
    /// The kind of error that it is.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Other(error) => error.kind().clone(),
            Self::Timeout => ErrorKind::Timeout,
            Self::Status {
                status: 401 | 403, ..
            } => ErrorKind::Unauthorized,
            Self::Unreachable(_) | Self::Status { .. } => ErrorKind::Transport,
        }
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        if let TransportError::Other(error) = error {
            return error;
        }
        let mut details = Self::new(error.kind(), error.to_string());
        details.0.source = Some(Arc::new(error));
        details
    }
}

/// An answer that is not a GraphQL response at all.
impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        let message = format!("the answer is not a GraphQL response: {error}");
        let mut details = Self::new(ErrorKind::Transport, message);
        details.0.source = Some(Arc::new(error));
        details
    }
}
