//! New nodes (api.md §4.2, §4.4, §4.9).

use prisma_api::{InputMeaning, NestedOp};
use prisma_connector::{Assign, AssignList, Create, Value};
use prisma_datamodel::{FieldId, ModelId};

use super::{
    Planner,
    scalar::{default, is_required},
};
use crate::error::ApiError;
use crate::input::Input;

impl Planner<'_> {
    /// A node with everything nested in it; at the root, or through a relation field of the node above.
    pub(super) fn create(
        &mut self,
        model: ModelId,
        data: &Input,
        through: Option<FieldId>,
    ) -> Result<Create, ApiError> {
        let id = self.new_id(model, data)?;
        let set = self.new_columns(model, data)?;
        let lists = self.new_lists(model, data)?;
        self.check_required_relations(model, data, through)?;
        let nested = self.nested(model, data)?;
        Ok(Create {
            model,
            id,
            set,
            lists,
            nested,
        })
    }

    /// All columns but the id that are not null.
    fn new_columns(&self, model: ModelId, data: &Input) -> Result<Vec<Assign>, ApiError> {
        let id = self.datamodel[model].id;
        let fields = self.datamodel.fields_of(model);
        let columns = fields.filter(|&(field, item)| field != id && item.is_column());
        let mut set = Vec::new();
        for (field, item) in columns {
            let value = match data.get(InputMeaning::Assign(field)) {
                _ if item.managed.is_some() => Value::DateTime(self.now_ms),
                Some(input) => self.fitting(field, input)?,
                None => default(item),
            };
            if !value.is_null() {
                set.push(Assign { field, value });
            } else if is_required(item) {
                return Err(self.null_not_valid(field));
            }
        }
        Ok(set)
    }

    /// Lists with values; a new node's are empty otherwise.
    fn new_lists(&self, model: ModelId, data: &Input) -> Result<Vec<AssignList>, ApiError> {
        let mut lists = self.lists(model, data)?;
        lists.retain(|list| !list.values.is_empty());
        Ok(lists)
    }

    /// Every required relation needs a `create` or a `connect`, except the one that led here.
    fn check_required_relations(
        &self,
        model: ModelId,
        data: &Input,
        through: Option<FieldId>,
    ) -> Result<(), ApiError> {
        let back = through.and_then(|field| self.datamodel.related_field(field));
        for (field, item) in self.datamodel.fields_of(model) {
            let is_open = item.relation().is_some() && is_required(item) && Some(field) != back;
            if is_open && !links(data.get(InputMeaning::Relation(field))) {
                return Err(ApiError::RelationRequired {
                    field: item.name.clone(),
                    model: self.datamodel[model].name.clone(),
                });
            }
        }
        Ok(())
    }
}

/// True if the nested operations of a relation field in a create link a node.
fn links(wrapper: Option<&Input>) -> bool {
    let has = |op| {
        wrapper
            .and_then(|wrapper| wrapper.get(InputMeaning::Nested(op)))
            .is_some_and(|input| !input.is_null())
    };
    has(NestedOp::Create) || has(NestedOp::Connect)
}
