//! `AggregateX` (api.md §1.6).

use prisma_datamodel::ModelId;

use super::{builder::Builder, key::TypeKey, members::Outputs};
use crate::schema::{ApiType, OutputMeaning, Wrap};

pub(super) fn aggregate(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut fields = Outputs::of(TypeKey::Aggregate(model));
    fields.add(
        builder,
        "count",
        TypeKey::INT,
        Wrap::Required,
        OutputMeaning::AggregateCount,
    );
    fields.into_type(model, None)
}
