//! The door: finds the service of a request.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use prisma_connector::{ServiceName, TransactionOptions};

use crate::{
    document::Refusal,
    error::ApiError,
    execute::{self, Scope, Surroundings},
    id::Ids,
    limits::Limits,
    request::GraphqlRequest,
    response::ResponseBody,
    service::Service,
    transaction::Transaction,
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
        match self.found(service) {
            Ok(service) => {
                let surroundings = self.surroundings(&service, request_id, Scope::Alone);
                execute::execute(surroundings, &request).await.body
            }
            Err(error) => ResponseBody::turned_away(&error, request_id),
        }
    }

    /// Begins a transaction for several requests.
    ///
    /// # Errors
    /// [`ApiError::ServiceNotFound`]; [`ApiError::Transaction`] if it cannot begin in time; whatever is wrong with the
    /// database.
    pub async fn begin(
        &self,
        service: &ServiceName,
        options: TransactionOptions,
    ) -> Result<Transaction, ApiError> {
        Transaction::begin(self.found(service)?, options).await
    }

    /// Answers one request within a transaction. A root field that fails leaves nothing of itself, and the transaction
    /// goes on, unless the error is [`ApiError::Transaction`]. Requests that come at once run one after the other, root
    /// field by root field.
    pub async fn execute_in(
        &self,
        transaction: &Transaction,
        request: GraphqlRequest,
        request_id: &str,
    ) -> ResponseBody {
        let scope = Scope::Within(transaction.inner());
        let surroundings = self.surroundings(transaction.service(), request_id, scope);
        execute::execute(surroundings, &request).await.body
    }

    /// Answers one request whose root fields succeed together or leave nothing: one transaction around all of them, that
    /// is rolled back if there is an error. `data` is null then.
    pub async fn execute_whole(
        &self,
        service: &ServiceName,
        request: GraphqlRequest,
        options: TransactionOptions,
        request_id: &str,
    ) -> ResponseBody {
        let executed = async {
            let transaction = self.begin(service, options).await?;
            let scope = Scope::Whole(transaction.inner());
            let surroundings = self.surroundings(transaction.service(), request_id, scope);
            let executed = execute::execute(surroundings, &request).await;
            if executed.failed {
                // What went wrong says more than a transaction that had ended already.
                let _ = transaction.roll_back().await;
            } else {
                transaction.commit().await?;
            }
            Ok(executed.body)
        };
        let refused = |error| ResponseBody::turned_away(&error, request_id);
        executed.await.unwrap_or_else(refused)
    }

    fn found(&self, service: &ServiceName) -> Result<Arc<Service>, ApiError> {
        self.service(service)
            .ok_or_else(|| ApiError::ServiceNotFound {
                service: service.to_string(),
            })
    }

    fn surroundings<'a>(
        &'a self,
        service: &'a Service,
        request_id: &'a str,
        scope: Scope<'a>,
    ) -> Surroundings<'a> {
        Surroundings {
            service,
            limits: &self.limits,
            ids: &self.ids,
            request_id,
            scope,
        }
    }
}
