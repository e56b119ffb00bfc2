//! The schema JSON of the management store (deploy.md §2.9) and the [`Datamodel`] it stands for, both ways: what this
//! server writes an original one can read, and the other way round.
//!
//! The JSON knows nothing of descriptions, positions and rename hints; a datamodel read from it has none.

mod json;
mod read;
mod write;

use std::collections::BTreeMap;

use prisma_datamodel::{Datamodel, Field, Version};

pub use read::read;
pub use write::write;

/// Stable identifiers of models, by the models' names: texts that stay with a model when it is renamed.
pub type Identifiers = BTreeMap<String, String>;

/// A datamodel as it is on record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredSchema {
    /// The datamodel.
    pub datamodel: Datamodel,
    /// The identifiers of its models.
    pub identifiers: Identifiers,
}

/// Why a stored schema cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StoredSchemaError {
    /// It is not the JSON it should be.
    #[error("it is no JSON of a schema: {0}")]
    Json(#[from] serde_json::Error),
    /// Something is named that is not there.
    #[error("`{by}` names `{name}`, which is not there")]
    Unknown {
        /// What names it.
        by: String,
        /// The name.
        name: String,
    },
    /// A model has no id field.
    #[error("the model `{0}` has no id field")]
    NoId(String),
    /// A default is none for its field.
    #[error("the default of `{model}.{field}` is no value of its type")]
    Default {
        /// The model.
        model: String,
        /// The field.
        field: String,
    },
    /// Only document databases have it.
    #[error("`{0}` belongs to a document database")]
    Document(String),
}

/// `isUnique` as it is stored: ids are unique without it, except in texts of 2018.
pub(crate) fn is_marked_unique(field: &Field, version: Version) -> bool {
    field.unique && (field.id.is_none() || version == Version::V1)
}
