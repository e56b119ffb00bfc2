//! What a mock answers to each kind of query.

use super::encode::{Cell, Encoded};
use crate::{batch::Batch, query::Query, value::Value};

/// A query that a mock can answer with the value that it gives.
#[diagnostic::on_unimplemented(
    message = "a mock cannot answer `{Self}` with a value",
    note = "`.returns_json(…)` works for everything"
)]
pub trait EncodeQuery: Query {
    /// Puts the values of the root fields down, in their order.
    fn encode(&self, out: Self::Out) -> Encoded;
}

/// A batch that a mock can answer with the values that it gives.
#[diagnostic::on_unimplemented(message = "a mock cannot answer `{Self}` with values")]
pub trait EncodeBatch: Batch {
    /// Puts the answers down, one for each operation.
    fn encode_all(&self, out: Self::Out) -> Vec<Encoded>;
}

/// The record of a root field.
pub(crate) fn root(cell: Cell) -> Encoded {
    Encoded::of(|roots| roots.push(cell))
}

/// The count that mutations of many records answer.
pub(crate) fn count(count: u64) -> Cell {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Cell::Record(root(Cell::Scalar(Value::Int(count))))
}

/// Below relations that a query goes along.
pub(crate) fn below(hops: usize, cell: Cell) -> Cell {
    (0..hops).fold(cell, |cell, _| Cell::Record(root(cell)))
}

impl<Q: EncodeQuery> EncodeBatch for Vec<Q> {
    fn encode_all(&self, out: Vec<Q::Out>) -> Vec<Encoded> {
        let both = self.iter().zip(out);
        both.map(|(query, out)| query.encode(out)).collect()
    }
}

impl<Q: EncodeQuery, const LENGTH: usize> EncodeBatch for [Q; LENGTH]
where
    [Q::Out; LENGTH]: Send,
{
    fn encode_all(&self, out: [Q::Out; LENGTH]) -> Vec<Encoded> {
        let both = self.iter().zip(out);
        both.map(|(query, out)| query.encode(out)).collect()
    }
}

/// Tuples of each length, one longer than the other.
macro_rules! tuples {
    ([$($item:ident $at:tt)*]) => {};
    ([$($item:ident $at:tt)*] $next:ident $position:tt $($rest:tt)*) => {
        impl<$($item: EncodeQuery,)* $next: EncodeQuery> EncodeBatch for ($($item,)* $next,) {
            fn encode_all(&self, out: Self::Out) -> Vec<Encoded> {
                vec![$(self.$at.encode(out.$at),)* self.$position.encode(out.$position)]
            }
        }

        tuples!([$($item $at)* $next $position] $($rest)*);
    };
}

tuples!([] A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 O 12 P 13 Q 14 R 15);
