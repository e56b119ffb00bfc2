//! Writing all records that match. What would touch every record has to say so.

use std::marker::PhantomData;

use crate::{
    client::Client,
    error::Result,
    filter::Filter,
    model::Model,
    operation::{Kind, Operation},
    page::ListArguments,
    query::{Query, awaitable, count::number, leaf},
    select::{Argument, Row, one},
    value::Value,
    write::{ScalarAssigns, changed},
};

/// Neither a condition nor `everything` was given yet. The types below spell it out, since messages of the compiler
/// leave defaults away.
#[derive(Clone, Copy, Debug)]
pub struct NeedsFilterOrEverything;

/// What is to be written is said.
#[derive(Clone, Copy, Debug)]
pub struct Scoped;

/// A mutation of many records that can be run.
#[diagnostic::on_unimplemented(
    message = "this would change all records: those of the model or, nested, those related to the parent",
    label = "no condition given",
    note = "add `.filter(|x| …)`, or say `.everything()` if that is what you want"
)]
pub trait Bounded: 'static {}

impl Bounded for Scoped {}

macro_rules! builder {
    ($builder:ident) => {
        impl<'c, M: Model, B> $builder<'c, M, B> {
            /// Only records that match; several calls are and-ed.
            pub fn filter(
                mut self,
                filter: impl FnOnce(M::Fields) -> Filter<M>,
            ) -> $builder<'c, M, Scoped> {
                self.list.filter(filter(M::FIELDS).conditions);
                self.bounded()
            }

            /// Only records that match, if there is a value to compare with. Does not count as a condition.
            pub fn filter_some<V>(
                mut self,
                value: Option<V>,
                filter: impl FnOnce(M::Fields, V) -> Filter<M>,
            ) -> Self {
                if let Some(value) = value {
                    self.list.filter(filter(M::FIELDS, value).conditions);
                }
                self
            }

            /// Every record of the model, as far as no condition says otherwise.
            pub fn everything(self) -> $builder<'c, M, Scoped> {
                self.bounded()
            }
        }
    };
}

/// A deletion of all `M` that match. Gives how many there were.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let drafts: u64 = db.post().delete_many().filter(|p| p.published.eq(false)).await?;
/// let rest: u64 = db.post().delete_many().everything().await?;
/// # let _ = (drafts, rest);
/// # Ok(())
/// # }
/// ```
#[must_use = "a mutation does nothing until it is awaited"]
pub struct DeleteMany<'c, M, B> {
    client: &'c Client,
    list: Box<ListArguments>,
    types: PhantomData<fn() -> (M, B)>,
}

impl<'c, M: Model> DeleteMany<'c, M, NeedsFilterOrEverything> {
    pub(super) fn start(client: &'c Client) -> Self {
        Self {
            client,
            list: Box::new(ListArguments::new()),
            types: PhantomData,
        }
    }
}

impl<'c, M, B> DeleteMany<'c, M, B> {
    fn bounded(self) -> DeleteMany<'c, M, Scoped> {
        DeleteMany {
            client: self.client,
            list: self.list,
            types: PhantomData,
        }
    }
}

builder!(DeleteMany);

impl<M: Model, B: Bounded> Query for DeleteMany<'_, M, B> {
    type Out = u64;

    fn operation(&self) -> Operation {
        let names = M::NAMES;
        let arguments = self.list.arguments(names);
        Operation::new(
            Kind::Mutation,
            names,
            names.delete_many(),
            arguments,
            leaf("count"),
        )
    }

    fn read(self, roots: &mut Row<'_>) -> Result<u64> {
        roots.next(|row| one(row, |row| row.next(number)))
    }
}

/// An update of many `M` that still lacks its assignments.
#[must_use = "an update does nothing without `.set(…)`"]
pub struct UpdateMany<'c, M> {
    client: &'c Client,
    model: PhantomData<fn() -> M>,
}

impl<'c, M: Model> UpdateMany<'c, M> {
    pub(super) const fn start(client: &'c Client) -> Self {
        Self {
            client,
            model: PhantomData,
        }
    }

    /// What to change: one assignment to a scalar field, or a tuple, array or `Vec` of them.
    pub fn set<A: ScalarAssigns<M>>(
        self,
        assign: impl FnOnce(M::Fields) -> A,
    ) -> UpdateManyWith<'c, M, NeedsFilterOrEverything> {
        self.with(changed(assign))
    }

    /// What to change, as it came from elsewhere: the generated `user::Patch`.
    pub fn patch(
        self,
        patch: impl ScalarAssigns<M>,
    ) -> UpdateManyWith<'c, M, NeedsFilterOrEverything> {
        self.with(changed(|_| patch))
    }

    fn with(self, data: Value) -> UpdateManyWith<'c, M, NeedsFilterOrEverything> {
        UpdateManyWith {
            client: self.client,
            list: Box::new(ListArguments::new()),
            data,
            types: PhantomData,
        }
    }
}

/// An update of all `M` that match. Gives how many there are.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let published: u64 = db
///     .post()
///     .update_many()
///     .set(|p| p.published.to(true))
///     .filter(|p| p.author.is(|u| u.name.eq("Ann")))
///     .await?;
/// # let _ = published;
/// # Ok(())
/// # }
/// ```
#[must_use = "a mutation does nothing until it is awaited"]
pub struct UpdateManyWith<'c, M, B> {
    client: &'c Client,
    list: Box<ListArguments>,
    data: Value,
    types: PhantomData<fn() -> (M, B)>,
}

impl<'c, M, B> UpdateManyWith<'c, M, B> {
    fn bounded(self) -> UpdateManyWith<'c, M, Scoped> {
        UpdateManyWith {
            client: self.client,
            list: self.list,
            data: self.data,
            types: PhantomData,
        }
    }
}

builder!(UpdateManyWith);

impl<M: Model, B: Bounded> Query for UpdateManyWith<'_, M, B> {
    type Out = u64;

    fn operation(&self) -> Operation {
        let names = M::NAMES;
        let data = Argument::required("data", names.update_many_input(), self.data.clone());
        let mut arguments = vec![data];
        arguments.extend(self.list.arguments(names));
        Operation::new(
            Kind::Mutation,
            names,
            names.update_many(),
            arguments,
            leaf("count"),
        )
    }

    fn read(self, roots: &mut Row<'_>) -> Result<u64> {
        roots.next(|row| one(row, |row| row.next(number)))
    }
}

awaitable! {
    [M: Model, B: Bounded] DeleteMany<'c, M, B>;
    [M: Model, B: Bounded] UpdateManyWith<'c, M, B>;
}
