//! Which type it is, apart from its name.

use prisma_datamodel::{Datamodel, EnumId, FieldId, FieldType, ModelId, ScalarType};

use crate::{collision::Subject, names, schema::ApiScalar};

/// One type of the API. Equal keys share a type; two keys with one name are a collision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TypeKey {
    Query,
    Mutation,
    Subscription,
    Node,
    PageInfo,
    BatchPayload,
    MutationType,
    Database,
    Scalar(ApiScalar),
    Enum(EnumId),
    Model(ModelId),
    PreviousValues(ModelId),
    Connection(ModelId),
    Edge(ModelId),
    Aggregate(ModelId),
    SubscriptionPayload(ModelId),
    OrderBy(ModelId),
    Where(ModelId),
    ScalarWhere(ModelId),
    WhereUnique(ModelId),
    SubscriptionWhere(ModelId),
    /// The data of a create: at the root, and nested through a hidden field, where the target has no `back`.
    Create(Target),
    CreateOne(Target),
    CreateMany(Target),
    CreateList(FieldId),
    /// The data of a root update.
    Update(ModelId),
    /// The data of a nested update.
    UpdateData(Target),
    UpdateManyMutation(ModelId),
    UpdateManyData(ModelId),
    UpdateManyWithWhere(ModelId),
    UpdateOne(Target),
    UpdateOneRequired(Target),
    UpdateMany(Target),
    UpdateList(FieldId),
    UpdateWithWhereUnique(Target),
    UpsertWithWhereUnique(Target),
    UpsertNested(Target),
}

/// What a nested write is about: a model, and its visible field that leads back to where the write comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub(crate) model: ModelId,
    pub(crate) back: Option<FieldId>,
}

impl From<ModelId> for Target {
    fn from(model: ModelId) -> Self {
        Self { model, back: None }
    }
}

/// The names of `TypeKey`s that are there whatever the datamodel says, even where this API does not use them: a
/// later field or setting may.
pub(crate) const BUILT_IN: [&str; 17] = [
    "ID",
    "UUID",
    "String",
    "Int",
    "Float",
    "Boolean",
    "DateTime",
    "Json",
    "Long",
    "Query",
    "Mutation",
    "Subscription",
    "Node",
    "PageInfo",
    "BatchPayload",
    "MutationType",
    "PrismaDatabase",
];

impl TypeKey {
    pub(crate) const ID: Self = Self::Scalar(ApiScalar::Datamodel(ScalarType::Id));
    pub(crate) const INT: Self = Self::Scalar(ApiScalar::Datamodel(ScalarType::Int));
    pub(crate) const STRING: Self = Self::Scalar(ApiScalar::Datamodel(ScalarType::String));
    pub(crate) const BOOLEAN: Self = Self::Scalar(ApiScalar::Datamodel(ScalarType::Boolean));
    pub(crate) const JSON: Self = Self::Scalar(ApiScalar::Datamodel(ScalarType::Json));

    /// The type of one value of a field.
    pub(crate) fn of_value(datamodel: &Datamodel, ty: FieldType) -> Self {
        match ty {
            FieldType::Scalar(scalar) => Self::Scalar(ApiScalar::Datamodel(scalar)),
            FieldType::Enum(id) => Self::Enum(id),
            FieldType::Relation(relation, side) => {
                Self::Model(datamodel[relation].end(side.opposite()).model)
            }
        }
    }

