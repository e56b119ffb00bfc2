//! The struct of changes.

use prisma_datamodel::Arity;
use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ty};
use crate::plan::{FieldKind, FieldPlan, ModelPlan};

/// The struct, how it is read from a request, and what makes it an update.
pub(super) fn items(model: &ModelPlan) -> TokenStream {
    let name = &model.ty;
    let title = format!(
        "Changes to a `{}`; what is `Unset` stays as it is.",
        model.name
    );
    let title = docs(&[title]);
    let patched = || model.patch.iter().filter_map(|&at| model.fields.get(at));
    let fields = patched().filter_map(|field| {
        let (ident, docs) = (&field.ident, docs(&field.docs));
        let ty = ty::row(model, &field.kind)?;
        Some(quote!(#docs pub #ident: rt::Patch<#ty>))
    });
    let assign = patched().map(|field| {
        let (ident, wire) = (&field.ident, &field.name);
        let method = if is_list(field) {
            quote!(assign_list)
        } else {
            quote!(assign)
        };
        quote!(self.#ident.#method(#wire, to);)
    });
    let read = patched().map(|field| {
        let (ident, wire) = (&field.ident, &field.name);
        quote!(#wire => self.#ident = rt::Patch::Set(rt::ScalarType::read(value)?))
    });
    quote! {
        #title
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Patch { #(#fields),* }

        impl rt::Changes<#name> for Patch {
            fn add_to(self, to: &mut rt::Assignments) { #(#assign)* }
        }
        impl rt::Assigns<#name> for Patch {}
        impl rt::ScalarAssigns<#name> for Patch {}

        impl rt::ReadPatch for Patch {
            fn read_field(&mut self, name: &str, value: rt::Json<'_>) -> rt::Result<()> {
                match name {
                    #(#read,)*
                    _ => return rt::StdResult::Err(rt::unknown_field(name)),
                }
                rt::StdResult::Ok(())
            }
        }
        impl<'de> rt::Deserialize<'de> for Patch {
            fn deserialize<D: rt::Deserializer<'de>>(from: D) -> rt::StdResult<Self, D::Error> {
                rt::read_patch(from)
            }
        }
    }
}

fn is_list(field: &FieldPlan) -> bool {
    matches!(&field.kind, FieldKind::Scalar(_, Arity::List))
}
