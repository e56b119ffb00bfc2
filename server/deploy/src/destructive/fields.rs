//! Fields that come, go and change.

use prisma_connector::Probe;
use prisma_datamodel::{Arity, Field, FieldId};

use super::{Change, Check, Level};
use crate::{
    diff::Kind,
    request::Issue,
    step::{Step, migration_value},
};

const MAY_LOSE: &str =
    "You already have nodes for this model. This change may result in data loss.";

impl Change<'_> {
    /// Links are lost with their relation, not with a field.
    pub(super) fn deleted_field(&self, id: FieldId) -> Option<Check> {
        let field = &self.previous[id];
        field.relation().is_none().then(|| {
            Check::warning(
                Probe::HasNodes(field.model),
                self.issue_before(field, MAY_LOSE),
            )
        })
    }

    pub(super) fn created_field(&self, id: FieldId) -> Option<Check> {
        let field = &self.next[id];
        let before = self.model_before(field.model)?;
        if field.relation().is_some() {
            return self.created_back_field(field);
        }
        if field.arity != Arity::Required {
            return None;
        }
        let model = &self.next[field.model].name;
        Some(if field.unique {
            Check::error(
                Probe::HasNodes(before),
                self.issue(field, format!(
                    "You are creating a new required unique field `{}`. There are already nodes for the model `{model}` that would violate that constraint.",
                    field.name
                )),
            )
        } else {
            Check::warning(
                Probe::HasNodes(before),
                self.issue(field, format!(
                    "You are creating a required field but there are already nodes present that would violate that constraint.The fields will be pre-filled with the value `{}`.",
                    migration_value(self.next, field)
                )),
            )
        })
    }

    /// A to-one field at an end that had none, of a relation that stays.
    fn created_back_field(&self, field: &Field) -> Option<Check> {
        let (relation, side) = field.relation()?;
        let before = self.diff.matching.relations.previous(relation)?;
        (field.arity != Arity::List).then(|| {
            let end = self.previous[before].end(side);
            Check::error(
                Probe::HasSeveralLinks(end.field),
                self.issue(
                    field,
                    "You are adding a singular backrelation field to a type but there are already pairs in the relation that would violate that constraint.",
                ),
            )
        })
    }

    pub(super) fn updated_field(&self, from: FieldId, to: FieldId, checks: &mut Vec<Check>) {
        let (was, is) = (&self.previous[from], &self.next[to]);
        let is_emptied = Kind::of(was) != Kind::of(is)
            || (was.arity == Arity::List) != (is.arity == Arity::List);
        if is_emptied {
            self.emptied_field(was, is, checks);
            return;
        }
        if was.arity == Arity::Optional && is.arity == Arity::Required {
            checks.push(self.required_field(from, was, is));
        }
        if is.is_column() && !was.unique && is.unique {
            let model = &self.next[is.model].name;
            checks.push(Check::error(
                Probe::HasDuplicates(from),
                self.issue(is, format!(
                    "You are updating the field `{}` to be unique. But there are already nodes for the model `{model}` that would violate that constraint.",
                    is.name
                )),
            ));
        }
    }

    /// A field whose contents are lost, since its new type cannot hold them.
    fn emptied_field(&self, was: &Field, is: &Field, checks: &mut Vec<Check>) {
        let has_nodes = Probe::HasNodes(was.model);
        if was.id.is_some() && is.id.is_some() {
            let model = &self.next[is.model].name;
            checks.push(Check::error(
                has_nodes,
                self.issue(is, format!(
                    "You are changing the type of the id field `{}`. But there are already nodes for this model. \
                     This would require to regenerate IDs for all nodes which is not possible. \
                     You have to remove all nodes for this type by either running `prisma reset` or through a `deleteMany{model}s` mutation.",
                    is.name
                )),
            ));
        }
        checks.push(Check::warning(has_nodes, self.issue_before(was, MAY_LOSE)));
        if is.is_column() && is.arity == Arity::Required {
            checks.push(Check::warning(has_nodes, self.pre_filled(was, is)));
        }
    }

    fn required_field(&self, from: FieldId, was: &Field, is: &Field) -> Check {
        let model = &self.next[is.model].name;
        if is.relation().is_some() {
            return Check::error(
                Probe::HasUnlinked(from),
                self.issue(is, format!(
                    "You are updating the field `{}` to be required. But there are already nodes for the model `{model}` that would violate that constraint.",
                    is.name
                )),
            );
        }
        let has_nulls = Probe::HasNulls(from);
        if is.unique {
            return Check::error(
                has_nulls,
                self.issue(is, format!(
                    "You are updating the field `{}` to be required and unique. But there are already nodes for the model `{model}` that would violate that constraint.",
                    is.name
                )),
            );
        }
        Check::warning(has_nulls, self.pre_filled(was, is))
    }

    fn pre_filled(&self, was: &Field, is: &Field) -> Issue {
        self.issue_before(
            was,
            format!(
                "You are changing the type of a required field. The fields will be pre-filled with the value: `{}`.",
                migration_value(self.next, is)
            ),
        )
    }

    /// New fields that are called as if the server filled them, and are not marked so.
    pub(super) fn unmarked_timestamps(&self, checks: &mut Vec<Check>) {
        for &step in &self.diff.steps {
            let Step::CreateField(id) = step else {
                continue;
            };
            let field = &self.next[id];
            let time = match &*field.name {
                "createdAt" => "created",
                "updatedAt" => "updated",
                _ => continue,
            };
            if field.managed.is_some() {
                continue;
            }
            let name = &field.name;
            checks.push(Check::always(
                Level::Warning,
                self.issue(field, format!(
                    "You are adding the field `{name}` but is missing the directive `@{name}`. \
                     Please specify the field as `{name}: DateTime! @{name}` if you want to track the times for when a record was {time}. \
                     Or deploy with `--force` to ignore this."
                )),
            ));
        }
    }

    /// About a field of the next datamodel.
    pub(super) fn issue(&self, field: &Field, text: impl Into<String>) -> Issue {
        Issue::on_field(&self.next[field.model].name, &field.name, text)
    }

    /// About a field of the previous datamodel.
    pub(super) fn issue_before(&self, field: &Field, text: impl Into<String>) -> Issue {
        Issue::on_field(&self.previous[field.model].name, &field.name, text)
    }
}
