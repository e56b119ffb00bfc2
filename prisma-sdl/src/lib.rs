//! The text of an API, to look things up in.
//!
//! Goes in: the schema as `prisma-api` prints it, with one member a line. Comes out: types, fields, arguments and
//! values, by their names.
//!
//! One look over the text finds where each type is; members are read when somebody asks for them. A schema of a hundred
//! models has thousands of types, of which a document names a few, and macros are compiled without optimisation.
//!
//! Must never know: datamodels, other ways to write a schema, documents.

use std::{borrow::Cow, collections::HashMap, fmt, ops::Range};

/// The types of an API. The text has one member a line, as `prisma-api` prints it.
#[derive(Debug)]
pub struct Schema {
    text: Cow<'static, str>,
    types: HashMap<String, Definition>,
}

#[derive(Debug)]
struct Definition {
    kind: Kind,
    is_node: bool,
    body: Range<usize>,
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `scalar`
    Scalar,
    /// `enum`
    Enum,
    /// `type`
    Object,
    /// `interface`
    Interface,
    /// `input`
    Input,
}

/// A field of an object, with its arguments.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it takes.
    pub arguments: Vec<Input<'a>>,
    /// What it gives.
    pub ty: TypeRef<'a>,
}

/// An argument, or a field of an input object.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it takes.
    pub ty: TypeRef<'a>,
}

/// `User`, `User!`, `[User!]!`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeRef<'a> {
    /// The type of a single value.
    pub name: &'a str,
    /// For a list: whether its items are required.
    pub items: Option<bool>,
    /// Whether null is none of its values.
    pub required: bool,
}

/// Scalars that a schema does not declare.
const BUILT_IN: &[&str] = &["Boolean", "Float", "ID", "Int", "String"];

impl Schema {
    /// Looks over the text.
    #[must_use]
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
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
        Self { text, types }
    }

    /// Whether it is an API at all, which every service answers queries of.
    #[must_use]
    pub fn is_api(&self) -> bool {
        self.types.contains_key("Query")
    }

    /// What the type of this name is.
    #[must_use]
    pub fn kind(&self, ty: &str) -> Option<Kind> {
        self.types.get(ty).map(|definition| definition.kind)
    }

    /// Whether an object implements the interface of all records with ids.
    #[must_use]
    pub fn is_node(&self, ty: &str) -> bool {
        self.types
            .get(ty)
            .is_some_and(|definition| definition.is_node)
    }

    /// All types, in no order.
    pub fn types(&self) -> impl Iterator<Item = (&str, Kind)> {
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
    pub fn fields(&self, ty: &str) -> impl Iterator<Item = Field<'_>> {
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

    /// A field of an object or interface.
    #[must_use]
    pub fn field(&self, ty: &str, name: &str) -> Option<Field<'_>> {
        self.fields(ty).find(|field| field.name == name)
    }

    /// The fields of an input object.
    pub fn inputs(&self, ty: &str) -> impl Iterator<Item = Input<'_>> {
        self.members(ty).filter_map(input)
    }

    /// The values of an enum.
    pub fn values(&self, ty: &str) -> impl Iterator<Item = &str> {
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
    #[must_use]
    pub fn item(self) -> Self {
        Self {
            name: self.name,
            items: None,
            required: self.items == Some(true),
        }
    }
}

/// As GraphQL writes it.
impl fmt::Display for TypeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
