//! The records of the management store (deploy.md §2.9). JSON columns travel as text: their formats belong to the
//! deploy layer.

use crate::service::ServiceName;

/// One deployed service: a row of `Project`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRecord {
    /// Its name.
    pub name: ServiceName,
    /// Secrets that sign its tokens; without any it is open.
    pub secrets: Vec<String>,
}

/// One row of `Migration`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationRecord {
    /// Counts from 1 within a service.
    pub revision: i32,
    /// JSON of the whole internal schema.
    pub schema: String,
    /// JSON of the functions (subscriptions).
    pub functions: String,
    /// Where it stands.
    pub status: MigrationStatus,
    /// Steps done.
    pub applied: i32,
    /// Steps undone.
    pub rolled_back: i32,
    /// JSON of the steps.
    pub steps: String,
    /// JSON array of texts.
    pub errors: String,
    /// Milliseconds since the epoch, UTC.
    pub started_at: Option<i64>,
    /// Milliseconds since the epoch, UTC.
    pub finished_at: Option<i64>,
    /// The datamodel as deployed.
    pub datamodel: String,
}

/// Where a migration stands (deploy.md §3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MigrationStatus {
    /// Waiting.
    Pending,
    /// Being applied.
    InProgress,
    /// Applied: the state of the service if it is the newest such.
    Success,
    /// Being undone.
    RollingBack,
    /// Undone.
    RollbackSuccess,
    /// Could not be undone.
    RollbackFailure,
}

impl MigrationStatus {
    /// As stored and answered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::InProgress => "IN_PROGRESS",
            Self::Success => "SUCCESS",
            Self::RollingBack => "ROLLING_BACK",
            Self::RollbackSuccess => "ROLLBACK_SUCCESS",
            Self::RollbackFailure => "ROLLBACK_FAILURE",
        }
    }

    /// The reverse of [`MigrationStatus::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "PENDING" => Self::Pending,
            "IN_PROGRESS" => Self::InProgress,
            "SUCCESS" => Self::Success,
            "ROLLING_BACK" => Self::RollingBack,
            "ROLLBACK_SUCCESS" => Self::RollbackSuccess,
            "ROLLBACK_FAILURE" => Self::RollbackFailure,
            _ => return None,
        })
    }

    /// True while it is pending, in progress or rolling back.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::InProgress | Self::RollingBack)
    }
}