    /// The part of the datamodel that the type is made for.
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Query
            | Self::Mutation
            | Self::Subscription
            | Self::Node
            | Self::PageInfo
            | Self::BatchPayload
            | Self::MutationType
            | Self::Database
            | Self::Scalar(_) => Subject::BuiltIn,
            Self::Enum(id) => Subject::Enum(id),
            Self::Model(model)
            | Self::PreviousValues(model)
            | Self::Connection(model)
            | Self::Edge(model)
            | Self::Aggregate(model)
            | Self::SubscriptionPayload(model)
            | Self::OrderBy(model)
            | Self::Where(model)
            | Self::ScalarWhere(model)
            | Self::WhereUnique(model)
            | Self::SubscriptionWhere(model)
            | Self::Update(model)
            | Self::UpdateManyMutation(model)
            | Self::UpdateManyData(model)
            | Self::UpdateManyWithWhere(model) => Subject::Model(model),
            Self::Create(target)
            | Self::CreateOne(target)
            | Self::CreateMany(target)
            | Self::UpdateData(target)
            | Self::UpdateOne(target)
            | Self::UpdateOneRequired(target)
            | Self::UpdateMany(target)
            | Self::UpdateWithWhereUnique(target)
            | Self::UpsertWithWhereUnique(target)
            | Self::UpsertNested(target) => target
                .back
                .map_or(Subject::Model(target.model), Subject::Field),
            Self::CreateList(field) | Self::UpdateList(field) => Subject::Field(field),
        }
    }

    /// The name of the type.
    pub(crate) fn name(self, datamodel: &Datamodel) -> String {
        let of = |model: ModelId| datamodel[model].name.as_str();
        let nested = |name: fn(&str, Option<&str>) -> String, target: Target| {
            let without = target.back.map(|field| datamodel[field].name.as_str());
            name(of(target.model), without)
        };
        let list = |name: fn(&str, &str) -> String, field: FieldId| {
            let field = &datamodel[field];
            name(of(field.model), &field.name)
        };
        match self {
            Self::Query => "Query".to_owned(),
            Self::Mutation => "Mutation".to_owned(),
            Self::Subscription => "Subscription".to_owned(),
            Self::Node => "Node".to_owned(),
            Self::PageInfo => "PageInfo".to_owned(),
            Self::BatchPayload => "BatchPayload".to_owned(),
            Self::MutationType => "MutationType".to_owned(),
            Self::Database => "PrismaDatabase".to_owned(),
            Self::Scalar(scalar) => scalar.name().to_owned(),
            Self::Enum(id) => datamodel[id].name.clone(),
            Self::Model(model) => of(model).to_owned(),
            Self::PreviousValues(model) => names::previous_values(of(model)),
            Self::Connection(model) => names::connection(of(model)),
            Self::Edge(model) => names::edge(of(model)),
            Self::Aggregate(model) => names::aggregate(of(model)),
            Self::SubscriptionPayload(model) => names::subscription_payload(of(model)),
            Self::OrderBy(model) => names::order_by(of(model)),
            Self::Where(model) => names::where_input(of(model)),
            Self::ScalarWhere(model) => names::scalar_where_input(of(model)),
            Self::WhereUnique(model) => names::where_unique_input(of(model)),
            Self::SubscriptionWhere(model) => names::subscription_where_input(of(model)),
            Self::Create(target) => nested(names::create_input, target),
            Self::CreateOne(target) => nested(names::create_one, target),
            Self::CreateMany(target) => nested(names::create_many, target),
            Self::CreateList(field) => list(names::create_list, field),
            Self::Update(model) => names::update_input(of(model)),
            Self::UpdateData(target) => nested(names::update_data, target),
            Self::UpdateManyMutation(model) => names::update_many_mutation(of(model)),
            Self::UpdateManyData(model) => names::update_many_data(of(model)),
            Self::UpdateManyWithWhere(model) => names::update_many_with_where(of(model)),
            Self::UpdateOne(target) => nested(names::update_one, target),
            Self::UpdateOneRequired(target) => nested(names::update_one_required, target),
            Self::UpdateMany(target) => nested(names::update_many, target),
            Self::UpdateList(field) => list(names::update_list, field),
            Self::UpdateWithWhereUnique(target) => nested(names::update_with_where_unique, target),
            Self::UpsertWithWhereUnique(target) => nested(names::upsert_with_where_unique, target),
            Self::UpsertNested(target) => nested(names::upsert_nested, target),
        }
    }
}
