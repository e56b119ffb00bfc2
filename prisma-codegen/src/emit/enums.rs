//! Enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::{derives, docs};
use crate::plan::EnumPlan;

/// An enum with its names on the wire.
pub(super) fn items(item: &EnumPlan) -> TokenStream {
    let name = &item.ty;
    let title = docs(&item.docs);
    let derives = derives(&item.derives);
    let expected = format!("a value of the enum {}", item.name);
    let idents: Vec<_> = item.values.iter().map(|(_, ident)| ident).collect();
    let wire: Vec<_> = item.values.iter().map(|(wire, _)| wire).collect();
    let value_docs = wire.iter().map(|wire| docs(&[format!("`{wire}`")]));
    quote! {
        #title
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #derives
        #[allow(dead_code, unreachable_pub)]
        pub enum #name { #(#value_docs #idents),* }

        impl ::prisma_runtime::ScalarType for #name {
            fn read(json: ::prisma_runtime::Json<'_>) -> ::prisma_runtime::Result<Self> {
                let name = ::prisma_runtime::__rt::enum_name(json)?;
                match name.as_str() {
                    #(#wire => ::core::result::Result::Ok(Self::#idents),)*
                    other => ::core::result::Result::Err(
                        ::prisma_runtime::__rt::unknown_enum(#expected, other)
                    ),
                }
            }
            fn write(self) -> ::prisma_runtime::Value {
                ::prisma_runtime::__rt::enum_value(match self { #(Self::#idents => #wire),* })
            }
        }
        impl ::prisma_runtime::IntoValue<Self> for #name {
            fn into_value(self) -> ::prisma_runtime::Value {
                ::prisma_runtime::ScalarType::write(self)
            }
        }
        impl ::prisma_runtime::IntoValue<::core::option::Option<Self>> for #name {
            fn into_value(self) -> ::prisma_runtime::Value {
                ::prisma_runtime::ScalarType::write(self)
            }
        }
        impl ::prisma_runtime::Filterable for #name {}
        impl ::prisma_runtime::Listable for #name {}
    }
}
