//! Lists.

use std::{marker::PhantomData, sync::Arc};

use crate::{
    answer,
    client::Client,
    error::Result,
    filter::Filter,
    id::Cursor,
    json::Json,
    lookahead::Lookahead,
    model::Model,
    operation::{Kind, Operation},
    order::Order,
    page::{Backward, Forward, Given, ListArguments, Page, Towards, Unpaged},
    query::{
        Query, Rows, awaitable, fields,
        find_unique::Path,
        pages::{self, PagePlan, Pages},
    },
    select::{Of, OfWith, Row, Selection, Shape, list, one},
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
    asked: Option<Lookahead>,
}

impl<'c, M: Model> FindMany<'c, M> {
    pub(super) fn start(client: &'c Client, path: Option<Path>) -> Self {
        let list = ListArguments::new();
        Self {
            client,
            raw: Box::new(Raw {
                path,
                list,
                asked: None,
            }),
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

    /// The page that somebody else asks for.
    pub fn page(mut self, page: Page<M>) -> FindMany<'c, M, S, Given>
    where
        P: Towards<Given>,
    {
        page.set(&mut self.raw.list);
        self.towards()
    }

    /// Fetches [`Asked`](crate::Asked) fields only if `asked` has them.
    pub fn asked(mut self, asked: impl Into<Lookahead>) -> Self {
        self.raw.asked = Some(asked.into());
        self
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

impl<M, S, P> FindMany<'_, M, S, P>
where
    M: Model,
    S: Shape<M, Out: Send + 'static> + Send + Sync + 'static,
    P: Towards<Forward>,
{
    /// The rows one by one, read `size` at a time; [`Rows`] is a `Stream`. `first` limits the whole, and `skip` and
    /// `after` say where it begins.
    ///
    /// Pages are found by the place of the last row, so what is written meanwhile neither repeats a row nor hides one;
    /// only if that very row is deleted between two pages does the list end there. Related records (`.rel(…)`) have no
    /// pages in the API: all of them come with the first row.
    pub fn stream(self, size: u32) -> Rows<S::Out> {
        let Self {
            client, raw, shape, ..
        } = self;
        let set = fields(&shape, raw.asked.as_ref());
        if let Some(path) = raw.path {
            let operation = path.operation(raw.list.arguments(M::NAMES), set);
            let client = client.clone();
            return Rows::whole(Box::pin(async move {
                let bytes = client.send(operation.request()).await?;
                let take = |json: Json<'_>| list(json, |row| shape.take_shape(row));
                let rows = one(answer::roots(&bytes, &operation)?, |roots| {
                    roots.next(|json| path.read(json, take))
                })?;
                Ok(pages::Page::whole(rows))
            }));
        }
        let take = Arc::new(move |row: &mut Row<'_>| shape.take_shape(row));
        let plan = PagePlan {
            names: M::NAMES,
            list: raw.list,
            set,
            counted: false,
        };
        Rows::new(Pages::new(client.clone(), plan, take), size)
    }
}

impl<M: Model, S: Shape<M, Out: Send> + Send, P> Query for FindMany<'_, M, S, P> {
    type Out = Vec<S::Out>;

    fn operation(&self) -> Operation {
        let names = M::NAMES;
        let arguments = self.raw.list.arguments(names);
        let set = fields(&self.shape, self.raw.asked.as_ref());
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
