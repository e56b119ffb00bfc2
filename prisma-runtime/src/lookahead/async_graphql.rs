//! Look-ahead of async-graphql.

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerError, ServerResult, Value,
    parser::types::Field, registry::Registry,
};

use crate::{asked::Asked, lookahead::Lookahead};

/// What lies below the field.
impl From<async_graphql::SelectionField<'_>> for Lookahead {
    fn from(field: async_graphql::SelectionField<'_>) -> Self {
        let mut asked = Self::default();
        below(&field, &mut asked);
        asked
    }
}

/// What lies below the fields that it stands for: of `ctx.look_ahead()`, below the field that is being resolved.
impl From<async_graphql::Lookahead<'_>> for Lookahead {
    fn from(ahead: async_graphql::Lookahead<'_>) -> Self {
        let mut asked = Self::default();
        for field in ahead.selection_fields() {
            below(&field, &mut asked);
        }
        asked
    }
}

fn below(field: &async_graphql::SelectionField<'_>, asked: &mut Lookahead) {
    for child in field.selection_set() {
        below(&child, asked.add(child.name()));
    }
}

/// As its `T`. Whoever resolves a field that was not fetched made a look-ahead of something else, which is an error.
impl<T: OutputType> OutputType for Asked<T> {
    fn type_name() -> std::borrow::Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        match self {
            Self::Yes(value) => value.resolve(context, field).await,
            Self::No => {
                let text = format!("`{}` was not fetched", field.node.name.node);
                Err(ServerError::new(text, Some(field.pos)))
            }
        }
    }
}
