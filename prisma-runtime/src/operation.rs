//! Operations as GraphQL: a text without values, and the variables it declares.
//!
//! Two calls of the same form have the same text whatever they are about, so a server parses and plans it once.

use crate::{
    error::Result,
    names::Names,
    select::{Argument, Picked, SelectionSet},
    transport::Request,
    value::{Name, Value},
};

/// As many bytes as most selections take.
const USUAL_LENGTH: usize = 256;

/// Whether an operation reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Tells of what others write.
    Subscription,
}

/// One operation that is not yet sent: its root fields with all that is asked of them.
#[derive(Clone, Debug)]
pub struct Operation {
    kind: Kind,
    pub(crate) roots: SelectionSet,
    /// The model that all root fields begin with, if it is one.
    model: Option<&'static str>,
    /// The names of the model, if this is a lookup of one record by a unique value.
    pub(crate) unique: Option<Names>,
}

impl Operation {
    /// An operation of one root field.
    pub(crate) fn new(
        kind: Kind,
        names: Names,
        field: &'static str,
        arguments: Vec<Argument>,
        set: SelectionSet,
    ) -> Self {
        let mut roots = SelectionSet::default();
        roots.nested(field, arguments, set);
        Self {
            kind,
            roots,
            model: Some(names.model()),
            unique: None,
        }
    }

    /// A query of several root fields.
    pub(crate) const fn of_roots(roots: SelectionSet) -> Self {
        Self {
            kind: Kind::Query,
            roots,
            model: None,
            unique: None,
        }
    }

    /// How many root fields it has.
    pub(crate) fn len(&self) -> usize {
        self.roots.fields.len()
    }

    /// Adds the root fields of another operation of the same kind. Each gets a key of its own.
    pub(crate) fn append(&mut self, other: Self) {
        let keyed = |(position, mut field): (usize, Picked)| {
            field.key = Name::Owned(format!("{}_{position}", field.field));
            field
        };
        let roots = &mut self.roots.fields;
        if roots.len() == 1 {
            *roots = std::mem::take(roots)
                .into_iter()
                .enumerate()
                .map(keyed)
                .collect();
        }
        self.model = self.model.filter(|_| self.model == other.model);
        let from = roots.len();
        let others = other.roots.fields.into_iter().enumerate();
        roots.extend(others.map(|(position, field)| keyed((from + position, field))));
    }

    /// Whether it reads or writes.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The text and the variables, as they are sent.
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) for values that JSON has no form for, which are the
    /// numbers that are none.
    pub fn request(&self) -> Result<Request> {
        let mut writer = Writer {
            body: String::with_capacity(USUAL_LENGTH),
            ..Writer::default()
        };
        writer.set(&self.roots);
        let keyword = match self.kind {
            Kind::Query => "query",
            Kind::Mutation => "mutation",
            Kind::Subscription => "subscription",
        };
        let query = match writer.declarations.as_str() {
            "" => [keyword, &writer.body].concat(),
            declarations => [keyword, "(", declarations, ")", &writer.body].concat(),
        };
        let mut request = Request::new(query, &Value::Object(writer.variables))?;
        request.packed = true;
        request.model = self.model;
        Ok(request)
    }
}

/// Writes fields and collects the variables on the way.
#[derive(Default)]
struct Writer {
    body: String,
    declarations: String,
    variables: Vec<(Name, Value)>,
    /// The arguments so far, with how often each was used.
    uses: Vec<(&'static str, usize)>,
}

impl Writer {
    fn field(&mut self, picked: &Picked) {
        if picked.key != picked.field {
            self.body.push_str(&picked.key);
            self.body.push_str(": ");
        }
        self.body.push_str(&picked.field);
        for (position, argument) in picked.arguments.iter().enumerate() {
            self.body.push_str(if position == 0 { "(" } else { ", " });
            self.argument(argument);
        }
        if !picked.arguments.is_empty() {
            self.body.push(')');
        }
        if let Some(set) = &picked.set {
            self.set(set);
        }
    }

    fn set(&mut self, set: &SelectionSet) {
        self.body.push_str(" {");
        let mut asked = set
            .fields
            .iter()
            .filter(|field| field.is_asked())
            .peekable();
        if asked.peek().is_none() {
            // Nothing of the record is read, but GraphQL has no empty sets.
            self.body.push_str(" __typename");
        }
        for field in asked {
            self.body.push(' ');
            self.field(field);
        }
        self.body.push_str(" }");
    }

    fn argument(&mut self, argument: &Argument) {
        let variable = self.variable(argument.name);
        if !self.declarations.is_empty() {
            self.declarations.push_str(", ");
        }
        let bang = if argument.required { "!" } else { "" };
        for part in ["$", &variable, ": ", argument.ty, bang] {
            self.declarations.push_str(part);
        }
        for part in [argument.name, ": $", &variable] {
            self.body.push_str(part);
        }
        self.variables.push((variable, argument.value.clone()));
    }

    /// The argument's name; with a number from its second use on.
    fn variable(&mut self, argument: &'static str) -> Name {
        match self.uses.iter_mut().find(|(name, _)| *name == argument) {
            Some((_, uses)) => {
                *uses += 1;
                Name::Owned(format!("{argument}{uses}"))
            }
            None => {
                self.uses.push((argument, 1));
                Name::Borrowed(argument)
            }
        }
    }
}
