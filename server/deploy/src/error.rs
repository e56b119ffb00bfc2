//! Why an operation of the management API failed as a whole.

use prisma_connector::{ConnectorError, ServiceName};
use prisma_engine::ServiceError;

use crate::stored_schema::StoredSchemaError;

/// Why an operation failed. Texts and codes are those of deploy.md §3.3; problems of a datamodel that parses are no
/// such errors, they are [`crate::DeployOutcome::errors`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeployError {
    /// The text is no datamodel at all (3017): one message per broken definition.
    #[error("{}", .0.join("\n"))]
    Syntax(Vec<String>),
    /// Which relation became which cannot be told (3018).
    #[error("{0}")]
    AmbiguousRelation(String),
    /// There is no such service (4000).
    #[error("No service with name '{}' and stage '{}' found", .0.name, .0.stage)]
    UnknownService(ServiceName),
    /// The name of the service breaks the rules (4001).
    #[error(
        "{0} is not a valid name for a service name. It must start with a letter and may contain up to 30 letters, numbers, underscores and hyphens."
    )]
    InvalidName(String),
    /// The name of the stage breaks the rules (4002).
    #[error(
        "{0} is not a valid name for a service stage. It must start with a letter and may contain up to 30 letters, numbers, underscores and hyphens."
    )]
    InvalidStage(String),
    /// Two relations would get the same generated name (4004).
    #[error("{0}")]
    EqualRelationNames(String),
    /// The service exists already (4005).
    #[error("Service with name '{}' and stage '{}' already exists", .0.name, .0.stage)]
    ServiceExists(ServiceName),
    /// The name of the service is a word of the server's own paths (4006).
    #[error("Service name {0} is reserved. Please choose a different name.")]
    ReservedName(String),
    /// The name of the stage is a word of the server's own paths (4007).
    #[error("Stage name {0} is reserved. Please choose a different stage name.")]
    ReservedStage(String),
    /// Another deploy of the service has not ended (4008).
    #[error(
        "You can not deploy to a service stage while there is a deployment in progress or a pending deployment scheduled already. Please try again after the deployment finished."
    )]
    InProgress,
    /// The management store holds something that cannot be read.
    #[error("the stored schema of the service cannot be read")]
    StoredSchema(#[from] StoredSchemaError),
    /// The live datamodel has no API: it was stored by a server with other rules.
    #[error("the stored schema of the service has no API")]
    Service(#[from] ServiceError),
    /// The database failed.
    #[error(transparent)]
    Connector(#[from] ConnectorError),
    /// The task that applied the migration ended without an answer; the migration's record tells how far it came.
    #[error("the migration was interrupted")]
    Interrupted,
}

impl DeployError {
    /// The code of deploy.md §3.3; `None` for internal errors, whose text is not for the caller.
    #[must_use]
    pub const fn code(&self) -> Option<i32> {
        Some(match self {
            Self::Syntax(_) => 3017,
            Self::AmbiguousRelation(_) => 3018,
            Self::UnknownService(_) => 4000,
            Self::InvalidName(_) => 4001,
            Self::InvalidStage(_) => 4002,
            Self::EqualRelationNames(_) => 4004,
            Self::ServiceExists(_) => 4005,
            Self::ReservedName(_) => 4006,
            Self::ReservedStage(_) => 4007,
            Self::InProgress => 4008,
            Self::StoredSchema(_) | Self::Service(_) | Self::Connector(_) | Self::Interrupted => {
                return None;
            }
        })
    }
}
