//! Answers as trees of plain data, from which a request selects.

use apollo_compiler::{
    resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue},
    response::JsonValue,
};
use chrono::{DateTime, SecondsFormat, Utc};
use prisma_deploy::{
    CreateField, DeployOutcome, Issue, Manifestation, Migration, MigrationStep, ServiceInfo,
    UpdateField,
};

use super::ServerInfo;

/// A value of an answer.
#[derive(Debug)]
pub(super) enum Output {
    /// A scalar or null.
    Leaf(JsonValue),
    /// An object.
    Object(Object),
    /// A list.
    List(Vec<Output>),
}

/// An object: its type and all its fields.
#[derive(Debug)]
pub(super) struct Object {
    type_name: &'static str,
    fields: Vec<(&'static str, Output)>,
}

impl Output {
    fn null() -> Self {
        Self::Leaf(JsonValue::Null)
    }

    fn object(type_name: &'static str, fields: Vec<(&'static str, Output)>) -> Self {
        Self::Object(Object { type_name, fields })
    }

    fn list<T>(items: &[T], output: impl Fn(&T) -> Self) -> Self {
        Self::List(items.iter().map(output).collect())
    }

    /// As the executor wants it.
    pub(super) fn resolve(&self) -> ResolvedValue<'_> {
        match self {
            Self::Leaf(value) => ResolvedValue::Leaf(value.clone()),
            Self::Object(object) => ResolvedValue::object(Resolver(object)),
            Self::List(items) => ResolvedValue::list(items.iter().map(Self::resolve)),
        }
    }
}

struct Resolver<'a>(&'a Object);

impl ObjectValue for Resolver<'_> {
    fn type_name(&self) -> &str {
        self.0.type_name
    }

    fn resolve_field<'a>(
        &'a self,
        info: &'a ResolveInfo<'a>,
    ) -> Result<ResolvedValue<'a>, FieldError> {
        let name = info.field_name();
        let field = self.0.fields.iter().find(|(field, _)| *field == name);
        match field {
            Some((_, output)) => Ok(output.resolve()),
            None => Err(self.unknown_field_error(info)),
        }
    }
}

impl From<&str> for Output {
    fn from(text: &str) -> Self {
        Self::Leaf(text.into())
    }
}

impl From<&String> for Output {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        Self::Leaf(text.into())
    }
}

impl From<i32> for Output {
    fn from(number: i32) -> Self {
        Self::Leaf(number.into())
    }
}

impl From<bool> for Output {
    fn from(value: bool) -> Self {
        Self::Leaf(value.into())
    }
}

