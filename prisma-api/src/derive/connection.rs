//! `XConnection`, `XEdge` and `PageInfo` (api.md §1.5, §1.6).

use prisma_datamodel::ModelId;

use super::{builder::Builder, description, key::TypeKey, members::Outputs};
use crate::schema::{ApiType, OutputMeaning, Wrap};

pub(super) fn connection(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut fields = Outputs::of(TypeKey::Connection(model));
    for (name, key, wrap, meaning) in [
        (
            "pageInfo",
            TypeKey::PageInfo,
            Wrap::Required,
            OutputMeaning::PageInfo,
        ),
        (
            "edges",
            TypeKey::Edge(model),
            Wrap::RequiredListOfOptional,
            OutputMeaning::Edges,
        ),
        (
            "aggregate",
            TypeKey::Aggregate(model),
            Wrap::Required,
            OutputMeaning::Aggregate,
        ),
    ] {
        fields.add(builder, name, key, wrap, meaning);
    }
    fields.into_type(model, description::CONNECTION)
}

pub(super) fn edge(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut fields = Outputs::of(TypeKey::Edge(model));
    for (name, key, meaning) in [
        ("node", TypeKey::Model(model), OutputMeaning::EdgeNode),
        ("cursor", TypeKey::STRING, OutputMeaning::EdgeCursor),
    ] {
        fields.add(builder, name, key, Wrap::Required, meaning);
    }
    fields.into_type(model, description::EDGE)
}

pub(super) fn page_info(builder: &mut Builder<'_>) -> ApiType {
    use OutputMeaning::{EndCursor, HasNextPage, HasPreviousPage, StartCursor};
    let mut fields = Outputs::of(TypeKey::PageInfo);
    for (name, key, wrap, meaning) in [
        ("hasNextPage", TypeKey::BOOLEAN, Wrap::Required, HasNextPage),
        (
            "hasPreviousPage",
            TypeKey::BOOLEAN,
            Wrap::Required,
            HasPreviousPage,
        ),
        ("startCursor", TypeKey::STRING, Wrap::Optional, StartCursor),
        ("endCursor", TypeKey::STRING, Wrap::Optional, EndCursor),
    ] {
        fields.add(builder, name, key, wrap, meaning);
    }
    fields.into_type(None, description::PAGE_INFO)
}
