//! `type Mutation` and `enum PrismaDatabase` (api.md §1.4).

use prisma_datamodel::{Model, ModelId};

use super::{
    builder::Builder,
    key::TypeKey,
    members::{Arguments, Outputs},
};
use crate::{
    names,
    schema::{
        ApiEnum, ApiType, ArgumentMeaning, EnumMeaning, EnumValueMeaning, OutputMeaning, Wrap,
    },
};

/// Without models and raw access there is nothing to change.
pub(super) fn is_present(builder: &Builder<'_>) -> bool {
    !builder.datamodel.models.is_empty() || builder.options.raw_access
}

pub(super) fn root(builder: &mut Builder<'_>) -> ApiType {
    let mut fields = Outputs::of(TypeKey::Mutation);
    for add in [create, update, delete, upsert, update_many, delete_many] {
        for (id, model) in builder.datamodel.models() {
            add(builder, &mut fields, id, model);
        }
    }
    if builder.options.raw_access {
        execute_raw(builder, &mut fields);
    }
    fields.into_type(None, None)
}

fn create(builder: &mut Builder<'_>, fields: &mut Outputs, id: ModelId, model: &Model) {
    let mut arguments = Arguments::default();
    if builder.presence.has_create(id.into()) {
        let key = TypeKey::Create(id.into());
        arguments = arguments.with(builder, ArgumentMeaning::Data, key, Wrap::Required);
    }
    fields.add_with(
        builder,
        names::root_create(&model.name),
        TypeKey::Model(id),
        Wrap::Required,
        OutputMeaning::Create(id),
        arguments,
    );
}

fn update(builder: &mut Builder<'_>, fields: &mut Outputs, id: ModelId, model: &Model) {
    if !builder.presence.has_unique(id) || !builder.presence.has_update(id.into()) {
        return;
    }
    let key = TypeKey::Update(id);
    let arguments = Arguments::default()
        .with(builder, ArgumentMeaning::Data, key, Wrap::Required)
        .with_unique(builder, id);
    fields.add_with(
        builder,
        names::root_update(&model.name),
        TypeKey::Model(id),
        Wrap::Optional,
        OutputMeaning::Update(id),
        arguments,
    );
}

fn delete(builder: &mut Builder<'_>, fields: &mut Outputs, id: ModelId, model: &Model) {
    if !builder.presence.has_unique(id) {
        return;
    }
    let arguments = Arguments::default().with_unique(builder, id);
    fields.add_with(
        builder,
        names::root_delete(&model.name),
        TypeKey::Model(id),
        Wrap::Optional,
        OutputMeaning::Delete(id),
        arguments,
    );
}

fn upsert(builder: &mut Builder<'_>, fields: &mut Outputs, id: ModelId, model: &Model) {
    let presence = &builder.presence;
    let target = id.into();
    if !presence.has_unique(id) || !presence.has_create(target) || !presence.has_update(target) {
        return;
    }
    let (create, update) = (TypeKey::Create(target), TypeKey::Update(id));
    let arguments = Arguments::default()
        .with_unique(builder, id)
        .with(builder, ArgumentMeaning::Create, create, Wrap::Required)
        .with(builder, ArgumentMeaning::Update, update, Wrap::Required);
    fields.add_with(
        builder,
        names::root_upsert(&model.name),
        TypeKey::Model(id),
        Wrap::Required,
        OutputMeaning::Upsert(id),
        arguments,
    );
}

fn update_many(builder: &mut Builder<'_>, fields: &mut Outputs, id: ModelId, model: &Model) {
    if !builder.presence.has_update_scalars(id) {
        return;
    }
    let (data, filter) = (TypeKey::UpdateManyMutation(id), TypeKey::Where(id));
    let arguments = Arguments::default()
        .with(builder, ArgumentMeaning::Data, data, Wrap::Required)
        .with(builder, ArgumentMeaning::Where, filter, Wrap::Optional);
    fields.add_with(
        builder,
        names::root_update_many(&model.name),
        TypeKey::BatchPayload,
        Wrap::Required,
        OutputMeaning::UpdateMany(id),
        arguments,
    );
}

fn delete_many(builder: &mut Builder<'_>, fields: &mut Outputs, id: ModelId, model: &Model) {
    let key = TypeKey::Where(id);
    let arguments = Arguments::default().with(builder, ArgumentMeaning::Where, key, Wrap::Optional);
    fields.add_with(
        builder,
        names::root_delete_many(&model.name),
        TypeKey::BatchPayload,
        Wrap::Required,
        OutputMeaning::DeleteMany(id),
        arguments,
    );
}

fn execute_raw(builder: &mut Builder<'_>, fields: &mut Outputs) {
    let mut arguments = Arguments::default();
    if !builder.options.databases.is_empty() {
        let key = TypeKey::Database;
        arguments = arguments.with(builder, ArgumentMeaning::Database, key, Wrap::Optional);
    }
    let arguments = arguments.with(
        builder,
        ArgumentMeaning::RawQuery,
        TypeKey::STRING,
        Wrap::Required,
    );
    fields.add_with(
        builder,
        "executeRaw",
        TypeKey::JSON,
        Wrap::Required,
        OutputMeaning::ExecuteRaw,
        arguments,
    );
}

pub(super) fn database(builder: &Builder<'_>) -> ApiType {
    ApiType::Enum(ApiEnum {
        description: None,
        meaning: EnumMeaning::Database,
        values: builder
            .options
            .databases
            .iter()
            .map(|name| (name.clone(), EnumValueMeaning::Value))
            .collect(),
    })
}
