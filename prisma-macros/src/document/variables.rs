//! The variables of each operation: whether they fit where they are used, be it in a fragment, and what they are in
//! Rust.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    check::{Checked, Used},
    problems::Problems,
    roles::Role,
    rust,
    schema::{Kind, Schema, TypeRef},
    syntax::{Document, Operation, Variable, VariableType},
    values::{Place, Use, Values},
};

/// A field of the struct of an operation.
pub(super) struct VariablePlan {
    pub(super) ident: Ident,
    /// The name in the document.
    pub(super) wire: String,
    /// The type of a single value.
    pub(super) ty: TokenStream,
    pub(super) is_list: bool,
    /// Whether it can be left out.
    pub(super) is_optional: bool,
}

/// The positions of the fragments that an operation or fragment uses, by way of others too.
///
/// # Errors
/// A fragment that uses itself, which is reported.
pub(super) fn reachable(
    document: &Document,
    checked: &Checked<'_>,
    from: &Used<'_>,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut path = Vec::new();
    let mut search = Search {
        document,
        checked,
        found: &mut found,
        path: &mut path,
    };
    let cycle = search.visit(from);
    match cycle {
        None => Some(found),
        Some(name) => {
            problems.add(name.span(), format!("the fragment `{name}` uses itself"));
            None
        }
    }
}

struct Search<'a, 's> {
    document: &'a Document,
    checked: &'a Checked<'a>,
    found: &'s mut Vec<usize>,
    path: &'s mut Vec<usize>,
}

impl<'a> Search<'a, '_> {
    /// The use of a fragment within itself, if there is one.
    fn visit(&mut self, used: &'a Used<'a>) -> Option<&'a Ident> {
        for name in &used.fragments {
            let mut fragments = self.document.fragments.iter();
            let Some(at) = fragments.position(|fragment| fragment.name == **name) else {
                continue;
            };
            if self.path.contains(&at) {
                return Some(name);
            }
            if self.found.contains(&at) {
                continue;
            }
            self.found.push(at);
            self.path.push(at);
            let cycle = self.visit(self.checked.fragments.get(at)?);
            self.path.pop();
            if cycle.is_some() {
                return cycle;
            }
        }
        None
    }
}

