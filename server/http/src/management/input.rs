//! Arguments of the root fields, already checked against the schema.

use apollo_compiler::response::{
    JsonMap, JsonValue,
    serde_json_bytes::{self, ByteString},
};
use prisma_connector::ServiceName;
use prisma_deploy::{DeployRequest, Subscription};
use serde::{Deserialize, de::DeserializeOwned};

/// `name` and `stage`
#[derive(Deserialize)]
pub(super) struct NameAndStage {
    name: String,
    stage: String,
}

impl From<NameAndStage> for ServiceName {
    fn from(NameAndStage { name, stage }: NameAndStage) -> Self {
        Self { name, stage }
    }
}

/// `AddProjectInput`; `DeleteProjectInput` has the same without secrets.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProjectInput {
    #[serde(flatten)]
    service: NameAndStage,
    secrets: Option<Vec<String>>,
    pub(super) client_mutation_id: Option<String>,
}

impl ProjectInput {
    pub(super) fn into_parts(self) -> (ServiceName, Vec<String>, Option<String>) {
        let secrets = self.secrets.unwrap_or_default();
        (self.service.into(), secrets, self.client_mutation_id)
    }
}

/// `DeployInput`
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeployInput {
    name: String,
    stage: String,
    types: String,
    dry_run: Option<bool>,
    secrets: Option<Vec<String>>,
    subscriptions: Option<Vec<FunctionInput>>,
    force: Option<bool>,
    no_migration: Option<bool>,
    client_mutation_id: Option<String>,
}

#[derive(Deserialize)]
struct FunctionInput {
    name: String,
    query: String,
    url: String,
    headers: Vec<HeaderInput>,
}

#[derive(Deserialize)]
struct HeaderInput {
    name: String,
    value: String,
}

impl DeployInput {
    /// The deploy, and the `clientMutationId`.
    pub(super) fn into_request(self) -> (DeployRequest, Option<String>) {
        let request = DeployRequest {
            service: ServiceName::new(self.name, self.stage),
            types: self.types,
            // A missing list is an empty one.
            secrets: Some(self.secrets.unwrap_or_default()),
            subscriptions: self
                .subscriptions
                .unwrap_or_default()
                .into_iter()
                .map(FunctionInput::into_subscription)
                .collect(),
            dry_run: self.dry_run.unwrap_or(false),
            force: self.force.unwrap_or(false),
            no_migration: self.no_migration.unwrap_or(false),
        };
        (request, self.client_mutation_id)
    }
}

impl FunctionInput {
    fn into_subscription(self) -> Subscription {
        let header = |HeaderInput { name, value }| (name, value);
        Subscription {
            name: self.name,
            query: self.query,
            url: self.url,
            headers: self.headers.into_iter().map(header).collect(),
        }
    }
}

/// All arguments of a root field.
pub(super) fn arguments<T: DeserializeOwned>(arguments: &JsonMap) -> Result<T, serde_json::Error> {
    serde_json_bytes::from_value(JsonValue::Object(arguments.clone()))
}

/// Its argument `input`.
pub(super) fn input<T: DeserializeOwned>(arguments: &JsonMap) -> Result<T, serde_json::Error> {
    let input = arguments.get(&ByteString::from("input")).cloned();
    serde_json_bytes::from_value(input.unwrap_or_default())
}
