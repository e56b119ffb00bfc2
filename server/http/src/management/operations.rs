//! What each root field does.

use std::error::Error;

use apollo_compiler::response::JsonMap;
use prisma_connector::ServiceName;
use prisma_deploy::DeployError;

use super::{
    Caller, Management,
    input::{self, DeployInput, NameAndStage, ProjectInput},
    output::{self, Output},
};
use crate::auth::{self, ManagementError, TokenError};

/// Why a root field has no value.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The caller may not.
    #[error(transparent)]
    Auth(#[from] ManagementError),
    /// The deploy layer refused, or failed.
    #[error(transparent)]
    Deploy(#[from] DeployError),
    /// The operation has no meaning on this server.
    #[error("{0}")]
    Unsupported(&'static str),
    /// The arguments do not have the types that the schema promises.
    #[error("the arguments do not fit the schema")]
    Arguments(#[from] serde_json::Error),
    /// A token could not be made.
    #[error("no token could be made")]
    Token(#[source] TokenError),
    /// A field that the schema has and this module does not.
    #[error("nothing answers this field")]
    UnknownField,
}

impl Failure {
    /// The code of the API (deploy.md §3.3), if the failure has one.
    pub(super) fn code(&self) -> Option<i32> {
        match self {
            Self::Auth(error) => Some(error.code()),
            Self::Deploy(error) => error.code(),
            _ => None,
        }
    }

    /// True if the caller should not see the text.
    pub(super) fn is_internal(&self) -> bool {
        match self {
            Self::Auth(_) | Self::Unsupported(_) => false,
            Self::Deploy(error) => error.code().is_none(),
            Self::Arguments(_) | Self::Token(_) | Self::UnknownField => true,
        }
    }

    /// Writes an internal failure with all its causes to the log.
    pub(super) fn log(&self, request_id: &str) {
        let mut causes = String::new();
        let mut cause = self.source();
        while let Some(error) = cause {
            causes.push_str(": ");
            causes.push_str(&error.to_string());
            cause = error.source();
        }
        tracing::error!(%request_id, "a management operation failed: {self}{causes}");
    }
}

impl Management {
    /// Runs one root field.
    pub(super) async fn run(
        &self,
        field: &str,
        arguments: &JsonMap,
        caller: &Caller,
    ) -> Result<Output, Failure> {
        match field {
            "serverInfo" => Ok(output::server_info(&self.info)),
            "listProjects" => {
                check_server(caller)?;
                Ok(output::projects(&self.deployer.services().await?))
            }
            "project" => {
                let service = checked_service(arguments, caller)?;
                Ok(output::project(&self.deployer.service(&service).await?))
            }
            "migrationStatus" => {
                let service = checked_service(arguments, caller)?;
                let migration = self.deployer.migration_status(&service).await?;
                Ok(output::migration(&migration))
            }
            "listMigrations" => {
                let service = checked_service(arguments, caller)?;
                let migrations = self.deployer.migrations(&service).await?;
                Ok(output::migrations(&migrations))
            }
            "generateProjectToken" => {
                let service = checked_service(arguments, caller)?;
                self.generate_project_token(&service).await
            }
            "addProject" => self.add_project(input::input(arguments)?, caller).await,
            "deleteProject" => self.delete_project(input::input(arguments)?, caller).await,
            "deploy" => self.deploy(input::input(arguments)?, caller).await,
            "setCloudSecret" => {
                check_server(caller)?;
                Err(Failure::Unsupported(
                    "This server sends no metrics to a cloud, so it takes no secret for it.",
                ))
            }
            _ => Err(Failure::UnknownField),
        }
    }

    async fn generate_project_token(&self, service: &ServiceName) -> Result<Output, Failure> {
        self.deployer.service(service).await?;
        let live = self.engine.service(service);
        let secrets = live.as_ref().map_or(&[][..], |service| service.secrets());
        let now = chrono::Utc::now().timestamp();
        let token = auth::service_token(secrets, now).map_err(Failure::Token)?;
        Ok(token.into())
    }

    async fn add_project(&self, input: ProjectInput, caller: &Caller) -> Result<Output, Failure> {
        let (service, secrets, client_mutation_id) = input.into_parts();
        caller.access.check(&service)?;
        let ServiceName { name, stage } = &service;
        let service = self.deployer.add_service(name, stage, secrets).await?;
        let service = self.deployer.service(&service).await?;
        Ok(output::project_payload(
            "AddProjectPayload",
            &service,
            client_mutation_id,
        ))
    }

    async fn delete_project(
        &self,
        input: ProjectInput,
        caller: &Caller,
    ) -> Result<Output, Failure> {
        let (service, _, client_mutation_id) = input.into_parts();
        caller.access.check(&service)?;
        let service = self.deployer.delete_service(&service).await?;
        Ok(output::project_payload(
            "DeleteProjectPayload",
            &service,
            client_mutation_id,
        ))
    }

    /// The one operation that looks for its service before it looks at the token (deploy.md §3.4).
    async fn deploy(&self, input: DeployInput, caller: &Caller) -> Result<Output, Failure> {
        let (request, client_mutation_id) = input.into_request();
        self.deployer.service(&request.service).await?;
        caller.access.check(&request.service)?;
        let outcome = self.deployer.deploy(request).await?;
        Ok(output::deploy_payload(&outcome, client_mutation_id))
    }
}

/// The service that the arguments name, if the caller may touch it.
fn checked_service(arguments: &JsonMap, caller: &Caller) -> Result<ServiceName, Failure> {
    let service: ServiceName = input::arguments::<NameAndStage>(arguments)?.into();
    caller.access.check(&service)?;
    Ok(service)
}

/// For operations on all services.
fn check_server(caller: &Caller) -> Result<(), ManagementError> {
    caller.access.check(&ServiceName::new("", ""))
}
