//! A selection set under construction, as data.

use crate::value::{Name, Value};

/// The fields asked for at one place of a document.
#[derive(Clone, Debug, Default)]
pub struct SelectionSet {
    pub(crate) fields: Vec<Picked>,
}

/// One of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Picked {
    /// The key in the answer; the field's name unless that is taken.
    pub(crate) key: Name,
    pub(crate) field: &'static str,
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
        self.fields.push(Picked {
            key,
            field,
            arguments,
            set,
        });
    }
}
