//! A valid tree to the [`Datamodel`] it means (deploy.md §1.6).

mod fields;
mod links;
mod names;
mod relations;

pub use self::names::generated as generated_name;
pub(crate) use self::{fields::renamed_from, names::is_relation_name};

use std::collections::HashMap;

use self::relations::{Draft, End};
use crate::{
    context::{Context, RelationField, TypeIndex},
    diagnostic::Diagnostic,
    model::{
        Arity, Datamodel, Field, FieldId, FieldType, Model, ModelId, Relation, RelationEnd,
        RelationId, Side,
    },
};

/// Builds the arena. With a previous datamodel, relations known from it keep their sides.
///
/// # Errors
/// Code 4004: one generated relation name for two relations.
pub(crate) fn datamodel(
    context: &Context<'_>,
    previous: Option<&Datamodel>,
) -> Result<Datamodel, Vec<Diagnostic>> {
    let drafts = relations::drafts(context, previous)?;
    let arena = Arena::new(context, &drafts);
    let enums = context
        .document
        .enums
        .iter()
        .map(fields::enumeration)
        .collect();
    Ok(Datamodel {
        version: context.version,
        models: arena.models(context),
        fields: arena.fields(context, &drafts),
        relations: drafts
            .iter()
            .map(|draft| arena.relation(context, draft))
            .collect(),
        enums,
    })
}

/// Who gets which id, decided before anything is built.
struct Arena {
    /// Types in their final order.
    order: Vec<TypeIndex>,
    model_ids: HashMap<TypeIndex, ModelId>,
    /// By model and position among its declared fields.
    field_ids: HashMap<(TypeIndex, usize), FieldId>,
    /// By position of the relation; the field that no text declares.
    hidden_ids: HashMap<usize, FieldId>,
    /// Fields of each model, hidden ones last.
    fields_of: HashMap<TypeIndex, Vec<FieldId>>,
    /// Positions of the relations that lack a field on a model.
    hidden_of: HashMap<TypeIndex, Vec<usize>>,
}

impl Arena {
    fn new(context: &Context<'_>, drafts: &[Draft<'_>]) -> Self {
        let mut hidden_of: HashMap<TypeIndex, Vec<usize>> = HashMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            if let Some((model, _)) = draft.missing() {
                hidden_of.entry(model).or_default().push(at);
            }
        }
        // A model that receives a field moves to the end, each time it does.
        let mut order: Vec<TypeIndex> = context.models().map(|(index, _)| index).collect();
        order.sort_by_key(|index| hidden_of.get(index).and_then(|relations| relations.last()));

        let mut arena = Self {
            model_ids: order.iter().copied().zip((0..).map(ModelId)).collect(),
            order,
            field_ids: HashMap::new(),
            hidden_ids: HashMap::new(),
            fields_of: HashMap::new(),
            hidden_of: HashMap::new(),
        };
        let mut ids = (0..).map(FieldId);
        for &model in &arena.order {
            let declared = context.type_def(model).fields.len();
            let hidden = hidden_of.get(&model).map_or(&[][..], Vec::as_slice);
            let of_model: Vec<FieldId> = ids.by_ref().take(declared + hidden.len()).collect();
            for (index, &id) in of_model.iter().take(declared).enumerate() {
                arena.field_ids.insert((model, index), id);
            }
            for (&relation, &id) in hidden.iter().zip(of_model.iter().skip(declared)) {
                arena.hidden_ids.insert(relation, id);
            }
            arena.fields_of.insert(model, of_model);
        }
        arena.hidden_of = hidden_of;
        arena
    }

    fn models(&self, context: &Context<'_>) -> Vec<Model> {
        self.order
            .iter()
            .map(|&index| {
                let def = context.type_def(index);
                let ids = self.fields_of.get(&index).cloned().unwrap_or_default();
                let id = def
                    .fields
                    .iter()
                    .position(|field| field.directive("id").is_some());
                Model {
                    name: def.name.text.clone(),
                    db_name: fields::db_name(&def.directives),
                    docs: def.docs.clone(),
                    // Validation made sure that there is one (N4).
                    id: id.and_then(|at| ids.get(at).copied()).unwrap_or(FieldId(0)),
                    fields: ids,
                    renamed_from: fields::renamed_from(&def.directives),
                    span: def.name.span,
                }
            })
            .collect()
    }

    fn fields(&self, context: &Context<'_>, drafts: &[Draft<'_>]) -> Vec<Field> {
        let ends = ends_by_field(drafts);
        let mut all = Vec::new();
        for &index in &self.order {
            let model = self.model_ids[&index];
            let def = context.type_def(index);
            let mut managed = fields::ManagedFields::default();
            for (at, field) in def.fields.iter().enumerate() {
                let ty = match ends.get(&(index, at)) {
                    Some(&(relation, side)) => FieldType::Relation(relation, side),
                    None => fields::plain_type(context, field),
                };
                all.push(fields::declared(context, model, field, ty, &mut managed));
            }
            for &at in self.hidden_of.get(&index).into_iter().flatten() {
                if let Some(draft) = drafts.get(at)
                    && let Some((_, side)) = draft.missing()
                {
                    let ty = FieldType::Relation(relation_id(at), side);
                    all.push(hidden_back_field(model, draft, ty));
                }
            }
        }
        all
    }

    fn relation(&self, context: &Context<'_>, draft: &Draft<'_>) -> Relation {
        let end = |end: &End<'_>| RelationEnd {
            model: self.model_ids[&end.model()],
            field: match end {
                End::Declared(field) => self.field_ids[&(field.owner, field.index)],
                End::Missing(_) => self.hidden_ids[&draft.index],
            },
            on_delete: end.on_delete(),
        };
        Relation {
            name: draft.name.clone(),
            a: end(&draft.a),
            b: end(&draft.b),
            link: links::of(context, draft),
            renamed_from: draft.renamed_from().map(str::to_owned),
        }
    }
}

/// The field that makes navigation possible from the side the text leaves out.
fn hidden_back_field(model: ModelId, draft: &Draft<'_>, ty: FieldType) -> Field {
    Field {
        model,
        name: format!("_MagicalBackRelation_{}", draft.name),
        db_name: None,
        docs: None,
        ty,
        arity: Arity::List,
        unique: false,
        id: None,
        managed: None,
        default: None,
        hidden: true,
        renamed_from: None,
        span: draft.first().def.name.span,
    }
}

fn ends_by_field(drafts: &[Draft<'_>]) -> HashMap<(TypeIndex, usize), (RelationId, Side)> {
    let key = |field: &RelationField<'_>| (field.owner, field.index);
    let mut ends = HashMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        for (end, side) in [(&draft.a, Side::A), (&draft.b, Side::B)] {
            if let End::Declared(field) = end {
                ends.insert(key(field), (relation_id(at), side));
            }
        }
    }
    ends
}

fn relation_id(index: usize) -> RelationId {
    RelationId(u32::try_from(index).unwrap_or(u32::MAX))
}
