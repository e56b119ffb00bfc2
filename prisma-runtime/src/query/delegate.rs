//! The entrance: `db.user()`.

use std::marker::PhantomData;

use crate::{
    client::Client,
    filter::Filter,
    model::{Model, Update as HasUpdate, UpdateAll},
    query::{
        Count, CreateMany, DeleteMany, Exists, FindConnection, FindFirst, FindMany, FindUnique,
        NeedsFilterOrEverything, Subscribe, Update, UpdateMany, Write, write_one::create_arguments,
    },
    select::Argument,
    unique::Unique,
    write::{Changes, CreateInput, changed},
};

/// The records of one model.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let users = db.user();
/// let ann: Option<User> = users.find_unique(user::by_email("a@b.c")).await?;
/// let all: Vec<User> = users.find_many().await?;
/// let count: u64 = users.count().await?;
/// let new: User = users.create(new!(user::New { email: "b@b.c", name: "Bob" })).await?;
/// let same: User = users.update(user::by_id(&new.id)).set(|u| u.age.to(30)).await?;
/// let gone: User = users.delete(user::by_id(&same.id)).await?;
/// # drop((ann, all, count, gone));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Delegate<'c, M> {
    client: &'c Client,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Delegate<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Delegate<'_, M> {}

impl<'c, M: Model> Delegate<'c, M> {
    /// The records of `M` behind this client. For generated code.
    #[must_use]
    pub const fn new(client: &'c Client) -> Self {
        Self {
            client,
            model: PhantomData,
        }
    }

    /// The record with this id or other unique value, if there is one.
    pub fn find_unique(self, by: Unique<M>) -> FindUnique<'c, M> {
        FindUnique::start(self.client, by)
    }

    /// All records, or those that match.
    pub fn find_many(self) -> FindMany<'c, M> {
        FindMany::start(self.client, None)
    }

    /// The first record, or the first that matches, if there is one.
    pub fn find_first(self) -> FindFirst<'c, M> {
        FindFirst::start(self.client)
    }

    /// All records, or those that match, page by page with cursors.
    pub fn connection(self) -> FindConnection<'c, M> {
        FindConnection::start(self.client)
    }

    /// How many records there are, or how many match.
    pub fn count(self) -> Count<'c, M> {
        Count::start(self.client)
    }

    /// Whether a record matches.
    pub fn exists(self, filter: impl FnOnce(M::Fields) -> Filter<M>) -> Exists<'c, M> {
        Exists::start(self.client, filter(M::FIELDS))
    }

    /// Creates a record.
    pub fn create(self, input: impl CreateInput<M::New>) -> Write<'c, M> {
        let names = M::NAMES;
        let arguments = create_arguments(names, input.into_create().into_value());
        Write::start(self.client, names.create(), arguments)
    }

    /// Creates several records: all or none.
    pub fn create_many<C: CreateInput<M::New>>(
        self,
        inputs: impl IntoIterator<Item = C>,
    ) -> CreateMany<'c, M> {
        let data = |input: C| input.into_create().into_value();
        CreateMany::start(self.client, inputs.into_iter().map(data).collect())
    }

    /// Changes the record with this id or other unique value.
    pub fn update(self, by: Unique<M>) -> Update<'c, M>
    where
        M: HasUpdate,
    {
        Update::start(self.client, by)
    }

    /// Changes the record with this id or other unique value, or creates one if there is none.
    pub fn upsert<A: Changes<M>>(
        self,
        by: Unique<M>,
        create: impl CreateInput<M::New>,
        update: impl FnOnce(M::Fields) -> A,
    ) -> Write<'c, M>
    where
        M: HasUpdate,
    {
        let names = M::NAMES;
        let create = create.into_create().into_value();
        let arguments = vec![
            Argument::required("where", names.unique(), by.into_value()),
            Argument::required("create", names.create_input(), create),
            Argument::required("update", names.update_input(), changed(update)),
        ];
        Write::start(self.client, names.upsert(), arguments)
    }

    /// Deletes the record with this id or other unique value, and gives it as it was.
    pub fn delete(self, by: Unique<M>) -> Write<'c, M> {
        let names = M::NAMES;
        let arguments = vec![Argument::required("where", names.unique(), by.into_value())];
        Write::start(self.client, names.delete(), arguments)
    }

    /// Changes all records that match.
    pub fn update_many(self) -> UpdateMany<'c, M>
    where
        M: UpdateAll,
    {
        UpdateMany::start(self.client)
    }

    /// Deletes all records that match.
    pub fn delete_many(self) -> DeleteMany<'c, M, NeedsFilterOrEverything> {
        DeleteMany::start(self.client)
    }

    /// What others write, as it happens: a subscription, still without conditions.
    pub fn subscribe(self) -> Subscribe<'c, M> {
        Subscribe::start(self.client)
    }
}
