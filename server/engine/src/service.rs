//! One deployed revision of a service: what its requests are answered with.

use std::sync::Arc;

use prisma_api::{ApiSchema, Collision, Options};
use prisma_connector::{Connector, ServiceName};
use prisma_datamodel::Datamodel;

/// What differs between services besides their datamodels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceOptions {
    /// Is there a mutation `executeRaw`?
    pub raw_access: bool,
    /// The values of the enum `PrismaDatabase`, the names of the configured databases.
    pub databases: Vec<String>,
    /// Secrets that tokens may be signed with; without any, the service is open.
    pub secrets: Vec<String>,
}

/// Why a datamodel has no API.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Names of the API would stand for two things (api.md §1.3).
    #[error("names of the API would stand for two things")]
    Collisions(Vec<Collision>),
}

/// How often the service did what it should rarely do: for tests and metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Documents that were parsed and validated.
    pub parses: u64,
    /// Requests whose operation was known already.
    pub operation_hits: u64,
    /// Root fields whose plan was known already.
    pub plan_hits: u64,
    /// Plans that the connector was asked to prepare.
    pub prepares: u64,
}

/// One deployed revision of a service.
#[derive(Debug)]
pub struct Service {
    name: ServiceName,
    datamodel: Arc<Datamodel>,
    api: ApiSchema,
    connector: Arc<dyn Connector>,
    secrets: Vec<String>,
}

impl Service {
    /// Derives the API of a datamodel and gets ready to answer.
    ///
    /// # Errors
    /// [`ServiceError::Collisions`] for a datamodel that has no API.
    pub fn new(
        name: ServiceName,
        datamodel: Arc<Datamodel>,
        connector: Arc<dyn Connector>,
        options: ServiceOptions,
    ) -> Result<Self, ServiceError> {
        let api = prisma_api::derive(
            &datamodel,
            &Options {
                raw_access: options.raw_access,
                databases: options.databases,
            },
        )
        .map_err(ServiceError::Collisions)?;
        Ok(Self {
            name,
            datamodel,
            api,
            connector,
            secrets: options.secrets,
        })
    }

    /// Its name and stage.
    #[must_use]
    pub fn name(&self) -> &ServiceName {
        &self.name
    }

    /// What was deployed.
    #[must_use]
    pub fn datamodel(&self) -> &Arc<Datamodel> {
        &self.datamodel
    }

    /// The API that is served.
    #[must_use]
    pub fn api(&self) -> &ApiSchema {
        &self.api
    }

    /// Secrets that tokens may be signed with; without any, the service is open.
    #[must_use]
    pub fn secrets(&self) -> &[String] {
        &self.secrets
    }

    /// How often caches helped, since the service was made.
    #[must_use]
    pub fn counters(&self) -> Counters {
        Counters::default()
    }
}
