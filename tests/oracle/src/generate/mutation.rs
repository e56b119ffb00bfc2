//! Random mutations, nested ones to any kind and some depth.

use super::{CROWD, Generator, View};
use crate::{
    operation::{Data, Key, Mutation, Nested, Where},
    reference::Handle,
    schema::{Arity, EndRef, ScalarType},
};

/// How deep nested operations go.
const DEPTH: usize = 3;

impl Generator {
    pub(super) fn mutation(&mut self, view: View<'_>, model: usize) -> Mutation {
        let nodes = view.state.of(model);
        let weights = match nodes.len() {
            0 => [80, 5, 10, 2, 2, 1],
            count if count > CROWD => [3, 25, 10, 30, 10, 22],
            _ => [30, 40, 12, 8, 6, 4],
        };
        let many = |generator: &mut Self| {
            (!generator.random.chance(10)).then(|| generator.filter(view, model, 2, true))
        };
        match self.random.weighted(&weights) {
            0 => match self.create_data(view, model, None, DEPTH) {
                Some(data) => Mutation::Create(model, data),
                None => Mutation::DeleteMany(model, many(self)),
            },
            1 => {
                let key = self.key(view, model, &nodes);
                let node = view.state.find(view.rules, model, &key);
                Mutation::Update(model, key, self.update_data(view, model, node, None, DEPTH))
            }
            2 => {
                let key = if self.random.chance(40) {
                    self.key_of_nobody(view, model)
                } else {
                    self.key(view, model, &nodes)
                };
                let node = view.state.find(view.rules, model, &key);
                let update = self.update_data(view, model, node, None, 2);
                match self.create_data(view, model, None, 2) {
                    Some(create) => Mutation::Upsert(model, key, create, update),
                    None => Mutation::Update(model, key, update),
                }
            }
            3 => Mutation::Delete(model, self.key(view, model, &nodes)),
            4 => {
                let filter = many(self);
                Mutation::UpdateMany(model, filter, self.scalar_data(view, model, 2))
            }
            _ => Mutation::DeleteMany(model, many(self)),
        }
    }

    /// Data for a new node that is reached through the field of another one; `None` if required relations lead too
    /// deep.
    fn create_data(
        &mut self,
        view: View<'_>,
        model: usize,
        back: Option<usize>,
        depth: usize,
    ) -> Option<Data> {
        let mut data = Data::default();
        for (field, _, scalar) in view.schema.scalars(model) {
            let is_id = view.schema.models[model].id == field;
            if is_id {
                // Ids of numbers are the store's to make.
                if scalar.ty != ScalarType::Int {
                    data.scalars.push((field, self.unique_value(scalar.ty)));
                }
                continue;
            }
            let is_needed = scalar.arity == Arity::Required && scalar.default.is_none();
            if scalar.managed.is_some() || !is_needed && self.random.chance(30) {
                continue;
            }
            let value = self.field_value(view, model, field, scalar);
            // A null where there must be a value is no request at all.
            if !(is_needed && value.is_null()) {
                data.scalars.push((field, value));
            } else {
                data.scalars.push((field, self.value(view, scalar.ty)));
            }
        }
        for (field, end) in view.schema.relation_fields(model) {
            if back == Some(field) {
                continue;
            }
            let is_required = view.schema.end(end).arity == Arity::Required;
            if !is_required && (depth == 0 || self.random.chance(55)) {
                continue;
            }
            let nested = self.nested_in_create(view, end, depth);
            if is_required && nested.is_empty() && !self.random.chance(3) {
                return None;
            }
            data.relations.push((field, nested));
        }
        Some(data)
    }

    fn nested_in_create(&mut self, view: View<'_>, end: EndRef, depth: usize) -> Vec<Nested> {
        let target = view.schema.target(end);
        let back = view.schema.end(end.opposite());
        let nodes = Self::targets(view, end);
        let is_list = view.schema.end(end).arity == Arity::List;
        let mut nested = Vec::new();
        let connects = !nodes.is_empty() && self.random.chance(if depth == 0 { 100 } else { 50 });
        if !connects || is_list && self.random.chance(30) {
            let count = if is_list { self.random.below(3) } else { 1 };
            let all: Vec<Data> = (0..count)
                .filter_map(|_| {
                    let depth = depth.checked_sub(1)?;
                    self.create_data(view, target, back.field, depth)
                })
                .collect();
            if !all.is_empty() {
                nested.push(Nested::Create(all));
            }
        }
        if connects {
            let count = if is_list { 1 + self.random.below(2) } else { 1 };
            let keys = (0..count).map(|_| self.key(view, target, &nodes)).collect();
            nested.push(Nested::Connect(keys));
        }
        nested
    }

    /// Scalars alone, at most so many.
    fn scalar_data(&mut self, view: View<'_>, model: usize, most: usize) -> Data {
        let id = view.schema.models[model].id;
        let fields: Vec<usize> = view
            .schema
            .scalars(model)
            .filter(|(field, _, scalar)| scalar.is_updatable(*field == id))
            .map(|(field, ..)| field)
            .collect();
        let chosen = self.random.some(&fields, most);
        let scalars = chosen
            .into_iter()
            .map(|field| {
                let scalar = view.schema.scalar(model, field);
                (field, self.field_value(view, model, field, scalar))
            })
            .collect();
        Data {
            scalars,
            relations: Vec::new(),
        }
    }

