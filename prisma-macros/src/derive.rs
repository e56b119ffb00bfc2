//! `#[derive(Selection)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Error, Expr, Field, Fields, spanned::Spanned};

use crate::attributes::{OnField, OnStruct};

pub(crate) fn selection(input: TokenStream) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => expand(&input),
        Err(error) => error.to_compile_error(),
    }
}

/// The implementation, even beside errors: they then stand alone, without those that follow from a missing one.
fn expand(input: &DeriveInput) -> TokenStream {
    let mut errors = Vec::new();
    let on_struct = OnStruct::read(&input.attrs, &mut errors);
    let Some(model) = &on_struct.model else {
        let text = "`#[derive(Selection)]` needs `#[prisma(model = db::User)]`";
        errors.push(Error::new(input.ident.span(), text));
        return compile_errors(&errors);
    };
    let Data::Struct(data) = &input.data else {
        let text = "`#[derive(Selection)]` is for structs";
        errors.push(Error::new(input.ident.span(), text));
        return compile_errors(&errors);
    };
    let Fields::Named(fields) = &data.fields else {
        let text = "`#[derive(Selection)]` is for structs with named fields";
        errors.push(Error::new(data.fields.span(), text));
        return compile_errors(&errors);
    };
    let parts: Vec<Parts> = fields
        .named
        .iter()
        .filter_map(|field| parts(field, &mut errors))
        .collect();
    let select = parts.iter().map(|parts| &parts.select);
    let read = parts.iter().map(|parts| &parts.read);
    let errors = compile_errors(&errors);
    let name = &input.ident;
    let vars = on_struct.vars.map_or_else(|| quote!(()), |ty| quote!(#ty));
    let (generics, arguments, conditions) = input.generics.split_for_impl();
    quote! {
        #errors
        #[automatically_derived]
        impl #generics ::prisma_runtime::Selection for #name #arguments #conditions {
            type Model = #model;
            type Vars = #vars;

            #[allow(unused_variables)]
            fn select_fields(__set: &mut ::prisma_runtime::SelectionSet, __vars: &Self::Vars) {
                let __fields = <#model as ::prisma_runtime::Model>::FIELDS;
                #(#select)*
            }

            #[allow(unused_variables)]
            fn take_fields(__row: &mut ::prisma_runtime::Row<'_>) -> ::prisma_runtime::Result<Self> {
                let __fields = <#model as ::prisma_runtime::Model>::FIELDS;
                ::core::result::Result::Ok(Self { #(#read),* })
            }
        }
    }
}

/// What one field adds to the two functions.
struct Parts {
    select: TokenStream,
    read: TokenStream,
}

fn parts(field: &Field, errors: &mut Vec<Error>) -> Option<Parts> {
    let on_field = OnField::read(&field.attrs, errors);
    let ident = field.ident.as_ref()?;
    let ty = &field.ty;
    // On the type, so that what cannot be read into it is underlined there.
    let span = ty.span();
    if on_field.flatten {
        let selection = quote_spanned!(span=> <#ty as ::prisma_runtime::Selection>);
        return Some(Parts {
            select: quote_spanned!(span=> ::prisma_runtime::__rt::flatten::<Self, #ty>(__set);),
            read: quote_spanned!(span=> #ident: #selection::take_fields(__row)?),
        });
    }
    let from = on_field.rename.as_ref().unwrap_or(ident);
    let access = quote_spanned!(from.span()=> __fields.#from);
    let token = match on_field.with {
        None => access.clone(),
        Some(Expr::Closure(closure)) if closure.inputs.len() == 2 => {
            quote!(::prisma_runtime::__rt::through_with(#access, __vars, #closure))
        }
        Some(with) => quote!(::prisma_runtime::__rt::through(#access, #with)),
    };
    Some(Parts {
        select: quote_spanned!(span=> ::prisma_runtime::__rt::select_as::<#ty>(&(#token), __set);),
        read: quote_spanned!(span=> #ident: ::prisma_runtime::__rt::read_as::<#ty>(&#access, __row)?),
    })
}

fn compile_errors(errors: &[Error]) -> TokenStream {
    errors.iter().map(Error::to_compile_error).collect()
}
