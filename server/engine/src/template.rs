//! Arguments of a document: what is written, with holes where variables go.

use prisma_api::InputMeaning;
use prisma_connector::Value;

use crate::input::Input;

/// A coerced argument of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// Free of variables.
    Fixed(Input),
    /// A variable, by its place among those of the operation.
    Variable(usize),
    /// A list with variables in it.
    List(Vec<Template>),
    /// An object with variables in it.
    Object(Vec<(InputMeaning, Template)>),
}

/// The variables of one request in the order of their definition; `None` for those without value.
pub(crate) type Variables = Vec<Option<Input>>;

impl Template {
    /// A list; fixed if its elements are.
    pub(crate) fn list(elements: Vec<Self>) -> Self {
        if !elements.iter().all(Self::is_fixed) {
            return Self::List(elements);
        }
        let inputs = elements.into_iter().filter_map(Self::into_fixed);
        Self::Fixed(Input::List(inputs.collect()))
    }

    /// An object; fixed if its members are.
    pub(crate) fn object(members: Vec<(InputMeaning, Self)>) -> Self {
        if !members.iter().all(|(_, member)| member.is_fixed()) {
            return Self::Object(members);
        }
        let inputs = members
            .into_iter()
            .filter_map(|(key, member)| Some((key, member.into_fixed()?)));
        Self::Fixed(Input::Object(inputs.collect()))
    }

    pub(crate) fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }

    fn into_fixed(self) -> Option<Input> {
        match self {
            Self::Fixed(input) => Some(input),
            Self::Variable(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The argument of one request; `None` where its variable has no value.
    pub(crate) fn fill<'a>(&'a self, variables: &'a Variables) -> Option<Filled<'a>> {
        match self {
            Self::Fixed(input) => Some(Filled::Input(input)),
            Self::Variable(index) => variables.get(*index)?.as_ref().map(Filled::Input),
            Self::List(elements) => Some(Filled::List(elements, variables)),
            Self::Object(members) => Some(Filled::Object(members, variables)),
        }
    }
}

/// A coerced argument of one request, borrowed from the document and the variables.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Filled<'a> {
    Input(&'a Input),
    List(&'a [Template], &'a Variables),
    Object(&'a [(InputMeaning, Template)], &'a Variables),
}

/// What an argument is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    Null,
    Value(&'a Value),
    List,
    Object,
}

impl<'a> Filled<'a> {
    pub(crate) fn kind(self) -> Kind<'a> {
        match self {
            Self::Input(Input::Null) => Kind::Null,
            Self::Input(Input::Value(value)) => Kind::Value(value),
            Self::Input(Input::List(_)) | Self::List(..) => Kind::List,
            Self::Input(Input::Object(_)) | Self::Object(..) => Kind::Object,
        }
    }

    /// The elements of a list; of anything else none.
    pub(crate) fn elements(self) -> impl Iterator<Item = Filled<'a>> {
        let (inputs, templates) = match self {
            Self::Input(Input::List(inputs)) => (inputs.as_slice(), None),
            Self::List(templates, variables) => ([].as_slice(), Some((templates, variables))),
            Self::Input(_) | Self::Object(..) => ([].as_slice(), None),
        };
        let filled = templates.into_iter().flat_map(|(templates, variables)| {
            templates
                .iter()
                .filter_map(|template| template.fill(variables))
        });
        inputs.iter().map(Filled::Input).chain(filled)
    }

    /// The members of an object that have a value; of anything else none.
    pub(crate) fn members(self) -> impl Iterator<Item = (InputMeaning, Filled<'a>)> {
        let (inputs, templates) = match self {
            Self::Input(Input::Object(inputs)) => (inputs.as_slice(), None),
            Self::Object(templates, variables) => ([].as_slice(), Some((templates, variables))),
            Self::Input(_) | Self::List(..) => ([].as_slice(), None),
        };
        let filled = templates.into_iter().flat_map(|(templates, variables)| {
            templates
                .iter()
                .filter_map(|(key, template)| Some((*key, template.fill(variables)?)))
        });
        inputs
            .iter()
            .map(|(key, input)| (*key, Filled::Input(input)))
            .chain(filled)
    }

    /// A copy of its own.
    pub(crate) fn to_input(self) -> Input {
        match self {
            Self::Input(input) => input.clone(),
            Self::List(..) => Input::List(self.elements().map(Filled::to_input).collect()),
            Self::Object(..) => Input::Object(
                self.members()
                    .map(|(key, member)| (key, member.to_input()))
                    .collect(),
            ),
        }
    }
}
