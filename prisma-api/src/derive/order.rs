//! `XOrderByInput` (api.md §1.7).

use indexmap::IndexMap;
use prisma_datamodel::ModelId;

use super::{builder::Builder, key::TypeKey, relations::columns};
use crate::{
    names,
    schema::{ApiEnum, ApiType, Direction, EnumMeaning, EnumValueMeaning},
};

pub(super) fn values(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    let mut values = IndexMap::new();
    for (id, field) in columns(builder.datamodel, model) {
        for direction in [Direction::Ascending, Direction::Descending] {
            let name = names::order_value(&field.name, direction);
            let value = EnumValueMeaning::Order(id, direction);
            builder.add(TypeKey::OrderBy(model), &mut values, name, value);
        }
    }
    ApiType::Enum(ApiEnum {
        description: None,
        meaning: EnumMeaning::OrderBy(model),
        values,
    })
}
