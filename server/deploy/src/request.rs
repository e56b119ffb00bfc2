//! What a deploy is asked for, and what it answers (deploy.md §3.2).

use prisma_connector::ServiceName;

use crate::migration::{Migration, MigrationStep};

/// A deploy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeployRequest {
    /// The service; it must exist.
    pub service: ServiceName,
    /// The text of the datamodel.
    pub types: String,
    /// The secrets from now on, in order; the first one signs. `None` leaves them alone: for callers that have no
    /// say in them, such as an embedded client. To the management API a missing list is an empty one, which opens
    /// the service.
    pub secrets: Option<Vec<String>>,
    /// The server-side subscriptions from now on.
    pub subscriptions: Vec<Subscription>,
    /// Compute everything, write nothing.
    pub dry_run: bool,
    /// Go on in spite of warnings.
    pub force: bool,
    /// Leave the storage alone: it fits already.
    pub no_migration: bool,
}

/// A server-side subscription: events of a query go to a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Its name.
    pub name: String,
    /// The subscription in GraphQL.
    pub query: String,
    /// Where events are posted.
    pub url: String,
    /// Headers of the request, in order.
    pub headers: Vec<(String, String)>,
}

/// What came of a deploy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeployOutcome {
    /// Why nothing was deployed; `force` does not help.
    pub errors: Vec<Issue>,
    /// What wants `force`, or was forced.
    pub warnings: Vec<Issue>,
    /// The steps from the live datamodel to the new one, secrets aside.
    pub steps: Vec<MigrationStep>,
    /// The migration that was made; `None` if nothing was written: errors, unforced warnings, a dry run, or a service
    /// that is up to date.
    pub migration: Option<Migration>,
}

impl DeployOutcome {
    /// The answer with a migration; one that failed is an error too, so that nobody takes it for done.
    pub(crate) fn with_migration(mut self, migration: Migration) -> Self {
        let failures = migration.errors.iter();
        self.errors.extend(failures.map(|failure| {
            Issue::global(format!("The migration failed and was undone: {failure}"))
        }));
        self.migration = Some(migration);
        self
    }

    /// The answer that says no.
    pub(crate) fn refused(errors: Vec<Issue>) -> Self {
        Self {
            errors,
            ..Self::default()
        }
    }
}

/// An error or a warning about a datamodel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Issue {
    /// The type it is about (the API's `type`); `Global` where there is none, `Subscription` for subscriptions.
    pub type_name: String,
    /// The field it is about.
    pub field: Option<String>,
    /// What is wrong.
    pub description: String,
}

impl Issue {
    /// About no type in particular.
    pub(crate) fn global(description: impl Into<String>) -> Self {
        Self::on_type("Global", description)
    }

    /// About a type.
    pub(crate) fn on_type(type_name: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            type_name: type_name.into(),
            field: None,
            description: description.into(),
        }
    }

    /// About a field.
    pub(crate) fn on_field(
        type_name: impl Into<String>,
        field: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::on_type(type_name, description)
        }
    }
}
