//! A selection set under construction, as data.

use crate::{
    lookahead::Lookahead,
    value::{Name, Value},
};

/// The fields asked for at one place of a document.
#[derive(Clone, Debug, Default)]
pub struct SelectionSet {
    pub(crate) fields: Vec<Picked>,
    /// What fields that are fetched on demand depend on; `None` if all of them are fetched.
    asked: Option<Lookahead>,
}

/// One of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Picked {
    /// The key in the answer; the field's name unless that is taken. Empty for a field that is not asked for and only
    /// keeps its place in rows.
    pub(crate) key: Name,
    pub(crate) field: Name,
    pub(crate) arguments: Vec<Argument>,
    /// What is asked of it; `None` for scalars.
    pub(crate) set: Option<SelectionSet>,
}

/// An argument of a field. Its value becomes a variable of the document.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) name: &'static str,
    /// The named type of the variable.
    pub(crate) ty: &'static str,
    /// True for `ty!`.
    pub(crate) required: bool,
    pub(crate) value: Value,
}

impl Picked {
    pub(crate) fn is_asked(&self) -> bool {
        !self.key.is_empty()
    }
}

impl Argument {
    pub(crate) const fn optional(name: &'static str, ty: &'static str, value: Value) -> Self {
        Self {
            name,
            ty,
            required: false,
            value,
        }
    }

    pub(crate) const fn required(name: &'static str, ty: &'static str, value: Value) -> Self {
        Self {
            name,
            ty,
            required: true,
            value,
        }
    }
}

impl SelectionSet {
    /// An empty set that depends on this look-ahead.
    pub(crate) fn asked(asked: Option<&Lookahead>) -> Self {
        Self {
            fields: Vec::new(),
            asked: asked.cloned(),
        }
    }

    /// An empty set for what lies below the field `name` of this one.
    pub(crate) fn below(&self, name: &str) -> Self {
        let below = |asked: &Lookahead| asked.field(name).cloned().unwrap_or_default();
        Self {
            fields: Vec::new(),
            asked: self.asked.as_ref().map(below),
        }
    }

    /// Whether a field that is fetched on demand is to be fetched.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.asked.as_ref().is_none_or(|asked| asked.has(name))
    }

    /// Adds a scalar field under a key of its own.
    pub(crate) fn aliased(&mut self, key: &'static str, field: Name) {
        self.fields.push(Picked {
            key: Name::Borrowed(key),
            field,
            arguments: Vec::new(),
            set: None,
        });
    }

    /// Keeps the place of a field that is not asked for.
    pub(crate) fn unasked(&mut self) {
        self.fields.push(Picked {
            key: Name::Borrowed(""),
            field: Name::Borrowed(""),
            arguments: Vec::new(),
            set: None,
        });
    }

    /// Adds scalar fields, given by their names with a space between them. For generated code.
    pub fn scalars(&mut self, names: &'static str) {
        for name in names.split_ascii_whitespace() {
            self.leaf(name);
        }
    }

    pub(crate) fn leaf(&mut self, field: &'static str) {
        self.add(field, Vec::new(), None);
    }

    pub(crate) fn nested(&mut self, field: &'static str, arguments: Vec<Argument>, set: Self) {
        self.add(field, arguments, Some(set));
    }

    /// A field asked for twice, perhaps with other arguments, gets an alias: each has its own place in the answer.
    fn add(&mut self, field: &'static str, arguments: Vec<Argument>, set: Option<Self>) {
        let taken = |key: &str| self.fields.iter().any(|other| other.key == key);
        let mut key = Name::Borrowed(field);
        let mut number = 2;
        while taken(&key) {
            key = Name::Owned(format!("{field}_{number}"));
            number += 1;
        }
        if self.fields.is_empty() {
            // Most records have some.
            self.fields.reserve(8);
        }
        self.fields.push(Picked {
            key,
            field: Name::Borrowed(field),
            arguments,
            set,
        });
    }
}
