//! Options that make no sense for a datamodel.

use prisma_datamodel::{Datamodel, Diagnostic, Span};

use crate::{error::problem, options::Options};

pub(super) fn problems(datamodel: &Datamodel, options: &Options) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut check = |text: String| found.push(problem(Span::default(), text, None));
    for (name, paths) in &options.derives {
        if name != "*" && !is_declared(datamodel, name) {
            check(format!(
                "`derive`: the datamodel has no type or enum `{name}`"
            ));
        }
        for path in paths {
            if syn::parse_str::<syn::Path>(path).is_err() {
                check(format!("`derive`: `{path}` is not the path of a derive"));
            }
        }
    }
    for (name, rust_name) in &options.renames {
        if !is_declared(datamodel, name) {
            check(format!(
                "`rename`: the datamodel has no type or enum `{name}`"
            ));
        }
        if syn::parse_str::<syn::Ident>(rust_name).is_err() {
            check(format!("`rename`: `{rust_name}` is not a name in Rust"));
        }
    }
    found
}

fn is_declared(datamodel: &Datamodel, name: &str) -> bool {
    datamodel.model(name).is_some() || datamodel.enumeration(name).is_some()
}
