//! Random queries.

use super::{Generator, View};
use crate::{
    operation::{Page, Query, Selected},
    schema::{Arity, FieldKind},
};

impl Generator {
    pub(super) fn query(&mut self, view: View<'_>, model: usize) -> Query {
        match self.random.weighted(&[15, 60, 25]) {
            0 => {
                let key = self.key(view, model, &view.state.of(model));
                Query::One(model, key, self.selection(view, model, 3))
            }
            1 => {
                let page = self.page(view, model, 2);
                Query::Many(model, page, self.selection(view, model, 3))
            }
            _ => {
                let page = self.page(view, model, 2);
                let selection = (!self.random.chance(30)).then(|| self.selection(view, model, 1));
                Query::Connection(model, page, selection)
            }
        }
    }

    /// Some fields of a model, at least one.
    pub(super) fn selection(
        &mut self,
        view: View<'_>,
        model: usize,
        depth: usize,
    ) -> Vec<Selected> {
        let fields: Vec<usize> = (0..view.schema.models[model].fields.len()).collect();
        let mut selection = Vec::new();
        for field in self.random.some(&fields, 6) {
            match &view.schema.models[model].fields[field].kind {
                FieldKind::Scalar(_) => selection.push(Selected::Scalar(field)),
                FieldKind::Relation(_) if depth == 0 => {}
                FieldKind::Relation(end) => {
                    let target = view.schema.target(*end);
                    let below = self.selection(view, target, depth - 1);
                    selection.push(match view.schema.end(*end).arity {
                        Arity::List => Selected::Many(field, self.page(view, target, 1), below),
                        Arity::Required | Arity::Optional => Selected::One(field, below),
                    });
                }
            }
        }
        if selection.is_empty() {
            selection.push(Selected::Scalar(view.schema.models[model].id));
        }
        selection
    }

    pub(super) fn page(&mut self, view: View<'_>, model: usize, depth: usize) -> Page {
        let mut page = Page {
            order: self.order(view, model),
            ..Page::default()
        };
        if self.random.chance(45) {
            page.filter = Some(self.filter(view, model, depth, true));
        }
        if self.random.chance(25) {
            page.skip = Some(self.number());
        }
        match self.random.below(100) {
            0..20 => page.first = Some(self.number()),
            20..40 => page.last = Some(self.number()),
            40 => (page.first, page.last) = (Some(self.number()), Some(self.number())),
            _ => {}
        }
        if self.random.chance(18) {
            page.after = self.cursor(view, model);
        }
        if self.random.chance(14) {
            page.before = self.cursor(view, model);
        }
        page
    }

    pub(super) fn order(&mut self, view: View<'_>, model: usize) -> Option<(usize, bool)> {
        let fields: Vec<usize> = view
            .schema
            .scalars(model)
            .filter(|(_, _, scalar)| scalar.arity != Arity::List)
            .map(|(field, ..)| field)
            .collect();
        let field = *self.random.pick(&fields)?;
        self.random
            .chance(55)
            .then(|| (field, self.random.chance(50)))
    }

    /// The id of a node, mostly of one that exists.
    fn cursor(&mut self, view: View<'_>, model: usize) -> Option<crate::value::Value> {
        let id = view.schema.models[model].id;
        let nodes = view.state.of(model);
        match self.random.pick(&nodes) {
            Some(&node) if !self.random.chance(6) => Some(view.state.value(node, id).clone()),
            _ => Some(self.unique_value(view.schema.scalar(model, id).ty)),
        }
    }

    fn number(&mut self) -> i32 {
        if self.random.chance(1) {
            return -1;
        }
        i32::try_from(self.random.below(6)).unwrap_or(0)
    }
}