/// Checks the variables of an operation and plans their fields.
pub(super) fn plan(
    schema: &Schema,
    client: &syn::Path,
    operation: &Operation,
    uses: &[Use<'_>],
    problems: &mut Problems,
) -> Vec<VariablePlan> {
    for used in uses {
        let declared = operation.variables.iter();
        let Some(variable) = declared.clone().find(|other| other.name == *used.name) else {
            let (name, operation) = (used.name, &operation.name);
            let text = format!("no variable `${name}` in `{operation}`");
            let names: Vec<String> = declared.map(|other| other.name.to_string()).collect();
            problems.add_with_names(name, text, "a variable", names.iter().map(String::as_str));
            continue;
        };
        // What a variable of no known type is, is said where it is declared.
        if schema.kind(&variable.ty.name.to_string()).is_some() {
            fits(variable, used, problems);
        }
    }
    let mut names = HashSet::new();
    let mut plans = Vec::new();
    for variable in &operation.variables {
        let name = &variable.name;
        if !names.insert(name.to_string()) {
            problems.add(name.span(), format!("`${name}` is declared twice"));
            continue;
        }
        let own: Vec<&Use<'_>> = uses.iter().filter(|used| used.name == name).collect();
        // Beside other mistakes it may be used where nothing was looked up.
        if own.is_empty() && problems.is_empty() {
            problems.add(name.span(), format!("`${name}` is not used"));
        }
        if let Some(plan) = declared(schema, client, variable, &own, problems) {
            plans.push(plan);
        }
    }
    plans
}

/// Whether a variable fits where it is used.
fn fits(variable: &Variable, used: &Use<'_>, problems: &mut Problems) {
    let place = used.place.ty;
    let VariableType {
        name,
        items,
        required,
    } = &variable.ty;
    let is_given = *required || variable.default.is_some();
    let fits = name == place.name
        && items.is_some() == place.items.is_some()
        && (*items == Some(true) || place.items != Some(true))
        && (is_given || !place.required);
    if !fits {
        let (variable, ty) = (used.name, written(&variable.ty));
        let text = format!("expected `{place}`, found the variable `${variable}` of type `{ty}`");
        problems.add(variable.span(), text);
    } else if used.place.decides && !is_given {
        let variable = used.name;
        let text = format!(
            "without a value for `${variable}`, this condition would not be there and more records would change\n\
             help: require one: `${variable}: {place}!`"
        );
        problems.add(variable.span(), text);
    }
}

fn written(ty: &VariableType) -> String {
    let name = ty.name.to_string();
    let ty = TypeRef {
        name: &name,
        items: ty.items,
        required: ty.required,
    };
    ty.to_string()
}

fn declared(
    schema: &Schema,
    client: &syn::Path,
    variable: &Variable,
    uses: &[&Use<'_>],
    problems: &mut Problems,
) -> Option<VariablePlan> {
    let Variable { name, ty, default } = variable;
    let ty_name = ty.name.to_string();
    let is_input = |kind| matches!(kind, Kind::Scalar | Kind::Enum | Kind::Input);
    match schema.kind(&ty_name) {
        Some(kind) if is_input(kind) => {}
        Some(_) => {
            let text = format!("`{ty_name}` is a type of answers, which no variable has");
            problems.add(ty.name.span(), text);
            return None;
        }
        None => {
            let inputs = schema.types().filter(|(_, kind)| is_input(*kind));
            let text = format!("no type `{ty_name}` in the API");
            problems.add_with_names(&ty.name, text, "a type", inputs.map(|(name, _)| name));
            return None;
        }
    }
    if let Some(default) = default {
        let place = Place {
            ty: TypeRef {
                name: &ty_name,
                items: ty.items,
                required: ty.required,
            },
            field: None,
            decides: false,
        };
        let mut within = Vec::new();
        let mut values = Values {
            schema,
            problems,
            uses: &mut within,
            is_mutation: false,
        };
        values.value(default, place);
        if let Some(within) = within.first() {
            let text = "a default is no variable";
            problems.add(within.name.span(), text);
        }
    }
    Some(VariablePlan {
        ident: rust::field(name),
        wire: name.to_string(),
        ty: value(schema, client, &ty_name, uses),
        is_list: ty.items.is_some(),
        is_optional: !ty.required || default.is_some(),
    })
}

/// The Rust type of a single value of a variable.
fn value(schema: &Schema, client: &syn::Path, ty: &str, uses: &[&Use<'_>]) -> TokenStream {
    let roles = schema.roles();
    if let Some((model, role)) = roles.get(ty) {
        let path = rust::ty(client, model);
        return match role {
            Role::Filter => quote!(::prisma_runtime::Filter<#path>),
            Role::Unique => quote!(::prisma_runtime::Unique<#path>),
            Role::Order => quote!(::prisma_runtime::Order<#path>),
            Role::Create => {
                let module = rust::module(client, model);
                quote!(::prisma_runtime::Create<#module::New>)
            }
            Role::Update => quote!(::prisma_runtime::UpdateInput<#path>),
            Role::UpdateMany => quote!(::prisma_runtime::UpdateManyInput<#path>),
            Role::ScalarFilter => quote!(::prisma_runtime::__rt::JsonValue),
        };
    }
    match schema.kind(ty) {
        Some(Kind::Input) => quote!(::prisma_runtime::__rt::JsonValue),
        Some(Kind::Enum) => rust::ty(client, ty),
        _ => match id_of(schema, uses) {
            Some(model) => rust::id(client, &model, ty),
            None => rust::scalar(ty),
        },
    }
}

/// The model that a variable identifies, if all its uses in inputs are about the id of that model. The argument of
/// `node`, which stands outside of inputs, takes ids of all models.
fn id_of(schema: &Schema, uses: &[&Use<'_>]) -> Option<String> {
    let inputs = uses.iter().filter_map(|used| used.place.field);
    let mut models = inputs.map(|(input, field)| {
        let (model, _) = schema.roles().get(input)?;
        let is_id = rust::is_about_id(field) && rust::has_id(schema, model);
        is_id.then(|| model.to_owned())
    });
    let first = models.next()??;
    models
        .all(|model| model.as_deref() == Some(&first))
        .then_some(first)
}
