//! The text as a tree: what is written, before anyone asks what it means.
//!
//! Only `type` and `enum` definitions are kept; the language ignores the rest (deploy.md §1.1).

use crate::{model::Arity, source::Span};

/// All types and enums of a text, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Document {
    pub(crate) types: Vec<TypeDef>,
    pub(crate) enums: Vec<EnumDef>,
}

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// `type T @directive { … }`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeDef {
    pub(crate) name: Name,
    pub(crate) docs: Option<String>,
    pub(crate) directives: Vec<Directive>,
    pub(crate) fields: Vec<FieldDef>,
    /// The closing brace.
    pub(crate) close: Span,
}

/// `f: T! @directive`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldDef {
    pub(crate) name: Name,
    pub(crate) docs: Option<String>,
    pub(crate) ty: TypeRef,
    pub(crate) directives: Vec<Directive>,
    /// True for fields that no text declares: the system fields of v1 (deploy.md §1.4.2).
    pub(crate) hidden: bool,
}

/// The type of a field as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeRef {
    /// The innermost name.
    pub(crate) name: String,
    pub(crate) arity: Arity,
    /// Of the whole type with its brackets.
    pub(crate) span: Span,
}

/// `@name(argument: value)`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Directive {
    pub(crate) name: Name,
    pub(crate) arguments: Vec<Argument>,
    /// From the `@` to the closing parenthesis.
    pub(crate) span: Span,
}

/// `name: value`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: Name,
    pub(crate) value: Value,
}

/// A literal, with its text for messages that repeat it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) literal: Literal,
    /// As written.
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// What kind of literal a [`Value`] is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    String(String),
    /// Digits only; the text has the number.
    Int,
    /// With a fraction or an exponent; the text has the number.
    Float,
    Boolean(bool),
    Null,
    Enum(String),
    /// A list, an object or a variable: nothing in this language reads them.
    Composite,
}

/// `enum E { A B }`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumDef {
    pub(crate) name: Name,
    pub(crate) docs: Option<String>,
    pub(crate) directives: Vec<Directive>,
    pub(crate) values: Vec<Name>,
}

impl TypeDef {
    pub(crate) fn directive(&self, name: &str) -> Option<&Directive> {
        self.directives
            .iter()
            .find(|directive| directive.name.text == name)
    }
}

impl FieldDef {
    pub(crate) fn directive(&self, name: &str) -> Option<&Directive> {
        self.directives
            .iter()
            .find(|directive| directive.name.text == name)
    }

    pub(crate) fn is_list(&self) -> bool {
        self.ty.arity == Arity::List
    }
}

impl Directive {
    pub(crate) fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments
            .iter()
            .find(|argument| argument.name.text == name)
    }

    /// The argument's value as text, as most directives read it: strings, numbers, booleans and words alike.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.argument(name)?.value.as_text()
    }
}

impl Value {
    /// The content of a string, the text of a number, boolean or word; nothing for lists, objects and `null`.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.literal {
            Literal::String(text) | Literal::Enum(text) => Some(text),
            Literal::Int | Literal::Float | Literal::Boolean(_) => Some(&self.text),
            Literal::Null | Literal::Composite => None,
        }
    }
}
