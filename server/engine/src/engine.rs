//! The door: finds the service of a request.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use prisma_connector::ServiceName;

use crate::{
    error::ApiError, execute, id::Ids, request::GraphqlRequest, response::ResponseBody,
    service::Service,
};

/// All deployed services. Shared between threads; deploys swap services while requests go on with the old ones.
#[derive(Debug, Default)]
pub struct Engine {
    services: ArcSwap<HashMap<ServiceName, Arc<Service>>>,
    /// One source for all, so that ids ascend across deploys.
    ids: Ids,
}

impl Engine {
    /// Without services.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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

    /// Answers one request. The request id is shown in errors, so that they can be found in the log.
    pub async fn execute(
        &self,
        service: &ServiceName,
        request: GraphqlRequest,
        request_id: &str,
    ) -> ResponseBody {
        match self.service(service) {
            Some(service) => execute::execute(&service, &self.ids, &request, request_id).await,
            None => {
                let service = service.to_string();
                ResponseBody::turned_away(&ApiError::ServiceNotFound { service }, request_id)
            }
        }
    }
}
