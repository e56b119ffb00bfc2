//! Several root fields in one query, named on the spot.

use std::marker::PhantomData;

use crate::{
    client::Client,
    error::Result,
    field::ToMany,
    marker::Marker,
    model::Model,
    operation::Operation,
    query::{Query, awaitable, fields},
    select::{Argument, Of, Row, Selection, SelectionSet, Shape, optional},
    unique::Unique,
    value::Value,
};

/// The root field of one `N` by a unique value, in a query over the root fields `Q`.
pub struct RootOne<Q, N> {
    types: Marker<(Q, N)>,
}

impl<Q, N> Default for RootOne<Q, N> {
    fn default() -> Self {
        Self { types: PhantomData }
    }
}

impl<Q, N> Clone for RootOne<Q, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q, N> Copy for RootOne<Q, N> {}

impl<Q, N: Model> RootOne<Q, N> {
    /// The record with this id or other unique value.
    pub fn by(self, by: Unique<N>) -> RootFound<Q, N> {
        RootFound {
            by: by.into_value(),
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

/// The root field of many `N`, in a query over the root fields `Q`. It takes arguments as relations do.
pub type RootMany<Q, N> = ToMany<Q, N, AtRoot>;

/// Stands for what creating a record through a root field of a query takes: nothing is created there.
#[derive(Clone, Copy, Debug)]
pub enum AtRoot {}

/// Generated code is smaller without the names, which the model has.
impl<Q, N: Model> Default for RootMany<Q, N> {
    fn default() -> Self {
        Self::new(N::NAMES.many())
    }
}

/// One `N` by a unique value, of which `S` is read.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let found = db.query(|q| (q.user.by(user::by_id("1")).pick(|u| u.name), q.posts.first(3))).await?;
/// let (name, posts): (Option<String>, Vec<Post>) = found;
/// # drop((name, posts));
/// # Ok(())
/// # }
/// ```
pub struct RootFound<Q, N: Model, S = Of<<N as Model>::Row>> {
    by: Value,
    shape: S,
    types: Marker<(Q, N)>,
}

impl<Q, N: Model, S> RootFound<Q, N, S> {
    /// Fields of the record, named on the spot.
    pub fn pick<T: Shape<N>>(self, pick: impl FnOnce(N::Fields) -> T) -> RootFound<Q, N, T> {
        RootFound {
            by: self.by,
            shape: pick(N::FIELDS),
            types: PhantomData,
        }
    }

    /// The record as a struct of the user's.
    pub fn select<T: Selection<Model = N, Vars = ()>>(self) -> RootFound<Q, N, Of<T>> {
        self.pick(|_| Of::new())
    }
}

impl<Q, N: Model, S: Shape<N>> Shape<Q> for RootFound<Q, N, S> {
    type Out = Option<S::Out>;

    fn select_shape(&self, set: &mut SelectionSet) {
        let names = N::NAMES;
        let by = Argument::required("where", names.unique(), self.by.clone());
        let mut below = set.below(names.one());
        self.shape.select_shape(&mut below);
        set.nested(names.one(), vec![by], below);
    }

    fn take_shape(&self, row: &mut Row<'_>) -> Result<Self::Out> {
        row.next(|row| optional(row, |row| self.shape.take_shape(row)))
    }
}

/// A query of several root fields: `db.query(select! { users(first: 3) { id } posts { title } })`. What is read has
/// their names.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{select};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let page = db.query(select! { users(first: 3) { name } posts(order_by: title.asc()) { title author { name } } }).await?;
/// for post in &page.posts {
///     println!("{} by {}", post.title, post.author.name);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct Document<'c, Q, S> {
    client: &'c Client,
    shape: S,
    roots: Marker<Q>,
}

impl<'c, Q, S: Shape<Q>> Document<'c, Q, S> {
    /// The query of this shape. For generated code.
    pub const fn new(client: &'c Client, shape: S) -> Self {
        Self {
            client,
            shape,
            roots: PhantomData,
        }
    }
}

impl<Q, S: Shape<Q, Out: Send> + Send> Query for Document<'_, Q, S> {
    type Out = S::Out;

    fn operation(&self) -> Operation {
        Operation::of_roots(fields(&self.shape, None))
    }

    fn read(self, roots: &mut Row<'_>) -> Result<S::Out> {
        self.shape.take_shape(roots)
    }
}

awaitable! {
    [Q, S: Shape<Q, Out: Send> + Send] Document<'c, Q, S>;
}
