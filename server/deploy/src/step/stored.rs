//! Steps as the management store keeps them: names only, with a `discriminator` (deploy.md §2.9).

use prisma_datamodel::{Datamodel, FieldId};
use serde::{Deserialize, Serialize};

use super::Step;

/// One step on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "discriminator", rename_all_fields = "camelCase")]
pub(crate) enum StoredStep {
    CreateModel {
        name: String,
    },
    DeleteModel {
        name: String,
    },
    UpdateModel {
        name: String,
        new_name: String,
    },
    CreateEnum {
        name: String,
    },
    DeleteEnum {
        name: String,
    },
    UpdateEnum {
        name: String,
        new_name: Option<String>,
    },
    CreateField {
        model: String,
        name: String,
    },
    DeleteField {
        model: String,
        name: String,
    },
    UpdateField {
        model: String,
        /// Absent where it equals `model`, in records of old servers.
        new_model: Option<String>,
        name: String,
        new_name: Option<String>,
    },
    CreateRelation {
        name: String,
    },
    DeleteRelation {
        name: String,
    },
    UpdateRelation {
        name: String,
        new_name: Option<String>,
    },
    UpdateSecrets {
        secrets: Vec<String>,
    },
}

impl StoredStep {
    /// The record of a step between two datamodels.
    pub(crate) fn new(step: Step, previous: &Datamodel, next: &Datamodel) -> Self {
        let renamed = |from: &String, to: &String| (from != to).then(|| to.clone());
        let path = |datamodel: &Datamodel, id: FieldId| {
            let field = &datamodel[id];
            (datamodel[field.model].name.clone(), field.name.clone())
        };
        match step {
            Step::DeleteRelation(id) => Self::DeleteRelation {
                name: previous[id].name.clone(),
            },
            Step::DeleteField(id) => {
                let (model, name) = path(previous, id);
                Self::DeleteField { model, name }
            }
            Step::DeleteModel(id) => Self::DeleteModel {
                name: previous[id].name.clone(),
            },
            Step::DeleteEnum(id) => Self::DeleteEnum {
                name: previous[id].name.clone(),
            },
            Step::UpdateEnum { from, to } => Self::UpdateEnum {
                name: previous[from].name.clone(),
                new_name: renamed(&previous[from].name, &next[to].name),
            },
            Step::UpdateField { from, to } => {
                let (model, name) = path(previous, from);
                let (new_model, new_name) = path(next, to);
                Self::UpdateField {
                    model,
                    new_model: Some(new_model),
                    new_name: renamed(&name, &new_name),
                    name,
                }
            }
            Step::UpdateModel { from, to } => Self::UpdateModel {
                name: previous[from].name.clone(),
                new_name: next[to].name.clone(),
            },
            Step::UpdateRelation { from, to } => Self::UpdateRelation {
                name: previous[from].name.clone(),
                new_name: renamed(&previous[from].name, &next[to].name),
            },
            Step::CreateEnum(id) => Self::CreateEnum {
                name: next[id].name.clone(),
            },
            Step::CreateModel(id) => Self::CreateModel {
                name: next[id].name.clone(),
            },
            Step::CreateField(id) => {
                let (model, name) = path(next, id);
                Self::CreateField { model, name }
            }
            Step::CreateRelation(id) => Self::CreateRelation {
                name: next[id].name.clone(),
            },
        }
    }

    /// The step between two datamodels that a record stands for; `None` if they do not have what it names, and for
    /// [`StoredStep::UpdateSecrets`], which is about neither.
    pub(crate) fn resolve(&self, previous: &Datamodel, next: &Datamodel) -> Option<Step> {
        let field = |datamodel: &Datamodel, model: &str, name: &str| {
            datamodel.field(datamodel.model(model)?, name)
        };
        let or = |new: &'_ Option<String>, old: &'_ String| new.as_ref().unwrap_or(old).clone();
        Some(match self {
            Self::CreateModel { name } => Step::CreateModel(next.model(name)?),
            Self::DeleteModel { name } => Step::DeleteModel(previous.model(name)?),
            Self::UpdateModel { name, new_name } => Step::UpdateModel {
                from: previous.model(name)?,
                to: next.model(new_name)?,
            },
            Self::CreateEnum { name } => Step::CreateEnum(next.enumeration(name)?),
            Self::DeleteEnum { name } => Step::DeleteEnum(previous.enumeration(name)?),
            Self::UpdateEnum { name, new_name } => Step::UpdateEnum {
                from: previous.enumeration(name)?,
                to: next.enumeration(&or(new_name, name))?,
            },
            Self::CreateField { model, name } => Step::CreateField(field(next, model, name)?),
            Self::DeleteField { model, name } => Step::DeleteField(field(previous, model, name)?),
            Self::UpdateField {
                model,
                new_model,
                name,
                new_name,
            } => Step::UpdateField {
                from: field(previous, model, name)?,
                to: field(next, &or(new_model, model), &or(new_name, name))?,
            },
            Self::CreateRelation { name } => Step::CreateRelation(next.relation(name)?),
            Self::DeleteRelation { name } => Step::DeleteRelation(previous.relation(name)?),
            Self::UpdateRelation { name, new_name } => Step::UpdateRelation {
                from: previous.relation(name)?,
                to: next.relation(&or(new_name, name))?,
            },
            Self::UpdateSecrets { .. } => return None,
        })
    }
}
