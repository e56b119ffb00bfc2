//! Names of the datamodel and its API in Rust.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// A field: `createdAt` is `created_at`.
#[must_use]
pub fn field(name: &str) -> Ident {
    ident(&begin(name.to_snake_case()))
}

/// The module of a model, by the name of its struct: `BlogPost` is `blog_post`.
#[must_use]
pub fn module(ty: &Ident) -> Ident {
    ident(&begin(ty.to_string().to_snake_case()))
}

/// A model or enum. Names in the style of Rust stay as they are, `URLMap` too.
#[must_use]
pub fn ty(name: &str) -> Ident {
    if name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_') {
        return ident(name);
    }
    ident(&begin(name.to_upper_camel_case()))
}

/// A value of an enum: `IN_REVIEW` is `InReview`.
#[must_use]
pub fn variant(value: &str) -> Ident {
    ident(&begin(value.to_upper_camel_case()))
}

/// A struct of required fields that lacks one field.
#[must_use]
pub fn draft_without(field: &str) -> Ident {
    ident(&format!("NewWithout{}", field.to_upper_camel_case()))
}

/// Names that were all underscores, or have a digit left in front, need a beginning.
fn begin(name: String) -> String {
    match name.chars().next() {
        None => "underscore".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// Words that are names only as `r#word`.
const RAW: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that are never names.
const NEVER: &[&str] = &["crate", "self", "super", "Self"];

fn ident(name: &str) -> Ident {
    if RAW.contains(&name) {
        return Ident::new_raw(name, Span::call_site());
    }
    if NEVER.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    Ident::new(name, Span::call_site())
}
