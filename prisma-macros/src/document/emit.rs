//! The structs of a document, and what the runtime has to know of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Attribute;

use super::{
    answer::{FieldPlan, Reading, StructPlan},
    variables::VariablePlan,
};

/// What generated items may do as they like.
fn allow() -> TokenStream {
    quote!(#[allow(clippy::all, dead_code, missing_docs, unreachable_pub)])
}

/// An operation as a struct of its variables.
pub(super) struct OperationPlan<'a> {
    pub(super) ident: Ident,
    pub(super) attributes: &'a [Attribute],
    pub(super) variables: Vec<VariablePlan>,
    pub(super) answer: Ident,
    pub(super) text: String,
}

pub(super) fn operation(plan: &OperationPlan<'_>) -> TokenStream {
    let OperationPlan {
        ident,
        attributes,
        variables,
        answer,
        text,
    } = plan;
    let allow = allow();
    let docs = attributes.iter().filter(|attribute| is_doc(attribute));
    let fields = variables.iter().map(|variable| {
        let ident = &variable.ident;
        let ty = list(&variable.ty, variable.is_list);
        let ty = optional(&ty, variable.is_optional);
        quote!(pub #ident: #ty)
    });
    let body = if variables.is_empty() {
        quote!(;)
    } else {
        quote!({ #(#fields),* })
    };
    let set = variables.iter().map(set);
    quote! {
        #(#docs)*
        #[derive(Clone, Debug)]
        #allow
        pub struct #ident #body

        #[automatically_derived]
        impl ::prisma_runtime::GraphqlDocument for #ident {
            const TEXT: &'static str = #text;
            type Answer = #answer;

            #[allow(unused_variables)]
            fn set_variables(self, variables: &mut ::prisma_runtime::Variables) {
                #(#set)*
            }
        }
    }
}

fn set(variable: &VariablePlan) -> TokenStream {
    let (ident, wire) = (&variable.ident, &variable.wire);
    let set = if variable.is_list {
        quote!(set_list)
    } else {
        quote!(set)
    };
    if variable.is_optional {
        quote! {
            if let ::core::option::Option::Some(value) = self.#ident {
                variables.#set(#wire, value);
            }
        }
    } else {
        quote!(variables.#set(#wire, self.#ident);)
    }
}

pub(super) fn answer(plan: &StructPlan<'_>) -> TokenStream {
    let StructPlan {
        ident,
        attributes,
        fields,
    } = plan;
    let allow = allow();
    let attributes = attributes.iter().filter(|attribute| !is_doc(attribute));
    let declared = fields.iter().map(|field| {
        let ident = &field.ident;
        let is_optional = field.is_conditional || (field.is_nullable && !field.is_list);
        let ty = list(&field.ty, field.is_list);
        let ty = optional(&ty, is_optional);
        quote!(pub #ident: #ty)
    });
    let read = fields.iter().map(read);
    quote! {
        #(#attributes)*
        #[derive(Clone, Debug, PartialEq)]
        #allow
        pub struct #ident { #(#declared),* }

        #[automatically_derived]
        impl ::prisma_runtime::ReadAnswer for #ident {
            fn read(json: ::prisma_runtime::Json<'_>) -> ::prisma_runtime::Result<Self> {
                let mut entries = ::prisma_runtime::AnswerObject::new(json)?;
                ::core::result::Result::Ok(Self { #(#read),* })
            }
        }
    }
}

/// Reads a field. A list that is null is empty, as everywhere in the client.
fn read(field: &FieldPlan) -> TokenStream {
    let FieldPlan { ident, key, ty, .. } = field;
    let one = match field.reading {
        Reading::Scalar => quote!(<#ty as ::prisma_runtime::ScalarType>::read),
        Reading::Long => quote!(::prisma_runtime::__rt::read_long),
        Reading::Struct => quote!(<#ty as ::prisma_runtime::ReadAnswer>::read),
    };
    let value = if field.is_list {
        quote!(|json| ::prisma_runtime::__rt::read_list(json, #one))
    } else if field.is_nullable {
        quote!(|json| ::prisma_runtime::__rt::read_nullable(json, #one))
    } else {
        one
    };
    match (field.is_conditional, field.is_nullable && !field.is_list) {
        (false, _) => quote!(#ident: entries.take(#key, #value)?),
        (true, false) => quote!(#ident: entries.take_if_there(#key, #value)?),
        (true, true) => quote! {
            #ident: ::core::option::Option::flatten(entries.take_if_there(#key, #value)?)
        },
    }
}

fn list(ty: &TokenStream, is_list: bool) -> TokenStream {
    if is_list {
        quote!(::std::vec::Vec<#ty>)
    } else {
        ty.clone()
    }
}

fn optional(ty: &TokenStream, is_optional: bool) -> TokenStream {
    if is_optional {
        quote!(::core::option::Option<#ty>)
    } else {
        ty.clone()
    }
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}
