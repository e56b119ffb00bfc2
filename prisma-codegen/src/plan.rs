//! What the client consists of, named for Rust: datamodel and derived API in, a [`ClientPlan`] out.
//!
//! Presence, requiredness and every name on the wire are looked up in the API; no rule of the derivation is
//! repeated here.

mod api_names;
mod choices;
mod collide;
mod docs;
mod drafts;

use prisma_api::ApiSchema;
use prisma_datamodel::{
    Arity, Datamodel, EnumId, Field, FieldId, FieldType, ModelId, ScalarType, Span,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(crate) use self::api_names::ApiNames;
use self::docs::Places;
use crate::{error::Problems, options::Options, rust_names as names};

/// A client.
pub(crate) struct ClientPlan {
    /// The path of the runtime.
    pub(crate) runtime: TokenStream,
    pub(crate) models: Vec<ModelPlan>,
    pub(crate) enums: Vec<EnumPlan>,
}

/// The module of one model.
pub(crate) struct ModelPlan {
    pub(crate) name: String,
    pub(crate) ty: Ident,
    pub(crate) module: Ident,
    pub(crate) docs: Vec<String>,
    pub(crate) span: Span,
    pub(crate) derives: Vec<String>,
    pub(crate) api: ApiNames,
    /// The root fields of one record and of many.
    pub(crate) roots: [Ident; 2],
    pub(crate) fields: Vec<FieldPlan>,
    /// What names one record: positions in `fields`.
    pub(crate) uniques: Vec<usize>,
    /// Structs of required fields, `New` first.
    pub(crate) drafts: Vec<DraftPlan>,
    /// What the struct of changes has: positions in `fields`; empty if there is none.
    pub(crate) patch: Vec<usize>,
}

/// A field of a model.
pub(crate) struct FieldPlan {
    pub(crate) name: String,
    pub(crate) ident: Ident,
    /// Of a value of the field.
    pub(crate) docs: Vec<String>,
    pub(crate) token_docs: Vec<String>,
    pub(crate) span: Span,
    pub(crate) kind: FieldKind,
}

/// What a field is in Rust.
pub(crate) enum FieldKind {
    Scalar(ScalarPlan, Arity),
    Relation {
        arity: Arity,
        to: ModelPath,
        draft: Option<Ident>,
        /// The field that leads back, if the other model shows one.
        back: Option<String>,
    },
}

/// The type of a single value.
#[derive(Clone)]
pub(crate) enum ScalarPlan {
    /// The id of the model.
    Id(ScalarType),
    BuiltIn(ScalarType),
    Enum(Ident),
    /// A type of the program's own.
    Own(TokenStream),
}

/// Another model, seen from the module of one.
#[derive(Clone)]
pub(crate) struct ModelPath {
    pub(crate) module: Ident,
    pub(crate) ty: Ident,
}

/// A struct of required fields.
pub(crate) struct DraftPlan {
    pub(crate) ident: Ident,
    /// The field it lacks, as declared; `None` for `New`.
    pub(crate) without: Option<String>,
    /// Positions in the fields of the model.
    pub(crate) fields: Vec<usize>,
}

/// An enum.
pub(crate) struct EnumPlan {
    pub(crate) name: String,
    pub(crate) ty: Ident,
    pub(crate) docs: Vec<String>,
    pub(crate) span: Span,
    pub(crate) derives: Vec<String>,
    /// Values on the wire and in Rust.
    pub(crate) values: Vec<(String, Ident)>,
    /// Whether it takes other values, too.
    pub(crate) is_open: bool,
}

/// Plans the client of a datamodel.
///
/// # Errors
/// Options that make no sense; names that meet in Rust.
pub(crate) fn plan(
    datamodel: &Datamodel,
    api: &ApiSchema,
    options: &Options,
) -> Result<ClientPlan, Problems> {
    let problems = choices::problems(datamodel, options);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let planner = Planner {
        datamodel,
        api,
        options,
        places: Places(options.source.as_ref()),
    };
    let runtime = options.runtime_path.as_deref();
    let plan = ClientPlan {
        runtime: runtime.map_or_else(|| quote!(::prisma_runtime), path),
        models: datamodel
            .models()
            .map(|(id, _)| planner.model(id))
            .collect(),
        enums: datamodel
            .enums()
            .map(|(id, _)| planner.enumeration(id))
            .collect(),
    };
    let problems = collide::problems(&plan, options.source.as_ref());
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(Problems(problems))
    }
}

