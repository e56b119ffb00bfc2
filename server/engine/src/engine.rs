//! The door: finds the service of a request.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use prisma_connector::ServiceName;

use crate::{
    document::Refusal, error::ApiError, execute, id::Ids, limits::Limits, request::GraphqlRequest,
    response::ResponseBody, service::Service,
};

/// All deployed services. Shared between threads; deploys swap services while requests go on with the old ones.
#[derive(Debug, Default)]
pub struct Engine {
    services: ArcSwap<HashMap<ServiceName, Arc<Service>>>,
    /// One source for all, so that ids ascend across deploys.
    ids: Ids,
    limits: Limits,
}

impl Engine {
    /// Without services, with the limits that are the default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Without services, with these limits for the requests to all of them.
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// One of the services.
    #[must_use]
    pub fn service(&self, name: &ServiceName) -> Option<Arc<Service>> {
        self.services.load().get(name).cloned()
    }

    /// Adds a service, or replaces the one of the same name.
    pub fn swap(&self, service: Arc<Service>) {
        self.services.rcu(|services| {
            let mut services = HashMap::clone(services);
            services.insert(service.name().clone(), Arc::clone(&service));
            services
        });
    }

    /// Removes a service, if it exists.
    pub fn remove(&self, name: &ServiceName) {
        self.services.rcu(|services| {
            let mut services = HashMap::clone(services);
            services.remove(name);
            services
        });
    }

    /// Reads the document of a request without running it: for callers that answer several requests or none. What was
    /// read is found again when the request runs.
    ///
    /// # Errors
    /// The message of a syntax error. Whatever else is wrong stays with the request that has it.
    pub fn check_syntax(&self, service: &Service, request: &GraphqlRequest) -> Result<(), String> {
        match service.operation(&self.limits, request) {
            Err(Refusal::Syntax(message)) => Err(message),
            Ok(_) | Err(Refusal::Invalid(_)) => Ok(()),
        }
    }

    /// Answers one request. The request id is shown in errors, so that they can be found in the log.
    pub async fn execute(
        &self,
        service: &ServiceName,
        request: GraphqlRequest,
        request_id: &str,
    ) -> ResponseBody {
        match self.service(service) {
            Some(service) => {
                execute::execute(&service, &self.limits, &self.ids, &request, request_id).await
            }
            None => {
                let service = service.to_string();
                ResponseBody::turned_away(&ApiError::ServiceNotFound { service }, request_id)
            }
        }
    }
}
