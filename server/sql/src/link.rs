//! How a relation field gets from its node to the related ones.

use prisma_datamodel::{Datamodel, FieldId, Link, ModelId, Side};

/// Where the links of a relation field are, seen from the node that owns the field (the parent). The related nodes
/// are the children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path<'a> {
    /// The parent's row holds the child's id.
    Parent {
        /// The column in the parent's table.
        column: &'a str,
    },
    /// The child's row holds the parent's id.
    Child {
        /// The column in the child's table.
        column: &'a str,
    },
    /// Rows of a join table hold both ids.
    Table {
        /// The join table.
        table: &'a str,
        /// Its column with the parent's id.
        parent: &'a str,
        /// Its column with the child's id.
        child: &'a str,
        /// Its own id column, if it has one (deploy.md §2.5, the legacy form).
        id: Option<&'a str>,
    },
}

/// A relation field, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hop<'a> {
    /// The model that owns the field.
    pub(crate) parent: ModelId,
    /// The model at the other end.
    pub(crate) child: ModelId,
    /// The field at the other end.
    pub(crate) back: FieldId,
    /// How to get there.
    pub(crate) path: Path<'a>,
}

/// Resolves a relation field; `None` for scalars and enums.
pub(crate) fn hop(datamodel: &Datamodel, field: FieldId) -> Option<Hop<'_>> {
    let (relation, side) = datamodel[field].relation()?;
    let relation = &datamodel[relation];
    let child = relation.end(side.opposite());
    let path = match &relation.link {
        Link::Inline {
            side: holder,
            column,
        } if *holder == side => Path::Parent { column },
        Link::Inline { column, .. } => Path::Child { column },
        Link::Table {
            table,
            column_a,
            column_b,
            id_column,
        } => {
            let (parent, child) = match side {
                Side::A => (column_a, column_b),
                Side::B => (column_b, column_a),
            };
            Path::Table {
                table,
                parent,
                child,
                id: id_column.as_deref(),
            }
        }
    };
    Some(Hop {
        parent: datamodel[field].model,
        child: child.model,
        back: child.field,
        path,
    })
}
