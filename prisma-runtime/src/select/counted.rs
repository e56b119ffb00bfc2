//! Numbers of related records.

use std::marker::PhantomData;

use crate::{
    error::Result,
    field::ToMany,
    model::Model,
    select::{Argument, Related, Row, SelectionSet, Shape, list},
};

/// How many related records a record of `M` has.
///
/// The API counts whole models only. So what comes from the server is one small object for each related record, which is
/// then counted: cheap for dozens, but for thousands `db.post().count().filter(|p| p.author.is(…))` is better.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let busy = db.user().find_many().pick(|u| (u.name, u.posts.filter(|p| p.published.eq(true)).count()));
/// let busy: Vec<(String, u64)> = busy.await?;
/// # drop(busy);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Counted<M> {
    name: &'static str,
    arguments: Vec<Argument>,
    model: PhantomData<fn() -> M>,
}

impl<M, N: Model, D> ToMany<M, N, D> {
    /// How many related records there are. See [`Counted`] for what it costs.
    ///
    /// ```
    /// # use prisma_runtime::{Delegate, Model, Result, Scalar, ToMany};
    /// # async fn run<User: Model, Post: Model, D>(
    /// #     users: Delegate<'_, User>, posts: ToMany<User, Post, D>,
    /// # ) -> Result<()> {
    /// let posts_of_each: Vec<u64> = users.find_many().pick(|_| posts.count()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn count(self) -> Counted<M> {
        Counted::new(self.name, Vec::new())
    }
}

impl<M, N: Model, P> Related<M, N, P> {
    /// How many related records there are, of those that match and are on the page. See [`Counted`] for what it costs.
    pub fn count(self) -> Counted<M> {
        Counted::new(self.name, self.arguments())
    }
}

impl<M> Counted<M> {
    const fn new(name: &'static str, arguments: Vec<Argument>) -> Self {
        Self {
            name,
            arguments,
            model: PhantomData,
        }
    }

    /// An empty set asks for nothing but that the record is there.
    pub(super) fn select(&self, set: &mut SelectionSet) {
        set.nested(self.name, self.arguments.clone(), SelectionSet::default());
    }

    pub(super) fn read(row: &mut Row<'_>) -> Result<u64> {
        let records = row.next(|row| list(row, |_| Ok(())))?;
        Ok(records.len() as u64)
    }
}

impl<M> Shape<M> for Counted<M> {
    type Out = u64;

    fn select_shape(&self, set: &mut SelectionSet) {
        self.select(set);
    }

    fn take_shape(&self, row: &mut Row<'_>) -> Result<u64> {
        Self::read(row)
    }
}
