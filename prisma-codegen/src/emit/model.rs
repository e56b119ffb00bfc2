//! The module of a model.

use prisma_datamodel::ScalarType;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{create, derives, docs, patch, ty};
use crate::plan::{ApiNames, FieldKind, FieldPlan, ModelPlan, ScalarPlan};

/// Everything in it.
pub(super) fn items(runtime: &TokenStream, model: &ModelPlan) -> TokenStream {
    let row = row(model);
    let fields = fields(model);
    let implementations = implementations(model);
    let selection = selection(model);
    let drafts = model.drafts.iter().map(|draft| create::draft(model, draft));
    let patch = (!model.patch.is_empty()).then(|| patch::items(model));
    let uniques = model.uniques.iter().filter_map(|&at| unique(model, at));
    quote! {
        use #runtime::__rt as rt;

        #row
        #fields
        #implementations
        #selection
        #(#drafts)*
        #patch
        #(#uniques)*
    }
}

/// The fields of a row, with their types.
fn columns(model: &ModelPlan) -> impl Iterator<Item = (&FieldPlan, TokenStream)> {
    model.fields.iter().filter_map(|field| {
        let ty = ty::row(model, &field.kind)?;
        Some((field, ty))
    })
}

/// The struct of all scalar fields.
fn row(model: &ModelPlan) -> TokenStream {
    let name = &model.ty;
    let docs_of_model = docs(&model.docs);
    let derives = derives(&model.derives);
    let fields = columns(model).map(|(field, ty)| {
        let ident = &field.ident;
        let docs = docs(&field.docs);
        quote!(#docs pub #ident: #ty)
    });
    quote! {
        #docs_of_model
        #[derive(Clone, Debug, PartialEq)]
        #derives
        pub struct #name { #(#fields),* }
    }
}

/// The struct of tokens. What its name and that of its module say needs no documentation in every model.
fn fields(model: &ModelPlan) -> TokenStream {
    let fields = model.fields.iter().map(|field| {
        let ident = &field.ident;
        let docs = docs(&field.token_docs);
        let (token, parameters) = ty::token(model, &field.kind);
        quote!(#docs pub #ident: #token #parameters)
    });
    quote! {
        #[derive(Clone, Copy)]
        pub struct Fields { #(#fields),* }
    }
}

/// What the runtime has to know.
fn implementations(model: &ModelPlan) -> TokenStream {
    let name = &model.ty;
    let names = names(model);
    let tokens = model.fields.iter().map(|field| {
        let ident = &field.ident;
        let wire = &field.name;
        let (token, _) = ty::token(model, &field.kind);
        match &field.kind {
            FieldKind::Relation {
                back: Some(back), ..
            } => quote!(#ident: #token::and(#wire, #back)),
            _ => quote!(#ident: #token::new(#wire)),
        }
    });
    let update = (!model.api.update.is_empty()).then(|| quote!(impl rt::HasUpdate for #name {}));
    let update_many =
        (!model.api.update_many.is_empty()).then(|| quote!(impl rt::HasUpdateMany for #name {}));
    quote! {
        impl #name {
            pub const FIELDS: Fields = Fields { #(#tokens),* };
        }

        impl rt::Model for #name {
            const NAMES: rt::Names = #names;
            type Fields = Fields;
            const FIELDS: Fields = Self::FIELDS;
            type Row = Self;
            type New = New;
        }

        #update
        #update_many
    }
}

/// All names in one text: as fields of a struct they were a tenth of the client.
fn names(model: &ModelPlan) -> TokenStream {
    let ApiNames {
        one,
        many,
        connection,
        create,
        update,
        upsert,
        delete,
        update_many,
        delete_many,
        filter,
        order,
        unique,
        create_input,
        update_input,
        update_many_input,
        subscribe,
        event_filter,
    } = &model.api;
    let names = [
        &model.name,
        one,
        many,
        connection,
        create,
        update,
        upsert,
        delete,
        update_many,
        delete_many,
        filter,
        order,
        unique,
        create_input,
        update_input,
        update_many_input,
        subscribe,
        event_filter,
    ];
    let names = names.map(String::as_str).join(" ");
    quote!(rt::Names::of(#names))
}

/// How rows are asked for and read.
fn selection(model: &ModelPlan) -> TokenStream {
    let name = &model.ty;
    let wire: Vec<&str> = columns(model)
        .map(|(field, _)| field.name.as_str())
        .collect();
    let select = (!wire.is_empty()).then(|| {
        let wire = Literal::string(&wire.join(" "));
        quote!(set.scalars(#wire);)
    });
    let idents: Vec<_> = columns(model).map(|(field, _)| &field.ident).collect();
    let (set, row) = if wire.is_empty() {
        (format_ident!("_set"), format_ident!("_row"))
    } else {
        (format_ident!("set"), format_ident!("row"))
    };
    quote! {
        impl rt::Selection for #name {
            type Model = Self;
            type Vars = ();
            fn select_fields(#set: &mut rt::SelectionSet, _: &()) { #select }
            fn take_fields(#row: &mut rt::Row<'_>) -> rt::Result<Self> {
                rt::StdResult::Ok(Self { #(#idents: row.scalar()?),* })
            }
        }
        rt::encode_scalars! { #name #(#idents)* }
    }
}

/// The function that names a record by a unique field.
fn unique(model: &ModelPlan, at: usize) -> Option<TokenStream> {
    let field = model.fields.get(at)?;
    let FieldKind::Scalar(scalar, _) = &field.kind else {
        return None;
    };
    let function = format_ident!("by_{}", field.ident);
    let name = &model.ty;
    let wire = &field.name;
    let value = ty::value(model, scalar);
    let bound = match scalar {
        ScalarPlan::Id(ScalarType::Uuid) => quote!(rt::IntoId<#name, rt::Uuid>),
        ScalarPlan::Id(ScalarType::Int) => quote!(rt::IntoId<#name, i32>),
        ScalarPlan::Id(_) => quote!(rt::IntoId<#name>),
        ScalarPlan::BuiltIn(_) | ScalarPlan::Enum(_) | ScalarPlan::Own(_) => {
            quote!(rt::IntoValue<#value>)
        }
    };
    Some(quote! {
        pub fn #function(value: impl #bound) -> rt::Unique<#name> {
            rt::Unique::new::<#value>(#wire, value)
        }
    })
}
