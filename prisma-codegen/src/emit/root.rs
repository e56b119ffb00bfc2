//! What stands beside the modules: enums, the client and the way to its models.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, enums};
use crate::plan::ClientPlan;

/// Everything outside the modules.
pub(super) fn items(plan: &ClientPlan) -> TokenStream {
    let structs = plan.models.iter().map(|model| {
        let (module, ty) = (&model.module, &model.ty);
        quote!(#module::#ty)
    });
    let structs = (!plan.models.is_empty()).then(|| {
        quote! {
            #[allow(unused_imports, unreachable_pub)]
            pub use self::{#(#structs),*};
        }
    });
    let enums = plan.enums.iter().map(enums::items);
    let accessors: Vec<TokenStream> = plan
        .models
        .iter()
        .map(|model| {
            let (module, ty) = (&model.module, &model.ty);
            let docs = docs(&[format!("The records of `{}`.", model.name)]);
            quote! {
                #docs
                fn #module(&self) -> ::prisma_runtime::Delegate<'_, #ty> {
                    ::prisma_runtime::Delegate::new(self.client())
                }
            }
        })
        .collect();
    quote! {
        #structs
        #(#enums)*

        /// A client of a service with this datamodel. Cheap to clone.
        #[derive(Clone, Debug)]
        #[allow(unreachable_pub)]
        pub struct Db(::prisma_runtime::Client);

        ::prisma_runtime::__transports!(Db);

        #[allow(dead_code, unreachable_pub)]
        impl Db {
            /// A client over a transport of the program's own.
            pub fn custom(transport: impl ::prisma_runtime::Transport) -> Self {
                Self(::prisma_runtime::Client::new(transport))
            }
        }

        impl ::core::convert::From<::prisma_runtime::Client> for Db {
            fn from(client: ::prisma_runtime::Client) -> Self {
                Self(client)
            }
        }

        impl ::core::ops::Deref for Db {
            type Target = ::prisma_runtime::Client;
            fn deref(&self) -> &::prisma_runtime::Client {
                &self.0
            }
        }

        /// What has the models of this datamodel. Import it to reach them: `db.user()`.
        #[allow(dead_code, unreachable_pub)]
        pub trait Models {
            /// The client behind it.
            fn client(&self) -> &::prisma_runtime::Client;
            #(#accessors)*
        }

        impl Models for Db {
            fn client(&self) -> &::prisma_runtime::Client {
                &self.0
            }
        }
    }
}
