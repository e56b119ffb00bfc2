//! The API of a client, from the text that the generator writes beside it.
//!
//! One look over the text finds where each type is; members are read when a document asks for them. A schema of a
//! hundred models has thousands of types, of which a document names a few, and macros are compiled without
//! optimisation.

use std::{collections::HashMap, ops::Range, sync::OnceLock};

use super::roles::Roles;

/// The types of an API. The text has one member a line, as `prisma-api` prints it.
pub(super) struct Schema {
    text: String,
    types: HashMap<String, Definition>,
    roles: OnceLock<Roles>,
}

struct Definition {
    kind: Kind,
    is_node: bool,
    body: Range<usize>,
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar,
    Enum,
    Object,
    Interface,
    Input,
}

/// A field of an object, with its arguments.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: Vec<Input<'a>>,
    pub(super) ty: TypeRef<'a>,
}

/// An argument, or a field of an input object.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) name: &'a str,
    pub(super) ty: TypeRef<'a>,
}

/// `User`, `User!`, `[User!]!`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypeRef<'a> {
    pub(super) name: &'a str,
    /// For a list: whether its items are required.
    pub(super) items: Option<bool>,
    pub(super) required: bool,
}

/// Scalars that a schema does not declare.
const BUILT_IN: &[&str] = &["Boolean", "Float", "ID", "Int", "String"];

impl Schema {
    pub(super) fn new(text: String) -> Self {
        let mut types = HashMap::new();
        for scalar in BUILT_IN {
            types.insert((*scalar).to_owned(), Definition::scalar());
        }
        let mut open: Option<(String, Definition)> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + line.len();
            if let Some((name, mut definition)) = open.take() {
                definition.body.end = at;
                if line.starts_with('}') {
                    types.insert(name, definition);
                } else {
                    open = Some((name, definition));
                }
            } else if let Some((name, kind, is_node)) = head(line) {
                let body = end..end;
                if kind == Kind::Scalar {
                    types.insert(name.to_owned(), Definition::scalar());
                } else {
                    let definition = Definition {
                        kind,
                        is_node,
                        body,
                    };
                    open = Some((name.to_owned(), definition));
                }
            }
            at = end;
        }
        Self {
            text,
            types,
            roles: OnceLock::new(),
        }
    }

    /// Whether it is an API at all, which every service answers queries of.
    pub(super) fn is_api(&self) -> bool {
        self.types.contains_key("Query")
    }

    pub(super) fn kind(&self, ty: &str) -> Option<Kind> {
        self.types.get(ty).map(|definition| definition.kind)
    }

    /// What its inputs are about.
    pub(super) fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| Roles::of(self))
    }

    /// Whether an object implements the interface of all records with ids.
    pub(super) fn is_node(&self, ty: &str) -> bool {
        self.types
            .get(ty)
            .is_some_and(|definition| definition.is_node)
    }

    pub(super) fn types(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.types
            .iter()
            .map(|(name, definition)| (name.as_str(), definition.kind))
    }

    fn members(&self, ty: &str) -> impl Iterator<Item = &str> {
        let body = self.types.get(ty).map(|definition| definition.body.clone());
        let text = body.and_then(|body| self.text.get(body)).unwrap_or("");
        text.lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// The fields of an object or interface.
    pub(super) fn fields(&self, ty: &str) -> impl Iterator<Item = Field<'_>> {
        self.members(ty).filter_map(|line| {
            let (head, result) = line.rsplit_once(": ")?;
            let (name, arguments) = match head.split_once('(') {
                Some((name, arguments)) => (name, arguments.trim_end_matches(')')),
                None => (head, ""),
            };
            Some(Field {
                name,
                arguments: arguments.split(", ").filter_map(input).collect(),
                ty: TypeRef::new(result),
            })
        })
    }

    pub(super) fn field(&self, ty: &str, name: &str) -> Option<Field<'_>> {
        self.fields(ty).find(|field| field.name == name)
    }

    /// The fields of an input object.
    pub(super) fn inputs(&self, ty: &str) -> impl Iterator<Item = Input<'_>> {
        self.members(ty).filter_map(input)
    }

    /// The values of an enum.
    pub(super) fn values(&self, ty: &str) -> impl Iterator<Item = &str> {
        self.members(ty)
    }
}

impl Definition {
    fn scalar() -> Self {
        Self {
            kind: Kind::Scalar,
            is_node: false,
            body: 0..0,
        }
    }
}

/// The name and kind of the type whose definition begins with this line.
fn head(line: &str) -> Option<(&str, Kind, bool)> {
    let mut words = line.split_ascii_whitespace();
    let kind = match words.next()? {
        "scalar" => Kind::Scalar,
        "enum" => Kind::Enum,
        "type" => Kind::Object,
        "interface" => Kind::Interface,
        "input" => Kind::Input,
        _ => return None,
    };
    let name = words.next()?;
    Some((name, kind, words.any(|word| word == "Node")))
}

/// `name: Type`
fn input(text: &str) -> Option<Input<'_>> {
    let (name, ty) = text.split_once(": ")?;
    Some(Input {
        name,
        ty: TypeRef::new(ty),
    })
}

impl<'a> TypeRef<'a> {
    fn new(text: &'a str) -> Self {
        let (text, required) = bang(text);
        match text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
        {
            None => Self {
                name: text,
                items: None,
                required,
            },
            Some(item) => {
                let (name, items) = bang(item);
                Self {
                    name,
                    items: Some(items),
                    required,
                }
            }
        }
    }

    /// The type of an item of a list.
    pub(super) fn item(self) -> Self {
        Self {
            name: self.name,
            items: None,
            required: self.items == Some(true),
        }
    }
}

/// As GraphQL writes it.
impl std::fmt::Display for TypeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bang = |required| if required { "!" } else { "" };
        match self.items {
            None => write!(f, "{}", self.name)?,
            Some(items) => write!(f, "[{}{}]", self.name, bang(items))?,
        }
        f.write_str(bang(self.required))
    }
}

fn bang(text: &str) -> (&str, bool) {
    match text.strip_suffix('!') {
        Some(text) => (text, true),
        None => (text, false),
    }
}
