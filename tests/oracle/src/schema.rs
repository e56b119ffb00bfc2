//! Datamodels as the oracle sees them: what the reference needs to know and no more.

mod text;

use crate::value::Value;

/// A datamodel.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The values of each enum; their names are `E0`, `E1` and so on.
    pub enums: Vec<Vec<String>>,
    /// In the order of their names.
    pub models: Vec<Model>,
    /// Relations; those without a declared name have the generated one.
    pub relations: Vec<Relation>,
}

/// A model.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name, whose plural is made with an `s`.
    pub name: String,
    /// Its table's name, if it is another one.
    pub db_name: Option<String>,
    /// All fields that the API shows.
    pub fields: Vec<Field>,
    /// Which of them is the id.
    pub id: usize,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its column's name, if it is another one.
    pub db_name: Option<String>,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// A scalar, an enum, or a list of them.
    Scalar(ScalarField),
    /// One end of a relation.
    Relation(EndRef),
}

/// A scalar field.
#[derive(Clone, Debug)]
pub struct ScalarField {
    /// Its type.
    pub ty: ScalarType,
    /// How many values it holds.
    pub arity: Arity,
    /// Is it `@unique`, or the id?
    pub unique: bool,
    /// Its `@default`.
    pub default: Option<Value>,
    /// Does the server keep it?
    pub managed: Option<Managed>,
}

/// A scalar type or an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarType {
    /// `ID`
    Id,
    /// `UUID`
    Uuid,
    /// `String`
    String,
    /// `Int`
    Int,
    /// `Float`
    Float,
    /// `Boolean`
    Boolean,
    /// `DateTime`
    DateTime,
    /// `Json`
    Json,
    /// An enum of the schema.
    Enum(usize),
}

/// How many values a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// `T!`
    Required,
    /// `T`
    Optional,
    /// `[T]`
    List,
}

/// Which timestamp the server keeps in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Managed {
    /// `@createdAt`
    CreatedAt,
    /// `@updatedAt`
    UpdatedAt,
}

/// A relation. Its first end is side A: of the model whose name is smaller, or of the field in a self relation.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The name that errors show.
    pub name: String,
    /// Does the datamodel say the name?
    pub is_named: bool,
    /// Both ends.
    pub ends: [End; 2],
    /// What the datamodel says about where links are stored: on which end, and what.
    pub link: Option<(usize, &'static str)>,
}

/// An end of a relation.
#[derive(Clone, Debug)]
pub struct End {
    /// The model that has the field.
    pub model: usize,
    /// The field; `None` if it is hidden.
    pub field: Option<usize>,
    /// How many nodes of the other end it leads to. Hidden ends lead to many.
    pub arity: Arity,
    /// Do the nodes it leads to go with its node?
    pub cascades: bool,
}

/// Names an end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndRef {
    /// The relation.
    pub relation: usize,
    /// 0 for side A, 1 for side B.
    pub side: usize,
}

impl EndRef {
    /// The other end.
    #[must_use]
    pub fn opposite(self) -> Self {
        Self {
            side: 1 - self.side,
            ..self
        }
    }
}

impl Schema {
    /// An end of a relation.
    #[must_use]
    pub fn end(&self, end: EndRef) -> &End {
        &self.relations[end.relation].ends[end.side]
    }

    /// The model that a relation field leads to.
    #[must_use]
    pub fn target(&self, end: EndRef) -> usize {
        self.end(end.opposite()).model
    }

    /// The fields of a model that hold scalars, with their positions.
    pub fn scalars(&self, model: usize) -> impl Iterator<Item = (usize, &Field, &ScalarField)> {
        self.models[model]
            .fields
            .iter()
            .enumerate()
            .filter_map(|(index, field)| match &field.kind {
                FieldKind::Scalar(scalar) => Some((index, field, scalar)),
                FieldKind::Relation(_) => None,
            })
    }

    /// The fields of a model that are ends of relations, with their positions.
    pub fn relation_fields(&self, model: usize) -> impl Iterator<Item = (usize, EndRef)> {
        self.models[model]
            .fields
            .iter()
            .enumerate()
            .filter_map(|(index, field)| match field.kind {
                FieldKind::Relation(end) => Some((index, end)),
                FieldKind::Scalar(_) => None,
            })
    }

    /// A scalar field; panics for another one, which is a mistake of the oracle.
    #[must_use]
    pub fn scalar(&self, model: usize, field: usize) -> &ScalarField {
        match &self.models[model].fields[field].kind {
            FieldKind::Scalar(scalar) => scalar,
            FieldKind::Relation(_) => unreachable!("a relation was taken for a scalar"),
        }
    }

    /// A relation field; panics for another one, which is a mistake of the oracle.
    #[must_use]
    pub fn relation(&self, model: usize, field: usize) -> EndRef {
        match self.models[model].fields[field].kind {
            FieldKind::Relation(end) => end,
            FieldKind::Scalar(_) => unreachable!("a scalar was taken for a relation"),
        }
    }
}

impl Model {
    /// The root field for one node.
    #[must_use]
    pub fn one(&self) -> String {
        self.name.to_lowercase()
    }

    /// The root field for many nodes.
    #[must_use]
    pub fn many(&self) -> String {
        format!("{}s", self.one())
    }

    /// A field's name.
    #[must_use]
    pub fn field(&self, field: usize) -> &str {
        &self.fields[field].name
    }

    /// The position of a field of this name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

impl ScalarField {
    /// May an update set it?
    #[must_use]
    pub fn is_updatable(&self, is_id: bool) -> bool {
        !is_id && self.managed.is_none()
    }
}
