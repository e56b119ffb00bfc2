//! `BatchPayload`, and the elements of a nested updateMany (api.md §1.5, §1.10).

use prisma_datamodel::ModelId;

use super::{
    builder::Builder,
    key::TypeKey,
    members::{Inputs, Outputs},
};
use crate::schema::{ApiScalar, ApiType, InputMeaning, OutputMeaning, Wrap};

pub(super) fn payload(builder: &mut Builder<'_>) -> ApiType {
    let mut fields = Outputs::of(TypeKey::BatchPayload);
    fields.add(
        builder,
        "count",
        TypeKey::Scalar(ApiScalar::Long),
        Wrap::Required,
        OutputMeaning::BatchCount,
    );
    fields.into_type(None, None)
}

pub(super) fn nested_element(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut fields = Inputs::of(TypeKey::UpdateManyWithWhere(model));
    for (name, key, meaning) in [
        (
            "where",
            TypeKey::ScalarWhere(model),
            InputMeaning::ElementWhere,
        ),
        (
            "data",
            TypeKey::UpdateManyData(model),
            InputMeaning::ElementData,
        ),
    ] {
        fields.add(builder, name, key, Wrap::Required, meaning);
    }
    fields.into_type(model)
}
