//! Errors in resolvers of juniper.

use juniper::{FieldError, IntoFieldError, Object, ScalarValue, Value};

use super::{
    Error,
    facts::{Fact, facts},
};

/// For resolvers that return `prisma_runtime::Result`: the text of the kind, which may be shown to anybody, with
/// extensions that programs can act upon: `code`, as [`ErrorKind::name`](crate::ErrorKind::name) has it, the server's
/// `number`, and `model`, `fields` or `argument`.
///
/// In a resolver that returns juniper's own `FieldResult`, `.map_err(IntoFieldError::into_field_error)?` does the same;
/// a bare `?` works too, but juniper then shows the whole text of the error, and no extensions.
///
/// ```
/// # use prisma_runtime::ErrorKind;
/// use juniper::{DefaultScalarValue, FieldError, IntoFieldError};
///
/// let error = prisma_runtime::Error::from(ErrorKind::Timeout);
/// let error: FieldError<DefaultScalarValue> = error.into_field_error();
/// assert_eq!(error.message(), "this took too long");
/// ```
impl<S: ScalarValue> IntoFieldError<S> for Error {
    fn into_field_error(self) -> FieldError<S> {
        let facts = facts(&self);
        let mut extensions = Object::with_capacity(facts.len());
        for (name, fact) in facts {
            extensions.add_field(name, value(fact));
        }
        FieldError::new(self.kind().to_string(), Value::Object(extensions))
    }
}

fn value<S: ScalarValue>(fact: Fact<'_>) -> Value<S> {
    let text = |text: &str| Value::scalar(text.to_owned());
    match fact {
        Fact::Text(one) => text(one),
        Fact::Texts(texts) => Value::list(texts.iter().map(|one| text(one)).collect()),
        // The numbers of the catalogue have four digits.
        Fact::Number(number) => Value::scalar(i32::try_from(number).unwrap_or(i32::MAX)),
    }
}
