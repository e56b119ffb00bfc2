//! `interface Node` (api.md §1.5).

use prisma_datamodel::{Datamodel, FieldType, ModelId, ScalarType};

use super::{builder::Builder, description, key::TypeKey, members::Outputs};
use crate::schema::{ApiType, OutputMeaning, Wrap};

pub(super) fn interface(builder: &mut Builder<'_>) -> ApiType {
    let mut fields = Outputs::of(TypeKey::Node);
    fields.add(
        builder,
        "id",
        TypeKey::ID,
        Wrap::Required,
        OutputMeaning::NodeId,
    );
    ApiType::Interface(fields.into_object(None, Some(description::NODE)))
}

/// True if the id field is visible, called `id` and of type `ID`.
pub(super) fn is_implemented_by(datamodel: &Datamodel, model: ModelId) -> bool {
    let id = &datamodel[datamodel[model].id];
    id.name == "id" && !id.hidden && id.ty == FieldType::Scalar(ScalarType::Id)
}
