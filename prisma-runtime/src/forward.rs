//! Fields of somebody else's request, handed on as they are: what a proxy does.
//!
//! The API of the service says what the arguments are, so that each travels as a variable of its type.

#[cfg(feature = "async-graphql")]
mod async_graphql;
mod document;
#[cfg(feature = "juniper")]
mod juniper;

use std::sync::OnceLock;

use prisma_sdl::Schema;
use serde::Serialize;
use serde_json::Value;

#[cfg(feature = "async-graphql")]
pub use self::async_graphql::Forwarded;
use self::document::Document;
use crate::{
    answer::data,
    client::Client,
    error::{Error, Result},
    transport::{BoxFuture, Request},
};

/// The API of a service, which is looked over when it is needed first. For generated code.
#[derive(Debug)]
pub struct Api {
    text: &'static str,
    schema: OnceLock<Schema>,
}

impl Api {
    /// The API with this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            schema: OnceLock::new(),
        }
    }

    fn schema(&self) -> &Schema {
        self.schema.get_or_init(|| Schema::new(self.text))
    }
}

/// A field of a request with all that is selected of it: aliases, arguments with the values of their variables, and
/// fragments as if their fields stood there.
///
/// Made from what server libraries give to resolvers, `ctx.field()` of async-graphql and the look-ahead of juniper, or
/// by hand:
///
/// ```
/// # use prisma_runtime::ForwardedField;
/// let field = ForwardedField::new("users")
///     .argument("first", 3)
///     .select([ForwardedField::new("name").alias("called")]);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ForwardedField {
    name: String,
    alias: Option<String>,
    arguments: Vec<(String, Value)>,
    fields: Vec<Self>,
    /// What keeps it from being handed on.
    problem: Option<Error>,
}

impl ForwardedField {
    /// A field alone.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            alias: None,
            arguments: Vec::new(),
            fields: Vec::new(),
            problem: None,
        }
    }

    /// With another key in the answer.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = Some(alias.into());
        self
    }

    /// With an argument, or with another value for it. Null is as good as no argument.
    pub fn argument(mut self, name: &str, value: impl Serialize) -> Self {
        self.arguments.retain(|(other, _)| other != name);
        match serde_json::to_value(value) {
            Ok(value) => self.arguments.push((name.to_owned(), value)),
            Err(error) => self.problem = Some(Error::unsendable(error)),
        }
        self
    }

    /// With further fields selected of it. Fields with one key become one.
    pub fn select(mut self, fields: impl IntoIterator<Item = Self>) -> Self {
        for field in fields {
            let same = self
                .fields
                .iter_mut()
                .find(|other| other.key() == field.key());
            match same {
                Some(same) => same.fields = same.clone().select(field.fields).fields,
                None => self.fields.push(field),
            }
        }
        self
    }

    fn key(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

/// A field on its way to the service; await it. What comes back is the value of the field, with the keys of the
/// request.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct Forwarding<'c> {
    client: &'c Client,
    api: &'static Api,
    field: ForwardedField,
}

impl<'c> Forwarding<'c> {
    /// For generated code, which knows the API.
    pub const fn new(client: &'c Client, api: &'static Api, field: ForwardedField) -> Self {
        Self { client, api, field }
    }

    /// To another root field of the service than the one that is called as the field of the request. Arguments of
    /// the request are not those of another field: without them.
    pub fn to(mut self, root: impl Into<String>) -> Self {
        self.field.name = root.into();
        self.field.arguments.clear();
        self
    }

    /// With an argument, or with another value for it.
    pub fn argument(mut self, name: &str, value: impl Serialize) -> Self {
        self.field = self.field.argument(name, value);
        self
    }

    /// What is sent.
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) for fields and arguments that the service does not have.
    pub fn request(&self) -> Result<Request> {
        Document::of(self.api.schema(), &self.field)?.into_request()
    }

    async fn run(self) -> Result<Value> {
        let bytes = self.client.send(self.request()).await?;
        let answer = Value::from(data(&bytes)?);
        match answer {
            Value::Object(mut fields) => Ok(fields.remove(self.field.key()).unwrap_or_default()),
            _ => Ok(Value::Null),
        }
    }
}

impl<'c> IntoFuture for Forwarding<'c> {
    type Output = Result<Value>;
    type IntoFuture = BoxFuture<'c, Result<Value>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
