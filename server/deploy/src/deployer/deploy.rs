//! From a request to a decision: what would change, what speaks against it, what is to be done (deploy.md §3.5).

use std::{collections::HashMap, sync::Arc};

use prisma_connector::{MigrationRecord, MigrationStatus, ServiceName};
use prisma_datamodel::{Datamodel, Diagnostic, Options, Source, parse_with};

use super::{Deployer, apply::Plan, now, to_the_end};
use crate::{
    actions::Actions,
    destructive,
    diff::Diff,
    error::DeployError,
    migration::MigrationStep,
    request::{DeployOutcome, DeployRequest, Issue},
    step::{StoredStep, present},
    stored_schema::{self, Identifiers, StoredSchema, StoredSchemaError},
    subscription,
};

/// Why a deploy ends before anything is written.
enum Stop {
    /// The operation failed as a whole.
    Error(DeployError),
    /// There is something to answer.
    Answer(Box<DeployOutcome>),
}

impl Stop {
    fn answer(outcome: DeployOutcome) -> Self {
        Self::Answer(Box::new(outcome))
    }

    fn refuse(errors: Vec<Issue>) -> Self {
        Self::answer(DeployOutcome::refused(errors))
    }
}

impl<E: Into<DeployError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// What is served now.
struct Live {
    revision: i32,
    schema: StoredSchema,
    functions: String,
    secrets: Vec<String>,
}

/// The next datamodel, with what its text alone tells.
struct Next {
    datamodel: Arc<Datamodel>,
    diff: Diff,
    actions: Actions,
    warnings: Vec<Issue>,
}

impl Deployer {
    /// Deploys a datamodel to a service. The answer comes when the migration has ended.
    ///
    /// # Errors
    /// Unknown services (4000), texts that do not parse (3017), ambiguities (3018, 4004), a deploy that has not ended
    /// (4008), and failures of the database. What is wrong with a datamodel is part of the answer; so is a migration
    /// that failed, with its status and an error.
    pub async fn deploy(&self, request: DeployRequest) -> Result<DeployOutcome, DeployError> {
        match self.decide(request).await {
            Ok((plan, outcome)) => {
                let deployer = self.clone();
                let migration = to_the_end(async move { deployer.apply(plan).await }).await?;
                Ok(outcome.with_migration(migration))
            }
            Err(Stop::Answer(outcome)) => Ok(*outcome),
            Err(Stop::Error(error)) => Err(error),
        }
    }

    /// What is to be done, and the answer so far.
    async fn decide(&self, request: DeployRequest) -> Result<(Plan, DeployOutcome), Stop> {
        let live = self.live(&request.service).await?;
        let next = self.next(&request, &live.schema.datamodel)?;
        let (errors, destructive) = self.findings(&request.service, &live, &next).await?;
        if !errors.is_empty() {
            return Err(Stop::refuse(errors));
        }
        let previous = &live.schema.datamodel;
        let outcome = DeployOutcome {
            warnings: next.warnings.iter().cloned().chain(destructive).collect(),
            steps: shown_steps(&next, previous),
            ..DeployOutcome::default()
        };
        if !outcome.warnings.is_empty() && !request.force {
            return Err(Stop::answer(outcome));
        }
        let refused = &next.actions.refused;
        if request.dry_run {
            return Err(Stop::answer(DeployOutcome {
                errors: refused.clone(),
                ..outcome
            }));
        }
        if !refused.is_empty() {
            return Err(Stop::refuse(refused.clone()));
        }
        match self.plan(request, &live, next, &outcome.steps)? {
            Some(plan) => Ok((plan, outcome)),
            None => Err(Stop::answer(outcome)),
        }
    }

