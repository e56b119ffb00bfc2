//! Migrations and their steps, as the management API shows them (deploy.md §3.2).

use prisma_connector::{MigrationStatus, ServiceName};

/// One revision of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The service; its name and stage make the API's `projectId`.
    pub service: ServiceName,
    /// Counts from 1, the revision that adding the service made.
    pub revision: i32,
    /// Where it stands.
    pub status: MigrationStatus,
    /// How many of the steps are done.
    pub applied: i32,
    /// How many of those are undone again.
    pub rolled_back: i32,
    /// What went wrong.
    pub errors: Vec<String>,
    /// Milliseconds since the epoch, UTC.
    pub started_at: Option<i64>,
    /// Milliseconds since the epoch, UTC.
    pub finished_at: Option<i64>,
    /// The text that was deployed.
    pub datamodel: String,
    /// The steps, [`MigrationStep::UpdateSecrets`] last.
    pub steps: Vec<MigrationStep>,
}

/// One step. Deletes and updates speak old names, creates speak new names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MigrationStep {
    /// A new model.
    CreateModel {
        /// Its name.
        name: String,
    },
    /// A model that is gone.
    DeleteModel {
        /// Its name.
        name: String,
    },
    /// A model that changed in any way, in its fields too.
    UpdateModel {
        /// Its old name.
        name: String,
        /// Its new name, the old one if it is unchanged. (`isEmbedded` is always null.)
        new_name: String,
    },
    /// A new enum.
    CreateEnum {
        /// Its name.
        name: String,
        /// Its values.
        values: Vec<String>,
    },
    /// An enum that is gone.
    DeleteEnum {
        /// Its name.
        name: String,
    },
    /// An enum whose name or values changed.
    UpdateEnum {
        /// Its old name.
        name: String,
        /// Its new name, if that changed.
        new_name: Option<String>,
        /// Its new values, if they changed.
        values: Option<Vec<String>>,
    },
    /// A new field.
    CreateField(CreateField),
    /// A field that is gone, of a model that stays.
    DeleteField {
        /// The model.
        model: String,
        /// The field.
        name: String,
    },
    /// A field that changed.
    UpdateField(UpdateField),
    /// A new relation.
    CreateRelation {
        /// Its name.
        name: String,
        /// The model of side A.
        left_model: String,
        /// The model of side B.
        right_model: String,
        /// Where its links are stored.
        after: Manifestation,
    },
    /// A relation that changed.
    UpdateRelation {
        /// Its old name.
        name: String,
        /// Its new name, if that changed.
        new_name: Option<String>,
        /// Where links were stored.
        before: Manifestation,
        /// Where they are stored now.
        after: Manifestation,
    },
    /// A relation that is gone.
    DeleteRelation {
        /// Its name.
        name: String,
    },
    /// The secrets changed.
    UpdateSecrets,
}

impl MigrationStep {
    /// What [`MigrationStep::UpdateSecrets`] says as its `message`.
    pub const SECRETS_MESSAGE: &'static str = "Secrets have been updated.";

    /// The API's `type`, which is also the name of the object type.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::CreateModel { .. } => "CreateModel",
            Self::DeleteModel { .. } => "DeleteModel",
            Self::UpdateModel { .. } => "UpdateModel",
            Self::CreateEnum { .. } => "CreateEnum",
            Self::DeleteEnum { .. } => "DeleteEnum",
            Self::UpdateEnum { .. } => "UpdateEnum",
            Self::CreateField(_) => "CreateField",
            Self::DeleteField { .. } => "DeleteField",
            Self::UpdateField(_) => "UpdateField",
            Self::CreateRelation { .. } => "CreateRelation",
            Self::UpdateRelation { .. } => "UpdateRelation",
            Self::DeleteRelation { .. } => "DeleteRelation",
            Self::UpdateSecrets => "UpdateSecrets",
        }
    }
}

/// A new field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateField {
    /// Its model.
    pub model: String,
    /// Its name.
    pub name: String,
    /// `ID` and other names of scalars, `Enum`, or the name of the related model.
    pub type_name: String,
    /// Must it have a value? False for lists.
    pub is_required: bool,
    /// Is it a list?
    pub is_list: bool,
    /// Is it unique? True for ids.
    pub unique: bool,
    /// The name of its enum, for enum fields (the API's `enum`).
    pub enumeration: Option<String>,
    /// Its default as text.
    pub default: Option<String>,
    /// The name of its relation, for relation fields.
    pub relation: Option<String>,
}

/// A field that changed: new values, each `None` where nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateField {
    /// Its model's old name.
    pub model: String,
    /// Its old name.
    pub name: String,
    /// Its name.
    pub new_name: Option<String>,
    /// Its type, as [`CreateField::type_name`].
    pub type_name: Option<String>,
    /// Must it have a value?
    pub is_required: Option<bool>,
    /// Is it a list?
    pub is_list: Option<bool>,
    /// Is it unique?
    pub unique: Option<bool>,
    /// The name of its enum.
    pub enumeration: Option<String>,
    /// Its default as text.
    pub default: Option<String>,
    /// The name of its relation.
    pub relation: Option<String>,
}

/// Where the links of a relation are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manifestation {
    /// In a table of their own.
    LinkTable {
        /// The table.
        table: String,
        /// The column with ids of model A.
        model_a_column: String,
        /// The column with ids of model B.
        model_b_column: String,
        /// The table's own id column, if it has one.
        id_column: Option<String>,
    },
    /// In a column of a model's table.
    Inline {
        /// The model.
        model: String,
        /// The column.
        column: String,
    },
}

impl Manifestation {
    /// The API's `type`, which is also the name of the object type.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::LinkTable { .. } => "LinkTable",
            Self::Inline { .. } => "Inline",
        }
    }
}
