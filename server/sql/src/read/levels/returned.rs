//! Answers of rows that a write returned. What was just made is known: nothing of it is read again.

use std::sync::Arc;

use prisma_connector::{Answer, ConnectorError};
use prisma_datamodel::FieldId;

use super::{Assembly, Below, Related};
use crate::driver::Row;
use crate::format;
use crate::read::buffer::Buffer;
use crate::read::problems::Problems;
use crate::read::shape::{Child, Shape};

/// An object of an answer, which a row of one table makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object<'s> {
    pub(in crate::read) shape: &'s Shape,
    pub(in crate::read) columns: &'s Arc<[String]>,
}

/// A relation field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'s> {
    /// Its position among the children of the object.
    pub(crate) position: usize,
    /// The field.
    pub(crate) field: FieldId,
    /// The objects of the related nodes, if each of them is answered, in the order of their ids.
    pub(crate) object: Option<Object<'s>>,
}

impl<'s> Object<'s> {
    /// The columns that a row must have, in this order.
    pub(crate) fn columns(&self) -> &'s Arc<[String]> {
        self.columns
    }

    /// Its relation fields.
    pub(crate) fn members(&self) -> impl Iterator<Item = Member<'s>> + use<'s> {
        let children = self.shape.children.iter().enumerate();
        children.filter_map(|(position, child)| {
            let relation = child.relation.as_ref()?;
            let object = relation.columns.as_ref().zip(child.fetch());
            Some(Member {
                position,
                field: relation.field,
                object: object.map(|(columns, fetched)| Object {
                    shape: fetched.shape,
                    columns,
                }),
            })
        })
    }
}

/// The rows of a new node and of all that was made with it, until the answer is put together. Who shows none for a child
/// says that there are none.
#[derive(Debug)]
pub(crate) struct Returned<'s> {
    shape: &'s Shape,
    rows: Buffer<'s>,
    below: Below<'s>,
}

impl<'s> Returned<'s> {
    /// For an answer that is this object.
    pub(crate) fn new(root: Object<'s>) -> Self {
        Self {
            shape: root.shape,
            rows: Buffer::default(),
            below: nothing_below(root.shape),
        }
    }

    /// Takes a row of the object that a path of positions leads to, from the root down. The key of its parent stands
    /// behind its columns. Rows of one parent come in the order of their ids.
    pub(crate) fn push(
        &mut self,
        path: &[usize],
        object: Object<'s>,
        row: &dyn Row,
    ) -> Result<(), ConnectorError> {
        let Some((last, above)) = path.split_last() else {
            return self.rows.push(self.shape, row);
        };
        let mut below = &mut self.below;
        for &position in above {
            below = &mut below.get_mut(position).ok_or(NO_CHILD)?.below;
        }
        let related = below.get_mut(*last).ok_or(NO_CHILD)?;
        related.push(object.shape, object.columns.len(), row)
    }

    /// Appends the answer; none if there was no row for it.
    pub(crate) fn finish(self, mut buffer: Vec<u8>) -> Option<Answer> {
        let Self { shape, rows, below } = self;
        rows.row(0, false)?;
        let mut problems = Problems::default();
        let mut assembly = Assembly {
            format: shape.format,
            out: &mut buffer,
            problems: &mut problems,
        };
        let is_null = !assembly.one(shape, &rows, &below, 0);
        if is_null {
            format::null(shape.format, &mut buffer);
        }
        Some(Answer {
            buffer,
            problems: problems.finish(),
            is_null,
        })
    }
}

fn nothing_below<'s>(shape: &'s Shape) -> Below<'s> {
    let related = |child: &'s Child| Related {
        below: child
            .fetch()
            .map_or_else(Below::new, |fetched| nothing_below(fetched.shape)),
        ..Related::default()
    };
    shape.children.iter().map(related).collect()
}

const NO_CHILD: ConnectorError = ConnectorError::Plan("a row belongs to no child of the answer");
