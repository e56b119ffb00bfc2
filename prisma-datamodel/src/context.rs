//! A tree with its names resolved: what rules and inference look things up in.

use std::collections::HashMap;

use indexmap::IndexMap;

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

/// The relation fields from one model to one model.
#[derive(Default)]
pub(crate) struct Pair<'a> {
    /// Positions in [`Context::relation_fields`], in text order.
    pub(crate) fields: Vec<usize>,
    /// The first without a name.
    pub(crate) unnamed: Option<usize>,
    /// Those with a name.
    pub(crate) named: HashMap<&'a str, Vec<usize>>,
}

pub(crate) struct Context<'a> {
    pub(crate) document: &'a Document,
    pub(crate) options: &'a Options,
    pub(crate) version: Version,
    /// All relation fields of models, in text order.
    pub(crate) relation_fields: Vec<RelationField<'a>>,
    types: HashMap<&'a str, TypeIndex>,
    enums: HashMap<&'a str, usize>,
    relation_tables: HashMap<&'a str, &'a TypeDef>,
    pairs: HashMap<(TypeIndex, TypeIndex), Pair<'a>>,
    name_uses: HashMap<&'a str, IndexMap<TypeIndex, usize>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(document: &'a Document, options: &'a Options, version: Version) -> Self {
        let mut context = Self {
            document,
            options,
            version,
            relation_fields: Vec::new(),
            types: HashMap::new(),
            enums: HashMap::new(),
            relation_tables: HashMap::new(),
            pairs: HashMap::new(),
            name_uses: HashMap::new(),
        };
        for (index, def) in document.types.iter().enumerate() {
            context.types.entry(&def.name.text).or_insert(index);
            if is_relation_table(def) {
                context.relation_tables.entry(&def.name.text).or_insert(def);
            }
        }
        for (index, def) in document.enums.iter().enumerate() {
            context.enums.entry(&def.name.text).or_insert(index);
        }
        context.find_relation_fields();
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
        self.relation_tables.get(relation).copied()
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

    /// The relation fields of one model.
    pub(crate) fn relation_fields_of(&self, owner: TypeIndex) -> &[RelationField<'a>] {
        let from = self
            .relation_fields
            .partition_point(|field| field.owner < owner);
        let to = self
            .relation_fields
            .partition_point(|field| field.owner <= owner);
        self.relation_fields.get(from..to).unwrap_or(&[])
    }

    /// The relation fields from one model to one model, if there are any.
    pub(crate) fn pair(&self, owner: TypeIndex, target: TypeIndex) -> Option<&Pair<'a>> {
        self.pairs.get(&(owner, target))
    }

    /// The models that use a relation name, in text order, and on how many fields each does.
    pub(crate) fn uses_of_name(&self, name: &str) -> impl Iterator<Item = (TypeIndex, usize)> {
        let uses = self.name_uses.get(name);
        uses.into_iter()
            .flatten()
            .map(|(&owner, &count)| (owner, count))
    }

    /// On how many fields a model uses a relation name.
    pub(crate) fn uses_of_name_in(&self, name: &str, owner: TypeIndex) -> usize {
        self.name_uses
            .get(name)
            .and_then(|uses| uses.get(&owner))
            .copied()
            .unwrap_or(0)
    }

    /// The field at the other end.
    pub(crate) fn related(&self, field: &RelationField<'a>) -> Option<&RelationField<'a>> {
        self.relation_fields.get(field.related?)
    }

    fn find_relation_fields(&mut self) {
        for (owner, def) in self.models() {
            for (index, field) in def.fields.iter().enumerate() {
                let Some(target) = self.target(field) else {
                    continue;
                };
                let name = relation_name(field);
                let at = self.relation_fields.len();
                let field = RelationField {
                    owner,
                    index,
                    def: field,
                    target,
                    name,
                    related: None,
                };
                self.relation_fields.push(field);

                let pair = self.pairs.entry((owner, target)).or_default();
                pair.fields.push(at);
                if let Some(name) = name {
                    pair.named.entry(name).or_default().push(at);
                    *self
                        .name_uses
                        .entry(name)
                        .or_default()
                        .entry(owner)
                        .or_default() += 1;
                } else {
                    pair.unnamed.get_or_insert(at);
                }
            }
        }
        for at in 0..self.relation_fields.len() {
            self.relation_fields[at].related = self.find_related(at);
        }
    }

    /// The first field that points back and, if this one has a name, has the same (deploy.md §1.6).
    fn find_related(&self, at: usize) -> Option<usize> {
        let field = self.relation_fields.get(at)?;
        let back = self.pair(field.target, field.owner)?;
        let candidates = match field.name {
            Some(name) => back.named.get(name)?,
            None => &back.fields,
        };
        // In a self relation the field is among its own candidates.
        candidates.iter().copied().find(|&other| other != at)
    }
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
