//! Enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::{derives, docs};
use crate::plan::EnumPlan;

/// An enum with its names on the wire.
pub(super) fn items(rt: &TokenStream, item: &EnumPlan) -> TokenStream {
    let name = &item.ty;
    let title = docs(&item.docs);
    let derives = derives(&item.derives);
    let copy = (!item.is_open).then(|| quote!(Copy,));
    let idents: Vec<_> = item.values.iter().map(|(_, ident)| ident).collect();
    let wire = item.values.iter().map(|(wire, _)| wire);
    let value_docs = wire.map(|wire| docs(&[format!("`{wire}`")]));
    let fallback = item.is_open.then(|| {
        quote! {
            /// A value that this client was not generated with.
            Unknown(::std::string::String),
        }
    });
    let scalar = scalar(rt, item);
    quote! {
        #title
        #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
        #derives
        #[allow(clippy::all, dead_code, rustdoc::all, unreachable_pub)]
        pub enum #name { #(#value_docs #idents,)* #fallback }

        #scalar
        impl #rt::IntoValue<Self> for #name {
            fn into_value(self) -> #rt::Value {
                #rt::ScalarType::write(self)
            }
        }
        impl #rt::IntoValue<::core::option::Option<Self>> for #name {
            fn into_value(self) -> #rt::Value {
                #rt::ScalarType::write(self)
            }
        }
        impl #rt::Filterable for #name {}
        impl #rt::Listable for #name {}
    }
}

/// How it is read and written.
fn scalar(rt: &TokenStream, item: &EnumPlan) -> TokenStream {
    let name = &item.ty;
    let idents: Vec<_> = item.values.iter().map(|(_, ident)| ident).collect();
    let wire: Vec<_> = item.values.iter().map(|(wire, _)| wire).collect();
    let (read_other, write_other) = if item.is_open {
        (
            quote!(_ => ::core::result::Result::Ok(Self::Unknown(name))),
            quote!(Self::Unknown(name) => #rt::Value::String(name)),
        )
    } else {
        let expected = format!("a value of the enum {}", item.name);
        let error = quote!(#rt::__rt::unknown_enum(#expected, other));
        (
            quote!(other => ::core::result::Result::Err(#error)),
            quote!(),
        )
    };
    quote! {
        impl #rt::ScalarType for #name {
            fn read(json: #rt::Json<'_>) -> #rt::Result<Self> {
                let name = #rt::__rt::enum_name(json)?;
                match name.as_str() {
                    #(#wire => ::core::result::Result::Ok(Self::#idents),)*
                    #read_other,
                }
            }
            fn write(self) -> #rt::Value {
                match self {
                    #(Self::#idents => #rt::__rt::enum_value(#wire),)*
                    #write_other
                }
            }
        }
    }
}
