//! Which inputs of the API the typed client has values for. Names of inputs are made from those of models, as the API
//! makes them, and compared; none is taken apart.

use std::collections::HashMap;

use prisma_api::names;

use super::schema::{Kind, Schema};

/// What an input type is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Conditions.
    Filter,
    /// Conditions on the scalars of related records.
    ScalarFilter,
    /// A unique value.
    Unique,
    /// An order.
    Order,
    /// A new record.
    Create,
    /// Changes of one record.
    Update,
    /// Changes of many records.
    UpdateMany,
}

/// Inputs by their names: the model, and what they say about it.
pub(super) struct Roles(HashMap<String, (String, Role)>);

impl Roles {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut roles = HashMap::new();
        let objects = schema.types().filter(|(_, kind)| *kind == Kind::Object);
        for (model, _) in objects {
            let filter = names::where_input(model);
            if schema.kind(&filter) != Some(Kind::Input) {
                continue;
            }
            let named = [
                (filter, Role::Filter),
                (names::scalar_where_input(model), Role::ScalarFilter),
                (names::where_unique_input(model), Role::Unique),
                (names::order_by(model), Role::Order),
                (names::create_input(model, None), Role::Create),
                (names::update_input(model), Role::Update),
                (names::update_many_mutation(model), Role::UpdateMany),
            ];
            roles.extend(named.map(|(name, role)| (name, (model.to_owned(), role))));
        }
        Self(roles)
    }

    /// The model of an input, and its role.
    pub(super) fn get(&self, input: &str) -> Option<(&str, Role)> {
        self.0
            .get(input)
            .map(|(model, role)| (model.as_str(), *role))
    }

    /// Whether a type is a model.
    pub(super) fn is_model(&self, ty: &str) -> bool {
        self.get(&names::where_input(ty)).is_some()
    }
}
