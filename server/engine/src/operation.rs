//! Operations: a valid document turned into what execution walks over, once.
//!
//! Fragments are spread, fields with one response key are merged, arguments are coerced but for their variables,
//! and every field has its meaning. `@skip` and `@include` stay as conditions, since variables decide them.

mod arguments;
mod cost;
mod select;
mod variables;

use apollo_compiler::{ExecutableDocument, ast::OperationType, executable, validation::Valid};
use prisma_api::{ApiSchema, ArgumentMeaning, OutputMeaning};
use prisma_datamodel::ModelId;

pub(crate) use self::select::When;
use self::{select::Compiler, variables::VariableDefinition};
use crate::{document::RequestError, plan::Plans, template::Template};

/// One operation of a document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The document, for the excerpts of errors.
    pub(crate) text: Box<str>,
    name: Option<Box<str>>,
    pub(crate) kind: OperationType,
    variables: Vec<VariableDefinition>,
    /// How often each variable is an argument or part of one.
    uses: Vec<usize>,
    /// Root fields in order.
    pub(crate) fields: Vec<RootField>,
    /// The document, where there are introspection fields.
    introspection: Option<Valid<ExecutableDocument>>,
    /// Do variables decide what the answer costs?
    pub(crate) open_cost: bool,
}

/// A field of a root type.
#[derive(Debug)]
pub(crate) struct RootField {
    pub(crate) key: Box<str>,
    /// Where it stands in the document.
    pub(crate) at: usize,
    pub(crate) when: When,
    /// Does null there make the whole answer null?
    pub(crate) required: bool,
    pub(crate) what: Root,
    /// Plans by the shape of the arguments.
    pub(crate) plans: Plans,
}

/// What a root field is.
#[derive(Debug)]
pub(crate) enum Root {
    /// `__typename`, as JSON.
    Typename(Box<str>),
    /// `__schema` or `__type`
    Introspection,
    /// `Query.node`: what to answer for each model.
    Node {
        id: Template,
        candidates: Vec<(ModelId, Vec<Selection>)>,
    },
    /// Anything else.
    Field(Field),
}

/// A field below the root.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) key: Box<str>,
    /// Where it stands in the document.
    pub(crate) at: usize,
    pub(crate) when: When,
    pub(crate) what: What,
}

/// What a field below the root is.
#[derive(Debug)]
pub(crate) enum What {
    /// `__typename`, as JSON.
    Typename(Box<str>),
    /// A field of the API.
    Field(Field),
}

/// A field of the API.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) meaning: OutputMeaning,
    /// In the order of the API, so that documents agree on it.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) select: Vec<Selection>,
}

impl Field {
    /// An argument, if it is given.
    pub(crate) fn argument(&self, meaning: ArgumentMeaning) -> Option<&Template> {
        let argument = self.arguments.iter().find(|it| it.meaning == meaning)?;
        Some(&argument.value)
    }
}

/// An argument that is given.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) meaning: ArgumentMeaning,
    pub(crate) value: Template,
}

impl Operation {
    /// Is it the operation of that name of that document?
    pub(crate) fn is_of(&self, text: &str, name: Option<&str>) -> bool {
        *self.text == *text && self.name.as_deref() == name
    }

    /// The document and the operation in it, where there are introspection fields.
    pub(crate) fn introspection(
        &self,
    ) -> Option<(&Valid<ExecutableDocument>, &executable::Operation)> {
        let document = self.introspection.as_ref()?;
        let operation = document.operations.get(self.name.as_deref()).ok()?;
        Some((document, operation))
    }

    /// Compiles an operation of a document.
    ///
    /// # Errors
    /// No operation has that name; without a name, there are several.
    pub(crate) fn compile(
        api: &ApiSchema,
        document: Valid<ExecutableDocument>,
        text: &str,
        name: Option<&str>,
    ) -> Result<Self, RequestError> {
        let operation = choose(&document, name)?;
        let variables = variables::definitions(api, &operation.variables);
        let compiler = Compiler::new(api, &document, &operation.variables);
        let fields = compiler.root(operation);
        let uses = compiler.uses();
        let introspects = fields
            .iter()
            .any(|field| matches!(field.what, Root::Introspection));
        let kind = operation.operation_type;
        let mut operation = Self {
            text: text.into(),
            name: name.map(Into::into),
            kind,
            variables,
            uses,
            fields,
            introspection: introspects.then_some(document),
            open_cost: false,
        };
        operation.open_cost = operation.has_open_cost();
        Ok(operation)
    }
}

fn choose<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a executable::Operation, RequestError> {
    let operations = &document.operations;
    let found = operations.get(name).map(|operation| &**operation);
    found.map_err(|_| {
        RequestError::general(match name {
            Some(name) => format!("Unknown operation name '{name}'"),
            None if operations.is_empty() => "Must provide an operation".to_owned(),
            None => "Must provide operation name if query contains multiple operations".to_owned(),
        })
    })
}
