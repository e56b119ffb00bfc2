//! What others write, as it happens.

use std::{
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{
    answer,
    builder::shaped,
    client::Client,
    error::{Error, Result},
    field::{Scalar, ScalarList},
    filter::Filter,
    marker::Marker,
    model::Model,
    operation::{Kind, Operation},
    query::fields,
    select::{Argument, Of, Row, Selection, SelectionSet, Shape, one, optional},
    transport::EventAnswers,
    value::Value,
};

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mutation {
    /// It is new.
    Created,
    /// It has other values.
    Updated,
    /// It is gone.
    Deleted,
}

impl Mutation {
    const fn name(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Updated => "UPDATED",
            Self::Deleted => "DELETED",
        }
    }

    fn read(name: &str) -> Result<Self> {
        match name {
            "CREATED" => Ok(Self::Created),
            "UPDATED" => Ok(Self::Updated),
            "DELETED" => Ok(Self::Deleted),
            other => Err(Error::decode("a mutation", other)),
        }
    }
}

/// A change of one record, of which `T` was read; `R` is what it held before.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<T, R> {
    /// What happened.
    pub mutation: Mutation,
    /// The record as it is; `None` if it is gone.
    pub node: Option<T>,
    /// Its scalar fields as they were; `None` if it is new.
    pub previous: Option<R>,
    /// The fields that were written, by their names in the API; empty unless it was updated.
    pub updated_fields: Vec<String>,
}

/// A field of `M` by its name, to say whose changes matter.
#[derive(Debug)]
pub struct Key<M> {
    name: &'static str,
    model: Marker<M>,
}

macro_rules! keys {
    ($($token:ident)*) => {$(
        impl<M, T> $token<M, T> {
            /// The field itself, for [`Subscribe::updated`].
            #[must_use]
            pub const fn key(self) -> Key<M> {
                Key { name: self.name, model: PhantomData }
            }
        }
    )*};
}

keys!(Scalar ScalarList);

/// A subscription to changes of `M`, of which `S` is read.
///
/// Neither a server over HTTP nor an engine in the same process serves subscriptions yet: `open` is an error of the kind
/// [`Unsupported`](crate::ErrorKind::Unsupported) there. A [`Transport`](crate::Transport) of the program's own can.
///
/// ```
/// # use prisma_runtime::{Error, Mutation};
/// # prisma_runtime::datamodel! { type User { id: ID! @id  name: String!  age: Int } }
/// # fn main() {}
/// # async fn doc(db: Db) -> Result<(), Error> {
/// let mut events = db.user().subscribe()
///     .on([Mutation::Created, Mutation::Updated])
///     .filter(|u| u.age.gt(18))
///     .updated(|u| [u.name.key()])
///     .pick(|u| (u.id, u.name))
///     .open()
///     .await?;
/// while let Some(event) = events.next().await {
///     let event = event?;
///     # drop(event);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a subscription does nothing until it is opened"]
pub struct Subscribe<'c, M: Model, S = Of<<M as Model>::Row>> {
    client: &'c Client,
    conditions: Vec<(&'static str, Value)>,
    shape: S,
    types: PhantomData<fn() -> M>,
}

impl<'c, M: Model> Subscribe<'c, M> {
    pub(super) const fn start(client: &'c Client) -> Self {
        Self {
            client,
            conditions: Vec::new(),
            shape: Of::new(),
            types: PhantomData,
        }
    }
}

shaped!(Subscribe<> { client, conditions });

impl<M: Model, S> Subscribe<'_, M, S> {
    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.conditions.retain(|(other, _)| *other != name);
        self.conditions.push((name, value));
        self
    }

    /// Only what happens in these ways. A second call replaces the first.
    pub fn on(self, mutations: impl IntoIterator<Item = Mutation>) -> Self {
        let names = mutations
            .into_iter()
            .map(|one| Value::String(one.name().to_owned()));
        let names = Value::List(names.collect());
        self.with("mutation_in", names)
    }

    /// Only of records that match. A second call replaces the first.
    pub fn filter(self, filter: impl FnOnce(M::Fields) -> Filter<M>) -> Self {
        let filter = filter(M::FIELDS).conditions.into_value();
        self.with("node", filter)
    }

    /// Only if one of these fields is written. A second call replaces the first.
    pub fn updated<K: IntoIterator<Item = Key<M>>>(
        self,
        keys: impl FnOnce(M::Fields) -> K,
    ) -> Self {
        let names = keys(M::FIELDS)
            .into_iter()
            .map(|key| Value::String(key.name.to_owned()));
        let names = Value::List(names.collect());
        self.with("updatedFields_contains_some", names)
    }

    /// What is sent.
    pub fn operation(&self) -> Operation
    where
        S: Shape<M>,
    {
        let names = M::NAMES;
        let conditions = self.conditions.iter().cloned();
        let conditions: Vec<_> = conditions
            .map(|(name, value)| (name.into(), value))
            .collect();
        let arguments = if conditions.is_empty() {
            Vec::new()
        } else {
            vec![Argument::optional(
                "where",
                names.event_filter(),
                Value::Object(conditions),
            )]
        };
        let mut set = SelectionSet::default();
        set.leaf("mutation");
        set.nested("node", Vec::new(), fields(&self.shape, None));
        set.leaf("updatedFields");
        let previous = fields(&Of::<M::Row>::new(), None);
        // A model without scalar fields has no previous values either (api.md §1.6).
        if !previous.fields.is_empty() {
            set.nested("previousValues", Vec::new(), previous);
        }
        Operation::new(Kind::Subscription, names, names.subscribe(), arguments, set)
    }

    /// Begins it. What happens from now on comes.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) if the transport has no subscriptions; whatever keeps it
    /// from beginning one.
    pub async fn open(self) -> Result<Events<S::Out, M::Row>>
    where
        S: Shape<M> + Send + 'static,
    {
        let operation = self.operation();
        let answers = self.client.subscribe(operation.request()?).await?;
        let shape = self.shape;
        let has_previous = !fields(&Of::<M::Row>::new(), None).fields.is_empty();
        Ok(Events {
            answers,
            operation,
            read: Box::new(move |roots| event::<M, S>(&shape, has_previous, roots)),
        })
    }
}

fn event<M: Model, S: Shape<M>>(
    shape: &S,
    has_previous: bool,
    roots: &mut Row<'_>,
) -> Result<Event<S::Out, M::Row>> {
    roots.next(|row| {
        one(row, |row| {
            let mutation = Mutation::read(&row.scalar::<String>()?)?;
            let node = row.next(|row| optional(row, |row| shape.take_shape(row)))?;
            let updated_fields = row.scalar::<Option<Vec<String>>>()?.unwrap_or_default();
            let previous = if has_previous {
                row.next(|row| optional(row, M::Row::take_fields))?
            } else {
                None
            };
            Ok(Event {
                mutation,
                node,
                previous,
                updated_fields,
            })
        })
    })
}

/// Reads the root field of an answer.
type Read<T, R> = Box<dyn Fn(&mut Row<'_>) -> Result<Event<T, R>> + Send>;

/// The events of a subscription, as a [`Stream`].
#[must_use = "a stream does nothing until it is polled"]
pub struct Events<T, R> {
    answers: EventAnswers,
    operation: Operation,
    read: Read<T, R>,
}

impl<T, R> Events<T, R> {
    /// The next event; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Event<T, R>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T, R> Stream for Events<T, R> {
    type Item = Result<Event<T, R>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        this.answers.as_mut().poll_next(context).map(|answer| {
            answer.map(|bytes| answer::read(&bytes?, &this.operation, |roots| (this.read)(roots)))
        })
    }
}
