//! What the database behind a datamodel can do, as far as the language cares.

use crate::model::ScalarType;

/// Capabilities that rules ask for (deploy.md §0.3). The default is what every SQL store can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Links in tables of their own: `link: TABLE` and `@relationTable`.
    pub relation_tables: bool,
    /// `@embedded` types.
    pub embedded_types: bool,
    /// Scalar lists in tables of their own: `@scalarList(strategy: RELATION)`.
    pub scalar_lists: bool,
    /// Ids of type `Int`.
    pub int_ids: bool,
    /// Ids of type `UUID`. The original allowed them on PostgreSQL alone; here every store has them.
    pub uuid_ids: bool,
    /// `@id(strategy: SEQUENCE)`.
    pub id_sequences: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            relation_tables: true,
            embedded_types: false,
            scalar_lists: true,
            int_ids: true,
            uuid_ids: true,
            id_sequences: true,
        }
    }
}

impl Options {
    /// The types an id may have, in the order messages list them.
    pub(crate) fn id_types(&self) -> impl Iterator<Item = ScalarType> {
        [
            (true, ScalarType::Id),
            (self.uuid_ids, ScalarType::Uuid),
            (self.int_ids, ScalarType::Int),
        ]
        .into_iter()
        .filter_map(|(allowed, ty)| allowed.then_some(ty))
    }
}
