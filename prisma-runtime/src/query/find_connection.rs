//! Lists page by page, with cursors.

use std::{marker::PhantomData, sync::Arc};

use crate::{
    builder::{asked, filtered, paged, shaped},
    client::Client,
    error::Result,
    lookahead::Lookahead,
    model::Model,
    operation::Operation,
    page::{ListArguments, Unpaged},
    query::{
        Query, awaitable, fields,
        pages::{Connection, PagePlan, Pages},
    },
    select::{Of, Row, Shape},
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

filtered!(['c, M: Model, S, P] FindConnection<'c, M, S, P>, of M, in raw.list);
paged!(['c, M: Model, S] FindConnection<'c, M, S> { client, raw, shape }, of M, in raw.list);
asked!(['c, M: Model, S, P] FindConnection<'c, M, S, P>, in raw.asked);
shaped!(FindConnection<P> { client, raw });

impl<M: Model, S, P> FindConnection<'_, M, S, P> {
    /// Counts the records that match on all pages together, in the same request.
    pub fn with_count(mut self) -> Self {
        self.raw.counted = true;
        self
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
