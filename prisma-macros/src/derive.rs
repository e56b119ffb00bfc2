//! `#[derive(Selection)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Data, DeriveInput, Error, Expr, Field, Fields, Ident, Type, ext::IdentExt, spanned::Spanned,
};

use crate::attributes::{Count, Fallback, OnField, OnStruct};

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
    let encode = parts.iter().map(|parts| &parts.encode);
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

        ::prisma_runtime::__for_mocks! {
            #[automatically_derived]
            impl #generics ::prisma_runtime::Encode for #name #arguments #conditions {
                #[allow(unused_variables)]
                fn encode_fields(self, __into: &mut ::prisma_runtime::Encoded) {
                    let __fields = <#model as ::prisma_runtime::Model>::FIELDS;
                    #(#encode)*
                }
            }
        }
    }
}

/// What one field adds to the functions.
struct Parts {
    select: TokenStream,
    read: TokenStream,
    /// Of the answer of a mock.
    encode: TokenStream,
}

fn parts(field: &Field, errors: &mut Vec<Error>) -> Option<Parts> {
    let on_field = OnField::read(&field.attrs, errors);
    let ident = field.ident.as_ref()?;
    let ty = &field.ty;
    // On the type, so that what cannot be read into it is underlined there.
    let span = ty.span();
    if on_field.skip {
        return Some(Parts {
            select: TokenStream::new(),
            read: quote_spanned!(span=> #ident: ::core::default::Default::default()),
            encode: TokenStream::new(),
        });
    }
    if on_field.flatten {
        return Some(flattened(ident, ty, on_field.vars));
    }
    let from = match &on_field.count {
        Some(count) => &counted(count, ident, errors)?,
        None => on_field.rename.as_ref().unwrap_or(ident),
    };
    let field = quote_spanned!(from.span()=> __fields.#from);
    let with = match on_field.with {
        None => field.clone(),
        Some(Expr::Closure(closure)) if closure.inputs.len() == 2 => {
            quote!(::prisma_runtime::__rt::through_with(#field, __vars, #closure))
        }
        Some(with) => quote!(::prisma_runtime::__rt::through(#field, #with)),
    };
    let count = on_field
        .count
        .map(|_| quote_spanned!(from.span()=> .count()));
    let selected = quote_spanned!(span=> &(#with)#count);
    let read = quote_spanned!(span=> &#field #count);
    let name = ident.unraw().to_string();
    let (as_ty, fallback) = match on_field.default {
        None => (quote!(#ty), None),
        Some(fallback) => {
            let value = match fallback {
                Fallback::OfType => quote!(::core::default::Default::default),
                Fallback::Value(value) => quote!(|| #value),
            };
            (
                quote_spanned!(span=> ::core::option::Option<#ty>),
                Some(quote!(.unwrap_or_else(#value))),
            )
        }
    };
    let value = match &fallback {
        None => quote_spanned!(span=> self.#ident),
        Some(_) => quote_spanned!(span=> ::core::option::Option::Some(self.#ident)),
    };
    let encode = quote_spanned!(span=>
        ::prisma_runtime::__rt::encode_as::<#as_ty>(#read, #value, __into);
    );
    if on_field.vars {
        return Some(Parts {
            encode,
            select: quote_spanned!(span=>
                ::prisma_runtime::__rt::select_as_with::<#as_ty, Self::Vars>(#selected, __set, #name, __vars);
            ),
            read: quote_spanned!(span=>
                #ident: ::prisma_runtime::__rt::read_as_with::<#as_ty, Self::Vars>(#read, __row)? #fallback
            ),
        });
    }
    Some(Parts {
        encode,
        select: quote_spanned!(span=>
            ::prisma_runtime::__rt::select_as::<#as_ty>(#selected, __set, #name);
        ),
        read: quote_spanned!(span=>
            #ident: ::prisma_runtime::__rt::read_as::<#as_ty>(#read, __row)? #fallback
        ),
    })
}

/// The fields of another selection of the same model.
fn flattened(ident: &Ident, ty: &Type, vars: bool) -> Parts {
    let span = ty.span();
    let vars = if vars { quote!(__vars) } else { quote!(&()) };
    Parts {
        select: quote_spanned!(span=> ::prisma_runtime::__rt::flatten::<Self, #ty>(__set, #vars);),
        read: quote_spanned!(span=>
            #ident: <#ty as ::prisma_runtime::Selection>::take_fields(__row)?
        ),
        encode: quote_spanned!(span=>
            ::prisma_runtime::Encode::encode_fields(self.#ident, __into);
        ),
    }
}

/// The relation whose records a field counts.
fn counted(count: &Count, field: &Ident, errors: &mut Vec<Error>) -> Option<Ident> {
    match count {
        Count::Of(relation) => Some(relation.clone()),
        Count::OfName(span) => {
            let name = field.unraw().to_string();
            let Some(relation) = name.strip_suffix("_count") else {
                let text = "name the relation: `count = posts`; `count` alone is for fields like `posts_count`";
                errors.push(Error::new(*span, text));
                return None;
            };
            Some(Ident::new(relation, field.span()))
        }
    }
}

fn compile_errors(errors: &[Error]) -> TokenStream {
    errors.iter().map(Error::to_compile_error).collect()
}
