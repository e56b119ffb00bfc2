//! The first record of a list.

use std::marker::PhantomData;

use crate::{
    builder::{asked, filtered, shaped},
    client::Client,
    error::Result,
    id::Cursor,
    lookahead::Lookahead,
    model::Model,
    operation::{Kind, Operation},
    order::Order,
    page::ListArguments,
    query::{OrNotFound, Query, awaitable, fields},
    select::{Of, Row, Shape, list},
};

/// The first of a list of `M`, of which `S` is read.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let oldest: Option<User> = db.user().find_first().order_by(|u| u.age.desc()).await?;
/// let name: String = db.user().find_first().filter(|u| u.age.gt(99)).pick(|u| u.name).or_not_found().await?;
/// # drop((oldest, name));
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct FindFirst<'c, M: Model, S = Of<<M as Model>::Row>> {
    pub(super) client: &'c Client,
    list: Box<ListArguments>,
    asked: Option<Lookahead>,
    pub(super) shape: S,
    types: PhantomData<fn() -> M>,
}

impl<'c, M: Model> FindFirst<'c, M> {
    pub(super) fn start(client: &'c Client) -> Self {
        let mut list = ListArguments::new();
        list.first = Some(1);
        Self {
            client,
            list: Box::new(list),
            asked: None,
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

filtered!(['c, M: Model, S] FindFirst<'c, M, S>, of M, in list);
asked!(['c, M: Model, S] FindFirst<'c, M, S>, in asked);
shaped!(FindFirst<> { client, list, asked });

impl<'c, M: Model, S> FindFirst<'c, M, S> {
    /// Sorted, and what is equal by the id; without it, by the id alone. A second call replaces the first.
    pub fn order_by(mut self, order: impl FnOnce(M::Fields) -> Order<M>) -> Self {
        self.list.order = Some(order(M::FIELDS).into_value());
        self
    }

    /// The first after `count` others.
    pub fn skip(mut self, count: u32) -> Self {
        self.list.skip = Some(count);
        self
    }

    /// The first after that record.
    pub fn after(mut self, cursor: Cursor<M>) -> Self {
        self.list.after = Some(cursor.into_string());
        self
    }

    /// Gives the record itself; that there is none is then [`ErrorKind::NotFound`](crate::ErrorKind::NotFound).
    pub fn or_not_found(self) -> OrNotFound<'c, Self> {
        OrNotFound::new(self.client, M::NAMES, self)
    }
}

impl<M: Model, S: Shape<M, Out: Send> + Send> Query for FindFirst<'_, M, S> {
    type Out = Option<S::Out>;

    fn operation(&self) -> Operation {
        let names = M::NAMES;
        let arguments = self.list.arguments(names);
        Operation::new(
            Kind::Query,
            names,
            names.many(),
            arguments,
            fields(&self.shape, self.asked.as_ref()),
        )
    }

    fn read(self, roots: &mut Row<'_>) -> Result<Self::Out> {
        let rows = roots.next(|row| list(row, |row| self.shape.take_shape(row)))?;
        Ok(rows.into_iter().next())
    }
}

awaitable! {
    [M: Model, S: Shape<M, Out: Send> + Send] FindFirst<'c, M, S>;
}
