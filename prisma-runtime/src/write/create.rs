//! Creates: the generated struct of required fields, and what is added to it.

use std::marker::PhantomData;

use crate::{
    model::Model,
    unique::Unique,
    value::Value,
    write::{Assignments, Assigns, back::without},
};

/// A generated struct of required fields: `user::New`, `post::NewWithoutAuthor`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a create takes",
    note = "use the generated `New` struct of the model, as in `user::New {{ … }}`; `NotCreatable` means that the API has no such create"
)]
pub trait Draft: Sized + Send {
    /// What is created.
    type Model: Model;

    /// The fields by their names in the API.
    fn into_fields(self) -> Vec<(&'static str, Value)>;
}

/// A `D` with optional fields and nested writes.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Create, new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// fn ann() -> Create<user::New> {
///     new!(user::New { email: "a@b.c", name: "Ann" }).with(|u| {
///         let first = new!(post::NewWithoutAuthor { title: "Hello" });
///         (u.age.to(30), u.posts.create([first.with(|p| p.published.to(true))]))
///     })
/// }
/// db.user().create(ann()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Create<D> {
    assignments: Assignments,
    draft: PhantomData<fn() -> D>,
}

impl<D: Draft> From<D> for Create<D> {
    fn from(draft: D) -> Self {
        Self::new(draft)
    }
}

impl<D: Draft> Create<D> {
    /// With nothing added yet.
    pub fn new(draft: D) -> Self {
        let mut assignments = Assignments::default();
        for (field, value) in draft.into_fields() {
            assignments.set(field, value);
        }
        Self {
            assignments,
            draft: PhantomData,
        }
    }

    /// Adds optional fields and nested writes.
    #[must_use]
    pub fn with<A: Assigns<D::Model>>(
        mut self,
        assign: impl FnOnce(<D::Model as Model>::Fields) -> A,
    ) -> Self {
        assign(D::Model::FIELDS).add_to(&mut self.assignments);
        self
    }

    pub(crate) fn into_value(self) -> Value {
        self.assignments.into_value()
    }
}

impl<D> Clone for Create<D> {
    fn clone(&self) -> Self {
        Self {
            assignments: self.assignments.clone(),
            draft: PhantomData,
        }
    }
}

/// A `D`, bare or with additions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be created here, `{D}` is needed",
    label = "expected `{D}`",
    note = "`New` is for creates on their own; `NewWithout…` is for creates nested under that parent"
)]
pub trait CreateInput<D: Draft> {
    /// The create.
    fn into_create(self) -> Create<D>;
}

impl<D: Draft> CreateInput<D> for D {
    fn into_create(self) -> Create<D> {
        self.into()
    }
}

impl<D: Draft> CreateInput<D> for Create<D> {
    fn into_create(self) -> Self {
        self
    }
}

/// The other end of a required relation to `N`: an existing record, or one to be created from a `D`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Link, new};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let ann = new!(user::New { email: "a@b.c", name: "Ann" });
/// let by_ann = post::New { title: "First".into(), author: Link::create(ann) };
/// db.post().create(by_ann).await?;
/// let again = post::New { title: "Second".into(), author: user::by_email("a@b.c").into() };
/// db.post().create(again).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Link<N, D> {
    value: Value,
    types: PhantomData<fn() -> (N, D)>,
}

impl<N, D> Link<N, D> {
    fn new(verb: &'static str, value: Value) -> Self {
        Self {
            value: Value::Object(vec![(verb.into(), value)]),
            types: PhantomData,
        }
    }

    /// An existing record; the same as `.into()` of it.
    #[must_use]
    pub fn connect(record: Unique<N>) -> Self {
        Self::new("connect", record.into_value())
    }

    /// A record to be created.
    pub fn create(input: impl CreateInput<D>) -> Self
    where
        N: Model,
        D: Draft<Model = N>,
    {
        Self::new("create", input.into_create().into_value())
    }

    /// The link as part of a create. For generated code.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The same where the field `back` of the linked record leads to the one that is created. For generated code.
    #[must_use]
    pub fn and(self, back: &'static str) -> Value
    where
        N: Model,
    {
        let nested = |value| without(Some(back), N::NAMES, value);
        match self.value {
            Value::Object(verbs) => {
                let verbs = verbs.into_iter();
                Value::Object(verbs.map(|(verb, value)| (verb, nested(value))).collect())
            }
            other => other,
        }
    }
}

impl<N, D> From<Unique<N>> for Link<N, D> {
    fn from(record: Unique<N>) -> Self {
        Self::connect(record)
    }
}

impl<N, D> Clone for Link<N, D> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            types: PhantomData,
        }
    }
}
