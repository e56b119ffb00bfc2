//! Whether a document asks for what there is: fields, arguments, values, fragments. One walk over every operation and
//! fragment as they are written; what depends on the operation that uses a fragment is left to `variables`.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::Ident;

use super::{
    problems::Problems,
    schema::{Input, Kind, Schema, TypeRef},
    syntax::{self, Argument, Directive, Document, Field, Item, Set},
    values::{Place, Uses, Values},
};

/// The field that every type has.
pub(super) const TYPE_NAME: &str = "__typename";

/// What an operation or fragment uses, by its position in the document.
#[derive(Default)]
pub(super) struct Used<'a> {
    pub(super) variables: Uses<'a>,
    /// Names of fragments, with where they are used.
    pub(super) fragments: Vec<&'a Ident>,
}

/// The uses of all operations and of all fragments.
pub(super) struct Checked<'a> {
    pub(super) operations: Vec<Used<'a>>,
    pub(super) fragments: Vec<Used<'a>>,
}

pub(super) fn check<'a>(
    schema: &'a Schema,
    document: &'a Document,
    problems: &mut Problems,
) -> Checked<'a> {
    unique_names(document, problems);
    let mut operations = Vec::new();
    for operation in &document.operations {
        let root = root(operation.kind);
        let mut walk = Walk::new(schema, document, problems);
        walk.is_mutation = operation.kind == syntax::Kind::Mutation;
        walk.set(root, &operation.set);
        operations.push(walk.used);
    }
    let mut fragments = Vec::new();
    for fragment in &document.fragments {
        let mut walk = Walk::new(schema, document, problems);
        if walk.composite(&fragment.on) {
            walk.set(&fragment.on.to_string(), &fragment.set);
        }
        fragments.push(walk.used);
    }
    let checked = Checked {
        operations,
        fragments,
    };
    unused_fragments(document, &checked, problems);
    checked
}

/// The type of the root fields of an operation.
pub(super) const fn root(kind: syntax::Kind) -> &'static str {
    match kind {
        syntax::Kind::Query => "Query",
        syntax::Kind::Mutation => "Mutation",
    }
}

fn unique_names(document: &Document, problems: &mut Problems) {
    let operations = document.operations.iter().map(|operation| &operation.name);
    let fragments = document.fragments.iter().map(|fragment| &fragment.name);
    let mut names = HashSet::new();
    for name in operations.chain(fragments) {
        if !names.insert(name.to_string()) {
            problems.add(name.span(), format!("there are two `{name}`"));
        }
    }
}

fn unused_fragments(document: &Document, checked: &Checked<'_>, problems: &mut Problems) {
    let all = checked.operations.iter().chain(&checked.fragments);
    let used: HashSet<String> = all
        .flat_map(|used| &used.fragments)
        .map(ToString::to_string)
        .collect();
    for fragment in &document.fragments {
        let name = &fragment.name;
        if !used.contains(&name.to_string()) {
            problems.add(name.span(), format!("the fragment `{name}` is not used"));
        }
    }
}

struct Walk<'a, 'p> {
    schema: &'a Schema,
    document: &'a Document,
    problems: &'p mut Problems,
    used: Used<'a>,
    /// Whether what is filtered may be changed.
    is_mutation: bool,
}

impl<'a, 'p> Walk<'a, 'p> {
    fn new(schema: &'a Schema, document: &'a Document, problems: &'p mut Problems) -> Self {
        Self {
            schema,
            document,
            problems,
            used: Used::default(),
            is_mutation: false,
        }
    }

    fn set(&mut self, ty: &str, set: &'a Set) {
        for item in &set.items {
            match item {
                Item::Field(field) => self.field(ty, field),
                Item::Spread { name, directives } => {
                    self.directives(directives);
                    self.spread(ty, name);
                }
                Item::Inline {
                    on,
                    directives,
                    set,
                } => {
                    self.directives(directives);
                    match on {
                        None => self.set(ty, set),
                        Some(on) => {
                            if self.composite(on) && self.applies(ty, on, on.span()) {
                                self.set(&on.to_string(), set);
                            }
                        }
                    }
                }
            }
        }
    }

    fn spread(&mut self, ty: &str, name: &'a Ident) {
        let fragments = &self.document.fragments;
        let Some(fragment) = fragments.iter().find(|fragment| fragment.name == *name) else {
            let names: Vec<String> = fragments
                .iter()
                .map(|fragment| fragment.name.to_string())
                .collect();
            let text = format!("no fragment `{name}` in this document");
            self.problems.add_with_names(
                name,
                text,
                "a fragment",
                names.iter().map(String::as_str),
            );
            return;
        };
        self.used.fragments.push(name);
        self.applies(ty, &fragment.on, name.span());
    }

