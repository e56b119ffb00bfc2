//! What a deploy would do to stored data: warnings that want `force`, and errors that nothing helps against
//! (deploy.md §3.6).
//!
//! Checks are made from two datamodels without looking at data; each names the questions whose answers decide it.
//! So all questions of a deploy are asked at once.

mod enums;
mod fields;
mod old_syntax;
mod relations;

use std::collections::HashMap;

use prisma_connector::Probe;
use prisma_datamodel::{Datamodel, ModelId};

use crate::{diff::Diff, request::Issue, step::Step};

/// Something to say, if data is as it fears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) condition: Condition,
    pub(crate) level: Level,
    pub(crate) issue: Issue,
}

/// When a check has something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Whatever is stored.
    Always,
    /// If the answer to any of these is yes.
    Any(Vec<Probe>),
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Warning,
    Error,
}

impl Check {
    fn warning(probe: Probe, issue: Issue) -> Self {
        Self {
            condition: Condition::Any(vec![probe]),
            level: Level::Warning,
            issue,
        }
    }

    fn error(probe: Probe, issue: Issue) -> Self {
        Self {
            level: Level::Error,
            ..Self::warning(probe, issue)
        }
    }

    fn always(level: Level, issue: Issue) -> Self {
        Self {
            condition: Condition::Always,
            level,
            issue,
        }
    }
}

/// The checks of a deploy: enum values, then the steps in their order, then timestamps without directives, then what concerns
/// texts of 2018.
pub(crate) fn checks(previous: &Datamodel, next: &Datamodel, diff: &Diff) -> Vec<Check> {
    let change = Change {
        previous,
        next,
        diff,
    };
    let mut checks = Vec::new();
    // Before all steps, since a value can also be lost where a field gets another enum.
    change.lost_values(&mut checks);
    for &step in &diff.steps {
        change.step(step, &mut checks);
    }
    change.unmarked_timestamps(&mut checks);
    change.away_from_old_syntax(&mut checks);
    checks
}

/// The questions that decide some checks, each once.
pub(crate) fn probes(checks: &[Check]) -> Vec<Probe> {
    let mut probes = Vec::new();
    for check in checks {
        if let Condition::Any(questions) = &check.condition {
            for question in questions {
                if !probes.contains(question) {
                    probes.push(*question);
                }
            }
        }
    }
    probes
}

/// What the checks have to say, given the answers: errors and warnings.
pub(crate) fn findings(
    checks: Vec<Check>,
    answers: &HashMap<Probe, bool>,
) -> (Vec<Issue>, Vec<Issue>) {
    let speaks = |check: &Check| match &check.condition {
        Condition::Always => true,
        Condition::Any(probes) => probes.iter().any(|probe| answers.get(probe) == Some(&true)),
    };
    let (errors, warnings): (Vec<Check>, Vec<Check>) = checks
        .into_iter()
        .filter(speaks)
        .partition(|check| check.level == Level::Error);
    let issues = |checks: Vec<Check>| checks.into_iter().map(|check| check.issue).collect();
    (issues(errors), issues(warnings))
}

/// Two datamodels and what lies between them.
struct Change<'a> {
    previous: &'a Datamodel,
    next: &'a Datamodel,
    diff: &'a Diff,
}

impl Change<'_> {
    fn step(&self, step: Step, checks: &mut Vec<Check>) {
        match step {
            Step::DeleteRelation(id) => checks.push(self.lost_links(id)),
            Step::DeleteField(id) => checks.extend(self.deleted_field(id)),
            Step::DeleteModel(id) => checks.push(self.deleted_model(id)),
            Step::UpdateField { from, to } => self.updated_field(from, to, checks),
            Step::UpdateRelation { from, to } => checks.extend(self.updated_relation(from, to)),
            Step::CreateField(id) => checks.extend(self.created_field(id)),
            Step::CreateRelation(id) => self.created_relation(id, checks),
            Step::DeleteEnum(_)
            | Step::UpdateEnum { .. }
            | Step::UpdateModel { .. }
            | Step::CreateEnum(_)
            | Step::CreateModel(_) => {}
        }
    }

    fn deleted_model(&self, id: ModelId) -> Check {
        Check::warning(
            Probe::HasNodes(id),
            Issue::on_type(
                &self.previous[id].name,
                "You already have nodes for this model. This change will result in data loss.",
            ),
        )
    }

    /// What a model of the next datamodel was, if it was there.
    fn model_before(&self, next: ModelId) -> Option<ModelId> {
        self.diff.matching.models.previous(next)
    }
}
