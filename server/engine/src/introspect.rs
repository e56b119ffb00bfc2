//! Introspection: `__schema` and `__type`, answered once per document and kept as bytes.

use std::collections::HashMap;

use apollo_compiler::{
    ExecutableDocument, Name, Schema,
    executable::Operation,
    introspection::{check_max_depth, partial_execute},
    request::coerce_variable_values,
    response::{JsonMap, serde_json_bytes},
    schema::Implementers,
    validation::Valid,
};
use serde_json::value::RawValue;

use crate::document::RequestError;

/// The introspection fields of one operation: JSON by response key.
#[derive(Debug)]
pub(crate) struct Introspected(HashMap<Box<str>, String>);

impl Introspected {
    /// How many bytes of JSON it has.
    pub(crate) fn len(&self) -> usize {
        self.0.values().map(String::len).sum()
    }

    /// The value of a root field.
    pub(crate) fn field(&self, key: &str) -> &str {
        self.0.get(key).map_or("null", String::as_str)
    }

    /// Answers the introspection fields of an operation.
    ///
    /// # Errors
    /// The operation asks for lists in lists in lists.
    pub(crate) fn new(
        schema: &Valid<Schema>,
        implementers: &apollo_compiler::collections::HashMap<Name, Implementers>,
        document: &Valid<ExecutableDocument>,
        operation: &Operation,
        variables: Option<&RawValue>,
    ) -> Result<Self, RequestError> {
        let refused = |error: apollo_compiler::request::RequestError| {
            RequestError::general(error.message().to_string())
        };
        check_max_depth(document, operation).map_err(refused)?;
        // The members were coerced before; these are for the library.
        let members: JsonMap = variables
            .and_then(|variables| serde_json::from_str(variables.get()).ok())
            .unwrap_or_default();
        let members = coerce_variable_values(schema, operation, &members).map_err(refused)?;
        let answer = partial_execute(schema, implementers, document, operation, &members)
            .map_err(refused)?;
        let fields = answer.data.unwrap_or_default().into_iter();
        let fields = fields.map(|(key, value)| (key.as_str().into(), json(&value)));
        Ok(Self(fields.collect()))
    }
}

fn json(value: &serde_json_bytes::Value) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
