//! Gives types their ids, and finds names that are taken.

use std::collections::HashMap;

use indexmap::{IndexMap, map::Entry};
use prisma_datamodel::Datamodel;

use super::{
    Options,
    key::{BUILT_IN, TypeKey},
    presence::Presence,
};
use crate::{
    collision::{Collision, Collisions, Made, Member, Place, Subject},
    schema::{ApiType, TypeId, TypeRef, Wrap},
};

/// A schema in the making.
pub(super) struct Builder<'a> {
    pub(super) datamodel: &'a Datamodel,
    pub(super) options: &'a Options,
    pub(super) presence: Presence,
    /// The id of every type that was referred to.
    ids: HashMap<TypeKey, TypeId>,
    /// The same by name; a [`TypeId`] is a position here.
    names: IndexMap<String, TypeKey>,
    collisions: Collisions<'a>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(datamodel: &'a Datamodel, options: &'a Options) -> Self {
        Self {
            datamodel,
            options,
            presence: Presence::of(datamodel),
            ids: HashMap::new(),
            names: IndexMap::new(),
            collisions: Collisions::new(datamodel),
        }
    }

    /// GraphQL keeps names with two leading underscores for introspection.
    pub(super) fn check_reserved_names(&mut self) {
        let datamodel = self.datamodel;
        let is_reserved = |name: &str| name.starts_with("__");
        let mut found = Vec::new();
        for (id, model) in datamodel.models() {
            if is_reserved(&model.name) {
                found.push((model.name.clone(), Made::Type(TypeKey::Model(id))));
            }
            for (id, field) in datamodel.visible_fields(id) {
                if is_reserved(&field.name) {
                    found.push((field.name.clone(), Made::Field(id)));
                }
            }
        }
        for (id, item) in datamodel.enums() {
            for name in std::iter::once(&item.name).chain(&item.values) {
                if is_reserved(name) {
                    found.push((name.clone(), Made::Type(TypeKey::Enum(id))));
                }
            }
        }
        for (name, made) in found {
            self.collisions
                .add(Place::Introspection, name, Made::BuiltIn, made);
        }
    }

    /// The id of a type, which from now on is part of the schema.
    pub(super) fn id(&mut self, key: TypeKey) -> TypeId {
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let name = key.name(self.datamodel);
        if key.subject() != Subject::BuiltIn && BUILT_IN.contains(&name.as_str()) {
            let made = Made::Type(key);
            self.collisions
                .add(Place::Types, name.clone(), Made::BuiltIn, made);
        }
        let index = match self.names.entry(name) {
            Entry::Vacant(free) => {
                let index = free.index();
                free.insert(key);
                index
            }
            Entry::Occupied(taken) => {
                let (first, second) = (Made::Type(*taken.get()), Made::Type(key));
                self.collisions
                    .add(Place::Types, taken.key().clone(), first, second);
                taken.index()
            }
        };
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        self.ids.insert(key, id);
        id
    }

    /// A reference to a type.
    pub(super) fn refer(&mut self, key: TypeKey, wrap: Wrap) -> TypeRef {
        let ty = self.id(key);
        TypeRef { ty, wrap }
    }

    /// Adds a member to the type `place`, unless its name is taken.
    pub(super) fn add<T: Member>(
        &mut self,
        place: TypeKey,
        members: &mut IndexMap<String, T>,
        name: String,
        member: T,
    ) {
        match members.entry(name) {
            Entry::Vacant(free) => {
                free.insert(member);
            }
            Entry::Occupied(taken) => {
                let name = taken.key().clone();
                let place = Place::Member(place.name(self.datamodel));
                self.collisions
                    .add(place, name, taken.get().made_for(), member.made_for());
            }
        }
    }

    /// Builds every type that is referred to, and those that these refer to.
    pub(super) fn build(
        mut self,
        define: impl Fn(&mut Self, TypeKey) -> ApiType,
    ) -> Result<IndexMap<String, ApiType>, Vec<Collision>> {
        let mut types = Vec::new();
        while let Some((_, &key)) = self.names.get_index(types.len()) {
            types.push(define(&mut self, key));
        }
        let collisions = self.collisions.found();
        if collisions.is_empty() {
            Ok(self.names.into_keys().zip(types).collect())
        } else {
            Err(collisions)
        }
    }
}