struct Planner<'a> {
    datamodel: &'a Datamodel,
    api: &'a ApiSchema,
    options: &'a Options,
    places: Places<'a>,
}

impl Planner<'_> {
    fn model(&self, id: ModelId) -> ModelPlan {
        let model = &self.datamodel[id];
        let path = self.path(id);
        let declared: Vec<FieldId> = self
            .datamodel
            .visible_fields(id)
            .map(|(id, _)| id)
            .collect();
        let position = |field: FieldId| declared.iter().position(|&other| other == field);
        let api = ApiNames::of(self.api, id);
        let drafts = drafts::of_model(self.datamodel, self.api, id);
        let patched = self.options.has_patch(&model.name);
        ModelPlan {
            name: model.name.clone(),
            ty: path.ty,
            module: path.module,
            docs: self.places.ty(
                model.docs.as_deref(),
                &format!("type {}", model.name),
                model.span,
            ),
            span: model.span,
            derives: self.options.derives_of(&model.name),
            roots: [&api.one, &api.many].map(|name| names::field(name)),
            api,
            fields: declared.iter().map(|&field| self.field(field)).collect(),
            uniques: api_names::uniques(self.api, id)
                .filter_map(position)
                .collect(),
            drafts: drafts
                .into_iter()
                .map(|draft| DraftPlan {
                    ident: draft.ident(self.datamodel),
                    without: draft
                        .without
                        .map(|field| self.datamodel[field].name.clone()),
                    fields: draft.required.into_iter().filter_map(position).collect(),
                })
                .collect(),
            patch: api_names::updatable(self.api, id)
                .filter(|_| patched)
                .filter_map(position)
                .collect(),
        }
    }

    fn field(&self, id: FieldId) -> FieldPlan {
        let field = &self.datamodel[id];
        FieldPlan {
            name: field.name.clone(),
            ident: names::field(&field.name),
            docs: self.places.value(field),
            token_docs: self.places.token(self.datamodel, field),
            span: field.span,
            kind: self.kind(id, field),
        }
    }

    fn kind(&self, id: FieldId, field: &Field) -> FieldKind {
        match field.ty {
            FieldType::Scalar(scalar) if field.id.is_some() => {
                FieldKind::Scalar(ScalarPlan::Id(scalar), field.arity)
            }
            FieldType::Scalar(scalar) => {
                let model = &self.datamodel[field.model].name;
                let own = self.options.scalar_of(model, &field.name, scalar.name());
                let plan = own.map_or(ScalarPlan::BuiltIn(scalar), |own| {
                    ScalarPlan::Own(path(own))
                });
                FieldKind::Scalar(plan, field.arity)
            }
            FieldType::Enum(id) => {
                let name = &self.datamodel[id].name;
                FieldKind::Scalar(ScalarPlan::Enum(self.rust_name(name)), field.arity)
            }
            FieldType::Relation(relation, side) => {
                let to = self.datamodel[relation].end(side.opposite()).model;
                let draft = drafts::through(self.datamodel, self.api, id);
                let back = self.datamodel.related_field(id);
                let back = back.map(|back| &self.datamodel[back]);
                FieldKind::Relation {
                    arity: field.arity,
                    to: self.path(to),
                    draft: draft.map(|draft| draft.ident(self.datamodel)),
                    back: back
                        .filter(|back| !back.hidden)
                        .map(|back| back.name.clone()),
                }
            }
        }
    }

    fn enumeration(&self, id: EnumId) -> EnumPlan {
        let item = &self.datamodel[id];
        let value = |value: &String| (value.clone(), names::variant(value));
        EnumPlan {
            name: item.name.clone(),
            ty: self.rust_name(&item.name),
            docs: self.places.ty(
                item.docs.as_deref(),
                &format!("enum {}", item.name),
                item.span,
            ),
            span: item.span,
            derives: self.options.derives_of(&item.name),
            values: item.values.iter().map(value).collect(),
            is_open: self.options.open_enums.contains(&item.name),
        }
    }

    fn path(&self, model: ModelId) -> ModelPath {
        let name = &self.datamodel[model].name;
        let ty = self.rust_name(name);
        ModelPath {
            module: names::module(&ty),
            ty,
        }
    }

    fn rust_name(&self, name: &str) -> Ident {
        names::ty(self.options.renames.get(name).map_or(name, String::as_str))
    }
}

/// The tokens of a path, which was checked with the other options.
fn path(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}
