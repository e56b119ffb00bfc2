//! Ids in an API of async-graphql: the scalar `ID`, on the way out and on the way in.

use std::{borrow::Cow, fmt};

use async_graphql::{
    ContextSelectionSet, ID, InputType, InputValueError, InputValueResult, OutputType, Positioned,
    ServerResult, Value, parser::types::Field, registry::Registry,
};

use super::Id;

impl<M, K: fmt::Display + Send + Sync> OutputType for Id<M, K> {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::String(self.key.to_string()))
    }
}

impl<M> InputType for Id<M> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let id = ID::parse(value).map_err(InputValueError::propagate)?;
        Ok(Self::new(id.0))
    }

    fn to_value(&self) -> Value {
        Value::String(self.key.clone())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}
