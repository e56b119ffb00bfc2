//! Types of fields, as written in the module of a model.

use prisma_datamodel::{Arity, ScalarType};
use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{FieldKind, ModelPlan, ScalarPlan};

/// A single value.
pub(super) fn value(model: &ModelPlan, scalar: &ScalarPlan) -> TokenStream {
    let ty = &model.ty;
    match scalar {
        ScalarPlan::Id(ScalarType::Uuid) => quote!(rt::Id<#ty, rt::Uuid>),
        ScalarPlan::Id(ScalarType::Int) => quote!(rt::Id<#ty, i32>),
        ScalarPlan::Id(_) => quote!(rt::Id<#ty>),
        ScalarPlan::BuiltIn(ScalarType::Id | ScalarType::String) => quote!(rt::String),
        ScalarPlan::BuiltIn(ScalarType::Uuid) => quote!(rt::Uuid),
        ScalarPlan::BuiltIn(ScalarType::Int) => quote!(i32),
        ScalarPlan::BuiltIn(ScalarType::Float) => quote!(f64),
        ScalarPlan::BuiltIn(ScalarType::Boolean) => quote!(bool),
        ScalarPlan::BuiltIn(ScalarType::DateTime) => quote!(rt::DateTime<rt::Utc>),
        ScalarPlan::BuiltIn(ScalarType::Json) => quote!(rt::JsonValue),
        ScalarPlan::Enum(name) => quote!(super::#name),
        ScalarPlan::Own(path) => path.clone(),
    }
}

/// What a row holds; `None` for relations.
pub(super) fn row(model: &ModelPlan, kind: &FieldKind) -> Option<TokenStream> {
    let FieldKind::Scalar(scalar, arity) = kind else {
        return None;
    };
    let value = value(model, scalar);
    Some(match arity {
        Arity::Required => value,
        Arity::Optional => quote!(rt::Option<#value>),
        Arity::List => quote!(rt::Vec<#value>),
    })
}

/// The token of a field: its constructor's type, and its parameters.
pub(super) fn token(model: &ModelPlan, kind: &FieldKind) -> (TokenStream, TokenStream) {
    let ty = &model.ty;
    match kind {
        FieldKind::Scalar(scalar, arity) => {
            let value = value(model, scalar);
            match arity {
                Arity::Required => (quote!(rt::Scalar), quote!(<#ty, #value>)),
                Arity::Optional => (quote!(rt::Scalar), quote!(<#ty, rt::Option<#value>>)),
                Arity::List => (quote!(rt::ScalarList), quote!(<#ty, #value>)),
            }
        }
        FieldKind::Relation { arity, to, .. } => {
            let token = match arity {
                Arity::Required => quote!(rt::ToOne),
                Arity::Optional => quote!(rt::ToOptional),
                Arity::List => quote!(rt::ToMany),
            };
            let (to, draft) = (&to.ty, draft(kind));
            (token, quote!(<#ty, super::#to, #draft>))
        }
    }
}

/// What creating a record through a relation takes.
pub(super) fn draft(kind: &FieldKind) -> TokenStream {
    match kind {
        FieldKind::Relation {
            to,
            draft: Some(draft),
            ..
        } => {
            let module = &to.module;
            quote!(super::#module::#draft)
        }
        _ => quote!(rt::NotCreatable),
    }
}
