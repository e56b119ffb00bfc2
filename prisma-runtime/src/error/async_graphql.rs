//! Errors in resolvers of async-graphql.

use std::sync::Arc;

use async_graphql::{Error as GraphqlError, ErrorExtensionValues, ErrorExtensions, Value};

use super::{
    Error,
    facts::{Fact, facts},
};

/// For `query.await.extend()?` in a resolver: the text of the kind, which may be shown to anybody, with extensions that
/// programs can act upon: `code`, as [`ErrorKind::name`](crate::ErrorKind::name) has it, the server's `number`, and
/// `model`, `fields` or `argument`. The error itself is the source, for extensions that write logs.
///
/// A bare `?` works too, but async-graphql then shows the whole text of the error, and no extensions.
///
/// ```
/// # use prisma_runtime::ErrorKind;
/// use async_graphql::{ErrorExtensions, Value};
///
/// let error = prisma_runtime::Error::from(ErrorKind::Timeout).extend();
/// assert_eq!(error.message, "this took too long");
/// assert_eq!(error.extensions.unwrap().get("code"), Some(&Value::from("TIMEOUT")));
/// ```
impl ErrorExtensions for Error {
    fn extend(&self) -> GraphqlError {
        let mut extensions = ErrorExtensionValues::default();
        for (name, fact) in facts(self) {
            extensions.set(name, Value::from(fact));
        }
        GraphqlError {
            message: self.kind().to_string(),
            source: Some(Arc::new(self.clone())),
            extensions: Some(extensions),
        }
    }
}

impl From<Fact<'_>> for Value {
    fn from(fact: Fact<'_>) -> Self {
        match fact {
            Fact::Text(text) => text.into(),
            Fact::Texts(texts) => {
                Self::List(texts.iter().map(|text| text.as_str().into()).collect())
            }
            Fact::Number(number) => number.into(),
        }
    }
}
