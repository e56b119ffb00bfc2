//! What answers are in Rust: a struct per selection set, with what is selected there by way of fragments as well. A set
//! that is a fragment alone has the struct of the fragment, which is thus shared.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Attribute;

use super::{
    check::{TYPE_NAME, root},
    print,
    problems::Problems,
    rust,
    schema::{Kind, Schema, TypeRef},
    syntax::{Document, Field, Fragment, Item, Operation, Set},
};

/// The scalar of counts, which no field of a model has.
const LONG: &str = "Long";

/// A struct of an answer.
pub(super) struct StructPlan<'a> {
    pub(super) ident: Ident,
    /// The attributes of the operation or fragment.
    pub(super) attributes: &'a [Attribute],
    pub(super) fields: Vec<FieldPlan>,
}

pub(super) struct FieldPlan {
    pub(super) ident: Ident,
    /// The key in the answer.
    pub(super) key: String,
    /// The type of a single value.
    pub(super) ty: TokenStream,
    pub(super) reading: Reading,
    pub(super) is_list: bool,
    pub(super) is_nullable: bool,
    /// Whether the key can be missing: for `@include`, `@skip`, and fields of some of the types of an interface.
    pub(super) is_conditional: bool,
}

/// How a single value is read.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    Scalar,
    Long,
    Struct,
}

/// Plans structs, of all operations of a document.
pub(super) struct Answers<'a> {
    schema: &'a Schema,
    client: &'a syn::Path,
    document: &'a Document,
    structs: Vec<StructPlan<'a>>,
    /// Positions of fragments that have a struct.
    fragments: HashSet<usize>,
    names: HashSet<String>,
}

/// A struct to plan.
struct Target<'a> {
    ident: Ident,
    /// What the names of structs below begin with.
    prefix: String,
    attributes: &'a [Attribute],
}

/// A part of a set: what is selected of a record, and whether it may be missing.
struct Part<'a> {
    set: &'a Set,
    is_conditional: bool,
}

