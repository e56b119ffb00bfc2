//! What the client consists of, named for Rust: datamodel and derived API in, a [`ClientPlan`] out.
//!
//! Presence, requiredness and every name on the wire are looked up in the API; no rule of the derivation is
//! repeated here.

mod api_names;
mod choices;
mod collide;
mod drafts;
mod names;

use prisma_api::ApiSchema;
use prisma_datamodel::{
    Arity, Datamodel, EnumId, Field, FieldId, FieldType, ModelId, ScalarType, Span,
};
use proc_macro2::Ident;

pub(crate) use self::api_names::ApiNames;
use crate::{error::Problems, options::Options};

/// A client.
pub(crate) struct ClientPlan {
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
    pub(crate) fields: Vec<FieldPlan>,
    /// What names one record: positions in `fields`.
    pub(crate) uniques: Vec<usize>,
    /// Structs of required fields, `New` first.
    pub(crate) drafts: Vec<DraftPlan>,
}

/// A field of a model.
pub(crate) struct FieldPlan {
    pub(crate) name: String,
    pub(crate) ident: Ident,
    pub(crate) docs: Vec<String>,
    /// As it is declared: `email: String! @unique`.
    pub(crate) signature: String,
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
    },
}

/// The type of a single value.
#[derive(Clone)]
pub(crate) enum ScalarPlan {
    /// The id of the model.
    Id(ScalarType),
    BuiltIn(ScalarType),
    Enum(Ident),
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
    };
    let plan = ClientPlan {
        models: datamodel
            .models()
            .map(|(id, _)| planner.model(id))
            .collect(),
        enums: datamodel
            .enums()
            .map(|(id, _)| planner.enumeration(id))
            .collect(),
    };
    let problems = collide::problems(&plan);
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
        let drafts = drafts::of_model(self.datamodel, self.api, id);
        ModelPlan {
            name: model.name.clone(),
            ty: path.ty,
            module: path.module,
            docs: self.docs(
                model.docs.as_deref(),
                &format!("type {}", model.name),
                model.span,
            ),
            span: model.span,
            derives: self.options.derives_of(&model.name),
            api: ApiNames::of(self.api, id),
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
        }
    }

    fn field(&self, id: FieldId) -> FieldPlan {
        let field = &self.datamodel[id];
        FieldPlan {
            name: field.name.clone(),
            ident: names::field(&field.name),
            docs: lines(field.docs.as_deref()),
            signature: self.signature(field),
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
                FieldKind::Scalar(ScalarPlan::BuiltIn(scalar), field.arity)
            }
            FieldType::Enum(id) => {
                let name = &self.datamodel[id].name;
                FieldKind::Scalar(ScalarPlan::Enum(self.rust_name(name)), field.arity)
            }
            FieldType::Relation(relation, side) => {
                let to = self.datamodel[relation].end(side.opposite()).model;
                let draft = drafts::through(self.datamodel, self.api, id);
                FieldKind::Relation {
                    arity: field.arity,
                    to: self.path(to),
                    draft: draft.map(|draft| draft.ident(self.datamodel)),
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
            docs: self.docs(
                item.docs.as_deref(),
                &format!("enum {}", item.name),
                item.span,
            ),
            span: item.span,
            derives: self.options.derives_of(&item.name),
            values: item.values.iter().map(value).collect(),
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

    /// The description, and where the thing is declared.
    fn docs(&self, docs: Option<&str>, declaration: &str, span: Span) -> Vec<String> {
        let mut text = lines(docs);
        if !text.is_empty() {
            text.push(String::new());
        }
        let place = self
            .options
            .source
            .as_ref()
            .map_or_else(String::new, |source| {
                let line = source.position(span.start).line;
                format!(", declared at `{}:{line}`", source.name())
            });
        text.push(format!("`{declaration}` of the datamodel{place}."));
        text
    }

    fn signature(&self, field: &Field) -> String {
        let ty = match field.ty {
            FieldType::Scalar(scalar) => scalar.name(),
            FieldType::Enum(id) => &self.datamodel[id].name,
            FieldType::Relation(relation, side) => {
                let model = self.datamodel[relation].end(side.opposite()).model;
                &self.datamodel[model].name
            }
        };
        let ty = match field.arity {
            Arity::Required => format!("{ty}!"),
            Arity::Optional => ty.to_owned(),
            Arity::List => format!("[{ty}!]!"),
        };
        let mark = match (&field.id, field.unique) {
            (Some(_), _) => " @id",
            (None, true) => " @unique",
            (None, false) => "",
        };
        format!("{}: {ty}{mark}", field.name)
    }
}

fn lines(docs: Option<&str>) -> Vec<String> {
    docs.unwrap_or("").lines().map(str::to_owned).collect()
}
