//! Writing one record.

use std::marker::PhantomData;

use crate::{
    builder::{asked, shaped},
    client::Client,
    error::{Error, Result},
    lookahead::Lookahead,
    model::Model,
    names::Names,
    operation::{Kind, Operation},
    query::{Query, awaitable, fields},
    select::{Argument, Of, Row, Shape, optional},
    unique::Unique,
    value::Value,
    write::{Changes, changed},
};

/// A create, update, upsert or delete of one `M`, of which `S` is read afterwards (of a deleted one, as it was).
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let new = new!(user::New { email: "a@b.c", name: "Ann" });
/// let id = db.user().create(new.clone()).pick(|u| u.id).await?;
/// let ann = db.user().upsert(user::by_id(&id), new, |u| u.age.to(31)).await?;
/// let name: String = db.user().delete(user::by_id(&id)).pick(|u| u.name).await?;
/// # drop((ann, name));
/// # Ok(())
/// # }
/// ```
#[must_use = "a mutation does nothing until it is awaited"]
pub struct Write<'c, M: Model, S = Of<<M as Model>::Row>> {
    client: &'c Client,
    field: &'static str,
    arguments: Vec<Argument>,
    asked: Option<Lookahead>,
    pub(super) shape: S,
    types: PhantomData<fn() -> M>,
}

impl<'c, M: Model> Write<'c, M> {
    pub(super) const fn start(
        client: &'c Client,
        field: &'static str,
        arguments: Vec<Argument>,
    ) -> Self {
        Self {
            client,
            field,
            arguments,
            asked: None,
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

asked!(['c, M: Model, S] Write<'c, M, S>, in asked);
shaped!(Write<> { client, field, arguments, asked });

impl<M: Model, S: Shape<M, Out: Send> + Send> Query for Write<'_, M, S> {
    type Out = S::Out;

    fn operation(&self) -> Operation {
        let arguments = self.arguments.clone();
        Operation::new(
            Kind::Mutation,
            M::NAMES,
            self.field,
            arguments,
            fields(&self.shape, self.asked.as_ref()),
        )
    }

    fn read(self, roots: &mut Row<'_>) -> Result<S::Out> {
        roots.next(|row| {
            let written = optional(row, |row| self.shape.take_shape(row))?;
            written.ok_or_else(|| Error::not_found(M::NAMES.model()))
        })
    }
}

/// The arguments of a create. Of a model whose only field is made by the database there are none (api.md §1.4).
pub(super) fn create_arguments(names: Names, data: Value) -> Vec<Argument> {
    match names.create_input() {
        "" => Vec::new(),
        input_type => vec![Argument::required("data", input_type, data)],
    }
}

/// An update that still lacks its assignments.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let update = db.user().update(user::by_email("a@b.c"));
/// update.set(|u| (u.name.to("Ann"), u.age.null(), u.posts.disconnect([post::by_id("1")]))).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "an update does nothing without `.set(…)`"]
pub struct Update<'c, M> {
    client: &'c Client,
    by: Value,
    model: PhantomData<fn() -> M>,
}

impl<'c, M: Model> Update<'c, M> {
    pub(super) fn start(client: &'c Client, by: Unique<M>) -> Self {
        Self {
            client,
            by: by.into_value(),
            model: PhantomData,
        }
    }

    /// What to change: one assignment, or a tuple, array or `Vec` of them.
    pub fn set<A: Changes<M>>(self, assign: impl FnOnce(M::Fields) -> A) -> Write<'c, M> {
        self.with(changed(assign))
    }

    /// What to change, as it came from elsewhere: the generated `user::Patch`. One that sets nothing changes nothing, and
    /// the record is read.
    pub fn patch(self, patch: impl Changes<M>) -> Write<'c, M> {
        self.with(changed(|_| patch))
    }

    fn with(self, data: Value) -> Write<'c, M> {
        let names = M::NAMES;
        let arguments = vec![
            Argument::required("data", names.update_input(), data),
            Argument::required("where", names.unique(), self.by),
        ];
        Write::start(self.client, names.update(), arguments)
    }
}

awaitable! {
    [M: Model, S: Shape<M, Out: Send> + Send] Write<'c, M, S>;
}