/// All uses of one key in a set.
struct Merged<'a> {
    /// The type that has the field.
    parent: String,
    uses: Vec<(&'a Field, bool)>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(schema: &'a Schema, client: &'a syn::Path, document: &'a Document) -> Self {
        Self {
            schema,
            client,
            document,
            structs: Vec::new(),
            fragments: HashSet::new(),
            names: HashSet::new(),
        }
    }

    pub(super) fn structs(self) -> Vec<StructPlan<'a>> {
        self.structs
    }

    /// The struct of an operation, beside the one of its variables.
    pub(super) fn operation(&mut self, operation: &'a Operation, problems: &mut Problems) -> Ident {
        let name = rust::camel(&operation.name);
        self.names.insert(name.clone());
        let ident = Ident::new(&format!("{name}Answer"), operation.name.span());
        let target = Target {
            ident: ident.clone(),
            prefix: name,
            attributes: &operation.attributes,
        };
        let part = Part {
            set: &operation.set,
            is_conditional: false,
        };
        self.plan(target, root(operation.kind), &[part], problems);
        ident
    }

    /// The struct of a set, or of the fragment that the set is.
    fn set(
        &mut self,
        target: Target<'a>,
        ty: &str,
        parts: &[Part<'a>],
        problems: &mut Problems,
    ) -> Ident {
        let Some((at, fragment)) = self.fragment_alone(ty, parts) else {
            let ident = target.ident.clone();
            self.plan(target, ty, parts, problems);
            return ident;
        };
        let prefix = rust::camel(&fragment.name);
        let ident = Ident::new(&prefix, fragment.name.span());
        if self.fragments.insert(at) {
            let target = Target {
                ident: ident.clone(),
                prefix,
                attributes: &fragment.attributes,
            };
            let part = Part {
                set: &fragment.set,
                is_conditional: false,
            };
            self.plan(target, ty, &[part], problems);
        }
        ident
    }

    /// The fragment that a set consists of.
    fn fragment_alone(&self, ty: &str, parts: &[Part<'a>]) -> Option<(usize, &'a Fragment)> {
        let [
            Part {
                set,
                is_conditional: false,
            },
        ] = parts
        else {
            return None;
        };
        let [Item::Spread { name, directives }] = set.items.as_slice() else {
            return None;
        };
        let mut fragments = self.document.fragments.iter().enumerate();
        let (at, fragment) = fragments.find(|(_, fragment)| fragment.name == *name)?;
        (directives.is_empty() && fragment.on == ty).then_some((at, fragment))
    }

    fn plan(&mut self, target: Target<'a>, ty: &str, parts: &[Part<'a>], problems: &mut Problems) {
        if !self.names.insert(target.ident.to_string()) {
            let text = format!("two structs would be called `{}`", target.ident);
            problems.add(target.ident.span(), text);
        }
        let mut merged = Keys::default();
        for part in parts {
            self.gather(ty, part.set, part.is_conditional, &mut merged, problems);
        }
        // Before those of what lies below.
        let at = self.structs.len();
        self.structs.push(StructPlan {
            ident: target.ident.clone(),
            attributes: target.attributes,
            fields: Vec::new(),
        });
        let fields = merged
            .0
            .iter()
            .filter_map(|(_, merged)| self.field(&target, merged, problems))
            .collect();
        if let Some(planned) = self.structs.get_mut(at) {
            planned.fields = fields;
        }
    }

    /// Adds the fields of a set, those of its fragments among them.
    fn gather(
        &self,
        ty: &str,
        set: &'a Set,
        is_conditional: bool,
        merged: &mut Keys<'a>,
        problems: &mut Problems,
    ) {
        for item in &set.items {
            let (on, directives, set) = match item {
                Item::Field(field) => {
                    let is_conditional = is_conditional || !field.directives.is_empty();
                    self.merge(ty, field, is_conditional, merged, problems);
                    continue;
                }
                Item::Spread { name, directives } => {
                    let mut fragments = self.document.fragments.iter();
                    let Some(fragment) = fragments.find(|fragment| fragment.name == *name) else {
                        continue;
                    };
                    (Some(&fragment.on), directives, &fragment.set)
                }
                Item::Inline {
                    on,
                    directives,
                    set,
                } => (on.as_ref(), directives, set),
            };
            let narrower = on
                .map(ToString::to_string)
                .filter(|on| on != ty && self.schema.kind(ty) == Some(Kind::Interface));
            let is_conditional = is_conditional || narrower.is_some() || !directives.is_empty();
            let ty = narrower.as_deref().unwrap_or(ty);
            self.gather(ty, set, is_conditional, merged, problems);
        }
    }

    fn merge(
        &self,
        ty: &str,
        field: &'a Field,
        is_conditional: bool,
        merged: &mut Keys<'a>,
        problems: &mut Problems,
    ) {
        let key = field.key();
        let Some(found) = merged.get(&key.to_string()) else {
            let first = Merged {
                parent: ty.to_owned(),
                uses: vec![(field, is_conditional)],
            };
            merged.0.push((key.to_string(), first));
            return;
        };
        let is_same = found.uses.first().is_some_and(|(other, _)| {
            other.name == field.name
                && print::arguments(&other.arguments) == print::arguments(&field.arguments)
                && self.ty(&found.parent, other) == self.ty(ty, field)
        });
        if is_same {
            found.uses.push((field, is_conditional));
        } else {
            let text = format!(
                "`{key}` is selected twice here and means two things\nhelp: give one of them another name: `other: {}`",
                field.name
            );
            problems.add(key.span(), text);
        }
    }

    fn ty(&self, parent: &str, field: &Field) -> Option<TypeRef<'a>> {
        if field.name == TYPE_NAME {
            return Some(TypeRef {
                name: "String",
                items: None,
                required: true,
            });
        }
        let found = self.schema.field(parent, &field.name.to_string())?;
        Some(found.ty)
    }

    /// A field of a struct; none for a field that there is not, which was reported.
    fn field(
        &mut self,
        target: &Target<'a>,
        merged: &Merged<'a>,
        problems: &mut Problems,
    ) -> Option<FieldPlan> {
        let (field, _) = *merged.uses.first()?;
        let ty = self.ty(&merged.parent, field)?;
        let (reading, value) = match self.schema.kind(ty.name)? {
            Kind::Object | Kind::Interface => {
                let is_merged = merged.uses.len() > 1;
                let parts: Vec<Part<'a>> = merged
                    .uses
                    .iter()
                    .filter_map(|(field, is_conditional)| {
                        Some(Part {
                            set: field.set.as_ref()?,
                            is_conditional: is_merged && *is_conditional,
                        })
                    })
                    .collect();
                let name = format!("{}{}", target.prefix, rust::camel(field.key()));
                let below = Target {
                    ident: Ident::new(&name, field.key().span()),
                    prefix: name,
                    attributes: target.attributes,
                };
                let ident = self.set(below, ty.name, &parts, problems);
                (Reading::Struct, quote!(#ident))
            }
            Kind::Enum => (Reading::Scalar, rust::ty(self.client, ty.name)),
            Kind::Scalar if ty.name == LONG => (Reading::Long, quote!(i64)),
            _ if rust::is_id(self.schema, &merged.parent, &field.name.to_string()) => (
                Reading::Scalar,
                rust::id(self.client, &merged.parent, ty.name),
            ),
            _ => (Reading::Scalar, rust::scalar(ty.name)),
        };
        Some(FieldPlan {
            ident: rust::field(field.key()),
            key: field.key().to_string(),
            ty: value,
            reading,
            is_list: ty.items.is_some(),
            is_nullable: !ty.required,
            is_conditional: merged
                .uses
                .iter()
                .all(|(_, is_conditional)| *is_conditional),
        })
    }
}

/// Keys in the order of their first use.
#[derive(Default)]
struct Keys<'a>(Vec<(String, Merged<'a>)>);

impl<'a> Keys<'a> {
    fn get(&mut self, key: &str) -> Option<&mut Merged<'a>> {
        let mut found = self.0.iter_mut().filter(|(other, _)| other == key);
        found.next().map(|(_, merged)| merged)
    }
}
