//! Changes to the storage of a service, in terms of datamodels; tables and columns are the store's affair.

use prisma_datamodel::{FieldId, ModelId, RelationId};

/// One change that a deploy makes. Ids belong to the datamodel being deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StorageAction {
    /// A place for the nodes of a model, with its id only (deploy.md §2.3).
    CreateModel(ModelId),
    /// A scalar or enum of a model (§2.4). Existing nodes get the migration value where it is required, else null.
    CreateColumn(FieldId),
    /// A list of scalars (§2.7).
    CreateList(FieldId),
    /// A place for the links of a relation (§2.5, §2.6).
    CreateLink(RelationId),
}

/// A question about stored data, asked before a deploy (deploy.md §3.6). Ids belong to the datamodel that is live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Probe {
    /// Has the model any nodes?
    HasNodes(ModelId),
    /// Has the relation any links?
    HasLinks(RelationId),
    /// Is the field null in some node?
    HasNulls(FieldId),
    /// Have two nodes the same value in the field, nulls aside?
    HasDuplicates(FieldId),
    /// Is some node linked more than once through this relation field? (Asked of the end that would become to-one.)
    HasSeveralLinks(FieldId),
    /// Is some node linked to no other through this relation field? (Asked of the end that would become required.)
    HasUnlinked(FieldId),
    /// Has some node the value of an enum in the field, or in the list? Values count from 0 in declaration order.
    HasEnumValue(FieldId, u32),
}
