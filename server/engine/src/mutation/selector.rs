//! `XWhereUniqueInput`: exactly one unique field with a value (api.md §3.1).

use prisma_api::InputMeaning;
use prisma_connector::Key;
use prisma_datamodel::ModelId;

use super::{Planner, scalar::given};
use crate::error::ApiError;
use crate::input::Input;

impl Planner<'_> {
    /// The node a unique selector names. Keys that are null do not count.
    pub(super) fn key(&self, model: ModelId, selector: &Input) -> Result<Key, ApiError> {
        let mut found = None;
        for (meaning, input) in selector.entries() {
            let InputMeaning::Unique(field) = *meaning else {
                return Err(super::misfit());
            };
            let value = given(&self.datamodel[field], input)?;
            if !value.is_null() && found.replace(Key { field, value }).is_some() {
                return Err(ApiError::SelectorAmbiguous {
                    model: self.datamodel[model].name.clone(),
                });
            }
        }
        found.ok_or_else(|| ApiError::SelectorEmpty {
            model: self.datamodel[model].name.clone(),
        })
    }
}
