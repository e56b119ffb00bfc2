//! Lists.

use std::{marker::PhantomData, sync::Arc};

use crate::{
    answer,
    builder::{asked, filtered, paged, shaped},
    client::Client,
    error::Result,
    lookahead::Lookahead,
    model::Model,
    operation::{Kind, Operation},
    page::{Forward, ListArguments, Towards, Unpaged},
    query::{
        Query, Rows, awaitable, fields,
        find_unique::Path,
        pages::{self, PagePlan, Pages},
    },
    select::{Of, Row, Shape, list},
};

/// A list of `M`, of which `S` is read. `P` is the direction of paging.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{select};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let search: Option<&str> = None;
/// let users = db
///     .user()
///     .find_many()
///     .filter(|u| u.age.gt(17) | u.age.is_null())
///     .filter_some(search, |u, text| u.name.contains(text))
///     .order_by(|u| u.name.asc())
///     .skip(20)
///     .first(10)
///     .pick(select! { name posts(first: 3) { title } })
///     .await?;
/// println!("{:?}", users[0].posts[0].title);
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct FindMany<'c, M: Model, S = Of<<M as Model>::Row>, P = Unpaged> {
    client: &'c Client,
    raw: Box<Raw>,
    pub(super) shape: S,
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

impl<M: Model, S, P> FindMany<'_, M, S, P> {
    /// How many relations lead to the list.
    #[cfg(feature = "mock")]
    pub(super) fn hops(&self) -> usize {
        self.raw.path.as_ref().map_or(0, Path::hops)
    }
}

filtered!(['c, M: Model, S, P] FindMany<'c, M, S, P>, of M, in raw.list);
paged!(['c, M: Model, S] FindMany<'c, M, S> { client, raw, shape }, of M, in raw.list);
asked!(['c, M: Model, S, P] FindMany<'c, M, S, P>, in raw.asked);
shaped!(FindMany<P> { client, raw });

impl<M, S, P> FindMany<'_, M, S, P>
where
    M: Model,
    S: Shape<M, Out: Send + 'static> + Send + Sync + 'static,
{
    /// The rows one by one, read `size` at a time; [`Rows`] is a `Stream`. `first` limits the whole, and `skip` and
    /// `after` say where it begins.
    ///
    /// Pages are found by the place of the last row, so what is written meanwhile neither repeats a row nor hides one;
    /// only if that very row is deleted between two pages does the list end there. Related records (`.rel(…)`) have no
    /// pages in the API: all of them come with the first row.
    pub fn stream(self, size: u32) -> Rows<S::Out>
    where
        P: Towards<Forward>,
    {
        let Self {
            client, raw, shape, ..
        } = self;
        let set = fields(&shape, raw.asked.as_ref());
        if let Some(path) = raw.path {
            let operation = path.operation(raw.list.arguments(M::NAMES), set);
            let client = client.clone();
            return Rows::whole(Box::pin(async move {
                let bytes = client.send(operation.request()).await?;
                let take = |row: &mut Row<'_>| list(row, |row| shape.take_shape(row));
                let rows = answer::read(&bytes, &operation, |roots| {
                    roots.next(|row| path.read(row, take))
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
            None => Operation::new(Kind::Query, names, names.many(), arguments, set),
        }
    }

    fn read(self, roots: &mut Row<'_>) -> Result<Self::Out> {
        let take = |row: &mut Row<'_>| list(row, |row| self.shape.take_shape(row));
        roots.next(|row| match &self.raw.path {
            Some(path) => path.read(row, take),
            None => take(row),
        })
    }
}

awaitable! {
    [M: Model, S: Shape<M, Out: Send> + Send, P] FindMany<'c, M, S, P>;
}
