//! Creating several records.

use std::marker::PhantomData;

use crate::{
    batch::{Answers, Batch, RunBatch},
    builder::shaped,
    client::Client,
    error::Result,
    model::Model,
    operation::{Kind, Operation},
    query::{fields, write_one::create_arguments},
    select::{Of, Shape, one},
    value::Value,
};

/// Creates of several `M`, of each of which `S` is read. Either all are created or none.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let new = ["Ann", "Bob"].map(|name| new!(user::New { email: format!("{name}@b.c"), name }));
/// let ids = db.user().create_many(new).pick(|u| u.id).await?;
/// # let _: Vec<prisma_runtime::Id<User>> = ids;
/// # Ok(())
/// # }
/// ```
#[must_use = "a mutation does nothing until it is awaited"]
pub struct CreateMany<'c, M: Model, S = Of<<M as Model>::Row>> {
    client: &'c Client,
    data: Vec<Value>,
    pub(super) shape: S,
    types: PhantomData<fn() -> M>,
}

impl<'c, M: Model> CreateMany<'c, M> {
    pub(super) const fn start(client: &'c Client, data: Vec<Value>) -> Self {
        Self {
            client,
            data,
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

shaped!(CreateMany<> { client, data });

impl<M: Model, S: Shape<M, Out: Send> + Send> Batch for CreateMany<'_, M, S> {
    type Out = Vec<S::Out>;

    fn operations(&self) -> Vec<Operation> {
        let names = M::NAMES;
        let create = |data: &Value| {
            let arguments = create_arguments(names, data.clone());
            Operation::new(
                Kind::Mutation,
                names,
                names.create(),
                arguments,
                fields(&self.shape, None),
            )
        };
        self.data.iter().map(create).collect()
    }

    fn read_answers(self, answers: &mut Answers<'_>) -> Result<Self::Out> {
        let read = |_| {
            let roots = answers.next()?;
            roots.next(|row| one(row, |row| self.shape.take_shape(row)))
        };
        self.data.iter().map(read).collect()
    }
}

impl<'c, M: Model, S: Shape<M, Out: Send> + Send> IntoFuture for CreateMany<'c, M, S> {
    type Output = Result<Vec<S::Out>>;
    type IntoFuture = RunBatch<'c, Self>;

    fn into_future(self) -> Self::IntoFuture {
        RunBatch::new(self.client, self)
    }
}
