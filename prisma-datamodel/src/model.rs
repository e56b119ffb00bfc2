//! The datamodel as an arena: what a text *means* after validation and inference.
//!
//! Everything is addressed by small copyable ids ([`ModelId`], [`FieldId`], [`RelationId`], [`EnumId`]) into
//! one immutable [`Datamodel`]; nothing holds a reference to anything else. Layers above (API derivation,
//! planning, storage layout) carry ids and look names up when they need them.
//!
//! Two invariants make those layers simple:
//! - every relation has a field on **both** ends; where the text declares one side only, inference adds a
//!   hidden to-many field (deploy.md §1.6, "magic back relations"), see [`Field::hidden`];
//! - every model has exactly one id field ([`Model::id`]).

use std::ops::Index;

use crate::source::Span;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the arena of the [`Datamodel`] this id belongs to.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// Names one [`Model`] of a [`Datamodel`].
    ModelId
    /// Names one [`Field`] of a [`Datamodel`]; unique over all models.
    FieldId
    /// Names one [`Relation`] of a [`Datamodel`].
    RelationId
    /// Names one [`Enum`] of a [`Datamodel`].
    EnumId
}

/// Which syntax a text was written in (deploy.md §0.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Version {
    /// The syntax of 2018, `id: ID! @unique`; read with v1's meaning where v1.1 can express it.
    V1,
    /// The current syntax, `id: ID! @id`.
    #[default]
    V1_1,
}

/// A validated datamodel. Immutable once built; share it behind an `Arc`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Datamodel {
    /// The syntax the text was written in.
    pub version: Version,
    /// Models in API order: declaration order, models that received a hidden back field last (deploy.md §1.6).
    pub models: Vec<Model>,
    /// Fields of all models.
    pub fields: Vec<Field>,
    /// Relations, each with a field on both ends.
    pub relations: Vec<Relation>,
    /// Enums in declaration order.
    pub enums: Vec<Enum>,
}

/// One `type` of the datamodel that has an API and a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The name as written.
    pub name: String,
    /// `@db(name:)`, if given.
    pub db_name: Option<String>,
    /// The description (`"…"` before the type), if any.
    pub docs: Option<String>,
    /// Fields in declaration order, hidden ones last.
    pub fields: Vec<FieldId>,
    /// The field marked `@id`.
    pub id: FieldId,
    /// `@rename(oldName:)`, if given: a hint for the next migration only.
    pub renamed_from: Option<String>,
    /// Where the type is declared.
    pub span: Span,
}

impl Model {
    /// The name of the table: `@db(name:)` or the model's name.
    #[must_use]
    pub fn table(&self) -> &str {
        self.db_name.as_deref().unwrap_or(&self.name)
    }
}

/// The scalar types of the language (deploy.md §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScalarType {
    /// `ID`: a cuid or a text of up to 25 characters given by the caller.
    Id,
    /// `UUID`
    Uuid,
    /// `String`
    String,
    /// `Int`: 32 bits, signed.
    Int,
    /// `Float`: a double, stored as a decimal with 30 places.
    Float,
    /// `Boolean`
    Boolean,
    /// `DateTime`: UTC, milliseconds.
    DateTime,
    /// `Json`: an object or an array, stored as compact text.
    Json,
}

impl ScalarType {
    /// The name as written in a datamodel and shown by the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "ID",
            Self::Uuid => "UUID",
            Self::String => "String",
            Self::Int => "Int",
            Self::Float => "Float",
            Self::Boolean => "Boolean",
            Self::DateTime => "DateTime",
            Self::Json => "Json",
        }
    }

    /// The reverse of [`ScalarType::name`].
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ID" => Self::Id,
            "UUID" => Self::Uuid,
            "String" => Self::String,
            "Int" => Self::Int,
            "Float" => Self::Float,
            "Boolean" => Self::Boolean,
            "DateTime" => Self::DateTime,
            "Json" => Self::Json,
            _ => return None,
        })
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// A scalar.
    Scalar(ScalarType),
    /// A value of an enum.
    Enum(EnumId),
    /// One end of a relation.
    Relation(RelationId, Side),
}

/// How many values a field holds. A list is never "required" (deploy.md §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arity {
    /// `T!`
    Required,
    /// `T`
    Optional,
    /// `[T]`, in any of its four spellings.
    List,
}

/// Who makes the value of an id (`@id(strategy:)`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum IdStrategy {
    /// The server (`ID`, `UUID`) or the database (`Int`).
    Auto,
    /// The caller.
    None,
    /// A named database sequence; `None` where `@sequence` is missing.
    Sequence(Option<Sequence>),
}

