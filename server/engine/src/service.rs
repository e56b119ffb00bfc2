//! One deployed revision of a service: what its requests are answered with, and what is kept between them.

use std::{
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use apollo_compiler::{
    Name, Schema, collections::HashMap, schema::Implementers, validation::Valid,
};
use prisma_api::{ApiSchema, Collision, Options};
use prisma_connector::{Connector, Format, Prepared, ReadPlan, ServiceName};
use prisma_datamodel::Datamodel;
use serde_json::value::RawValue;
use xxhash_rust::xxh3::Xxh3;

use crate::{
    document::{self, Refusal, RequestError},
    error::ApiError,
    introspect::Introspected,
    limits::{Limit, LimitExceeded, Limits},
    operation::Operation,
    request::GraphqlRequest,
    schema,
    template::Variables,
    weights::{self, Introspections, Operations, PreparedPlans},
};

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

/// [`Counters`] while they count. Each stands for itself, so no order between them is kept.
#[derive(Debug, Default)]
struct Tally {
    parses: AtomicU64,
    operation_hits: AtomicU64,
    plan_hits: AtomicU64,
    prepares: AtomicU64,
}

/// One deployed revision of a service.
pub struct Service {
    name: ServiceName,
    datamodel: Arc<Datamodel>,
    api: ApiSchema,
    connector: Arc<dyn Connector>,
    secrets: Vec<String>,
    schema: Valid<Schema>,
    implementers: OnceLock<HashMap<Name, Implementers>>,
    /// By document text and operation name.
    operations: Operations,
    /// Documents that differ in literals only have equal plans.
    prepared: PreparedPlans,
    /// By document text, operation name and variables.
    introspections: Introspections,
    tally: Tally,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("name", &self.name)
            .field("connector", &self.connector)
            .field("counters", &self.counters())
            .finish_non_exhaustive()
    }
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
        let ServiceOptions {
            raw_access,
            databases,
            secrets,
        } = options;
        let options = Options {
            raw_access,
            databases,
        };
        let api = prisma_api::derive(&datamodel, &options).map_err(ServiceError::Collisions)?;
        Ok(Self {
            name,
            datamodel,
            schema: schema::build(&api),
            api,
            connector,
            secrets,
            implementers: OnceLock::new(),
            operations: weights::operations(),
            prepared: weights::prepared_plans(),
            introspections: weights::introspections(),
            tally: Tally::default(),
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
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counters {
            parses: read(&self.tally.parses),
            operation_hits: read(&self.tally.operation_hits),
            plan_hits: read(&self.tally.plan_hits),
            prepares: read(&self.tally.prepares),
        }
    }

    pub(crate) fn connector(&self) -> &dyn Connector {
        &*self.connector
    }

    pub(crate) fn count_plan_hit(&self) {
        self.tally.plan_hits.fetch_add(1, Ordering::Relaxed);
    }

    /// The operation of a request, compiled once.
    pub(crate) fn operation(
        &self,
        limits: &Limits,
        request: &GraphqlRequest,
    ) -> Result<Arc<Operation>, Refusal> {
        let name = request.operation_name.as_deref();
        let key = hash(request, None);
        if let Some(known) = self.operations.get(&key)
            && known.is_of(&request.query, name)
        {
            self.tally.operation_hits.fetch_add(1, Ordering::Relaxed);
            return Ok(known);
        }
        self.tally.parses.fetch_add(1, Ordering::Relaxed);
        let document = document::read(&self.api, &self.schema, limits, &request.query)?;
        let operation = Operation::compile(&self.api, document, &request.query, name)
            .map_err(|error| Refusal::Invalid(vec![error]))?;
        if !operation.open_cost {
            self.check_cost(limits, &operation, &Variables::new())
                .map_err(|error| Refusal::Invalid(vec![error]))?;
        }
        let operation = Arc::new(operation);
        self.operations.insert(key, Arc::clone(&operation));
        Ok(operation)
    }

    /// Refuses an operation whose answer would cost too much.
    pub(crate) fn check_cost(
        &self,
        limits: &Limits,
        operation: &Operation,
        variables: &Variables,
    ) -> Result<(), RequestError> {
        if operation.cost(&self.datamodel, variables) <= limits.cost {
            return Ok(());
        }
        let exceeded = LimitExceeded {
            limit: Limit::Cost,
            most: limits.cost,
        };
        Err(RequestError::beyond(exceeded, &operation.text, None))
    }

    /// A plan as the store runs it, prepared once.
    pub(crate) fn prepare(
        &self,
        plan: ReadPlan,
        format: Format,
    ) -> Result<Arc<dyn Prepared>, ApiError> {
        let key = (plan, format);
        let prepared = self.prepared.get_or_insert_with(&key, || {
            self.tally.prepares.fetch_add(1, Ordering::Relaxed);
            self.connector.prepare(&key.0, format)
        });
        prepared.map_err(|error| ApiError::from_connector(&self.datamodel, error))
    }

    /// The introspection fields of a request, answered once; `None` if it has none.
    pub(crate) fn introspect(
        &self,
        operation: &Operation,
        request: &GraphqlRequest,
    ) -> Result<Option<Arc<Introspected>>, RequestError> {
        let Some((document, asked)) = operation.introspection() else {
            return Ok(None);
        };
        let variables = request
            .variables
            .as_deref()
            .filter(|_| operation.has_variables());
        self.introspections
            .get_or_insert_with(&hash(request, variables), || {
                let implementers = self
                    .implementers
                    .get_or_init(|| schema::implementers(&self.schema));
                Introspected::new(&self.schema, implementers, document, asked, variables)
                    .map(Arc::new)
            })
            .map(Some)
    }
}

/// What tells requests apart; parts of any text are separated by a byte that no text has.
fn hash(request: &GraphqlRequest, variables: Option<&RawValue>) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(request.query.as_bytes());
    if let Some(name) = &request.operation_name {
        hash.update(b"\xff");
        hash.update(name.as_bytes());
    }
    if let Some(variables) = variables {
        hash.update(b"\xfe");
        hash.update(variables.get().as_bytes());
    }
    hash.digest128()
}