    async fn live(&self, service: &ServiceName) -> Result<Live, DeployError> {
        let store = self.database.store();
        let unknown = || DeployError::UnknownService(service.clone());
        let record = store.service(service).await?.ok_or_else(unknown)?;
        let migration = store.live(service).await?.ok_or_else(unknown)?;
        Ok(Live {
            revision: migration.revision,
            schema: stored_schema::read(&migration.schema)?,
            functions: migration.functions,
            secrets: record.secrets,
        })
    }

    /// Everything that can be said without looking at data.
    fn next(&self, request: &DeployRequest, previous: &Datamodel) -> Result<Next, Stop> {
        let (datamodel, warnings) = read_text(&request.types, previous)?;
        let collisions = self.collisions(&datamodel);
        if !collisions.is_empty() {
            return Err(Stop::refuse(collisions));
        }
        if let Some(error) = subscription::check(&request.subscriptions, &datamodel) {
            return Err(Stop::refuse(vec![error]));
        }
        let mut diff = Diff::new(previous, &datamodel)?;
        let mut actions = Actions::new(previous, &datamodel, &diff);
        if request.no_migration {
            if !actions.is_empty() {
                return Err(Stop::refuse(vec![unchecked()]));
            }
            diff.steps.clear();
            actions = Actions::default();
        }
        Ok(Next {
            datamodel: Arc::new(datamodel),
            diff,
            actions,
            warnings,
        })
    }

    /// Names of the API that would stand for two things.
    fn collisions(&self, datamodel: &Datamodel) -> Vec<Issue> {
        let options = prisma_api::Options {
            raw_access: self.options.raw_access,
            databases: vec![self.options.database.clone()],
        };
        let collisions = prisma_api::derive(datamodel, &options).err();
        let collisions = collisions.into_iter().flatten();
        collisions
            .map(|collision| collision_issue(datamodel, &collision))
            .collect()
    }

    /// What stored data says: errors and warnings.
    async fn findings(
        &self,
        service: &ServiceName,
        live: &Live,
        next: &Next,
    ) -> Result<(Vec<Issue>, Vec<Issue>), DeployError> {
        let previous = &live.schema.datamodel;
        let checks = destructive::checks(previous, &next.datamodel, &next.diff);
        let probes = destructive::probes(&checks);
        let answers = if probes.is_empty() {
            Vec::new()
        } else {
            let storage = self.database.storage(service)?;
            let previous = Arc::new(previous.clone());
            storage.probe(previous, probes.clone()).await?
        };
        let answers: HashMap<_, _> = probes.into_iter().zip(answers).collect();
        Ok(destructive::findings(checks, &answers))
    }

    /// What to write; nothing, if the service is up to date.
    fn plan(
        &self,
        request: DeployRequest,
        live: &Live,
        next: Next,
        shown: &[MigrationStep],
    ) -> Result<Option<Plan>, DeployError> {
        let previous = &live.schema.datamodel;
        let new_secrets = request.secrets.filter(|secrets| *secrets != live.secrets);
        let stored_steps = next
            .diff
            .steps
            .iter()
            .map(|&step| StoredStep::new(step, previous, &next.datamodel));
        let update_secrets = new_secrets
            .clone()
            .map(|secrets| StoredStep::UpdateSecrets { secrets });
        let stored_steps: Vec<StoredStep> = stored_steps.chain(update_secrets).collect();

        let schema = stored_schema::write(&next.datamodel, &self.identifiers(live, &next))?;
        let live_schema = stored_schema::write(previous, &live.schema.identifiers)?;
        let live_functions =
            subscription::read(&live.functions).map_err(StoredSchemaError::Json)?;
        let is_up_to_date = stored_steps.is_empty()
            && schema == live_schema
            && request.subscriptions.is_empty()
            && live_functions.is_empty();
        if is_up_to_date {
            return Ok(None);
        }
        let mut steps = shown.to_vec();
        if new_secrets.is_some() {
            steps.push(MigrationStep::UpdateSecrets);
        }
        Ok(Some(Plan {
            service: request.service,
            live_revision: live.revision,
            record: MigrationRecord {
                revision: 0,
                schema,
                functions: json(subscription::write(&request.subscriptions))?,
                status: MigrationStatus::InProgress,
                applied: 0,
                rolled_back: 0,
                steps: json(serde_json::to_string(&stored_steps))?,
                errors: "[]".to_owned(),
                started_at: None,
                finished_at: None,
                datamodel: request.types,
            },
            steps,
            datamodel: next.datamodel,
            actions: next.actions.create,
            secrets: new_secrets.clone().unwrap_or_else(|| live.secrets.clone()),
            new_secrets,
        }))
    }

