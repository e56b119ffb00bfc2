//! The steps from one datamodel to the next, by id: how they are stored, and how the management API shows them.

mod present;
mod stored;

use prisma_datamodel::{EnumId, FieldId, ModelId, RelationId};

pub(crate) use present::{migration_value, present};
pub(crate) use stored::StoredStep;

/// One step (deploy.md §3.5.2). Ids of things that are deleted, and of `from`, belong to the previous datamodel; all
/// others to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A relation is gone.
    DeleteRelation(RelationId),
    /// A field is gone from a model that stays.
    DeleteField(FieldId),
    /// A model is gone.
    DeleteModel(ModelId),
    /// An enum is gone.
    DeleteEnum(EnumId),
    /// The name or the values of an enum changed.
    UpdateEnum {
        /// What it was.
        from: EnumId,
        /// What it is.
        to: EnumId,
    },
    /// A field changed.
    UpdateField {
        /// What it was.
        from: FieldId,
        /// What it is.
        to: FieldId,
    },
    /// Anything of a model changed, its fields included.
    UpdateModel {
        /// What it was.
        from: ModelId,
        /// What it is.
        to: ModelId,
    },
    /// The name, the models or the storage of a relation changed.
    UpdateRelation {
        /// What it was.
        from: RelationId,
        /// What it is.
        to: RelationId,
    },
    /// An enum is new.
    CreateEnum(EnumId),
    /// A model is new.
    CreateModel(ModelId),
    /// A field is new.
    CreateField(FieldId),
    /// A relation is new.
    CreateRelation(RelationId),
}
