//! Pages and orders (api.md §3.5, §3.6).

use prisma_api::{ApiSchema, ApiType, ArgumentMeaning, Direction, EnumMeaning, EnumValueMeaning};
use prisma_connector::{Order, Slot, Value};
use prisma_datamodel::{FieldType, ModelId, ScalarType, scalar::parse_uuid};

use crate::{error::ApiError, template::Kind};

/// A cursor as a value of the id's type; null for a text that is none, which finds nothing.
pub(super) fn cursor(id_type: Option<FieldType>, cursor: &Value) -> Value {
    let Value::Text(text) = cursor else {
        return Value::Null;
    };
    match id_type {
        Some(FieldType::Scalar(ScalarType::Int)) => text.parse().map_or(Value::Null, Value::Int),
        Some(FieldType::Scalar(ScalarType::Uuid)) => {
            parse_uuid(text).map_or(Value::Null, Value::Uuid)
        }
        _ => Value::Text(text.clone()),
    }
}

/// The order of an `orderBy` argument.
pub(super) fn order(api: &ApiSchema, model: ModelId, argument: Option<Kind<'_>>) -> Option<Order> {
    let Some(Kind::Value(Value::Enum(name))) = argument else {
        return None;
    };
    let of_model = |ty: &ApiType| match ty {
        ApiType::Enum(ty) if ty.meaning == EnumMeaning::OrderBy(model) => {
            ty.values.get(name).copied()
        }
        _ => None,
    };
    match api.types.values().find_map(of_model)? {
        EnumValueMeaning::Order(field, direction) => Some(Order {
            field,
            descending: direction == Direction::Descending,
        }),
        EnumValueMeaning::Value => None,
    }
}

/// The counts and cursors of a list, while its arguments are read.
#[derive(Default)]
pub(super) struct Page {
    pub(super) page: prisma_connector::Page,
    /// The first error.
    refused: Option<ApiError>,
}

impl Page {
    /// `first`, `last` or `skip`, that is not null. A negative one has no slot.
    pub(super) fn count(&mut self, argument: ArgumentMeaning, slot: Option<Slot>) {
        let (count, negative) = match argument {
            ArgumentMeaning::First => (&mut self.page.first, ApiError::NegativeFirst),
            ArgumentMeaning::Last => (&mut self.page.last, ApiError::NegativeLast),
            _ => (&mut self.page.skip, ApiError::NegativeSkip),
        };
        match slot {
            Some(_) => *count = slot,
            None => self.refuse(negative),
        }
    }

    /// `after` or `before`
    pub(super) fn cursor(&mut self, argument: ArgumentMeaning, slot: Slot) {
        match argument {
            ArgumentMeaning::After => self.page.after = Some(slot),
            _ => self.page.before = Some(slot),
        }
    }

    pub(super) fn refuse(&mut self, error: ApiError) {
        self.refused.get_or_insert(error);
    }

    pub(super) fn finish(self) -> Result<prisma_connector::Page, ApiError> {
        match self.refused {
            Some(error) => Err(error),
            None if self.page.first.is_some() && self.page.last.is_some() => {
                Err(ApiError::FirstAndLast)
            }
            None => Ok(self.page),
        }
    }
}
