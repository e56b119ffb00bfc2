//! One record by a unique value, and the way on from it through relations.

use std::marker::PhantomData;

use crate::{
    builder::{asked, shaped},
    client::Client,
    error::{Error, Result},
    field::{ToMany, ToOne, ToOptional},
    lookahead::Lookahead,
    model::Model,
    names::Names,
    operation::{Kind, Operation},
    query::{FindMany, Query, awaitable, fields},
    select::{Argument, Of, Row, SelectionSet, Shape, one, optional},
    unique::Unique,
    value::Value,
};

/// At most one `M`, of which `S` is read: named by a unique value, or related to such a record.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let ann: Option<User> = db.user().find_unique(user::by_email("a@b.c")).await?;
/// // On along relations, in one request:
/// let titles: Vec<String> = db
///     .post()
///     .find_unique(post::by_id("1"))
///     .rel(|p| p.author)
///     .rel(|u| u.posts)
///     .first(3)
///     .pick(|p| p.title)
///     .await?;
/// # drop((ann, titles));
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct FindUnique<'c, M: Model, S = Of<<M as Model>::Row>> {
    pub(super) client: &'c Client,
    path: Path,
    pub(super) shape: S,
    types: PhantomData<fn() -> M>,
}

/// A record by a unique value, and relations to follow from it.
pub struct Path {
    root: Names,
    by: Value,
    hops: Vec<&'static str>,
    asked: Option<Lookahead>,
}

impl Path {
    /// How many relations it goes along.
    #[cfg(feature = "mock")]
    pub(super) fn hops(&self) -> usize {
        self.hops.len()
    }

    /// The document, with arguments and a set for the last field of the path.
    pub(super) fn operation(&self, arguments: Vec<Argument>, set: SelectionSet) -> Operation {
        let mut set = set;
        let mut arguments = arguments;
        for hop in self.hops.iter().rev() {
            let mut outer = SelectionSet::default();
            outer.nested(hop, std::mem::take(&mut arguments), set);
            set = outer;
        }
        let by = Argument::required("where", self.root.unique(), self.by.clone());
        let mut operation = Operation::new(Kind::Query, self.root, self.root.one(), vec![by], set);
        operation.unique = Some(self.root);
        operation
    }

    /// Goes down to the last field. From a record that is not there, all further ones are not there either.
    pub(super) fn read<T>(
        &self,
        row: &mut Row<'_>,
        read: impl FnOnce(&mut Row<'_>) -> Result<T>,
    ) -> Result<T> {
        descend(self.hops.len(), row, read)
    }
}

/// Reads what lies below this many records, or the null in place of one of them.
fn descend<T>(
    hops: usize,
    row: &mut Row<'_>,
    read: impl FnOnce(&mut Row<'_>) -> Result<T>,
) -> Result<T> {
    match hops.checked_sub(1) {
        Some(hops) if !row.is_at_null() => one(row, |row| row.next(|row| descend(hops, row, read))),
        _ => read(row),
    }
}

impl<'c, M: Model> FindUnique<'c, M> {
    pub(super) fn start(client: &'c Client, by: Unique<M>) -> Self {
        let path = Path {
            root: M::NAMES,
            by: by.into_value(),
            hops: Vec::new(),
            asked: None,
        };
        Self::along(client, path)
    }

    const fn along(client: &'c Client, path: Path) -> Self {
        Self {
            client,
            path,
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

impl<M: Model, S> FindUnique<'_, M, S> {
    #[cfg(feature = "mock")]
    pub(super) fn hops(&self) -> usize {
        self.path.hops()
    }
}

asked!(['c, M: Model, S] FindUnique<'c, M, S>, in path.asked);
shaped!(FindUnique<> { client, path });

impl<'c, M: Model, S> FindUnique<'c, M, S> {
    /// Goes on to the related records, in the same request: `.rel(|u| u.posts).first(3)`.
    pub fn rel<R: Hop<M>>(mut self, relation: impl FnOnce(M::Fields) -> R) -> R::Query<'c> {
        let relation = relation(M::FIELDS);
        self.path.hops.push(relation.field());
        R::query(self.client, self.path)
    }

    /// Gives the record itself; that there is none is then [`ErrorKind::NotFound`](crate::ErrorKind::NotFound).
    pub fn or_not_found(self) -> OrNotFound<'c, Self> {
        OrNotFound::new(self.client, M::NAMES, self)
    }
}

impl<M: Model, S: Shape<M, Out: Send> + Send> Query for FindUnique<'_, M, S> {
    type Out = Option<S::Out>;

    fn operation(&self) -> Operation {
        self.path
            .operation(Vec::new(), fields(&self.shape, self.path.asked.as_ref()))
    }

    fn read(self, roots: &mut Row<'_>) -> Result<Self::Out> {
        let take = |row: &mut Row<'_>| optional(row, |row| self.shape.take_shape(row));
        roots.next(|row| self.path.read(row, take))
    }
}

/// A relation of `M` that a query can go on through.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relation of `{M}`",
    note = "`rel` follows relations; use `pick` for scalar fields"
)]
pub trait Hop<M> {
    /// The query for what lies behind it.
    type Query<'c>;

    /// The field's name in the API.
    fn field(&self) -> &'static str;

    /// The query for what lies at the end of the path.
    fn query(client: &Client, path: Path) -> Self::Query<'_>;
}

impl<M, N: Model, D> Hop<M> for ToMany<M, N, D> {
    type Query<'c> = FindMany<'c, N>;

    fn field(&self) -> &'static str {
        self.name
    }

    fn query(client: &Client, path: Path) -> Self::Query<'_> {
        FindMany::start(client, Some(path))
    }
}

macro_rules! to_one {
    ($($token:ident)*) => {$(
        impl<M, N: Model, D> Hop<M> for $token<M, N, D> {
            type Query<'c> = FindUnique<'c, N>;

            fn field(&self) -> &'static str {
                self.name
            }

            fn query(client: &Client, path: Path) -> Self::Query<'_> {
                FindUnique::along(client, path)
            }
        }
    )*};
}

to_one!(ToOne ToOptional);

/// A query for a record that has to exist.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let name: String = db.user().find_unique(user::by_id("1")).pick(|u| u.name).or_not_found().await?;
/// # drop(name);
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct OrNotFound<'c, Q> {
    client: &'c Client,
    names: Names,
    pub(super) query: Q,
}

impl<'c, Q> OrNotFound<'c, Q> {
    pub(super) const fn new(client: &'c Client, names: Names, query: Q) -> Self {
        Self {
            client,
            names,
            query,
        }
    }
}

impl<T: Send, Q: Query<Out = Option<T>>> Query for OrNotFound<'_, Q> {
    type Out = T;

    fn operation(&self) -> Operation {
        self.query.operation()
    }

    fn read(self, roots: &mut Row<'_>) -> Result<T> {
        let found = self.query.read(roots)?;
        found.ok_or_else(|| Error::not_found(self.names.model()))
    }
}

awaitable! {
    [M: Model, S: Shape<M, Out: Send> + Send] FindUnique<'c, M, S>;
    [T: Send, Q: Query<Out = Option<T>>] OrNotFound<'c, Q>;
}