    /// Whether a type is one that fields can be selected of.
    fn composite(&mut self, ty: &Ident) -> bool {
        let schema = self.schema;
        let is_composite = |kind| matches!(kind, Kind::Object | Kind::Interface);
        match schema.kind(&ty.to_string()) {
            Some(kind) if is_composite(kind) => true,
            Some(_) => {
                let text = format!("`{ty}` has no fields to select");
                self.problems.add(ty.span(), text);
                false
            }
            None => {
                let types = schema.types().filter(|(_, kind)| is_composite(*kind));
                let text = format!("no type `{ty}` in the API");
                self.problems
                    .add_with_names(ty, text, "a type", types.map(|(name, _)| name));
                false
            }
        }
    }

    /// Whether a value of the type `ty` can be one of `on`.
    fn applies(&mut self, ty: &str, on: &Ident, span: Span) -> bool {
        let name = on.to_string();
        let schema = self.schema;
        let is_interface = |ty: &str| schema.kind(ty) == Some(Kind::Interface);
        let applies = name == ty
            || (is_interface(ty) && schema.is_node(&name))
            || (is_interface(&name) && schema.is_node(ty))
            || schema.kind(&name).is_none();
        if !applies {
            let text = format!("a `{ty}` is never a `{on}`");
            self.problems.add(span, text);
        }
        applies
    }

    fn field(&mut self, ty: &str, field: &'a Field) {
        self.directives(&field.directives);
        let name = field.name.to_string();
        if name == TYPE_NAME {
            self.leaf(&name, field);
            return;
        }
        let schema = self.schema;
        let Some(found) = schema.field(ty, &name) else {
            let text = format!("no field `{name}` on type `{ty}`");
            let names = schema.fields(ty).map(|field| field.name);
            self.problems
                .add_with_names(&field.name, text, "a field", names);
            return;
        };
        self.arguments(ty, field, &found.arguments);
        match schema.kind(found.ty.name) {
            Some(Kind::Object | Kind::Interface) => match &field.set {
                Some(set) => self.set(found.ty.name, set),
                None => {
                    let text = format!(
                        "`{name}` has fields of its own, of which some are to be selected: `{name} {{ … }}`"
                    );
                    self.problems.add(field.name.span(), text);
                }
            },
            _ => self.leaf(&name, field),
        }
    }

    fn leaf(&mut self, name: &str, field: &Field) {
        if field.set.is_some() {
            let text = format!("`{name}` is a scalar, which has no fields");
            self.problems.add(field.name.span(), text);
        }
    }

    fn arguments(&mut self, ty: &str, field: &'a Field, known: &[Input<'a>]) {
        let of = format!("`{}` of `{ty}`", field.name);
        self.given(&field.arguments, known, &of, field.name.span());
    }

    fn directives(&mut self, directives: &'a [Directive]) {
        let condition = Input {
            name: "if",
            ty: TypeRef {
                name: "Boolean",
                items: None,
                required: true,
            },
        };
        for Directive { name, arguments } in directives {
            if name == "skip" || name == "include" {
                let of = format!("`@{name}`");
                self.given(arguments, &[condition], &of, name.span());
            } else {
                let text = format!("no directive `@{name}`; there are `@skip` and `@include`");
                self.problems.add(name.span(), text);
            }
        }
    }

    /// Arguments beside those that there are. Those that are required are missed at `span`.
    fn given(&mut self, given: &'a [Argument], known: &[Input<'a>], of: &str, span: Span) {
        let mut names = HashSet::new();
        for Argument { name, value } in given {
            if !names.insert(name.to_string()) {
                self.problems
                    .add(name.span(), format!("`{name}` is given twice"));
            }
            let Some(input) = known.iter().find(|input| name == input.name) else {
                let text = format!("no argument `{name}` on {of}");
                let known = known.iter().map(|input| input.name);
                self.problems
                    .add_with_names(name, text, "an argument", known);
                continue;
            };
            let mut values = Values {
                schema: self.schema,
                problems: self.problems,
                uses: &mut self.used.variables,
                is_mutation: self.is_mutation,
            };
            let place = Place {
                ty: input.ty,
                field: None,
                decides: false,
            };
            values.value(value, place);
        }
        for input in known {
            if input.ty.required && !names.contains(input.name) {
                let text = format!(
                    "missing argument `{}` on {of}\nhelp: it is a `{}`",
                    input.name, input.ty
                );
                self.problems.add(span, text);
            }
        }
    }
}
