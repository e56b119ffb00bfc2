//! Structs of required fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ty};
use crate::plan::{DraftPlan, FieldKind, ModelPlan};

/// One struct, and what makes it a create.
pub(super) fn draft(model: &ModelPlan, draft: &DraftPlan) -> TokenStream {
    let ident = &draft.ident;
    let name = &model.ty;
    let title = match &draft.without {
        None => format!(
            "What a new `{}` needs; for the rest, `.with(…)`.",
            model.name
        ),
        Some(field) => format!("The same for a `{}` whose `{field}` is known.", model.name),
    };
    let title = docs(&[title]);
    let required = || draft.fields.iter().filter_map(|&at| model.fields.get(at));
    let fields = required().map(|field| {
        let ident = &field.ident;
        let ty = match &field.kind {
            FieldKind::Scalar(scalar, _) => ty::value(model, scalar),
            FieldKind::Relation { to, .. } => {
                let (to, draft) = (&to.ty, ty::draft(&field.kind));
                quote!(rt::Link<super::#to, #draft>)
            }
        };
        let docs = docs(&field.docs);
        quote!(#docs pub #ident: #ty)
    });
    let values = required().map(|field| {
        let (ident, wire) = (&field.ident, &field.name);
        match &field.kind {
            FieldKind::Scalar(..) => quote!((#wire, rt::value(self.#ident))),
            FieldKind::Relation {
                back: Some(back), ..
            } => quote!((#wire, self.#ident.and(#back))),
            FieldKind::Relation { .. } => quote!((#wire, self.#ident.into_value())),
        }
    });
    quote! {
        #title
        #[derive(Clone, Debug)]
        pub struct #ident { #(#fields),* }

        impl #ident {
            pub fn with<A: rt::Assigns<#name>>(self, f: impl rt::FnOnce(Fields) -> A) -> rt::Create<Self> {
                rt::Create::new(self).with(f)
            }
        }

        impl rt::Draft for #ident {
            type Model = #name;
            fn into_fields(self) -> rt::Vec<(&'static str, rt::Value)> {
                rt::vec![#(#values),*]
            }
        }
    }
}