impl<T: Into<Output>> From<Option<T>> for Output {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

/// `[String!]!`
fn texts(texts: &[String]) -> Output {
    Output::list(texts, |text| text.into())
}

/// `ServerInfo`
pub(super) fn server_info(info: &ServerInfo) -> Output {
    Output::object(
        "ServerInfo",
        vec![
            ("version", (&info.version).into()),
            ("commit", (&info.commit).into()),
            ("primaryConnector", info.primary_connector.into()),
        ],
    )
}

/// `Project`
pub(super) fn project(service: &ServiceInfo) -> Output {
    Output::object(
        "Project",
        vec![
            ("name", (&service.name.name).into()),
            ("stage", (&service.name.stage).into()),
            ("datamodel", (&service.datamodel).into()),
        ],
    )
}

/// `[Project!]!`
pub(super) fn projects(services: &[ServiceInfo]) -> Output {
    Output::list(services, project)
}

/// `AddProjectPayload` or `DeleteProjectPayload`
pub(super) fn project_payload(
    type_name: &'static str,
    service: &ServiceInfo,
    client_mutation_id: Option<String>,
) -> Output {
    Output::object(
        type_name,
        vec![
            ("project", project(service)),
            ("clientMutationId", client_mutation_id.into()),
        ],
    )
}

/// `DeployPayload`
pub(super) fn deploy_payload(
    outcome: &DeployOutcome,
    client_mutation_id: Option<String>,
) -> Output {
    Output::object(
        "DeployPayload",
        vec![
            ("errors", issues("SchemaError", &outcome.errors)),
            (
                "migration",
                outcome.migration.as_ref().map(migration).into(),
            ),
            ("warnings", issues("SchemaWarning", &outcome.warnings)),
            ("steps", Output::list(&outcome.steps, step)),
            ("clientMutationId", client_mutation_id.into()),
        ],
    )
}

fn issues(type_name: &'static str, issues: &[Issue]) -> Output {
    Output::list(issues, |issue| {
        Output::object(
            type_name,
            vec![
                ("type", (&issue.type_name).into()),
                ("field", issue.field.as_ref().into()),
                ("description", (&issue.description).into()),
            ],
        )
    })
}

/// `Migration`
pub(super) fn migration(migration: &Migration) -> Output {
    Output::object(
        "Migration",
        vec![
            ("projectId", migration.service.to_string().into()),
            ("revision", migration.revision.into()),
            ("status", migration.status.name().into()),
            ("applied", migration.applied.into()),
            ("rolledBack", migration.rolled_back.into()),
            ("errors", texts(&migration.errors)),
            ("startedAt", migration.started_at.and_then(time).into()),
            ("finishedAt", migration.finished_at.and_then(time).into()),
            ("datamodel", (&migration.datamodel).into()),
            ("steps", Output::list(&migration.steps, step)),
        ],
    )
}

/// `[Migration!]!`
pub(super) fn migrations(migrations: &[Migration]) -> Output {
    Output::list(migrations, migration)
}

/// Milliseconds since the epoch as `yyyy-MM-ddTHH:mm:ss.SSSZ`.
fn time(milliseconds: i64) -> Option<String> {
    let time = DateTime::<Utc>::from_timestamp_millis(milliseconds)?;
    Some(time.to_rfc3339_opts(SecondsFormat::Millis, true))
}

/// An implementation of `MigrationStep`
fn step(step: &MigrationStep) -> Output {
    let mut fields = match step {
        MigrationStep::CreateModel { name }
        | MigrationStep::DeleteModel { name }
        | MigrationStep::DeleteEnum { name }
        | MigrationStep::DeleteRelation { name } => vec![("name", name.into())],
        MigrationStep::UpdateModel { name, new_name } => vec![
            ("name", name.into()),
            ("newName", new_name.into()),
            ("isEmbedded", Output::null()),
        ],
        MigrationStep::CreateEnum { name, values } => {
            vec![("name", name.into()), ("values", texts(values))]
        }
        MigrationStep::UpdateEnum {
            name,
            new_name,
            values,
        } => vec![
            ("name", name.into()),
            ("newName", new_name.as_ref().into()),
            ("values", values.as_ref().map(|values| texts(values)).into()),
        ],
        MigrationStep::CreateField(field) => create_field(field),
        MigrationStep::DeleteField { model, name } => {
            vec![("model", model.into()), ("name", name.into())]
        }
        MigrationStep::UpdateField(field) => update_field(field),
        MigrationStep::CreateRelation {
            name,
            left_model,
            right_model,
            after,
        } => vec![
            ("name", name.into()),
            ("leftModel", left_model.into()),
            ("rightModel", right_model.into()),
            ("after", manifestation(after)),
        ],
        MigrationStep::UpdateRelation {
            name,
            new_name,
            before,
            after,
        } => vec![
            ("name", name.into()),
            ("newName", new_name.as_ref().into()),
            ("before", manifestation(before)),
            ("after", manifestation(after)),
        ],
        MigrationStep::UpdateSecrets => vec![("message", MigrationStep::SECRETS_MESSAGE.into())],
    };
    fields.push(("type", step.type_name().into()));
    Output::object(step.type_name(), fields)
}

fn create_field(field: &CreateField) -> Vec<(&'static str, Output)> {
    vec![
        ("model", (&field.model).into()),
        ("name", (&field.name).into()),
        ("typeName", (&field.type_name).into()),
        ("isRequired", field.is_required.into()),
        ("isList", field.is_list.into()),
        ("unique", field.unique.into()),
        ("enum", field.enumeration.as_ref().into()),
        ("default", field.default.as_ref().into()),
        ("relation", field.relation.as_ref().into()),
    ]
}

fn update_field(field: &UpdateField) -> Vec<(&'static str, Output)> {
    vec![
        ("model", (&field.model).into()),
        ("name", (&field.name).into()),
        ("newName", field.new_name.as_ref().into()),
        ("typeName", field.type_name.as_ref().into()),
        ("isRequired", field.is_required.into()),
        ("isList", field.is_list.into()),
        ("unique", field.unique.into()),
        ("enum", field.enumeration.as_ref().into()),
        ("default", field.default.as_ref().into()),
        ("relation", field.relation.as_ref().into()),
    ]
}

/// An implementation of `RelationManifestation`
fn manifestation(manifestation: &Manifestation) -> Output {
    let mut fields = match manifestation {
        Manifestation::LinkTable {
            table,
            model_a_column,
            model_b_column,
            id_column,
        } => vec![
            ("table", table.into()),
            ("modelAColumn", model_a_column.into()),
            ("modelBColumn", model_b_column.into()),
            ("idColumn", id_column.as_ref().into()),
        ],
        Manifestation::Inline { model, column } => {
            vec![("model", model.into()), ("column", column.into())]
        }
    };
    fields.push(("type", manifestation.type_name().into()));
    Output::object(manifestation.type_name(), fields)
}
