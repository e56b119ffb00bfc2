//! Datamodel to [`ApiSchema`], one file per block of OpenCRUD.
//!
//! Types are made when something refers to them, beginning with the root types. So exactly the reachable ones
//! exist, and no block needs to know when another one leaves a type out.

mod aggregate;
mod batch;
mod builder;
mod connection;
mod create_input;
mod description;
mod filter;
mod key;
mod members;
mod model;
mod mutation;
mod node;
mod order;
mod presence;
mod query;
mod relations;
mod subscription;
mod update_input;
mod upsert;

use prisma_datamodel::Datamodel;

use self::builder::Builder;
pub(crate) use self::key::TypeKey;
use crate::{
    collision::Collision,
    schema::{ApiEnum, ApiSchema, ApiType, EnumMeaning, EnumValueMeaning},
};

/// What an API has beyond its datamodel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Offer `executeRaw` (`rawAccess` of the server's configuration).
    pub raw_access: bool,
    /// The configured databases, GraphQL names each; the values of `PrismaDatabase`.
    pub databases: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            raw_access: false,
            databases: vec!["default".to_owned()],
        }
    }
}

/// Derives the API of a datamodel (api.md §1).
///
/// # Errors
/// The names that would stand for two things (api.md §1.3). Two models or fields that meet in several places are
/// one collision, at the first place.
pub fn derive(datamodel: &Datamodel, options: &Options) -> Result<ApiSchema, Vec<Collision>> {
    let mut builder = Builder::new(datamodel, options);
    builder.check_reserved_names();
    let query = builder.id(TypeKey::Query);
    let mutation = mutation::is_present(&builder).then(|| builder.id(TypeKey::Mutation));
    let subscription =
        subscription::is_present(&builder).then(|| builder.id(TypeKey::Subscription));
    let types = builder.build(define)?;
    Ok(ApiSchema {
        types,
        query,
        mutation,
        subscription,
    })
}

/// The definition of one type.
fn define(builder: &mut Builder<'_>, key: TypeKey) -> ApiType {
    match key {
        TypeKey::Query => query::root(builder),
        TypeKey::Mutation => mutation::root(builder),
        TypeKey::Subscription => subscription::root(builder),
        TypeKey::Node => node::interface(builder),
        TypeKey::PageInfo => connection::page_info(builder),
        TypeKey::BatchPayload => batch::payload(builder),
        TypeKey::MutationType => subscription::mutation_type(),
        TypeKey::Database => mutation::database(builder),
        TypeKey::Scalar(scalar) => ApiType::Scalar(scalar),
        TypeKey::Enum(id) => ApiType::Enum(ApiEnum {
            description: None,
            meaning: EnumMeaning::Datamodel(id),
            values: builder.datamodel[id]
                .values
                .iter()
                .map(|value| (value.clone(), EnumValueMeaning::Value))
                .collect(),
        }),
        TypeKey::Model(model) => model::object(builder, model),
        TypeKey::PreviousValues(model) => model::previous_values(builder, model),
        TypeKey::Connection(model) => connection::connection(builder, model),
        TypeKey::Edge(model) => connection::edge(builder, model),
        TypeKey::Aggregate(model) => aggregate::aggregate(builder, model),
        TypeKey::SubscriptionPayload(model) => subscription::payload(builder, model),
        TypeKey::OrderBy(model) => order::values(builder, model),
        TypeKey::Where(model) => filter::of_model(builder, model),
        TypeKey::ScalarWhere(model) => filter::of_scalars(builder, model),
        TypeKey::WhereUnique(model) => filter::unique(builder, model),
        TypeKey::SubscriptionWhere(model) => subscription::filter(builder, model),
        TypeKey::Create(target) => create_input::data(builder, target),
        TypeKey::CreateOne(target) => create_input::one(builder, target),
        TypeKey::CreateMany(target) => create_input::many(builder, target),
        TypeKey::CreateList(field) | TypeKey::UpdateList(field) => {
            create_input::list(builder, key, field)
        }
        TypeKey::Update(model) => update_input::data(builder, key, model.into()),
        TypeKey::UpdateData(target) => update_input::data(builder, key, target),
        TypeKey::UpdateManyMutation(model) | TypeKey::UpdateManyData(model) => {
            update_input::scalars(builder, key, model)
        }
        TypeKey::UpdateManyWithWhere(model) => batch::nested_element(builder, model),
        TypeKey::UpdateOne(target) | TypeKey::UpdateOneRequired(target) => {
            update_input::one(builder, key, target)
        }
        TypeKey::UpdateMany(target) => update_input::many(builder, target),
        TypeKey::UpdateWithWhereUnique(target) => update_input::element(builder, target),
        TypeKey::UpsertWithWhereUnique(target) => upsert::element(builder, target),
        TypeKey::UpsertNested(target) => upsert::nested(builder, target),
    }
}
