//! Nested operations (api.md §4.5): one table per kind, by the arities of both ends.

use super::{Handle, Refusal, write::Writer};
use crate::{
    operation::{Data, Key, Nested},
    schema::{Arity, EndRef},
};

use Arity::{List, Optional, Required};

/// A node and the field of it through which an operation works.
#[derive(Clone, Copy)]
pub(super) struct Through {
    pub(super) parent: Handle,
    pub(super) end: EndRef,
}

impl Writer<'_> {
    /// Runs the nested operations of an update or a create in the order of their kinds.
    pub(super) fn nested(
        &mut self,
        parent: Handle,
        data: &Data,
        is_new: bool,
    ) -> Result<(), Refusal> {
        let model = self.state.nodes[&parent].model;
        for kind in 0..9 {
            let mut relations: Vec<_> = data.relations.iter().collect();
            relations.sort_by_key(|(field, _)| *field);
            for (field, nested) in relations {
                let end = self.rules.schema.relation(model, *field);
                for nested in nested.iter().filter(|nested| nested.kind().0 == kind) {
                    self.kind(Through { parent, end }, nested, is_new)?;
                }
            }
        }
        Ok(())
    }

    fn kind(&mut self, through: Through, nested: &Nested, is_new: bool) -> Result<(), Refusal> {
        match nested {
            Nested::Create(all) => all.iter().try_for_each(|data| {
                self.exists(through)?;
                self.nested_create(through, data, is_new)
            }),
            Nested::Update(all) => all.iter().try_for_each(|(key, data)| {
                self.exists(through)?;
                let child = self.child_to_update(through, key.as_ref())?;
                self.update(child, data)
            }),
            Nested::Upsert(all) => all.iter().try_for_each(|(key, create, update)| {
                self.exists(through)?;
                match self.child_to_upsert(through, key.as_ref()) {
                    Some(child) => self.update(child, update),
                    None => self.nested_create(through, create, false),
                }
            }),
            Nested::Delete(all) => all.iter().try_for_each(|key| {
                self.exists(through)?;
                let child = self.linked(through, key.as_ref())?;
                self.delete(vec![child])
            }),
            Nested::Connect(all) => all.iter().try_for_each(|key| {
                self.exists(through)?;
                self.connect(through, key, is_new)
            }),
            Nested::Set(all) => self.set(through, all),
            Nested::Disconnect(all) => all.iter().try_for_each(|key| {
                self.exists(through)?;
                self.disconnect(through, key.as_ref())
            }),
            Nested::UpdateMany(all) => all.iter().try_for_each(|(filter, data)| {
                self.exists(through)?;
                let children = self.state.related(through.parent, through.end);
                let children = self.matching(children, Some(filter));
                self.update_many(self.target(through), &children, data)
            }),
            Nested::DeleteMany(all) => all.iter().try_for_each(|filter| {
                self.exists(through)?;
                let children = self.state.related(through.parent, through.end);
                let children = self.matching(children, Some(filter));
                self.delete(children)
            }),
        }
    }

    /// What becomes of operations on a node that an earlier one deleted is nowhere said.
    fn exists(&self, through: Through) -> Result<(), Refusal> {
        if self.state.nodes.contains_key(&through.parent) {
            Ok(())
        } else {
            Err(self.unclear())
        }
    }

    fn arities(&self, through: Through) -> (Arity, Arity) {
        let schema = self.rules.schema;
        let back = through.end.opposite();
        (schema.end(through.end).arity, schema.end(back).arity)
    }

    fn target(&self, through: Through) -> usize {
        self.rules.schema.target(through.end)
    }

    fn has_child(&self, through: Through) -> bool {
        !self.state.related(through.parent, through.end).is_empty()
    }

    fn nested_create(
        &mut self,
        through: Through,
        data: &Data,
        parent_is_new: bool,
    ) -> Result<(), Refusal> {
        if !parent_is_new {
            match self.arities(through) {
                (Required, Required) => return Err(self.required(through)),
                (Optional, Required) if self.has_child(through) => {
                    return Err(self.required(through));
                }
                (List, _) | (Optional, Required) => {}
                (Required | Optional, Optional | List) => {
                    self.state.unlink_all(through.parent, through.end);
                }
            }
        }
        self.create(self.target(through), data, Some(through))?;
        Ok(())
    }

    fn connect(&mut self, through: Through, key: &Key, parent_is_new: bool) -> Result<(), Refusal> {
        let arities = self.arities(through);
        if arities == (Required, Required) {
            return Err(self.required(through));
        }
        let child = self.find(self.target(through), key)?;
        let back = through.end.opposite();
        match arities {
            (Required, Optional) if !self.state.related(child, back).is_empty() => {
                return Err(self.required(through));
            }
            (Optional, Required) if !parent_is_new && self.has_child(through) => {
                return Err(self.required(through));
            }
            _ => {}
        }
        if arities.0 != List && !parent_is_new {
            self.state.unlink_all(through.parent, through.end);
        }
        if arities.1 != List {
            self.state.unlink_all(child, back);
        }
        self.state.link(through.parent, child, through.end);
        Ok(())
    }

    /// Required ends of the children are not looked at.
    fn set(&mut self, through: Through, keys: &[Key]) -> Result<(), Refusal> {
        self.exists(through)?;
        self.state.unlink_all(through.parent, through.end);
        let back = through.end.opposite();
        for key in keys {
            let child = self.find(self.target(through), key)?;
            if self.arities(through).1 != List {
                self.state.unlink_all(child, back);
            }
            self.state.link(through.parent, child, through.end);
        }
        Ok(())
    }

    fn disconnect(&mut self, through: Through, key: Option<&Key>) -> Result<(), Refusal> {
        let (parent, child) = self.arities(through);
        if [parent, child].contains(&Required) {
            return Err(self.required(through));
        }
        let child = self.linked(through, key)?;
        self.state.unlink(through.parent, child, through.end);
        Ok(())
    }

    /// The child that a disconnect or a delete means. Both nodes are shown by their ids.
    fn linked(&self, through: Through, key: Option<&Key>) -> Result<Handle, Refusal> {
        let related = self.state.related(through.parent, through.end);
        let parent = self.by_id(through.parent);
        let Some(key) = key else {
            let child = related.first().copied();
            return child.ok_or_else(|| self.not_linked(through, Some(parent), None));
        };
        let child = self.find(self.target(through), key)?;
        if related.contains(&child) {
            Ok(child)
        } else {
            let child = self.by_id(child);
            Err(self.not_linked(through, Some(parent), Some(child)))
        }
    }

    fn child_to_update(&self, through: Through, key: Option<&Key>) -> Result<Handle, Refusal> {
        let related = self.state.related(through.parent, through.end);
        let Some(key) = key else {
            let child = related.first().copied();
            return child.ok_or_else(|| self.not_linked(through, None, None));
        };
        let model = self.target(through);
        let child = self.find(model, key)?;
        if related.contains(&child) {
            Ok(child)
        } else {
            Err(self.not_linked(through, None, Some(self.as_given(model, key))))
        }
    }

    fn child_to_upsert(&self, through: Through, key: Option<&Key>) -> Option<Handle> {
        let related = self.state.related(through.parent, through.end);
        match key {
            None => related.first().copied(),
            Some(key) => self
                .look(self.target(through), key)
                .filter(|child| related.contains(child)),
        }
    }

    /// Error 3042.
    fn required(&self, through: Through) -> Refusal {
        Refusal::new(3042, self.required_text(through.end))
    }

    pub(super) fn required_text(&self, end: EndRef) -> String {
        let schema = self.rules.schema;
        let relation = &schema.relations[end.relation];
        let [a, b] = [0, 1].map(|side| &schema.models[relation.ends[side].model].name);
        format!(
            "The change you are trying to make would violate the required relation '{}' between {a} and {b}",
            relation.name
        )
    }

    /// Error 3041, with what it shows of the parent and the child: a field's name and a value.
    fn not_linked(
        &self,
        through: Through,
        parent: Option<(String, String)>,
        child: Option<(String, String)>,
    ) -> Refusal {
        let schema = self.rules.schema;
        let end = schema.end(through.end);
        let shown = |node: &Option<(String, String)>| match node {
            Some((field, value)) => format!(" with the value '{value}' for the field '{field}'"),
            None => String::new(),
        };
        let is_whole = parent.is_some() && child.is_some();
        let path = if is_whole {
            ""
        } else {
            " on your mutation path."
        };
        let node = if parent.is_some() { "node" } else { "Node" };
        let (of_parent, of_child) = (shown(&parent), shown(&child));
        Refusal::new(
            3041,
            format!(
                "The relation {} has no node for the model {}{of_parent} connected to a {node} for the model {}{of_child}{path}",
                schema.relations[through.end.relation].name,
                schema.models[end.model].name,
                schema.models[self.target(through)].name,
            ),
        )
    }

    fn by_id(&self, node: Handle) -> (String, String) {
        let model = &self.rules.schema.models[self.state.nodes[&node].model];
        if self.state.value(node, model.id).is_null() {
            // A number that the store has yet to make.
            let _ = self.unclear();
        }
        (
            model.field(model.id).to_owned(),
            self.state.value(node, model.id).shown(),
        )
    }

    fn as_given(&self, model: usize, key: &Key) -> (String, String) {
        let given = key.0.iter().find(|(_, value)| !value.is_null());
        given.map_or_else(Default::default, |(field, value)| {
            let name = self.rules.schema.models[model].field(*field);
            (name.to_owned(), value.shown())
        })
    }
}
