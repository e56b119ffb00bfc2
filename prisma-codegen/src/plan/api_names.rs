//! What the derived API calls the parts of a model, found by meaning.

use prisma_api::{
    ApiField, ApiObject, ApiSchema, ApiType, ArgumentMeaning, InputMeaning, OutputMeaning, TypeId,
};
use prisma_datamodel::{FieldId, ModelId};

/// Names of root fields and input types; empty where the API lacks the thing.
#[derive(Default)]
pub(crate) struct ApiNames {
    pub(crate) one: String,
    pub(crate) many: String,
    pub(crate) connection: String,
    pub(crate) create: String,
    pub(crate) update: String,
    pub(crate) upsert: String,
    pub(crate) delete: String,
    pub(crate) update_many: String,
    pub(crate) delete_many: String,
    pub(crate) filter: String,
    pub(crate) order: String,
    pub(crate) unique: String,
    pub(crate) create_input: String,
    pub(crate) update_input: String,
    pub(crate) update_many_input: String,
    pub(crate) subscribe: String,
    pub(crate) event_filter: String,
}

impl ApiNames {
    pub(super) fn of(api: &ApiSchema, model: ModelId) -> Self {
        let name =
            |meaning| root(api, meaning).map_or_else(String::new, |(name, _)| name.to_owned());
        let input = |meaning, argument| {
            argument_type(api, meaning, argument)
                .and_then(|ty| api.get(ty))
                .map_or_else(String::new, |(name, _)| name.to_owned())
        };
        let many = OutputMeaning::Many(model);
        Self {
            one: name(OutputMeaning::One(model)),
            many: name(many),
            connection: name(OutputMeaning::Connection(model)),
            create: name(OutputMeaning::Create(model)),
            update: name(OutputMeaning::Update(model)),
            upsert: name(OutputMeaning::Upsert(model)),
            delete: name(OutputMeaning::Delete(model)),
            update_many: name(OutputMeaning::UpdateMany(model)),
            delete_many: name(OutputMeaning::DeleteMany(model)),
            filter: input(many, ArgumentMeaning::Where),
            order: input(many, ArgumentMeaning::OrderBy),
            unique: input(OutputMeaning::One(model), ArgumentMeaning::WhereUnique),
            create_input: input(OutputMeaning::Create(model), ArgumentMeaning::Data),
            update_input: input(OutputMeaning::Update(model), ArgumentMeaning::Data),
            update_many_input: input(OutputMeaning::UpdateMany(model), ArgumentMeaning::Data),
            subscribe: name(OutputMeaning::Subscribe(model)),
            event_filter: input(OutputMeaning::Subscribe(model), ArgumentMeaning::WhereEvent),
        }
    }
}

/// The fields that name one record.
pub(super) fn uniques(api: &ApiSchema, model: ModelId) -> impl Iterator<Item = FieldId> {
    let meanings = meanings(api, OutputMeaning::One(model), ArgumentMeaning::WhereUnique);
    meanings.filter_map(|meaning| match meaning {
        InputMeaning::Unique(field) => Some(field),
        _ => None,
    })
}

/// The scalar fields that an update can assign.
pub(super) fn updatable(api: &ApiSchema, model: ModelId) -> impl Iterator<Item = FieldId> {
    let meanings = meanings(api, OutputMeaning::Update(model), ArgumentMeaning::Data);
    meanings.filter_map(|meaning| match meaning {
        InputMeaning::Assign(field) | InputMeaning::AssignList(field) => Some(field),
        _ => None,
    })
}

/// What the fields of an argument mean.
fn meanings(
    api: &ApiSchema,
    root: OutputMeaning,
    argument: ArgumentMeaning,
) -> impl Iterator<Item = InputMeaning> {
    let ty = argument_type(api, root, argument);
    let input = ty.and_then(|ty| match api.get(ty) {
        Some((_, ApiType::Input(input))) => Some(input),
        _ => None,
    });
    let fields = input.into_iter().flat_map(|input| input.fields.values());
    fields.map(|field| field.meaning)
}

/// The input type of a create of the model; `None` where it takes nothing.
pub(super) fn create_input(api: &ApiSchema, model: ModelId) -> Option<TypeId> {
    argument_type(api, OutputMeaning::Create(model), ArgumentMeaning::Data)
}

fn argument_type(
    api: &ApiSchema,
    meaning: OutputMeaning,
    argument: ArgumentMeaning,
) -> Option<TypeId> {
    let (_, field) = root(api, meaning)?;
    let mut arguments = field.arguments.values();
    let found = arguments.find(|candidate| candidate.meaning == argument)?;
    Some(found.ty.ty)
}

fn root(api: &ApiSchema, meaning: OutputMeaning) -> Option<(&str, &ApiField)> {
    let roots = [Some(api.query), api.mutation, api.subscription];
    let objects = roots.into_iter().flatten().filter_map(|id| object(api, id));
    let mut fields = objects.flat_map(|object| &object.fields);
    let (name, field) = fields.find(|(_, field)| field.meaning == meaning)?;
    Some((name, field))
}

fn object(api: &ApiSchema, id: TypeId) -> Option<&ApiObject> {
    match api.get(id)?.1 {
        ApiType::Object(object) => Some(object),
        _ => None,
    }
}
