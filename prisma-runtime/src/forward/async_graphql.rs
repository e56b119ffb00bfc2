//! Fields of requests to async-graphql, and answers as what resolvers give.

use std::marker::PhantomData;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, SelectionField, ServerError, ServerResult, Value,
    parser::types::Field, registry::Registry,
};

use super::ForwardedField;
use crate::{error::Error, marker::Marker};

/// The field that is resolved: `ctx.field()`.
impl From<SelectionField<'_>> for ForwardedField {
    fn from(field: SelectionField<'_>) -> Self {
        let mut forwarded = Self::new(field.name());
        forwarded.alias = field.alias().map(str::to_owned);
        match field.arguments() {
            Ok(arguments) => {
                for (name, value) in arguments {
                    forwarded = forwarded.argument(&name, value);
                }
            }
            Err(error) => forwarded.problem = Some(Error::refused(field.name(), error.message)),
        }
        forwarded.select(field.selection_set().map(Self::from))
    }
}

/// What came back for a field that was handed on, as a `T` of the resolver's schema: `T` says what fields there are, and
/// the answer, which has the keys of the request, what they hold. No resolver of `T` is called.
///
/// ```
/// # use prisma_runtime::{Forwarded, Client, ForwardedField, Result};
/// # mod db { prisma_runtime::datamodel! { type User { id: ID! @id  name: String! } } }
/// # use db::Models;
/// # use async_graphql::{Context, Object, SimpleObject, ID};
/// # fn main() {}
/// #[derive(SimpleObject)]
/// struct User { id: ID, name: String }
///
/// struct Query(db::Db);
///
/// #[Object]
/// impl Query {
///     async fn users(&self, ctx: &Context<'_>) -> async_graphql::Result<Forwarded<Vec<User>>> {
///         Ok(self.0.forward(ctx.field()).await?.into())
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Forwarded<T> {
    json: serde_json::Value,
    ty: Marker<T>,
}

impl<T> Forwarded<T> {
    /// The answer as it came.
    #[must_use]
    pub fn into_json(self) -> serde_json::Value {
        self.json
    }
}

impl<T> From<serde_json::Value> for Forwarded<T> {
    fn from(json: serde_json::Value) -> Self {
        Self {
            json,
            ty: PhantomData,
        }
    }
}

impl<T: OutputType> OutputType for Forwarded<T> {
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
        _: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Value::from_json(self.json.clone())
            .map_err(|error| ServerError::new(error.to_string(), Some(field.pos)))
    }
}
