//! What a mock answers to each builder: the counterpart of [`Query::read`](super::Query::read).

use super::{
    Bounded, Count, CreateMany, DeleteMany, Exists, FindFirst, FindMany, FindUnique, OrNotFound,
    Query, UpdateManyWith, Write,
};
use crate::{
    mock::{Cell, EncodeBatch, EncodeQuery, EncodeShape, Encoded, below, count, root},
    model::Model,
    select::Shape,
};

/// A record as `shape` reads it.
fn record<M, S: EncodeShape<M>>(shape: &S, value: S::Out) -> Encoded {
    Encoded::of(|into| shape.encode(value, into))
}

impl<M: Model, S> EncodeQuery for FindUnique<'_, M, S>
where
    S: EncodeShape<M> + Shape<M, Out: Send> + Send,
{
    /// Of a record that is not there nothing on the way is there, as far as anybody can tell.
    fn encode(&self, out: Option<S::Out>) -> Encoded {
        root(match out {
            Some(value) => below(self.hops(), Cell::Record(record(&self.shape, value))),
            None => Cell::Absent,
        })
    }
}

impl<M: Model, S, P> EncodeQuery for FindMany<'_, M, S, P>
where
    S: EncodeShape<M> + Shape<M, Out: Send> + Send,
{
    fn encode(&self, out: Vec<S::Out>) -> Encoded {
        let records = out.into_iter().map(|value| record(&self.shape, value));
        root(below(self.hops(), Cell::List(records.collect())))
    }
}

impl<M: Model, S> EncodeQuery for FindFirst<'_, M, S>
where
    S: EncodeShape<M> + Shape<M, Out: Send> + Send,
{
    fn encode(&self, out: Option<S::Out>) -> Encoded {
        let records = out.into_iter().map(|value| record(&self.shape, value));
        root(Cell::List(records.collect()))
    }
}

impl<T: Send, Q: EncodeQuery + Query<Out = Option<T>>> EncodeQuery for OrNotFound<'_, Q> {
    fn encode(&self, out: T) -> Encoded {
        self.query.encode(Some(out))
    }
}

impl<M: Model> EncodeQuery for Count<'_, M> {
    fn encode(&self, out: u64) -> Encoded {
        root(Cell::Record(root(count(out))))
    }
}

impl<M: Model> EncodeQuery for Exists<'_, M> {
    fn encode(&self, out: bool) -> Encoded {
        root(Cell::Record(root(count(out.into()))))
    }
}

impl<M: Model, S> EncodeQuery for Write<'_, M, S>
where
    S: EncodeShape<M> + Shape<M, Out: Send> + Send,
{
    fn encode(&self, out: S::Out) -> Encoded {
        root(Cell::Record(record(&self.shape, out)))
    }
}

impl<M: Model, B: Bounded> EncodeQuery for DeleteMany<'_, M, B> {
    fn encode(&self, out: u64) -> Encoded {
        root(count(out))
    }
}

impl<M: Model, B: Bounded> EncodeQuery for UpdateManyWith<'_, M, B> {
    fn encode(&self, out: u64) -> Encoded {
        root(count(out))
    }
}

impl<M: Model, S> EncodeBatch for CreateMany<'_, M, S>
where
    S: EncodeShape<M> + Shape<M, Out: Send> + Send,
{
    fn encode_all(&self, out: Vec<S::Out>) -> Vec<Encoded> {
        let one = |value| root(Cell::Record(record(&self.shape, value)));
        out.into_iter().map(one).collect()
    }
}
