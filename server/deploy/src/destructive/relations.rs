//! Relations that come, go and move.

use prisma_connector::Probe;
use prisma_datamodel::{Arity, Link, RelationId, Side};

use super::{Change, Check, Level};
use crate::request::Issue;

impl Change<'_> {
    pub(super) fn lost_links(&self, id: RelationId) -> Check {
        Check::warning(
            Probe::HasLinks(id),
            Issue::on_type(
                &self.previous[id].name,
                "You already have nodes for this relation. This change will result in data loss.",
            ),
        )
    }

    pub(super) fn updated_relation(&self, from: RelationId, to: RelationId) -> Option<Check> {
        let (was, is) = (&self.previous[from], &self.next[to]);
        match (&was.link, &is.link) {
            (
                Link::Table {
                    id_column: None, ..
                },
                Link::Table {
                    id_column: Some(column),
                    ..
                },
            ) => Some(Check::always(
                Level::Error,
                Issue::on_field(
                    &is.name,
                    column,
                    "Adding an id field to an existing link table is forbidden.",
                ),
            )),
            (Link::Table { .. }, Link::Table { .. }) => None,
            (Link::Inline { side: before, .. }, Link::Inline { side: after, .. }) => {
                let model = self.model_before(is.end(*after).model);
                let has_moved = model != Some(was.end(*before).model);
                has_moved.then(|| self.lost_links(from))
            }
            _ => Some(self.lost_links(from)),
        }
    }

    /// Nodes that are there already cannot be linked by a relation that is new.
    pub(super) fn created_relation(&self, id: RelationId, checks: &mut Vec<Check>) {
        for side in [Side::A, Side::B] {
            let end = self.next[id].end(side);
            if self.next[end.field].arity != Arity::Required {
                continue;
            }
            if let Some(before) = self.model_before(end.model) {
                checks.push(Check::error(
                    Probe::HasNodes(before),
                    Issue::on_type(
                        &self.next[end.model].name,
                        "You are creating a required relation, but there are already nodes that would violate that constraint.",
                    ),
                ));
            }
        }
    }
}
