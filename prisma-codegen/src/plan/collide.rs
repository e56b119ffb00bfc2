//! Names that differ in the datamodel and meet in Rust. Refused, never changed in silence.

use std::collections::HashMap;

use prisma_datamodel::{Diagnostic, Source, Span};

use super::{ClientPlan, EnumPlan, ModelPlan};
use crate::error::{place, problem};

/// Types that every client has.
const TYPES: &[&str] = &["Db", "Models", "Query"];

/// Types that every module of a model has.
const IN_MODULES: &[&str] = &["Fields", "New"];

/// A type that modules of models have if they were asked for it.
const PATCH: &str = "Patch";

/// Functions that every `Db` has.
const FUNCTIONS: &[&str] = &[
    "client", "custom", "embedded", "http", "mock", "query", "scoped",
];

/// The variant of an enum that takes values it was not generated with.
const FALLBACK: &str = "Unknown";

pub(super) fn problems(plan: &ClientPlan, source: Option<&Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    types(plan, source, &mut found);
    for model in &plan.models {
        fields(model, source, &mut found);
    }
    for item in &plan.enums {
        variants(item, &mut found);
    }
    roots(plan, &mut found);
    found.sort_by_key(|problem| problem.span.start);
    found
}

/// The end of a message about two names: where the first one is.
fn first_at(source: Option<&Source>, first: &str, span: Span) -> String {
    place(source, span).map_or_else(String::new, |place| format!("; `{first}` is at {place}"))
}

/// Models and enums, among each other and with what every client has.
fn types(plan: &ClientPlan, source: Option<&Source>, found: &mut Vec<Diagnostic>) {
    let models = plan
        .models
        .iter()
        .map(|model| (&model.name, &model.ty, model.span));
    let enums = plan
        .enums
        .iter()
        .map(|item| (&item.name, &item.ty, item.span));
    let mut seen = HashMap::new();
    for (name, ty, span) in models.chain(enums) {
        let rust = ty.to_string();
        let help = || Some(rename(name));
        if TYPES.contains(&rust.as_str()) {
            let message = format!("every client has a type `{rust}` of its own");
            found.push(problem(span, message, help()));
        }
        if let Some((other, at)) = seen.insert(rust.clone(), (name, span)) {
            let first = first_at(source, other, at);
            let message =
                format!("`{other}` and `{name}` would both be called `{rust}` in Rust{first}");
            found.push(problem(span, message, help()));
        }
    }
    let mut seen = HashMap::new();
    for model in &plan.models {
        let module = model.module.to_string();
        let ty = model.ty.to_string();
        let help = || Some(rename(&model.name));
        if FUNCTIONS.contains(&module.as_str()) {
            let message = format!("every client has a function `{module}` of its own");
            found.push(problem(model.span, message, help()));
        }
        let is_taken = IN_MODULES.contains(&ty.as_str()) || ty.starts_with("NewWithout");
        if is_taken || (ty == PATCH && !model.patch.is_empty()) {
            let message = format!("modules of models have types `{ty}` of their own");
            found.push(problem(model.span, message, help()));
        }
        if let Some(other) = seen.insert(module.clone(), model)
            && other.ty != model.ty
        {
            let first = first_at(source, &other.name, other.span);
            let (other, name) = (&other.name, &model.name);
            let message =
                format!("`{other}` and `{name}` would share the module `{module}`{first}");
            found.push(problem(model.span, message, help()));
        }
    }
}

/// Root fields of the API. Types that meet anyhow are enough to say.
fn roots(plan: &ClientPlan, found: &mut Vec<Diagnostic>) {
    let said: Vec<Span> = found.iter().map(|problem| problem.span).collect();
    let mut seen = HashMap::new();
    for model in &plan.models {
        for (ident, name) in model.roots.iter().zip([&model.api.one, &model.api.many]) {
            let Some(other) = seen.insert(ident.to_string(), name) else {
                continue;
            };
            if !said.contains(&model.span) {
                let message = format!(
                    "the fields `{other}` and `{name}` of the API would both be called `{ident}` in Rust"
                );
                found.push(problem(
                    model.span,
                    message,
                    Some("rename the type".to_owned()),
                ));
            }
        }
    }
}

fn rename(name: &str) -> String {
    format!("give it another name in Rust: `Config::rename(\"{name}\", \"{name}Model\")`")
}

fn fields(model: &ModelPlan, source: Option<&Source>, found: &mut Vec<Diagnostic>) {
    let mut seen = HashMap::new();
    for field in &model.fields {
        let (name, ident) = (&field.name, &field.ident);
        if let Some((other, at)) = seen.insert(ident.to_string(), (name, field.span)) {
            let first = first_at(source, other, at);
            let message = format!(
                "`{other}` and `{name}` of type `{}` would both be called `{ident}` in Rust{first}",
                model.name
            );
            let help = "rename one, and keep its column with `@db(name:)`".to_owned();
            found.push(problem(field.span, message, Some(help)));
        }
    }
}

/// Values have no positions of their own: all of this is said at the name of the enum.
fn variants(item: &EnumPlan, found: &mut Vec<Diagnostic>) {
    let mut seen = HashMap::new();
    for (value, ident) in &item.values {
        let name = &item.name;
        if item.is_open && ident == FALLBACK {
            let message = format!("`{value}` of enum `{name}` would be called as its fallback");
            let help = "rename the value, or leave `enum_fallback` out".to_owned();
            found.push(problem(item.span, message, Some(help)));
        }
        if let Some(other) = seen.insert(ident.to_string(), value) {
            let message = format!(
                "`{other}` and `{value}` of enum `{name}` would both be called `{ident}` in Rust"
            );
            found.push(problem(item.span, message, Some("rename one".to_owned())));
        }
    }
}
