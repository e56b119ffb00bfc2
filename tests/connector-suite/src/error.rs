//! What keeps a test from its project.

use std::error::Error;

use prisma_connector::ConnectorError;
use prisma_deploy::DeployError;

/// Why there is no project.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A server that must be there is not; why stands on the terminal.
    #[error("there is no server")]
    NoServer,
    /// The URL of a server names none.
    #[error("the URL of the server is none: {0}")]
    Url(Box<dyn Error + Send + Sync>),
    /// The database cannot be used.
    #[error("the database refused: {0:?}")]
    Database(#[from] ConnectorError),
    /// The datamodel cannot be deployed.
    #[error("the deploy failed: {0:?}")]
    Deploy(#[from] DeployError),
    /// The datamodel has errors.
    #[error("the datamodel was refused: {0}")]
    Refused(String),
}

impl SetupError {
    pub(crate) fn url(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Url(Box::new(error))
    }
}