/// `@sequence(name:, initialValue:, allocationSize:)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// The name of the sequence.
    pub name: String,
    /// The first value it gives.
    pub initial_value: i32,
    /// Kept for round trips; never part of the DDL.
    pub allocation_size: i32,
}

/// Timestamps the server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Managed {
    /// `@createdAt`
    CreatedAt,
    /// `@updatedAt`
    UpdatedAt,
}

/// The typed literal of `@default(value:)`.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// For `String`.
    String(String),
    /// For `Int`.
    Int(i32),
    /// For `Float`.
    Float(f64),
    /// For `Boolean`.
    Boolean(bool),
    /// For `DateTime`: milliseconds since the epoch, UTC.
    DateTime(i64),
    /// For `Json`: compact JSON text.
    Json(String),
    /// For enums: a declared value.
    Enum(String),
    /// The text `"null"` on `String`, `DateTime` and `Json` (deploy.md §1.5.3).
    Null,
}

/// One field of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The model it belongs to.
    pub model: ModelId,
    /// The name as written; for hidden back fields `_MagicalBackRelation_<relation>`.
    pub name: String,
    /// `@db(name:)`, if given.
    pub db_name: Option<String>,
    /// The description, if any.
    pub docs: Option<String>,
    /// What it holds.
    pub ty: FieldType,
    /// How many values it holds.
    pub arity: Arity,
    /// `@unique`; true for the id field too.
    pub unique: bool,
    /// `@id`, if given.
    pub id: Option<IdStrategy>,
    /// `@createdAt` or `@updatedAt`, if given. Where a model has several of a kind, only the first is filled;
    /// the others read as ordinary fields here (api.md §1.1).
    pub managed: Option<Managed>,
    /// `@default(value:)`, if given.
    pub default: Option<DefaultValue>,
    /// True for fields that no text declares: back fields that inference added (part of no printed text), and the
    /// system fields `id`, `createdAt` and `updatedAt` of v1 models (printed in v1.1). They are part of no API.
    pub hidden: bool,
    /// `@rename(oldName:)`, if given: a hint for the next migration only.
    pub renamed_from: Option<String>,
    /// Where the field is declared (the other end's field for hidden ones).
    pub span: Span,
}

impl Field {
    /// The name of the column: `@db(name:)` or the field's name.
    #[must_use]
    pub fn column(&self) -> &str {
        self.db_name.as_deref().unwrap_or(&self.name)
    }

    /// The relation this field is an end of, if it is one.
    #[must_use]
    pub fn relation(&self) -> Option<(RelationId, Side)> {
        match self.ty {
            FieldType::Relation(relation, side) => Some((relation, side)),
            FieldType::Scalar(_) | FieldType::Enum(_) => None,
        }
    }

    /// True for scalars and enums that are not lists: what becomes a column of the model's table.
    #[must_use]
    pub fn is_column(&self) -> bool {
        self.relation().is_none() && self.arity != Arity::List
    }

    /// True for lists of scalars or enums: what becomes a table of its own (deploy.md §2.7).
    #[must_use]
    pub fn is_scalar_list(&self) -> bool {
        self.relation().is_none() && self.arity == Arity::List
    }

    /// True if the database makes the value (an `Int` id with `AUTO` or `SEQUENCE`).
    #[must_use]
    pub fn is_generated_by_database(&self) -> bool {
        self.ty == FieldType::Scalar(ScalarType::Int)
            && matches!(self.id, Some(IdStrategy::Auto | IdStrategy::Sequence(_)))
    }
}

/// An end of a relation. Side A belongs to the lexicographically smaller model; in a self relation to the
/// smaller field name (deploy.md §1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The first end.
    A,
    /// The second end.
    B,
}

impl Side {
    /// The other end.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// What happens to the node at the *other* end when the node owning the field is deleted (api.md §4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum OnDelete {
    /// The link goes, the other node stays.
    #[default]
    SetNull,
    /// The other node is deleted too.
    Cascade,
}

/// A relation between two models (or of a model with itself).
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The declared or generated name; shown in error texts.
    pub name: String,
    /// The end of side A.
    pub a: RelationEnd,
    /// The end of side B.
    pub b: RelationEnd,
    /// Where links are stored.
    pub link: Link,
    /// `@relation(oldName:)`, if given: a hint for the next migration only.
    pub renamed_from: Option<String>,
}

