//! Counting.

use std::marker::PhantomData;

use crate::{
    builder::filtered,
    client::Client,
    error::Result,
    filter::Filter,
    json::Json,
    model::Model,
    operation::{Kind, Operation},
    page::ListArguments,
    query::{Query, awaitable, leaf},
    select::{Row, SelectionSet, one},
};

/// How many `M` there are, or how many match.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let adults: u64 = db.user().count().filter(|u| u.age.gt(17)).await?;
/// # let _ = adults;
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct Count<'c, M> {
    client: &'c Client,
    list: Box<ListArguments>,
    model: PhantomData<fn() -> M>,
}

impl<'c, M: Model> Count<'c, M> {
    pub(super) fn start(client: &'c Client) -> Self {
        Self {
            client,
            list: Box::new(ListArguments::new()),
            model: PhantomData,
        }
    }
}

filtered!(['c, M: Model] Count<'c, M>, of M, in list);

impl<M: Model> Query for Count<'_, M> {
    type Out = u64;

    fn operation(&self) -> Operation {
        let names = M::NAMES;
        let arguments = self.list.arguments(names);
        Operation::new(
            Kind::Query,
            names,
            names.connection(),
            arguments,
            total_set(),
        )
    }

    fn read(self, roots: &mut Row<'_>) -> Result<u64> {
        roots.next(total)
    }
}

/// Whether an `M` matches.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let is_taken: bool = db.user().exists(|u| u.email.eq("a@b.c")).await?;
/// # let _ = is_taken;
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is awaited"]
pub struct Exists<'c, M> {
    client: &'c Client,
    count: Count<'c, M>,
}

impl<'c, M: Model> Exists<'c, M> {
    /// A page of one record says enough.
    pub(super) fn start(client: &'c Client, filter: Filter<M>) -> Self {
        let mut count = Count::start(client);
        count.list.filter(filter.conditions);
        count.list.first = Some(1);
        Self { client, count }
    }
}

impl<M: Model> Query for Exists<'_, M> {
    type Out = bool;

    fn operation(&self) -> Operation {
        self.count.operation()
    }

    fn read(self, roots: &mut Row<'_>) -> Result<bool> {
        self.count.read(roots).map(|count| count > 0)
    }
}

/// What a count asks of a connection.
pub(super) fn total_set() -> SelectionSet {
    let mut set = SelectionSet::default();
    set.nested("aggregate", Vec::new(), leaf("count"));
    set
}

/// Reads [`total_set`].
pub(super) fn total(connection: &mut Row<'_>) -> Result<u64> {
    one(connection, |row| {
        row.next(|aggregate| one(aggregate, |row| row.next(number)))
    })
}

/// A count of the answer.
pub(super) fn number(row: &mut Row<'_>) -> Result<u64> {
    match row.json()? {
        Json::Int(number) if number >= 0 => Ok(number.unsigned_abs()),
        other => Err(crate::error::Error::decode("a count", other.kind())),
    }
}

awaitable! {
    [M: Model] Count<'c, M>;
    [M: Model] Exists<'c, M>;
}
