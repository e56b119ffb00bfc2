//! A tree with its names resolved: what rules and inference look things up in.

use std::collections::HashMap;

use crate::{
    ast::{Document, EnumDef, FieldDef, TypeDef},
    model::{OnDelete, ScalarType, Version},
    options::Options,
};

/// A position in [`Document::types`].
pub(crate) type TypeIndex = usize;

/// What the type name of a field stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Scalar(ScalarType),
    /// A position in [`Document::enums`].
    Enum(usize),
    /// A `type`, be it a model or a relation table.
    Type(TypeIndex),
    Unknown,
}

/// A field that points from a model to a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelationField<'a> {
    pub(crate) owner: TypeIndex,
    /// A position in the owner's fields.
    pub(crate) index: usize,
    pub(crate) def: &'a FieldDef,
    pub(crate) target: TypeIndex,
    /// `@relation(name:)`
    pub(crate) name: Option<&'a str>,
    /// The position of the field at the other end in [`Context::relation_fields`].
    pub(crate) related: Option<usize>,
}

/// The link mode a text asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkMode {
    Inline,
    Table,
}

pub(crate) struct Context<'a> {
    pub(crate) document: &'a Document,
    pub(crate) options: &'a Options,
    pub(crate) version: Version,
    /// All relation fields of models, in text order.
    pub(crate) relation_fields: Vec<RelationField<'a>>,
    types: HashMap<&'a str, TypeIndex>,
    enums: HashMap<&'a str, usize>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(document: &'a Document, options: &'a Options, version: Version) -> Self {
        let mut types = HashMap::new();
        for (index, def) in document.types.iter().enumerate() {
            types.entry(def.name.text.as_str()).or_insert(index);
        }
        let mut enums = HashMap::new();
        for (index, def) in document.enums.iter().enumerate() {
            enums.entry(def.name.text.as_str()).or_insert(index);
        }
        let mut context = Self {
            document,
            options,
            version,
            relation_fields: Vec::new(),
            types,
            enums,
        };
        context.relation_fields = context.find_relation_fields();
        context
    }

    pub(crate) fn type_named(&self, name: &str) -> Option<TypeIndex> {
        self.types.get(name).copied()
    }

    pub(crate) fn enumeration(&self, index: usize) -> &'a EnumDef {
        &self.document.enums[index]
    }

    pub(crate) fn type_def(&self, index: TypeIndex) -> &'a TypeDef {
        &self.document.types[index]
    }

    /// All types that become models, with their positions.
    pub(crate) fn models(&self) -> impl Iterator<Item = (TypeIndex, &'a TypeDef)> + use<'a> {
        self.document
            .types
            .iter()
            .enumerate()
            .filter(|(_, def)| !is_relation_table(def))
    }

    /// All `@relationTable` types.
    pub(crate) fn relation_tables(&self) -> impl Iterator<Item = &'a TypeDef> + use<'a> {
        self.document
            .types
            .iter()
            .filter(|def| is_relation_table(def))
    }

    /// The `@relationTable` type for a relation.
    pub(crate) fn relation_table(&self, relation: &str) -> Option<&'a TypeDef> {
        self.relation_tables().find(|def| def.name.text == relation)
    }

    pub(crate) fn kind(&self, field: &FieldDef) -> Kind {
        let name = field.ty.name.as_str();
        if let Some(scalar) = scalar_named(name) {
            return Kind::Scalar(scalar);
        }
        if let Some(&index) = self.enums.get(name) {
            return Kind::Enum(index);
        }
        self.types
            .get(name)
            .map_or(Kind::Unknown, |&index| Kind::Type(index))
    }

    /// The model a field points to, if it does.
    pub(crate) fn target(&self, field: &FieldDef) -> Option<TypeIndex> {
        match self.kind(field) {
            Kind::Type(index) if !is_relation_table(self.type_def(index)) => Some(index),
            _ => None,
        }
    }

    /// True for lists of scalars and enums.
    pub(crate) fn is_scalar_list(&self, field: &FieldDef) -> bool {
        field.is_list() && matches!(self.kind(field), Kind::Scalar(_) | Kind::Enum(_))
    }

    /// The relation fields of one model to one model.
    pub(crate) fn relation_fields_between(
        &self,
        owner: TypeIndex,
        target: TypeIndex,
    ) -> impl Iterator<Item = &RelationField<'a>> {
        self.relation_fields
            .iter()
            .filter(move |field| field.owner == owner && field.target == target)
    }

    /// The field at the other end.
    pub(crate) fn related(&self, field: &RelationField<'a>) -> Option<&RelationField<'a>> {
        self.relation_fields.get(field.related?)
    }

    fn find_relation_fields(&self) -> Vec<RelationField<'a>> {
        let mut found = Vec::new();
        for (owner, def) in self.models() {
            for (index, field) in def.fields.iter().enumerate() {
                let Some(target) = self.target(field) else {
                    continue;
                };
                let name = relation_name(field);
                found.push(RelationField {
                    owner,
                    index,
                    def: field,
                    target,
                    name,
                    related: None,
                });
            }
        }
        let related: Vec<_> = (0..found.len()).map(|at| related(&found, at)).collect();
        for (field, related) in found.iter_mut().zip(related) {
            field.related = related;
        }
        found
    }
}

/// The first field that points back and, if this one has a name, has the same (deploy.md §1.6).
fn related(fields: &[RelationField<'_>], at: usize) -> Option<usize> {
    let field = fields.get(at)?;
    fields.iter().enumerate().position(|(other_at, other)| {
        other_at != at
            && other.owner == field.target
            && other.target == field.owner
            && field.name.is_none_or(|name| other.name == Some(name))
    })
}

pub(crate) fn is_relation_table(def: &TypeDef) -> bool {
    def.directive("relationTable").is_some()
}

pub(crate) fn is_embedded(def: &TypeDef) -> bool {
    def.directive("embedded").is_some()
}

/// A scalar by its name; the original's internal name of `ID` is a name too.
pub(crate) fn scalar_named(name: &str) -> Option<ScalarType> {
    if name == "GraphQLID" {
        Some(ScalarType::Id)
    } else {
        ScalarType::from_name(name)
    }
}

/// `@relation(name:)`
pub(crate) fn relation_name(field: &FieldDef) -> Option<&str> {
    field.directive("relation")?.text("name")
}

/// `@relation(link:)`
pub(crate) fn link_mode(field: &FieldDef) -> Option<LinkMode> {
    match field.directive("relation")?.text("link")? {
        "INLINE" => Some(LinkMode::Inline),
        "TABLE" => Some(LinkMode::Table),
        _ => None,
    }
}

/// `@relation(onDelete:)`
pub(crate) fn on_delete(field: &FieldDef) -> OnDelete {
    match field
        .directive("relation")
        .and_then(|relation| relation.text("onDelete"))
    {
        Some("CASCADE") => OnDelete::Cascade,
        _ => OnDelete::SetNull,
    }
}
