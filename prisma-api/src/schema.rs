//! The derived API as data: types, fields, arguments, and what each of them *means*.
//!
//! Names are rendered once, by [`crate::derive`], and never parsed back: `title_contains` carries
//! `InputMeaning::Filter(title, FilterOp::Contains)`. The engine resolves a request by looking names up here.

use indexmap::IndexMap;
use prisma_datamodel::{EnumId, FieldId, ModelId, ScalarType};

/// Names one type of an [`ApiSchema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);

/// The whole API of one datamodel (api.md §1).
#[derive(Clone, Debug, PartialEq)]
pub struct ApiSchema {
    /// All types by name, in the order of derivation. [`TypeId`]s are positions in this map.
    pub types: IndexMap<String, ApiType>,
    /// The type `Query`.
    pub query: TypeId,
    /// The type `Mutation`; absent where it would have no fields.
    pub mutation: Option<TypeId>,
    /// The type `Subscription`; absent without models.
    pub subscription: Option<TypeId>,
}

impl ApiSchema {
    /// Finds a type by its name.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Option<(TypeId, &ApiType)> {
        let (index, _, ty) = self.types.get_full(name)?;
        Some((TypeId(u32::try_from(index).ok()?), ty))
    }

    /// The name and definition of a type; `None` for an id of another schema.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<(&str, &ApiType)> {
        self.types
            .get_index(id.0 as usize)
            .map(|(name, ty)| (name.as_str(), ty))
    }
}

/// One named type.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiType {
    /// A scalar.
    Scalar(ApiScalar),
    /// An enum.
    Enum(ApiEnum),
    /// An object.
    Object(ApiObject),
    /// The interface `Node`.
    Interface(ApiObject),
    /// An input object.
    Input(ApiInput),
}

/// The scalars of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiScalar {
    /// A scalar of the datamodel language.
    Datamodel(ScalarType),
    /// `Long`: output only, the count of a batch.
    Long,
}

impl ApiScalar {
    /// The name shown by the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Datamodel(scalar) => scalar.name(),
            Self::Long => "Long",
        }
    }

    /// True for the five scalars of GraphQL itself, which no schema text declares.
    #[must_use]
    pub const fn is_built_in(self) -> bool {
        matches!(
            self,
            Self::Datamodel(
                ScalarType::Id
                    | ScalarType::String
                    | ScalarType::Int
                    | ScalarType::Float
                    | ScalarType::Boolean
            )
        )
    }

    /// Shown by introspection; `None` for the scalars of GraphQL itself.
    #[must_use]
    pub const fn description(self) -> Option<&'static str> {
        match self {
            Self::Datamodel(ScalarType::Uuid) => Some("A UUID, written in hexadecimal with dashes"),
            Self::Datamodel(ScalarType::DateTime) => {
                Some("A point in time in UTC, to the millisecond (ISO 8601)")
            }
            Self::Datamodel(ScalarType::Json) => Some("A JSON object or array"),
            Self::Long => Some("An integer of 64 bits"),
            Self::Datamodel(_) => None,
        }
    }
}

/// An enum type.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiEnum {
    /// Shown by introspection.
    pub description: Option<&'static str>,
    /// What the values are.
    pub meaning: EnumMeaning,
    /// Values in order, each with what it means.
    pub values: IndexMap<String, EnumValueMeaning>,
}

/// What an enum type stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnumMeaning {
    /// An enum of the datamodel.
    Datamodel(EnumId),
    /// `XOrderByInput`
    OrderBy(ModelId),
    /// `MutationType`
    MutationType,
    /// `PrismaDatabase`
    Database,
}

/// What one enum value stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnumValueMeaning {
    /// Itself: a value of a datamodel enum, a mutation type or a database name.
    Value,
    /// An order by one field.
    Order(FieldId, Direction),
}

/// A direction of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Greatest first.
    Descending,
}

/// An object or interface type.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiObject {
    /// Shown by introspection.
    pub description: Option<&'static str>,
    /// The model it shows, for model types, connections, edges, aggregates, payloads and previous values.
    pub model: Option<ModelId>,
    /// True for model types that implement `Node` (api.md §1.5).
    pub implements_node: bool,
    /// Fields in order.
    pub fields: IndexMap<String, ApiField>,
}

/// A field of an object type.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiField {
    /// Shown by introspection.
    pub description: Option<&'static str>,
    /// Its type.
    pub ty: TypeRef,
    /// What it means.
    pub meaning: OutputMeaning,
    /// Its arguments, in order.
    pub arguments: IndexMap<String, ApiArgument>,
}

/// An argument of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiArgument {
    /// Its type.
    pub ty: TypeRef,
    /// What it means.
    pub meaning: ArgumentMeaning,
}

/// An input object type.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiInput {
    /// Shown by introspection.
    pub description: Option<&'static str>,
    /// The model it is about.
    pub model: ModelId,
    /// Fields in order.
    pub fields: IndexMap<String, ApiInputField>,
}

/// A field of an input object.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiInputField {
    /// Shown by introspection.
    pub description: Option<&'static str>,
    /// Its type.
    pub ty: TypeRef,
    /// What it means.
    pub meaning: InputMeaning,
}

/// A reference to a type with its modifiers. The API has no nested lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef {
    /// The named type.
    pub ty: TypeId,
    /// How it is wrapped.
    pub wrap: Wrap,
}

/// The modifiers around a named type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// `T`
    Optional,
    /// `T!`
    Required,
    /// `[T]!`
    RequiredListOfOptional,
    /// `[T!]`
    OptionalList,
    /// `[T!]!`
    RequiredList,
}

