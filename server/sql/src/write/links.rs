//! The links of one relation field: what is linked, linking, unlinking.

use prisma_connector::{ConnectorError, Key, Value};
use prisma_datamodel::{Arity, Datamodel, FieldId};

use super::Writer;
use super::statement::Shape;
use crate::driver::Connection;
use crate::link::{Hop, Path, hop};
use crate::rows;

/// A relation field with what its rules depend on (api.md §4.5).
#[derive(Clone, Copy, Debug)]
pub(super) struct Relation<'a> {
    /// The field of the parent.
    pub(super) field: FieldId,
    /// How to get to the children.
    pub(super) hop: Hop<'a>,
    /// How many children a parent has: `P1!`, `P1` or `PM`.
    pub(super) parent: Arity,
    /// How many parents a child has: `C1!`, `C1` or `CM`. Hidden fields are lists.
    pub(super) child: Arity,
}

impl<'a> Relation<'a> {
    /// The relation of a field.
    pub(super) fn of(datamodel: &'a Datamodel, field: FieldId) -> Result<Self, ConnectorError> {
        let hop = hop(datamodel, field).ok_or(ConnectorError::Plan(
            "a nested operation needs a relation field",
        ))?;
        Ok(Self {
            field,
            hop,
            parent: datamodel[field].arity,
            child: datamodel[hop.back].arity,
        })
    }

    /// The error that says that a change would leave a required field of this relation empty.
    pub(super) fn required(&self) -> ConnectorError {
        ConnectorError::RequiredRelation { field: self.field }
    }
}

impl<C: Connection> Writer<'_, C> {
    /// The id of the child of a to-one field.
    pub(super) async fn child(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
    ) -> Result<Option<Value>, ConnectorError> {
        let shape = Shape::Children {
            field: relation.field,
        };
        let mut children = self.ids(relation.hop.child, shape, &[parent]).await?;
        Ok(children.pop())
    }

    /// Is a child linked to any parent?
    pub(super) async fn has_parent(
        &mut self,
        relation: Relation<'_>,
        child: &Value,
    ) -> Result<bool, ConnectorError> {
        let shape = Shape::Children {
            field: relation.hop.back,
        };
        let parents = self.ids(relation.hop.parent, shape, &[child]).await?;
        Ok(!parents.is_empty())
    }

    /// A node that must exist, and whether the parent is linked to it.
    pub(super) async fn find_linked(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: &Key,
    ) -> Result<Option<(Value, bool)>, ConnectorError> {
        if !self.can_be_stored(at.field, &at.value) {
            return Ok(None);
        }
        // A statement sees what was committed when it began. One that waits for the node while another transaction moves
        // it would find its row as it is now, and its links in a table as they were; so the wait comes first.
        let may_wait = self.context.namespace.dialect.lock_rows.is_some();
        if may_wait
            && matches!(relation.hop.path, Path::Table { .. })
            && self.find_if_there(at).await?.is_none()
        {
            return Ok(None);
        }
        let shape = Shape::FindLinked {
            field: relation.field,
            at: at.field,
        };
        let ty = self.datamodel().id_type(relation.hop.child);
        let statement = self.statement(shape)?;
        let found = self
            .rows(
                relation.hop.child,
                &statement,
                &[parent, &at.value],
                move |row| Ok((rows::id(ty, row.cell(0)), rows::is_true(row.cell(1)))),
            )
            .await?;
        Ok(found
            .into_iter()
            .find_map(|(id, linked)| Some((id?, linked))))
    }

    /// Links two nodes; linking them again changes nothing.
    pub(super) async fn link(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        child: &Value,
    ) -> Result<(), ConnectorError> {
        let shape = Shape::Link {
            field: relation.field,
            rows: 1,
        };
        let values = Shape::link_values(relation.hop.path, parent, child);
        self.effect(relation.hop.parent, shape, &values).await?;
        Ok(())
    }

    /// Removes all links of a parent.
    pub(super) async fn unlink_parent(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
    ) -> Result<(), ConnectorError> {
        let shape = Shape::UnlinkAll {
            field: relation.field,
        };
        self.effect(relation.hop.parent, shape, &[parent]).await?;
        Ok(())
    }

    /// Removes all links of a child.
    pub(super) async fn unlink_child(
        &mut self,
        relation: Relation<'_>,
        child: &Value,
    ) -> Result<(), ConnectorError> {
        let shape = Shape::UnlinkAll {
            field: relation.hop.back,
        };
        self.effect(relation.hop.child, shape, &[child]).await?;
        Ok(())
    }

    /// Removes one link.
    pub(super) async fn unlink(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        child: &Value,
    ) -> Result<(), ConnectorError> {
        let shape = Shape::Unlink {
            field: relation.field,
        };
        self.effect(relation.hop.parent, shape, &[parent, child])
            .await?;
        Ok(())
    }

    /// Checks that a new link between an existing parent and a child leaves no required field empty, and removes
    /// the links that it takes the place of. Without a child: for a child that is about to be made.
    pub(super) async fn make_room(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        child: Option<&Value>,
        parent_is_new: bool,
    ) -> Result<(), ConnectorError> {
        let one = |arity| arity != Arity::List;
        let violated = match (relation.parent, relation.child, child) {
            (Arity::Required, Arity::Required, _) => true,
            (Arity::Required, Arity::Optional, Some(child)) => {
                self.has_parent(relation, child).await?
            }
            (Arity::Optional, Arity::Required, _) if !parent_is_new => {
                self.child(relation, parent).await?.is_some()
            }
            _ => false,
        };
        if violated {
            return Err(relation.required());
        }
        // A link in a row is overwritten by the next one; only when a child is still to be made, which may change
        // links itself, the row has to be cleared before.
        let replaced = matches!(relation.hop.path, Path::Parent { .. }) && child.is_some();
        if one(relation.parent) && !parent_is_new && !replaced {
            self.unlink_parent(relation, parent).await?;
        }
        if let Some(child) = child
            && one(relation.child)
            && !matches!(relation.hop.path, Path::Child { .. })
        {
            self.unlink_child(relation, child).await?;
        }
        Ok(())
    }
}
