//! Structs of required fields: `New` for a create on its own, `NewWithout…` for one nested under a parent that the
//! record requires. Where a nested create needs the same fields as one on its own, both take `New`.

use prisma_api::{ApiInput, ApiSchema, ApiType, InputMeaning, NestedOp, TypeId};
use prisma_datamodel::{Datamodel, FieldId, ModelId};
use proc_macro2::{Ident, Span};

use super::{api_names, names};

pub(super) struct Draft {
    /// The relation field through which the record is created, if that spares a required field.
    pub(super) without: Option<FieldId>,
    pub(super) required: Vec<FieldId>,
}

impl Draft {
    pub(super) fn ident(&self, datamodel: &Datamodel) -> Ident {
        match self.without {
            None => Ident::new("New", Span::call_site()),
            Some(field) => names::draft_without(&datamodel[field].name),
        }
    }
}

/// All structs for one model.
pub(super) fn of_model(datamodel: &Datamodel, api: &ApiSchema, model: ModelId) -> Vec<Draft> {
    let own = Draft {
        without: None,
        required: required(api, api_names::create_input(api, model)),
    };
    let relations = datamodel.visible_fields(model);
    let nested = relations
        .filter_map(|(field, _)| datamodel.related_field(field))
        .filter(|&parent| !datamodel[parent].hidden)
        .filter_map(|parent| through(datamodel, api, parent))
        .filter(|draft| draft.without.is_some());
    [own].into_iter().chain(nested).collect()
}

/// What a create through this relation field takes; `None` where the API has none.
pub(super) fn through(datamodel: &Datamodel, api: &ApiSchema, field: FieldId) -> Option<Draft> {
    let parent = input(api, api_names::create_input(api, datamodel[field].model)?)?;
    let operations = parent.fields.values().find_map(|candidate| {
        let found = candidate.meaning == InputMeaning::Relation(field);
        found.then(|| input(api, candidate.ty.ty)).flatten()
    })?;
    let create = operations
        .fields
        .values()
        .find(|candidate| candidate.meaning == InputMeaning::Nested(NestedOp::Create))?;
    let nested = required(api, Some(create.ty.ty));
    let own = required(
        api,
        api_names::create_input(api, datamodel.related_model(field)?),
    );
    let without = datamodel.related_field(field).filter(|_| nested != own);
    Some(Draft {
        without,
        required: nested,
    })
}

/// The fields that an input cannot do without.
fn required(api: &ApiSchema, ty: Option<TypeId>) -> Vec<FieldId> {
    let input = ty.and_then(|ty| input(api, ty));
    let fields = input.into_iter().flat_map(|input| input.fields.values());
    fields
        .filter(|field| field.ty.wrap.is_required())
        .filter_map(|field| match field.meaning {
            InputMeaning::Assign(field) | InputMeaning::Relation(field) => Some(field),
            _ => None,
        })
        .collect()
}

fn input(api: &ApiSchema, ty: TypeId) -> Option<&ApiInput> {
    match api.get(ty)?.1 {
        ApiType::Input(input) => Some(input),
        _ => None,
    }
}