impl Wrap {
    /// True for the list forms.
    #[must_use]
    pub const fn is_list(self) -> bool {
        !matches!(self, Self::Optional | Self::Required)
    }

    /// True if the outermost type is non-null.
    #[must_use]
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::Optional | Self::OptionalList)
    }
}

/// What an output field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputMeaning {
    /// `Query.user`
    One(ModelId),
    /// `Query.users`
    Many(ModelId),
    /// `Query.usersConnection`
    Connection(ModelId),
    /// `Query.node`
    Node,
    /// `Mutation.createUser`
    Create(ModelId),
    /// `Mutation.updateUser`
    Update(ModelId),
    /// `Mutation.deleteUser`
    Delete(ModelId),
    /// `Mutation.upsertUser`
    Upsert(ModelId),
    /// `Mutation.updateManyUsers`
    UpdateMany(ModelId),
    /// `Mutation.deleteManyUsers`
    DeleteMany(ModelId),
    /// `Mutation.executeRaw`
    ExecuteRaw,
    /// `Subscription.user`
    Subscribe(ModelId),
    /// A field of a model, in the model's type or its previous values; `Node.id`'s has no field of one model.
    Field(FieldId),
    /// `Node.id`
    NodeId,
    /// `XConnection.pageInfo`
    PageInfo,
    /// `XConnection.edges`
    Edges,
    /// `XConnection.aggregate`
    Aggregate,
    /// `XEdge.node`
    EdgeNode,
    /// `XEdge.cursor`
    EdgeCursor,
    /// `PageInfo.hasNextPage`
    HasNextPage,
    /// `PageInfo.hasPreviousPage`
    HasPreviousPage,
    /// `PageInfo.startCursor`
    StartCursor,
    /// `PageInfo.endCursor`
    EndCursor,
    /// `AggregateX.count`
    AggregateCount,
    /// `BatchPayload.count`
    BatchCount,
    /// `XSubscriptionPayload.mutation`
    EventKind,
    /// `XSubscriptionPayload.node`
    EventNode,
    /// `XSubscriptionPayload.updatedFields`
    EventUpdatedFields,
    /// `XSubscriptionPayload.previousValues`
    EventPreviousValues,
}

/// What an argument means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArgumentMeaning {
    /// `where: XWhereInput`
    Where,
    /// `where: XWhereUniqueInput!`
    WhereUnique,
    /// `where: XSubscriptionWhereInput`
    WhereEvent,
    /// `orderBy`
    OrderBy,
    /// `skip`
    Skip,
    /// `after`
    After,
    /// `before`
    Before,
    /// `first`
    First,
    /// `last`
    Last,
    /// `data`
    Data,
    /// `create` of an upsert
    Create,
    /// `update` of an upsert
    Update,
    /// `id` of `node`
    Id,
    /// `database` of `executeRaw`
    Database,
    /// `query` of `executeRaw`
    RawQuery,
}

/// What a field of an input object means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputMeaning {
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`
    Not,
    /// A condition on a scalar: `title_contains`.
    Filter(FieldId, FilterOp),
    /// A condition on related nodes: `posts_some`, `author`.
    Related(FieldId, Quantifier),
    /// A unique field of a `XWhereUniqueInput`.
    Unique(FieldId),
    /// A scalar in a create or update input.
    Assign(FieldId),
    /// A scalar list in a create or update input; its type has [`InputMeaning::ListSet`].
    AssignList(FieldId),
    /// `set` of a scalar list wrapper
    ListSet(FieldId),
    /// A relation in a create or update input; its type has [`InputMeaning::Nested`].
    Relation(FieldId),
    /// A nested operation. Models share the types that hold these, so the relation is the one of the
    /// [`InputMeaning::Relation`] that led here.
    Nested(NestedOp),
    /// `where` of an update-, upsert- or updateMany-with-where element
    ElementWhere,
    /// `data` of an update- or updateMany-with-where element
    ElementData,
    /// `create` of a nested upsert
    ElementCreate,
    /// `update` of a nested upsert
    ElementUpdate,
    /// `mutation_in`
    EventMutationIn,
    /// `updatedFields_contains`
    EventUpdatedFieldsContains,
    /// `updatedFields_contains_every`
    EventUpdatedFieldsContainsEvery,
    /// `updatedFields_contains_some`
    EventUpdatedFieldsContainsSome,
    /// `node` of a subscription filter
    EventNode,
}

/// A condition on a scalar (api.md §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilterOp {
    /// `f`
    Equals,
    /// `f_not`
    Not,
    /// `f_in`
    In,
    /// `f_not_in`
    NotIn,
    /// `f_lt`
    Lt,
    /// `f_lte`
    Lte,
    /// `f_gt`
    Gt,
    /// `f_gte`
    Gte,
    /// `f_contains`
    Contains,
    /// `f_not_contains`
    NotContains,
    /// `f_starts_with`
    StartsWith,
    /// `f_not_starts_with`
    NotStartsWith,
    /// `f_ends_with`
    EndsWith,
    /// `f_not_ends_with`
    NotEndsWith,
}

/// How many related nodes must satisfy a condition (api.md §3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// `r`, to-one
    Is,
    /// `r_some`
    Some,
    /// `r_every`
    Every,
    /// `r_none`
    None,
}

/// An operation inside a create or update (api.md §4.3, in order of execution).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NestedOp {
    /// `create`
    Create,
    /// `update`
    Update,
    /// `upsert`
    Upsert,
    /// `delete`
    Delete,
    /// `connect`
    Connect,
    /// `set`
    Set,
    /// `disconnect`
    Disconnect,
    /// `updateMany`
    UpdateMany,
    /// `deleteMany`
    DeleteMany,
}
