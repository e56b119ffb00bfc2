//! Plans to tokens.
//!
//! Generated modules import nothing but the `__rt` of the runtime, so no name of a datamodel can hide what the code
//! relies on.

mod create;
mod enums;
mod model;
mod patch;
mod root;
mod ty;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    client::{Client, Module},
    plan::ClientPlan,
};

/// The client of a plan.
pub(crate) fn client(plan: &ClientPlan, schema: String) -> Client {
    let modules = plan.models.iter().map(|model| Module {
        name: model.module.clone(),
        items: model::items(&plan.runtime, model),
    });
    Client {
        runtime: plan.runtime.clone(),
        schema,
        root: root::items(plan),
        modules: modules.collect(),
    }
}

/// Lines of documentation.
fn docs<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Further derives, whose paths the plan has checked.
fn derives(paths: &[String]) -> TokenStream {
    let paths = paths
        .iter()
        .filter_map(|path| syn::parse_str::<syn::Path>(path).ok());
    quote!(#(#[derive(#paths)])*)
}
