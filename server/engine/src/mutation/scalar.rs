//! Values of columns and lists: what was given, what stands in for it, what fits (api.md §2.3 to §2.5).

use prisma_api::InputMeaning;
use prisma_connector::{AssignList, Value};
use prisma_datamodel::{
    Arity, DefaultValue, Field, FieldId, FieldType, IdStrategy, ModelId, ScalarType,
};

use super::Planner;
use crate::error::ApiError;
use crate::input::Input;

/// The characters of an id.
const ID_LIMIT: usize = 25;
/// The characters of an enum value.
const ENUM_LIMIT: usize = 191;
/// The characters of a number in plain decimal form.
const FLOAT_LIMIT: usize = 35;

impl Planner<'_> {
    /// The id of a new node; `None` where the database makes it.
    ///
    /// An own id that is too long is refused when the node is inserted, which only the store can tell.
    pub(super) fn new_id(
        &mut self,
        model: ModelId,
        data: &Input,
    ) -> Result<Option<Value>, ApiError> {
        let id = self.datamodel[model].id;
        let field = &self.datamodel[id];
        let own = match data.get(InputMeaning::Assign(id)) {
            Some(input) => given(field, input)?,
            None => Value::Null,
        };
        if !own.is_null() {
            return Ok(Some(own));
        }
        match field.ty {
            FieldType::Scalar(ScalarType::Int) => Ok(None),
            _ if field.id == Some(IdStrategy::None) => Err(self.null_not_valid(id)),
            FieldType::Scalar(ScalarType::Uuid) => Ok(Some(Value::Uuid(self.ids.uuid()))),
            _ => Ok(Some(Value::Text(self.ids.cuid()))),
        }
    }

    /// The lists of scalars that data sets. `{}` and null set nothing, `{set: null}` sets the empty list.
    pub(super) fn lists(&self, model: ModelId, data: &Input) -> Result<Vec<AssignList>, ApiError> {
        let mut lists = Vec::new();
        for (field, _) in self.datamodel.fields_of(model) {
            let wrapper = data.get(InputMeaning::AssignList(field));
            if let Some(set) = wrapper.and_then(|input| input.get(InputMeaning::ListSet(field))) {
                let values = set
                    .elements()
                    .iter()
                    .map(|element| self.fitting(field, element))
                    .collect::<Result<_, _>>()?;
                lists.push(AssignList { field, values });
            }
        }
        Ok(lists)
    }

    /// A given value, if it fits where the field is stored; null always does.
    pub(super) fn fitting(&self, field: FieldId, input: &Input) -> Result<Value, ApiError> {
        let value = given(&self.datamodel[field], input)?;
        let fits = match (self.datamodel[field].ty, &value) {
            (FieldType::Scalar(ScalarType::Id), Value::Text(text)) => {
                text.chars().count() <= ID_LIMIT
            }
            (_, Value::Enum(name)) => name.chars().count() <= ENUM_LIMIT,
            // Rust never prints an exponent here.
            (_, Value::Float(number)) => number.to_string().len() <= FLOAT_LIMIT,
            _ => true,
        };
        if fits {
            Ok(value)
        } else {
            Err(ApiError::too_long(self.datamodel, field))
        }
    }

    /// 3036 for a field.
    pub(super) fn null_not_valid(&self, field: FieldId) -> ApiError {
        let field = &self.datamodel[field];
        ApiError::NullNotValid {
            field: field.name.clone(),
            model: self.datamodel[field.model].name.clone(),
        }
    }
}

/// The value of an argument for a field. For an id the text `"null"` is null.
pub(super) fn given(field: &Field, input: &Input) -> Result<Value, ApiError> {
    match input {
        Input::Null => Ok(Value::Null),
        Input::Value(Value::Text(text))
            if field.ty == FieldType::Scalar(ScalarType::Id) && text == "null" =>
        {
            Ok(Value::Null)
        }
        Input::Value(value) => Ok(value.clone()),
        Input::List(_) | Input::Object(_) => Err(super::misfit()),
    }
}

/// What a create puts where nothing was given.
pub(super) fn default(field: &Field) -> Value {
    match &field.default {
        None | Some(DefaultValue::Null) => Value::Null,
        Some(DefaultValue::String(text)) => Value::Text(text.clone()),
        Some(DefaultValue::Int(number)) => Value::Int(i64::from(*number)),
        Some(DefaultValue::Float(number)) => Value::Float(*number),
        Some(DefaultValue::Boolean(flag)) => Value::Bool(*flag),
        Some(DefaultValue::DateTime(ms)) => Value::DateTime(*ms),
        Some(DefaultValue::Json(text)) => Value::Json(text.clone()),
        Some(DefaultValue::Enum(name)) => Value::Enum(name.clone()),
    }
}

/// True for fields that no node can be without.
pub(super) fn is_required(field: &Field) -> bool {
    field.arity == Arity::Required
}
