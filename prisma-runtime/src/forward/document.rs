//! A field as a document: every argument becomes a variable of the type that the API says.

use prisma_sdl::{Kind, Schema};
use serde_json::{Map, Value};

use super::ForwardedField;
use crate::{
    error::{Error, Result},
    transport::Request,
};

/// The field that every type has.
const TYPE_NAME: &str = "__typename";

/// The kinds of operations, by the types of their root fields.
const ROOTS: [(&str, &str); 2] = [("Query", "query"), ("Mutation", "mutation")];

pub(super) struct Document {
    keyword: &'static str,
    declarations: Vec<String>,
    variables: Map<String, Value>,
    body: String,
}

impl Document {
    /// The document of one root field.
    ///
    /// # Errors
    /// Fields and arguments that the API does not have.
    pub(super) fn of(schema: &Schema, field: &ForwardedField) -> Result<Self> {
        let root = ROOTS
            .iter()
            .find(|(ty, _)| schema.field(ty, &field.name).is_some());
        let Some((ty, keyword)) = root else {
            let message = format!("the service has no root field `{}`", field.name);
            return Err(Error::refused(&field.name, message));
        };
        let mut document = Self {
            keyword,
            declarations: Vec::new(),
            variables: Map::new(),
            body: String::new(),
        };
        document.field(schema, ty, field)?;
        Ok(document)
    }

    pub(super) fn into_request(self) -> Result<Request> {
        let declarations = match self.declarations.is_empty() {
            true => String::new(),
            false => format!("({})", self.declarations.join(", ")),
        };
        let text = format!("{}{declarations} {{ {} }}", self.keyword, self.body);
        Request::new(text, &self.variables)
    }

    fn field(&mut self, schema: &Schema, ty: &str, field: &ForwardedField) -> Result<()> {
        if let Some(problem) = &field.problem {
            return Err(problem.clone());
        }
        if let Some(alias) = field.alias.as_ref().filter(|alias| **alias != field.name) {
            self.body.push_str(alias);
            self.body.push_str(": ");
        }
        self.body.push_str(&field.name);
        if field.name == TYPE_NAME {
            return Ok(());
        }
        let Some(found) = schema.field(ty, &field.name) else {
            let message = format!("`{ty}` of the service has no field `{}`", field.name);
            return Err(Error::refused(&field.name, message));
        };
        let mut before = "(";
        for (name, value) in &field.arguments {
            let Some(argument) = found.arguments.iter().find(|input| input.name == name) else {
                let field = &field.name;
                let message = format!("`{field}` of the service has no argument `{name}`");
                return Err(Error::refused(name, message));
            };
            if value.is_null() {
                continue;
            }
            let variable = self.variable(name);
            self.body.push_str(&format!("{before}{name}: ${variable}"));
            self.declarations
                .push(format!("${variable}: {}", argument.ty));
            self.variables.insert(variable, value.clone());
            before = ", ";
        }
        if before != "(" {
            self.body.push(')');
        }
        let kind = schema.kind(found.ty.name);
        if matches!(kind, Some(Kind::Object | Kind::Interface)) {
            self.set(schema, found.ty.name, &field.fields)?;
        }
        Ok(())
    }

    fn set(&mut self, schema: &Schema, ty: &str, fields: &[ForwardedField]) -> Result<()> {
        self.body.push_str(" {");
        if fields.is_empty() {
            // Nothing of the record is asked for, but GraphQL has no empty sets.
            self.body.push(' ');
            self.body.push_str(TYPE_NAME);
        }
        for field in fields {
            self.body.push(' ');
            self.field(schema, ty, field)?;
        }
        self.body.push_str(" }");
        Ok(())
    }

    /// A name that no other variable has: the argument's, with a number from its second use on.
    fn variable(&self, argument: &str) -> String {
        let is_free = |name: &String| !self.variables.contains_key(name);
        let numbered = (2..).map(|number| format!("{argument}_{number}"));
        let mut names = std::iter::once(argument.to_owned()).chain(numbered);
        names.find(is_free).unwrap_or_default()
    }
}