    /// Data for a node that may exist, without the field it was reached through.
    fn update_data(
        &mut self,
        view: View<'_>,
        model: usize,
        node: Option<Handle>,
        back: Option<usize>,
        depth: usize,
    ) -> Data {
        let mut data = self.scalar_data(view, model, 2);
        if depth == 0 {
            return data;
        }
        for (field, end) in view.schema.relation_fields(model) {
            if back != Some(field) && self.random.chance(35) {
                let nested = self.nested_in_update(view, end, node, depth);
                data.relations.push((field, nested));
            }
        }
        data
    }

    fn nested_in_update(
        &mut self,
        view: View<'_>,
        end: EndRef,
        node: Option<Handle>,
        depth: usize,
    ) -> Vec<Nested> {
        let related = node.map_or_else(Vec::new, |node| view.state.related(node, end));
        let count = self.random.weighted(&[0, 75, 20, 5]);
        let mut all: Vec<Nested> = Vec::new();
        for _ in 0..count {
            let nested = match view.schema.end(end).arity {
                Arity::List => self.nested_on_list(view, end, &related, depth),
                arity => self.nested_on_one(view, end, &related, arity, depth),
            };
            if let Some(nested) = nested
                && all.iter().all(|other| other.kind() != nested.kind())
            {
                all.push(nested);
            }
        }
        all
    }

    fn nested_on_list(
        &mut self,
        view: View<'_>,
        end: EndRef,
        related: &[Handle],
        depth: usize,
    ) -> Option<Nested> {
        let target = view.schema.target(end);
        let back = view.schema.end(end.opposite());
        let nodes = Self::targets(view, end);
        let count = 1 + self.random.below(2);
        let of_related = |generator: &mut Self| {
            if generator.random.chance(85) {
                generator.key(view, target, related)
            } else {
                generator.key(view, target, &nodes)
            }
        };
        Some(match self.random.below(9) {
            0 => Nested::Create(
                (0..count)
                    .filter_map(|_| self.create_data(view, target, back.field, depth - 1))
                    .collect(),
            ),
            1 => Nested::Update(
                (0..count)
                    .map(|_| {
                        let key = of_related(self);
                        let data = self.data_at(view, target, Some(&key), back.field, depth);
                        (Some(key), data)
                    })
                    .collect(),
            ),
            2 => Nested::Upsert(
                (0..count)
                    .filter_map(|_| {
                        let key = of_related(self);
                        let create = self.create_data(view, target, back.field, depth - 1)?;
                        let update = self.data_at(view, target, Some(&key), back.field, depth);
                        Some((Some(key), create, update))
                    })
                    .collect(),
            ),
            3 => Nested::Delete((0..count).map(|_| Some(of_related(self))).collect()),
            4 => Nested::Connect(self.keys(view, target, &nodes, count)),
            5 => {
                let mut keys = self.keys(view, target, &nodes, count);
                if back.arity == Arity::Required && !self.random.chance(5) {
                    // A child that is left out has no parent any more, and every read of it is an error.
                    keys.extend(related.iter().map(|&node| self.key_of(view, node)));
                }
                Nested::Set(keys)
            }
            6 => Nested::Disconnect((0..count).map(|_| Some(of_related(self))).collect()),
            7 => Nested::UpdateMany(
                (0..count)
                    .map(|_| {
                        let filter = self.filter(view, target, 1, false);
                        (filter, self.scalar_data(view, target, 2))
                    })
                    .collect(),
            ),
            _ => {
                let filters: Vec<Where> = (0..count)
                    .map(|_| self.filter(view, target, 1, false))
                    .collect();
                Nested::DeleteMany(filters)
            }
        })
    }

    fn nested_on_one(
        &mut self,
        view: View<'_>,
        end: EndRef,
        related: &[Handle],
        arity: Arity,
        depth: usize,
    ) -> Option<Nested> {
        let target = view.schema.target(end);
        let back = view.schema.end(end.opposite());
        let child = related.first().copied();
        let kinds = if arity == Arity::Required { 4 } else { 6 };
        Some(match self.random.below(kinds) {
            0 => Nested::Create(vec![self.create_data(
                view,
                target,
                back.field,
                depth - 1,
            )?]),
            1 => {
                let data = self.update_data(view, target, child, back.field, depth - 1);
                Nested::Update(vec![(None, data)])
            }
            2 => {
                let create = self.create_data(view, target, back.field, depth - 1)?;
                let update = self.update_data(view, target, child, back.field, depth - 1);
                Nested::Upsert(vec![(None, create, update)])
            }
            3 => Nested::Connect(vec![self.key(view, target, &Self::targets(view, end))]),
            4 => Nested::Delete(vec![None]),
            _ => Nested::Disconnect(vec![None]),
        })
    }

    fn data_at(
        &mut self,
        view: View<'_>,
        model: usize,
        key: Option<&Key>,
        back: Option<usize>,
        depth: usize,
    ) -> Data {
        let node = key.and_then(|key| view.state.find(view.rules, model, key));
        self.update_data(view, model, node, back, depth - 1)
    }

    fn keys(&mut self, view: View<'_>, model: usize, nodes: &[Handle], count: usize) -> Vec<Key> {
        (0..count).map(|_| self.key(view, model, nodes)).collect()
    }
}
