//! Lists.

use std::marker::PhantomData;

use crate::{
    client::Client,
    error::Result,
    filter::Filter,
    id::Cursor,
    json::Json,
    model::Model,
    operation::{Kind, Operation},
    order::Order,
    page::{Backward, Forward, ListArguments, Towards, Unpaged},
    query::{Query, awaitable, fields, find_unique::Path},
    select::{Of, OfWith, Row, Selection, Shape, list},
};

/// A list of `M`, of which `S` is read. `P` is the direction of paging.
#[must_use = "a query does nothing until it is awaited"]
pub struct FindMany<'c, M: Model, S = Of<<M as Model>::Row>, P = Unpaged> {
    client: &'c Client,
    raw: Box<Raw>,
    shape: S,
    types: PhantomData<fn() -> (M, P)>,
}

/// What does not depend on types.
struct Raw {
    /// The record whose related records these are; `None` for those of the whole model.
    path: Option<Path>,
    list: ListArguments,
}

impl<'c, M: Model> FindMany<'c, M> {
    pub(super) fn start(client: &'c Client, path: Option<Path>) -> Self {
        let list = ListArguments::new();
        Self {
            client,
            raw: Box::new(Raw { path, list }),
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

impl<'c, M: Model, S, P> FindMany<'c, M, S, P> {
    fn shaped<T>(self, shape: T) -> FindMany<'c, M, T, P> {
        FindMany {
            client: self.client,
            raw: self.raw,
            shape,
            types: PhantomData,
        }
    }

    fn towards<Q>(self) -> FindMany<'c, M, S, Q> {
        FindMany {
            client: self.client,
            raw: self.raw,
            shape: self.shape,
            types: PhantomData,
        }
    }

    /// Only records that match; several calls are and-ed.
    pub fn filter(mut self, filter: impl FnOnce(M::Fields) -> Filter<M>) -> Self {
        self.raw.list.filter(filter(M::FIELDS).conditions);
        self
    }

    /// Only records that match, if there is a value to compare with.
    pub fn filter_some<V>(
        self,
        value: Option<V>,
        filter: impl FnOnce(M::Fields, V) -> Filter<M>,
    ) -> Self {
        match value {
            Some(value) => self.filter(|record| filter(record, value)),
            None => self,
        }
    }

    /// Sorted, and what is equal by the id; without it, by the id alone. The API sorts by one field, so a second
    /// call replaces the first.
    pub fn order_by(mut self, order: impl FnOnce(M::Fields) -> Order<M>) -> Self {
        self.raw.list.order = Some(order(M::FIELDS).into_value());
        self
    }

    /// Without the first `count` (with `last`, without the last ones).
    pub fn skip(mut self, count: u32) -> Self {
        self.raw.list.skip = Some(count);
        self
    }

    /// At most the first `count`.
    pub fn first(mut self, count: u32) -> FindMany<'c, M, S, Forward>
    where
        P: Towards<Forward>,
    {
        self.raw.list.first = Some(count);
        self.towards()
    }

    /// At most the last `count`, in the usual order.
    pub fn last(mut self, count: u32) -> FindMany<'c, M, S, Backward>
    where
        P: Towards<Backward>,
    {
        self.raw.list.last = Some(count);
        self.towards()
    }

    /// Only what comes after that record.
    pub fn after(mut self, cursor: Cursor<M>) -> FindMany<'c, M, S, Forward>
    where
        P: Towards<Forward>,
    {
        self.raw.list.after = Some(cursor.into_string());
        self.towards()
    }

    /// Only what comes before that record.
    pub fn before(mut self, cursor: Cursor<M>) -> FindMany<'c, M, S, Backward>
    where
        P: Towards<Backward>,
    {
        self.raw.list.before = Some(cursor.into_string());
        self.towards()
    }

    /// Reads a struct of the user's: `.select::<UserCard>()`.
    pub fn select<T: Selection<Model = M, Vars = ()>>(self) -> FindMany<'c, M, Of<T>, P> {
        self.shaped(Of::new())
    }

    /// Reads a struct of the user's whose arguments are computed from `vars`.
    pub fn select_with<T: Selection<Model = M>>(
        self,
        vars: T::Vars,
    ) -> FindMany<'c, M, OfWith<T>, P> {
        self.shaped(OfWith(vars))
    }

    /// Reads fields named on the spot: `.pick(|u| (u.id, u.name))`, `.pick(select! { id name })`.
    pub fn pick<T: Shape<M>>(self, pick: impl FnOnce(M::Fields) -> T) -> FindMany<'c, M, T, P> {
        self.shaped(pick(M::FIELDS))
    }
}

impl<M: Model, S: Shape<M, Out: Send> + Send, P> Query for FindMany<'_, M, S, P> {
    type Out = Vec<S::Out>;

    fn operation(&self) -> Operation {
        let names = M::NAMES;
        let arguments = self.raw.list.arguments(names);
        let set = fields(&self.shape);
        match &self.raw.path {
            Some(path) => path.operation(arguments, set),
            None => Operation::new(Kind::Query, names.many(), arguments, set),
        }
    }

    fn read(self, roots: &mut Row<'_>) -> Result<Self::Out> {
        let take = |json: Json<'_>| list(json, |row| self.shape.take_shape(row));
        roots.next(|json| match &self.raw.path {
            Some(path) => path.read(json, take),
            None => take(json),
        })
    }
}

awaitable! {
    [M: Model, S: Shape<M, Out: Send> + Send, P] FindMany<'c, M, S, P>;
}
