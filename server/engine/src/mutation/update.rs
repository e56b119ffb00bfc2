//! Changes of nodes (api.md §4.2, §4.9).

use prisma_api::InputMeaning;
use prisma_connector::{Assign, Update, Value};
use prisma_datamodel::{Managed, ModelId};

use super::Planner;
use crate::error::ApiError;
use crate::input::Input;

impl Planner<'_> {
    /// What changes, with everything nested in it.
    pub(super) fn update(&mut self, model: ModelId, data: &Input) -> Result<Update, ApiError> {
        let lists = self.lists(model, data)?;
        let set = self.changed_columns(model, data, !lists.is_empty())?;
        let nested = self.nested(model, data)?;
        Ok(Update { set, lists, nested })
    }

    /// The columns that were given, null or not, and `updatedAt` if there are any, or lists. Whether a required one
    /// may be set to null is asked when the update runs.
    fn changed_columns(
        &self,
        model: ModelId,
        data: &Input,
        has_lists: bool,
    ) -> Result<Vec<Assign>, ApiError> {
        let is_column = |(meaning, _): &(_, _)| matches!(meaning, InputMeaning::Assign(_));
        let is_touched = has_lists || data.entries().iter().any(is_column);
        let mut set = Vec::new();
        for (field, item) in self.datamodel.fields_of(model) {
            let value = match data.get(InputMeaning::Assign(field)) {
                Some(input) => self.fitting(field, input)?,
                None if is_touched && item.managed == Some(Managed::UpdatedAt) => {
                    Value::DateTime(self.now_ms)
                }
                None => continue,
            };
            set.push(Assign { field, value });
        }
        Ok(set)
    }
}