impl Relation {
    /// The end on `side`.
    #[must_use]
    pub fn end(&self, side: Side) -> &RelationEnd {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

/// One end of a [`Relation`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelationEnd {
    /// The model of this side.
    pub model: ModelId,
    /// Its field; hidden where the text declares none.
    pub field: FieldId,
    /// What this field's `onDelete` says.
    pub on_delete: OnDelete,
}

/// Where the links of a relation are stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// In a column of one model's table.
    Inline {
        /// The side whose table has the column: a row of this side holds the id of the other side's node.
        /// In a two-sided 1:1 self relation this is always B, whichever field carries the directive
        /// (deploy.md §2.6, the reversed layout).
        side: Side,
        /// The name of the column.
        column: String,
    },
    /// In a join table.
    Table {
        /// The name of the table.
        table: String,
        /// The column that holds the id of side A.
        column_a: String,
        /// The column that holds the id of side B.
        column_b: String,
        /// The id column of the legacy form, if the table has one.
        id_column: Option<String>,
    },
}

/// An enum of the datamodel.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The name as written.
    pub name: String,
    /// The description, if any.
    pub docs: Option<String>,
    /// Values in declaration order.
    pub values: Vec<String>,
    /// `@rename(oldName:)`, if given.
    pub renamed_from: Option<String>,
    /// Where the enum is declared.
    pub span: Span,
}

impl Index<ModelId> for Datamodel {
    type Output = Model;

    fn index(&self, id: ModelId) -> &Model {
        &self.models[id.index()]
    }
}

impl Index<FieldId> for Datamodel {
    type Output = Field;

    fn index(&self, id: FieldId) -> &Field {
        &self.fields[id.index()]
    }
}

impl Index<RelationId> for Datamodel {
    type Output = Relation;

    fn index(&self, id: RelationId) -> &Relation {
        &self.relations[id.index()]
    }
}

impl Index<EnumId> for Datamodel {
    type Output = Enum;

    fn index(&self, id: EnumId) -> &Enum {
        &self.enums[id.index()]
    }
}

impl Datamodel {
    /// All models with their ids, in API order.
    pub fn models(&self) -> impl Iterator<Item = (ModelId, &Model)> {
        (0..).map(ModelId).zip(&self.models)
    }

    /// All relations with their ids.
    pub fn relations(&self) -> impl Iterator<Item = (RelationId, &Relation)> {
        (0..).map(RelationId).zip(&self.relations)
    }

    /// All enums with their ids.
    pub fn enums(&self) -> impl Iterator<Item = (EnumId, &Enum)> {
        (0..).map(EnumId).zip(&self.enums)
    }

    /// The fields of a model with their ids, hidden ones last.
    pub fn fields_of(&self, model: ModelId) -> impl Iterator<Item = (FieldId, &Field)> {
        self[model].fields.iter().map(|&id| (id, &self[id]))
    }

    /// The fields of a model that the API shows, in declaration order.
    pub fn visible_fields(&self, model: ModelId) -> impl Iterator<Item = (FieldId, &Field)> {
        self.fields_of(model).filter(|(_, field)| !field.hidden)
    }

    /// Finds a model by its name.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<ModelId> {
        self.models()
            .find(|(_, model)| model.name == name)
            .map(|(id, _)| id)
    }

    /// Finds a field of a model by its name.
    #[must_use]
    pub fn field(&self, model: ModelId, name: &str) -> Option<FieldId> {
        self.fields_of(model)
            .find(|(_, field)| field.name == name)
            .map(|(id, _)| id)
    }

    /// Finds an enum by its name.
    #[must_use]
    pub fn enumeration(&self, name: &str) -> Option<EnumId> {
        self.enums()
            .find(|(_, item)| item.name == name)
            .map(|(id, _)| id)
    }

    /// Finds a relation by its name.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<RelationId> {
        self.relations()
            .find(|(_, relation)| relation.name == name)
            .map(|(id, _)| id)
    }

    /// The field at the other end of a relation field; `None` for scalars and enums.
    #[must_use]
    pub fn related_field(&self, field: FieldId) -> Option<FieldId> {
        let (relation, side) = self[field].relation()?;
        Some(self[relation].end(side.opposite()).field)
    }

    /// The model at the other end of a relation field; `None` for scalars and enums.
    #[must_use]
    pub fn related_model(&self, field: FieldId) -> Option<ModelId> {
        let (relation, side) = self[field].relation()?;
        Some(self[relation].end(side.opposite()).model)
    }

    /// The type of a model's id: the type of every column that refers to it.
    #[must_use]
    pub fn id_type(&self, model: ModelId) -> FieldType {
        self[self[model].id].ty
    }
}