    /// Models that stay keep their identifiers.
    fn identifiers(&self, live: &Live, next: &Next) -> Identifiers {
        let previous = &live.schema;
        let models = next.datamodel.models();
        models
            .map(|(id, model)| {
                let before = next.diff.matching.models.previous(id);
                let kept = before
                    .and_then(|id| previous.identifiers.get(&previous.datamodel[id].name))
                    .filter(|identifier| !identifier.is_empty())
                    .cloned();
                (
                    model.name.clone(),
                    kept.unwrap_or_else(|| self.ids.cuid(now())),
                )
            })
            .collect()
    }
}

fn json(text: Result<String, serde_json::Error>) -> Result<String, StoredSchemaError> {
    Ok(text?)
}

fn shown_steps(next: &Next, previous: &Datamodel) -> Vec<MigrationStep> {
    let steps = next.diff.steps.iter();
    steps
        .map(|&step| present(step, previous, &next.datamodel))
        .collect()
}

/// The datamodel of a text, with its warnings.
fn read_text(text: &str, previous: &Datamodel) -> Result<(Datamodel, Vec<Issue>), Stop> {
    let source = Source::new("datamodel", text);
    let (datamodel, warnings) = parse_with(&source, &Options::default(), Some(previous))
        .map_err(|diagnostics| refuse_text(&diagnostics))?;
    Ok((datamodel, warnings.iter().map(diagnostic_issue).collect()))
}

/// Some problems of a text fail the operation, most are its answer.
fn refuse_text(diagnostics: &[Diagnostic]) -> Stop {
    let syntax: Vec<String> = diagnostics
        .iter()
        .filter(|it| it.is_syntax())
        .map(|it| it.message.clone())
        .collect();
    if !syntax.is_empty() {
        return Stop::Error(DeployError::Syntax(syntax));
    }
    if let Some(names) = diagnostics.iter().find(|it| it.code == "4004") {
        return Stop::Error(DeployError::EqualRelationNames(names.message.clone()));
    }
    let errors = diagnostics.iter().map(diagnostic_issue).collect();
    Stop::refuse(errors)
}

fn diagnostic_issue(diagnostic: &Diagnostic) -> Issue {
    Issue {
        type_name: diagnostic
            .model
            .clone()
            .unwrap_or_else(|| "Global".to_owned()),
        field: diagnostic.field.clone(),
        description: diagnostic.message.clone(),
    }
}

fn collision_issue(datamodel: &Datamodel, collision: &prisma_api::Collision) -> Issue {
    use prisma_api::Subject;
    let text = match collision.help() {
        Some(help) => format!("{collision}; {help}"),
        None => collision.to_string(),
    };
    match collision.second.subject {
        Subject::BuiltIn => Issue::global(text),
        Subject::Model(id) => Issue::on_type(&datamodel[id].name, text),
        Subject::Enum(id) => Issue::on_type(&datamodel[id].name, text),
        Subject::Field(id) => {
            let field = &datamodel[id];
            Issue::on_field(&datamodel[field.model].name, &field.name, text)
        }
    }
}

/// A storage that is said to fit cannot be looked at, so it may only stay as it is.
fn unchecked() -> Issue {
    Issue::global(
        "Nothing was deployed: without a migration, the new datamodel would not fit the storage as this server knows it, \
         and so far it cannot check the storage itself.",
    )
}
