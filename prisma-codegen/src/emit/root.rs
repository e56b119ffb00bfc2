//! What stands beside the modules: enums, the client and the way to its models.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, enums};
use crate::plan::{ClientPlan, ModelPlan};

/// Methods of the client that the accessor of a model with such a name goes before.
const METHODS: &[&str] = &[
    "batch",
    "forward",
    "query",
    "raw",
    "run",
    "scoped",
    "transaction",
    "transactions",
];

/// Everything outside the modules.
pub(super) fn items(plan: &ClientPlan) -> TokenStream {
    let rt = &plan.runtime;
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
    let enums = plan.enums.iter().map(|item| enums::items(rt, item));
    let accessors: Vec<TokenStream> = plan
        .models
        .iter()
        .map(|model| {
            let (module, ty) = (&model.module, &model.ty);
            let docs = docs(&accessor_docs(model));
            quote! {
                #docs
                fn #module(&self) -> #rt::Delegate<'_, #ty> {
                    #rt::Delegate::new(self.client())
                }
            }
        })
        .collect();
    let query = query(plan);
    let forward = forward(plan);
    let roots = plan.models.iter().map(|model| {
        let (ty, [one, many]) = (&model.ty, &model.roots);
        quote!(pub #one: #rt::RootOne<Query, #ty>, pub #many: #rt::RootMany<Query, #ty>)
    });
    quote! {
        #structs
        #(#enums)*

        /// A client of a service with this datamodel. Cheap to clone.
        #[derive(Clone, Debug)]
        #[allow(unreachable_pub)]
        pub struct Db(#rt::Client);

        #rt::__transports!(Db);

        #[allow(clippy::all, dead_code, unreachable_pub)]
        impl Db {
            /// A client over a transport of the program's own.
            pub fn custom(transport: impl #rt::Transport) -> Self {
                Self(#rt::Client::new(transport))
            }

            /// The same client for the time of one request of a server: lookups by a unique value that are awaited at
            /// the same time become one request, and none is made twice.
            pub fn scoped(&self) -> Self {
                Self(self.0.scoped())
            }

            /// Several root fields in one request: `db.query(select! { users(first: 3) { id } posts { title } })`.
            pub fn query<S: #rt::Shape<Query>>(
                &self,
                pick: impl ::core::ops::FnOnce(Query) -> S,
            ) -> #rt::Document<'_, Query, S> {
                #rt::Document::new(&self.0, pick(::core::default::Default::default()))
            }
        }

        /// What a query can begin with: one record, as in `user(by: user::by_id("1")) { name }`, or many.
        #[derive(Clone, Copy, Default)]
        #[allow(clippy::all, dead_code, missing_docs, unreachable_pub)]
        pub struct Query { #(#roots),* }

        impl ::core::convert::From<#rt::Client> for Db {
            fn from(client: #rt::Client) -> Self {
                Self(client)
            }
        }

        impl ::core::ops::Deref for Db {
            type Target = #rt::Client;
            fn deref(&self) -> &#rt::Client {
                &self.0
            }
        }

        /// What has the models of this datamodel. Import it to reach them: `db.user()`.
        #[allow(clippy::all, dead_code, missing_docs, unreachable_pub)]
        pub trait Models {
            /// The client behind it.
            fn client(&self) -> &#rt::Client;
            #query
            #forward
            #(#accessors)*
        }

        impl Models for Db {
            fn client(&self) -> &#rt::Client {
                &self.0
            }
        }

        impl Models for #rt::Tx {
            fn client(&self) -> &#rt::Client {
                self
            }
        }
    }
}

/// The documents of transactions: `Models` is all that a datamodel's own client and a transaction share. A model may
/// have the name, whose accessor goes before.
fn query(plan: &ClientPlan) -> Option<TokenStream> {
    let rt = &plan.runtime;
    let is_taken = plan.models.iter().any(|model| model.module == "query");
    (!is_taken).then(|| {
        quote! {
            /// Several root fields in one request.
            fn query<S: #rt::Shape<Query>>(
                &self,
                pick: impl ::core::ops::FnOnce(Query) -> S,
            ) -> #rt::Document<'_, Query, S> {
                #rt::Document::new(self.client(), pick(::core::default::Default::default()))
            }
        }
    })
}

/// What hands on fields of other servers' requests. A model may have the name here, too.
fn forward(plan: &ClientPlan) -> Option<TokenStream> {
    let rt = &plan.runtime;
    let is_taken = plan.models.iter().any(|model| model.module == "forward");
    (!is_taken).then(|| {
        quote! {
            /// Asks the service for a field of somebody else's request, with all that is selected of it.
            fn forward(
                &self,
                field: impl ::core::convert::Into<#rt::ForwardedField>,
            ) -> #rt::Forwarding<'_> {
                #rt::Forwarding::new(self.client(), &__API, field.into())
            }
        }
    })
}

/// An accessor is called as its model, which says it all but where it goes before a method of the client.
fn accessor_docs(model: &ModelPlan) -> Vec<String> {
    let module = model.module.to_string();
    if METHODS.contains(&module.as_str()) {
        let name = &model.name;
        return vec![format!(
            "The records of `{name}`. The client's own method of this name is `db.client().{module}(…)`."
        )];
    }
    Vec::new()
}
