//! Values against the types of their places.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::Ident;

use super::{
    problems::Problems,
    roles::Role,
    schema::{Kind, Schema, TypeRef},
    syntax::{Argument, Value, ValueKind},
};

/// The uses of variables.
pub(super) type Uses<'a> = Vec<Use<'a>>;

/// One use of a variable.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    pub(super) name: &'a Ident,
    pub(super) place: Place<'a>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) ty: TypeRef<'a>,
    /// The input object and its field, if the value is one of an object.
    pub(super) field: Option<(&'a str, &'a str)>,
    /// Whether it decides which records are changed or deleted: without it, those are more.
    pub(super) decides: bool,
}

pub(super) struct Values<'a, 'w> {
    pub(super) schema: &'a Schema,
    pub(super) problems: &'w mut Problems,
    pub(super) uses: &'w mut Uses<'a>,
    pub(super) is_mutation: bool,
}

impl<'a> Values<'a, '_> {
    pub(super) fn value(&mut self, value: &'a Value, place: Place<'a>) {
        let place = self.decisive(place);
        let ty = place.ty;
        match &value.kind {
            ValueKind::Variable(name) => self.uses.push(Use { name, place }),
            ValueKind::Null if ty.required => {
                self.wrong(value.span, ty, "null");
            }
            ValueKind::Null => {}
            ValueKind::List(items) if ty.items.is_some() => {
                for item in items {
                    let place = Place {
                        ty: ty.item(),
                        ..place
                    };
                    self.value(item, place);
                }
            }
            // A single value stands for a list of it.
            _ if ty.items.is_some() => {
                let place = Place {
                    ty: ty.item(),
                    ..place
                };
                self.value(value, place);
            }
            ValueKind::List(_) => self.wrong(value.span, ty, "a list"),
            kind => match self.schema.kind(ty.name) {
                Some(Kind::Input) => self.object(value.span, kind, place),
                Some(Kind::Enum) => self.enumerated(value.span, kind, ty),
                _ => self.scalar(value.span, kind, ty),
            },
        }
    }

    /// Conditions decide in mutations, in which every condition says what is changed.
    fn decisive(&self, place: Place<'a>) -> Place<'a> {
        let is_condition = || {
            let role = self.schema.roles().get(place.ty.name);
            matches!(role, Some((_, Role::Filter | Role::ScalarFilter)))
        };
        Place {
            decides: place.decides || (self.is_mutation && is_condition()),
            ..place
        }
    }

    fn object(&mut self, span: Span, kind: &'a ValueKind, place: Place<'a>) {
        let ty = place.ty;
        let ValueKind::Object(given) = kind else {
            self.wrong(span, ty, describe(kind));
            return;
        };
        let mut names = HashSet::new();
        for Argument { name, value } in given {
            if !names.insert(name.to_string()) {
                self.problems
                    .add(name.span(), format!("`{name}` is given twice"));
            }
            match self.schema.inputs(ty.name).find(|input| name == input.name) {
                Some(input) => {
                    let place = Place {
                        ty: input.ty,
                        field: Some((ty.name, input.name)),
                        decides: place.decides,
                    };
                    self.value(value, place);
                }
                None => {
                    let text = format!("no field `{name}` on `{}`", ty.name);
                    let known = self.schema.inputs(ty.name).map(|input| input.name);
                    self.problems.add_with_names(name, text, "a field", known);
                }
            }
        }
        for input in self.schema.inputs(ty.name) {
            if input.ty.required && !names.contains(input.name) {
                let text = format!(
                    "missing field `{}` on `{}`\nhelp: it is a `{}`",
                    input.name, ty.name, input.ty
                );
                self.problems.add(span, text);
            }
        }
    }

    fn enumerated(&mut self, span: Span, kind: &ValueKind, ty: TypeRef<'_>) {
        let ValueKind::Enum(name) = kind else {
            self.wrong(span, ty, describe(kind));
            return;
        };
        if !self.schema.values(ty.name).any(|value| name == value) {
            let text = format!("no value `{name}` in the enum `{}`", ty.name);
            let values = self.schema.values(ty.name);
            self.problems.add_with_names(name, text, "a value", values);
        }
    }

    fn scalar(&mut self, span: Span, kind: &ValueKind, ty: TypeRef<'_>) {
        let fits = match (ty.name, kind) {
            ("Int", ValueKind::Int(digits)) => digits.parse::<i32>().is_ok(),
            ("Long", ValueKind::Int(digits)) => digits.parse::<i64>().is_ok(),
            ("Float", ValueKind::Int(_) | ValueKind::Float(_)) => true,
            ("Boolean", ValueKind::Bool(_)) => true,
            ("ID", ValueKind::Int(_) | ValueKind::String(_)) => true,
            ("Int" | "Long" | "Float" | "Boolean", _) => false,
            (_, ValueKind::String(_)) => true,
            _ => false,
        };
        if !fits {
            self.wrong(span, ty, describe(kind));
        }
    }

    fn wrong(&mut self, span: Span, ty: TypeRef<'_>, found: &str) {
        let text = format!("expected `{ty}`, found {found}");
        self.problems.add(span, text);
    }
}

fn describe(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Variable(_) => "a variable",
        ValueKind::Null => "null",
        ValueKind::Bool(_) => "a boolean",
        ValueKind::Int(_) => "an integer",
        ValueKind::Float(_) => "a number",
        ValueKind::String(_) => "a text",
        ValueKind::Enum(_) => "a name",
        ValueKind::List(_) => "a list",
        ValueKind::Object(_) => "an object",
    }
}
