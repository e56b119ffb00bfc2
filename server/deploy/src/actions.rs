//! From steps to changes of the storage (deploy.md §3.5.4): those that can be made, and those that cannot.
//!
//! Storage only grows: tables, columns, lists and links are created, and nothing that is stored changes its shape
//! or goes away. Steps that would need more are refused, all of them at once, before anything runs.

use prisma_connector::StorageAction;
use prisma_datamodel::{
    Arity, Datamodel, Field, FieldId, IdStrategy, Link, ModelId, RelationId, Side,
};

use crate::{
    diff::{Diff, Kind},
    matching::Matching,
    request::Issue,
    step::Step,
};

/// What a deploy does to the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Actions {
    /// In the order of the steps that want them.
    pub(crate) create: Vec<StorageAction>,
    /// Changes that the storage cannot make; if there are any, none is made.
    pub(crate) refused: Vec<Issue>,
}

impl Actions {
    /// What the steps from one datamodel to the next want.
    pub(crate) fn new(previous: &Datamodel, next: &Datamodel, diff: &Diff) -> Self {
        let mut planner = Planner {
            previous,
            next,
            matching: &diff.matching,
            actions: Self::default(),
        };
        for &step in &diff.steps {
            planner.step(step);
        }
        planner.actions
    }

    /// True if the storage stays as it is.
    pub(crate) fn is_empty(&self) -> bool {
        self.create.is_empty() && self.refused.is_empty()
    }
}

struct Planner<'a> {
    previous: &'a Datamodel,
    next: &'a Datamodel,
    matching: &'a Matching,
    actions: Actions,
}

impl Planner<'_> {
    fn step(&mut self, step: Step) {
        match step {
            Step::CreateModel(id) => self.create(StorageAction::CreateModel(id)),
            Step::CreateField(id) => self.create_field(id),
            Step::CreateRelation(id) => self.create(StorageAction::CreateLink(id)),
            Step::UpdateField { from, to } => self.update_field(from, to),
            Step::UpdateModel { from, to } => self.update_model(from, to),
            Step::UpdateRelation { from, to } => self.update_relation(from, to),
            Step::DeleteModel(id) => {
                let name = &self.previous[id].name;
                let issue = Issue::on_type(name, refusal(&format!("deleting the type `{name}`")));
                self.actions.refused.push(issue);
            }
            Step::DeleteField(id) => self.delete_field(id),
            Step::DeleteRelation(id) => {
                let name = &self.previous[id].name;
                let issue =
                    Issue::on_type(name, refusal(&format!("deleting the relation `{name}`")));
                self.actions.refused.push(issue);
            }
            Step::CreateEnum(_) | Step::UpdateEnum { .. } | Step::DeleteEnum(_) => {}
        }
    }

    fn create(&mut self, action: StorageAction) {
        self.actions.create.push(action);
    }

    fn create_field(&mut self, id: FieldId) {
        let field = &self.next[id];
        let is_new_model = self.matching.models.previous(field.model).is_none();
        if field.id.is_none() {
            self.actions.create.extend(storage_of(id, field));
        } else if !is_new_model {
            self.refuse_field(
                self.next,
                field,
                ["making the field", " the id of its type"],
            );
        }
    }

    fn delete_field(&mut self, id: FieldId) {
        let field = &self.previous[id];
        if field.relation().is_none() {
            self.refuse_field(self.previous, field, ["deleting the field", ""]);
        }
    }

    fn update_field(&mut self, from: FieldId, to: FieldId) {
        let (was, is) = (&self.previous[from], &self.next[to]);
        let change = if was.relation().is_some() {
            // Its links belong to the relation.
            self.actions.create.extend(storage_of(to, is));
            return;
        } else if Kind::of(was) != Kind::of(is)
            || (was.arity == Arity::List) != (is.arity == Arity::List)
        {
            ["changing the type of the field", ""]
        } else if was.column() != is.column() {
            ["renaming the column of the field", ""]
        } else if was.id.is_some() != is.id.is_some() || generator(was) != generator(is) {
            ["changing who makes the ids in the field", ""]
        } else if was.arity != is.arity {
            match is.arity {
                Arity::Required => ["making the field", " required"],
                Arity::Optional | Arity::List => ["making the field", " optional"],
            }
        } else if was.unique != is.unique {
            if is.unique {
                ["making the field", " unique"]
            } else {
                ["allowing equal values in the field", ""]
            }
        } else {
            return;
        };
        self.refuse_field(self.next, is, change);
    }

    fn update_model(&mut self, from: ModelId, to: ModelId) {
        if self.previous[from].table() != self.next[to].table() {
            let name = &self.next[to].name;
            let issue = Issue::on_type(
                name,
                refusal(&format!("renaming the table of the type `{name}`")),
            );
            self.actions.refused.push(issue);
        }
    }

    fn update_relation(&mut self, from: RelationId, to: RelationId) {
        if !self.has_same_storage(from, to) {
            let name = &self.next[to].name;
            let issue = Issue::on_type(
                name,
                refusal(&format!(
                    "changing where the links of the relation `{name}` are stored"
                )),
            );
            self.actions.refused.push(issue);
        }
    }

    /// True if the links stay where they are and mean what they meant.
    fn has_same_storage(&self, from: RelationId, to: RelationId) -> bool {
        let (was, is) = (&self.previous[from], &self.next[to]);
        let keeps_model =
            |side: Side| self.matching.models.next(was.end(side).model) == Some(is.end(side).model);
        let keeps_both = keeps_model(Side::A) && keeps_model(Side::B);
        match (&was.link, &is.link) {
            (
                Link::Inline { side, column },
                Link::Inline {
                    side: new_side,
                    column: new_column,
                },
            ) if !keeps_both => {
                // The models changed sides; the column need not have moved.
                column == new_column
                    && self.matching.models.next(was.end(*side).model)
                        == Some(is.end(*new_side).model)
            }
            (before, after) => keeps_both && before == after,
        }
    }

    /// What is refused, around the path of the field.
    fn refuse_field(&mut self, datamodel: &Datamodel, field: &Field, [what, rest]: [&str; 2]) {
        let model = &datamodel[field.model].name;
        let what = format!("{what} `{model}.{}`{rest}", field.name);
        let issue = Issue::on_field(model, &field.name, refusal(&what));
        self.actions.refused.push(issue);
    }
}

/// What a scalar needs in the storage.
fn storage_of(id: FieldId, field: &Field) -> Option<StorageAction> {
    if field.is_column() {
        Some(StorageAction::CreateColumn(id))
    } else if field.is_scalar_list() {
        Some(StorageAction::CreateList(id))
    } else {
        None
    }
}

/// How the database makes an id, if it does.
fn generator(field: &Field) -> Option<&IdStrategy> {
    field
        .id
        .as_ref()
        .filter(|_| field.is_generated_by_database())
}

fn refusal(what: &str) -> String {
    format!(
        "Nothing was deployed: {what} would change what is stored. So far, this server can only add to a storage."
    )
}
