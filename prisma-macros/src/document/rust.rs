//! Names and types of the API in Rust, as the generated client has them.

use prisma_api::{FilterOp, names};
use prisma_codegen::rust_names;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Path;

use super::schema::Schema;

/// The name of the field that identifies records, unless the datamodel says otherwise.
const ID: &str = "id";

/// A field of a struct, where its name in the document stands.
pub(super) fn field(name: &Ident) -> Ident {
    let mut ident = rust_names::field(&name.to_string());
    ident.set_span(name.span());
    ident
}

/// A key of an answer as part of the name of a type.
pub(super) fn camel(name: &Ident) -> String {
    rust_names::ty(&name.to_string()).to_string()
}

/// The struct of a model or an enum.
pub(super) fn ty(client: &Path, name: &str) -> TokenStream {
    let ty = rust_names::ty(name);
    quote!(#client::#ty)
}

/// The module of a model.
pub(super) fn module(client: &Path, model: &str) -> TokenStream {
    let module = rust_names::module(&rust_names::ty(model));
    quote!(#client::#module)
}

/// Whether a model has an id that is typed, which nodes have.
pub(super) fn has_id(schema: &Schema, model: &str) -> bool {
    schema.roles().is_model(model) && schema.field(model, ID).is_some_and(|id| id.ty.required)
}

/// Whether a field is the typed id of its type.
pub(super) fn is_id(schema: &Schema, ty: &str, field: &str) -> bool {
    field == ID && has_id(schema, ty)
}

/// The type of the id of a model, by the scalar it is in the API.
pub(super) fn id(client: &Path, model: &str, scalar: &str) -> TokenStream {
    let model = ty(client, model);
    match scalar {
        "UUID" => quote!(::prisma_runtime::Id<#model, ::prisma_runtime::Uuid>),
        "Int" => quote!(::prisma_runtime::Id<#model, i32>),
        _ => quote!(::prisma_runtime::Id<#model>),
    }
}

/// Whether a field of an input of a model with a typed id says something about it.
pub(super) fn is_about_id(field: &str) -> bool {
    let about = [
        FilterOp::Equals,
        FilterOp::Not,
        FilterOp::In,
        FilterOp::NotIn,
        FilterOp::Lt,
        FilterOp::Lte,
        FilterOp::Gt,
        FilterOp::Gte,
    ];
    about.iter().any(|op| field == names::filter(ID, *op))
}

/// The type of a scalar that is no id.
pub(super) fn scalar(name: &str) -> TokenStream {
    match name {
        "Int" => quote!(i32),
        "Long" => quote!(i64),
        "Float" => quote!(f64),
        "Boolean" => quote!(bool),
        "DateTime" => quote!(::prisma_runtime::DateTime<::prisma_runtime::Utc>),
        "UUID" => quote!(::prisma_runtime::Uuid),
        "Json" => quote!(::prisma_runtime::__rt::JsonValue),
        _ => quote!(::std::string::String),
    }
}
