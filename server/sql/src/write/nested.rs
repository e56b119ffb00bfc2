//! Nested operations (api.md §4.5). What each checks and does depends on the shape of the relation only, never on
//! where its links are stored.

use prisma_connector::{
    BoxFuture, ConnectorError, Create, Key, Nested, NestedWrite, Update, Value,
};
use prisma_datamodel::{Arity, FieldId};

use super::Writer;
use super::links::Relation;
use super::siblings::siblings;
use crate::driver::Connection;

/// In which operation on the parent a nested one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// The parent was just made and has no links, save those of operations before this one.
    Create,
    /// The parent was there before.
    Update,
}

impl<C: Connection> Writer<'_, C> {
    /// Runs the operations nested in one on `parent`, in their order, each with all of its own.
    pub(super) fn nested<'s>(
        &'s mut self,
        parent: &'s Value,
        nested: &'s [Nested],
        within: Within,
    ) -> BoxFuture<'s, Result<(), ConnectorError>> {
        Box::pin(async move {
            let mut position = 0;
            while let Some(Nested { field, write }) = nested.get(position) {
                let relation = Relation::of(self.context.datamodel, *field)?;
                let siblings = siblings(relation, &nested[position..]);
                if siblings.len() > 1 {
                    self.create_siblings(relation, parent, &siblings).await?;
                    position += siblings.len();
                    continue;
                }
                let parent_is_new = within == Within::Create
                    && (relation.parent == Arity::List || is_first(nested, position, *field));
                self.nested_write(relation, parent, write, parent_is_new)
                    .await?;
                position += 1;
            }
            Ok(())
        })
    }

    /// Each kind is a future of its own, so that the stack of a deep tree holds no more than it needs.
    fn nested_write<'s>(
        &'s mut self,
        relation: Relation<'s>,
        parent: &'s Value,
        write: &'s NestedWrite,
        parent_is_new: bool,
    ) -> BoxFuture<'s, Result<(), ConnectorError>> {
        match write {
            NestedWrite::Create(create) => {
                Box::pin(self.nested_create(relation, parent, create, parent_is_new))
            }
            NestedWrite::Connect(at) => Box::pin(self.connect(relation, parent, at, parent_is_new)),
            NestedWrite::Set(keys) => Box::pin(self.set(relation, parent, keys)),
            NestedWrite::Disconnect { at } => {
                Box::pin(self.disconnect(relation, parent, at.as_ref()))
            }
            NestedWrite::Delete { at } => {
                Box::pin(self.nested_delete(relation, parent, at.as_ref()))
            }
            NestedWrite::Update { at, update } => {
                Box::pin(self.nested_update(relation, parent, at.as_ref(), update))
            }
            NestedWrite::Upsert { at, create, update } => {
                Box::pin(self.nested_upsert(relation, parent, at.as_ref(), create, update))
            }
            NestedWrite::UpdateMany { condition, update } => Box::pin(async move {
                let within = Some((relation.field, parent));
                let ids = self.matching(relation.hop.child, condition, within).await?;
                self.update_all(relation.hop.child, ids, update).await?;
                Ok(())
            }),
            NestedWrite::DeleteMany { condition } => Box::pin(async move {
                let within = Some((relation.field, parent));
                let ids = self.matching(relation.hop.child, condition, within).await?;
                self.delete(relation.hop.child, ids).await
            }),
        }
    }

    async fn nested_create(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        create: &Create,
        parent_is_new: bool,
    ) -> Result<(), ConnectorError> {
        if !parent_is_new {
            self.room_for_new(relation, parent).await?;
        }
        self.create(create, Some((relation, parent))).await?;
        Ok(())
    }

    async fn nested_update(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: Option<&Key>,
        update: &Update,
    ) -> Result<(), ConnectorError> {
        let child = self.child_to_update(relation, parent, at).await?;
        self.update(relation.hop.child, &child, update).await
    }

    async fn nested_upsert(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: Option<&Key>,
        create: &Create,
        update: &Update,
    ) -> Result<(), ConnectorError> {
        match self.child_to_upsert(relation, parent, at).await? {
            Some(child) => self.update(relation.hop.child, &child, update).await,
            None => {
                self.room_for_new(relation, parent).await?;
                self.create(create, Some((relation, parent))).await?;
                Ok(())
            }
        }
    }

    async fn nested_delete(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: Option<&Key>,
    ) -> Result<(), ConnectorError> {
        let child = self.linked(relation, parent, at).await?;
        self.delete(relation.hop.child, vec![child]).await
    }

    async fn connect(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: &Key,
        parent_is_new: bool,
    ) -> Result<(), ConnectorError> {
        // Where both ends are required no link can move, whichever node is named.
        if (relation.parent, relation.child) == (Arity::Required, Arity::Required) {
            return Err(relation.required());
        }
        let child = self.find(at).await?;
        self.make_room(relation, parent, Some(&child), parent_is_new)
            .await?;
        self.link(relation, parent, &child).await
    }

    /// Makes nodes the only children. Required back fields are not looked at, as in Prisma 1.
    async fn set(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        keys: &[Key],
    ) -> Result<(), ConnectorError> {
        self.unlink_parent(relation, parent).await?;
        for at in keys {
            let child = self.find(at).await?;
            self.make_room(relation, parent, Some(&child), false)
                .await?;
            self.link(relation, parent, &child).await?;
        }
        Ok(())
    }

    async fn disconnect(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: Option<&Key>,
    ) -> Result<(), ConnectorError> {
        if [relation.parent, relation.child].contains(&Arity::Required) {
            return Err(relation.required());
        }
        let child = self.linked(relation, parent, at).await?;
        self.unlink(relation, parent, &child).await
    }

    /// The child that a disconnect or delete names. Its errors show both nodes by their ids.
    async fn linked(
        &mut self,
        relation: Relation<'_>,
        parent: &Value,
        at: Option<&Key>,
    ) -> Result<Value, ConnectorError> {
        let child = match at {
            None => match self.child(relation, parent).await? {
                Some(child) => return Ok(child),
                None => None,
            },
            Some(at) => match self.find_linked(relation, parent, at).await? {
                Some((child, true)) => return Ok(child),
                Some((child, false)) => Some(self.key(relation.hop.child, &child)),
                None => return Err(ConnectorError::NodeNotFound(at.clone())),
            },
        };
        Err(ConnectorError::NotLinked {
            field: relation.field,
            parent: Some(self.key(relation.hop.parent, parent)),
            child,
        })
    }

    /// Makes room for a child to be made; a future of its own, as in [`Writer::nested_write`].
    fn room_for_new<'s>(
        &'s mut self,
        relation: Relation<'s>,
        parent: &'s Value,
    ) -> BoxFuture<'s, Result<(), ConnectorError>> {
        Box::pin(self.make_room(relation, parent, None, false))
    }

    /// The child that an upsert means, if it is linked.
    fn child_to_upsert<'s>(
        &'s mut self,
        relation: Relation<'s>,
        parent: &'s Value,
        at: Option<&'s Key>,
    ) -> BoxFuture<'s, Result<Option<Value>, ConnectorError>> {
        Box::pin(async move {
            let Some(at) = at else {
                return self.child(relation, parent).await;
            };
            let found = self.find_linked(relation, parent, at).await?;
            Ok(found.and_then(|(child, linked)| linked.then_some(child)))
        })
    }

    /// The child that an update names. Its errors show the child as it was given, and the parent never.
    fn child_to_update<'s>(
        &'s mut self,
        relation: Relation<'s>,
        parent: &'s Value,
        at: Option<&'s Key>,
    ) -> BoxFuture<'s, Result<Value, ConnectorError>> {
        Box::pin(async move {
            let child = match at {
                None => self.child(relation, parent).await?,
                Some(at) => match self.find_linked(relation, parent, at).await? {
                    Some((child, linked)) => linked.then_some(child),
                    None => return Err(ConnectorError::NodeNotFound(at.clone())),
                },
            };
            child.ok_or_else(|| ConnectorError::NotLinked {
                field: relation.field,
                parent: None,
                child: at.cloned(),
            })
        })
    }
}

/// Is there no operation on the same field before?
fn is_first(nested: &[Nested], position: usize, field: FieldId) -> bool {
    nested.iter().take(position).all(|one| one.field != field)
}
