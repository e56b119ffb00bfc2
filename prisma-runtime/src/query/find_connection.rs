//! Lists page by page, with cursors.

use std::{marker::PhantomData, sync::Arc};

use crate::{
    client::Client,
    error::Result,
    filter::Filter,
    id::Cursor,
    lookahead::Lookahead,
    model::Model,
    operation::Operation,
    order::Order,
    page::{Backward, Forward, Given, ListArguments, Page, Towards, Unpaged},
    query::{
        Query, awaitable, fields,
        pages::{Connection, PagePlan, Pages},
    },
    select::{Of, OfWith, Row, Selection, Shape},
};

/// A page of `M` with cursors, of which `S` is read. `P` is the direction of paging.
///
/// ```
/// # use prisma_runtime::{Delegate, Model, Result};
/// # async fn run<User: Model>(users: Delegate<'_, User>) -> Result<()> {
/// let page = users.connection().first(20).with_count().await?;
/// println!("{:?} records, the last at {:?}", page.count, page.page_info.end_cursor);
/// if let Some(next) = page.next().await? {
///     println!("{} more", next.edges.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct FindConnection<'c, M: Model, S = Of<<M as Model>::Row>, P = Unpaged> {
    client: &'c Client,
    raw: Box<Raw>,
    shape: S,
    types: PhantomData<fn() -> (M, P)>,
}

/// What does not depend on types.
struct Raw {
    list: ListArguments,
    asked: Option<Lookahead>,
    counted: bool,
}

impl<'c, M: Model> FindConnection<'c, M> {
    pub(super) fn start(client: &'c Client) -> Self {
        let raw = Raw {
            list: ListArguments::new(),
            asked: None,
            counted: false,
        };
        Self {
            client,
            raw: Box::new(raw),
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

impl<'c, M: Model, S, P> FindConnection<'c, M, S, P> {
    fn shaped<T>(self, shape: T) -> FindConnection<'c, M, T, P> {
        FindConnection {
            client: self.client,
            raw: self.raw,
            shape,
            types: PhantomData,
        }
    }

    fn towards<Q>(self) -> FindConnection<'c, M, S, Q> {
        FindConnection {
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

    /// Sorted, and what is equal by the id; without it, by the id alone. A second call replaces the first.
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
    pub fn first(mut self, count: u32) -> FindConnection<'c, M, S, Forward>
    where
        P: Towards<Forward>,
    {
        self.raw.list.first = Some(count);
        self.towards()
    }

    /// At most the last `count`, in the usual order.
    pub fn last(mut self, count: u32) -> FindConnection<'c, M, S, Backward>
    where
        P: Towards<Backward>,
    {
        self.raw.list.last = Some(count);
        self.towards()
    }

    /// Only what comes after that record.
    pub fn after(mut self, cursor: Cursor<M>) -> FindConnection<'c, M, S, Forward>
    where
        P: Towards<Forward>,
    {
        self.raw.list.after = Some(cursor.into_string());
        self.towards()
    }

    /// Only what comes before that record.
    pub fn before(mut self, cursor: Cursor<M>) -> FindConnection<'c, M, S, Backward>
    where
        P: Towards<Backward>,
    {
        self.raw.list.before = Some(cursor.into_string());
        self.towards()
    }

    /// The page that somebody else asks for.
    pub fn page(mut self, page: Page<M>) -> FindConnection<'c, M, S, Given>
    where
        P: Towards<Given>,
    {
        page.set(&mut self.raw.list);
        self.towards()
    }

    /// Counts the records that match on all pages together, in the same request.
    pub fn with_count(mut self) -> Self {
        self.raw.counted = true;
        self
    }

    /// Fetches [`Asked`](crate::Asked) fields only if `asked` has them.
    pub fn asked(mut self, asked: impl Into<Lookahead>) -> Self {
        self.raw.asked = Some(asked.into());
        self
    }

    /// Reads a struct of the user's: `.select::<UserCard>()`.
    pub fn select<T: Selection<Model = M, Vars = ()>>(self) -> FindConnection<'c, M, Of<T>, P> {
        self.shaped(Of::new())
    }

    /// Reads a struct of the user's whose arguments are computed from `vars`.
    pub fn select_with<T: Selection<Model = M>>(
        self,
        vars: T::Vars,
    ) -> FindConnection<'c, M, OfWith<T>, P> {
        self.shaped(OfWith(vars))
    }

    /// Reads fields named on the spot: `.pick(|u| (u.id, u.name))`, `.pick(select! { id name })`.
    pub fn pick<T: Shape<M>>(
        self,
        pick: impl FnOnce(M::Fields) -> T,
    ) -> FindConnection<'c, M, T, P> {
        self.shaped(pick(M::FIELDS))
    }

    fn plan(&self) -> PagePlan
    where
        S: Shape<M>,
    {
        PagePlan {
            names: M::NAMES,
            list: self.raw.list.clone(),
            set: fields(&self.shape, self.raw.asked.as_ref()),
            counted: self.raw.counted,
        }
    }
}

impl<M, S, P> Query for FindConnection<'_, M, S, P>
where
    M: Model,
    S: Shape<M, Out: Send> + Send + Sync + 'static,
{
    type Out = Connection<M, S::Out>;

    fn operation(&self) -> Operation {
        self.plan().operation()
    }

    fn read(self, roots: &mut Row<'_>) -> Result<Self::Out> {
        let plan = self.plan();
        let shape = self.shape;
        let take = Arc::new(move |row: &mut Row<'_>| shape.take_shape(row));
        let pages = Pages::new(self.client.clone(), plan, take);
        let page = pages.read(roots)?;
        Ok(Connection::of(page, pages))
    }
}

awaitable! {
    [M: Model, S: Shape<M, Out: Send> + Send + Sync + 'static, P] FindConnection<'c, M, S, P>;
}
