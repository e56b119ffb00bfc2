//! Names that differ in the datamodel and meet in Rust. Refused, never changed in silence.

use std::collections::HashMap;

use prisma_datamodel::{Diagnostic, Span};

use super::{ClientPlan, EnumPlan, ModelPlan};
use crate::error::problem;

/// Types that every client has.
const TYPES: &[&str] = &["Db", "Models"];

/// Types that every module of a model has.
const IN_MODULES: &[&str] = &["Fields", "New"];

/// Functions that every `Db` has.
const FUNCTIONS: &[&str] = &["client", "custom", "embedded", "http", "mock"];

pub(super) fn problems(plan: &ClientPlan) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    types(plan, &mut found);
    for model in &plan.models {
        fields(model, &mut found);
    }
    for item in &plan.enums {
        variants(item, &mut found);
    }
    found
}

/// Models and enums, among each other and with what every client has.
fn types(plan: &ClientPlan, found: &mut Vec<Diagnostic>) {
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
        if let Some(other) = seen.insert(rust.clone(), name) {
            let message = format!("`{other}` and `{name}` would both be called `{rust}` in Rust");
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
        if IN_MODULES.contains(&ty.as_str()) || ty.starts_with("NewWithout") {
            let message = format!("modules of models have types `{ty}` of their own");
            found.push(problem(model.span, message, help()));
        }
        if let Some(other) = seen.insert(module.clone(), model)
            && other.ty != model.ty
        {
            let (other, name) = (&other.name, &model.name);
            let message = format!("`{other}` and `{name}` would share the module `{module}`");
            found.push(problem(model.span, message, help()));
        }
    }
}

fn rename(name: &str) -> String {
    format!("give it another name in Rust: `Config::rename(\"{name}\", \"{name}Model\")`")
}

fn fields(model: &ModelPlan, found: &mut Vec<Diagnostic>) {
    let fields = model
        .fields
        .iter()
        .map(|field| (field.name.as_str(), &field.ident, field.span));
    let what = format!("type `{}`", model.name);
    members(
        fields,
        &what,
        "rename one, and keep its column with `@db(name:)`",
        found,
    );
}

fn variants(item: &EnumPlan, found: &mut Vec<Diagnostic>) {
    let values = item
        .values
        .iter()
        .map(|(value, ident)| (value.as_str(), ident, item.span));
    members(
        values,
        &format!("enum `{}`", item.name),
        "rename one",
        found,
    );
}

fn members<'a>(
    members: impl Iterator<Item = (&'a str, &'a proc_macro2::Ident, Span)>,
    of: &str,
    help: &str,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen = HashMap::new();
    for (name, ident, span) in members {
        if let Some(other) = seen.insert(ident.to_string(), name) {
            let message =
                format!("`{other}` and `{name}` of {of} would both be called `{ident}` in Rust");
            found.push(problem(span, message, Some(help.to_owned())));
        }
    }
}
