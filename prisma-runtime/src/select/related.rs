//! To-many relations with arguments, inside a selection.

use std::marker::PhantomData;

use crate::{
    builder::{filtered, paged},
    field::ToMany,
    filter::Filter,
    id::Cursor,
    marker::Marker,
    model::Model,
    order::Order,
    page::{Backward, Forward, Given, ListArguments, Page, Unpaged},
    select::{Argument, Many, Nested, Of, Selection, Shape},
};

/// A to-many relation from `M` to `N` with arguments. `P` is the direction of paging.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let newest = db.user().find_many().pick(|u| {
///     let posts = u.posts.filter(|p| p.published.eq(true)).order_by(|p| p.id.desc()).first(3);
///     (u.name, posts.pick(|p| p.title))
/// });
/// let newest: Vec<(String, Vec<String>)> = newest.await?;
/// # drop(newest);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Related<M, N, P = Unpaged> {
    pub(crate) name: &'static str,
    list: ListArguments,
    types: Marker<(M, N, P)>,
}

impl<M, N: Model, D> ToMany<M, N, D> {
    pub(super) const fn related(self) -> Related<M, N> {
        Related {
            name: self.name,
            list: ListArguments::new(),
            types: PhantomData,
        }
    }

    /// Only records that match.
    pub fn filter(self, filter: impl FnOnce(N::Fields) -> Filter<N>) -> Related<M, N> {
        self.related().filter(filter)
    }

    /// Only records that match, if there is a value to compare with.
    pub fn filter_some<V>(
        self,
        value: Option<V>,
        filter: impl FnOnce(N::Fields, V) -> Filter<N>,
    ) -> Related<M, N> {
        self.related().filter_some(value, filter)
    }

    /// Sorted; without it, by the id.
    pub fn order_by(self, order: impl FnOnce(N::Fields) -> Order<N>) -> Related<M, N> {
        self.related().order_by(order)
    }

    /// Without the first `count` (with `last`, without the last ones).
    pub fn skip(self, count: u32) -> Related<M, N> {
        self.related().skip(count)
    }

    /// At most the first `count`, for every record on its own.
    pub fn first(self, count: u32) -> Related<M, N, Forward> {
        self.related().first(count)
    }

    /// At most the last `count`, for every record on its own.
    pub fn last(self, count: u32) -> Related<M, N, Backward> {
        self.related().last(count)
    }

    /// Only what comes after that record.
    pub fn after(self, cursor: Cursor<N>) -> Related<M, N, Forward> {
        self.related().after(cursor)
    }

    /// Only what comes before that record.
    pub fn before(self, cursor: Cursor<N>) -> Related<M, N, Backward> {
        self.related().before(cursor)
    }

    /// The page that somebody else asks for, for every record on its own.
    pub fn page(self, page: Page<N>) -> Related<M, N, Given> {
        self.related().page(page)
    }

    /// The related records as structs of the user's, within a `pick`.
    pub fn select<T: Selection<Model = N, Vars = ()>>(self) -> Nested<M, N, Of<T>, Many> {
        self.related().select()
    }

    /// Fields of the related records, named on the spot.
    pub fn pick<S: Shape<N>>(self, pick: impl FnOnce(N::Fields) -> S) -> Nested<M, N, S, Many> {
        self.related().pick(pick)
    }
}

filtered!([M, N: Model, P] Related<M, N, P>, of N, in list);
paged!([M, N: Model] Related<M, N> { name, list }, of N, in list);

impl<M, N: Model, P> Related<M, N, P> {
    pub(crate) fn arguments(&self) -> Vec<Argument> {
        self.list.arguments(N::NAMES)
    }

    /// The related records as structs of the user's, within a `pick`.
    pub fn select<T: Selection<Model = N, Vars = ()>>(self) -> Nested<M, N, Of<T>, Many> {
        self.pick(|_| Of::new())
    }

    /// Fields of the related records, named on the spot.
    pub fn pick<S: Shape<N>>(self, pick: impl FnOnce(N::Fields) -> S) -> Nested<M, N, S, Many> {
        Nested::new(self.name, self.arguments(), pick(N::FIELDS))
    }
}
