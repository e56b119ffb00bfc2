//! Assignments to fields, alone or several at once.

use std::marker::PhantomData;

use crate::{
    field::{Scalar, ScalarList},
    model::Model,
    scalar::{IntoValue, ScalarType},
    value::Value,
    write::Changes,
};

/// An assignment to a scalar field of `M`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Set};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let age: Option<i32> = None;
/// let mut sets: Vec<Set<User>> = vec![User::FIELDS.name.to("Ann")];
/// if let Some(age) = age {
///     sets.push(User::FIELDS.age.to(age));
/// }
/// db.user().update(user::by_id("1")).set(|_| sets).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an assignment does nothing until it is given to a write"]
pub struct Set<M> {
    pub(super) field: &'static str,
    pub(super) value: Value,
    model: PhantomData<fn() -> M>,
}

/// An operation on records related to an `M` that creates and updates have: `create`, `connect`.
#[derive(Debug)]
#[must_use = "an assignment does nothing until it is given to a write"]
pub struct Assign<M> {
    pub(super) nested: Nested,
    model: PhantomData<fn() -> M>,
}

/// An operation on records related to an `M` that updates alone have, as a new record has no relations yet:
/// `disconnect`, `set`, `delete`, `update`, `upsert`.
#[derive(Debug)]
#[must_use = "a change does nothing until it is given to a write"]
pub struct Change<M> {
    pub(super) nested: Nested,
    model: PhantomData<fn() -> M>,
}

/// A verb of a relation field.
#[derive(Debug)]
pub(super) struct Nested {
    pub(super) field: &'static str,
    pub(super) verb: &'static str,
    pub(super) value: Value,
}

/// Assignments to several fields, the last one to a field counting. Operations on one relation add up.
#[derive(Clone, Debug, Default)]
pub struct Assignments(Vec<(&'static str, Entry)>);

#[derive(Clone, Debug)]
enum Entry {
    Value(Value),
    Nested(Vec<(&'static str, Value)>),
}

impl Assignments {
    pub(crate) fn set(&mut self, field: &'static str, value: Value) {
        match self.0.iter_mut().find(|(name, _)| *name == field) {
            Some((_, entry)) => *entry = Entry::Value(value),
            None => self.0.push((field, Entry::Value(value))),
        }
    }

    pub(super) fn nest(&mut self, nested: Nested) {
        let Nested { field, verb, value } = nested;
        let found = self.0.iter_mut().find(|(name, _)| *name == field);
        match found {
            Some((_, Entry::Nested(verbs))) => add(verbs, verb, value),
            // The link of a required relation, which a `New` gave as a whole.
            Some((_, entry)) => *entry = Entry::Nested(vec![(verb, value)]),
            None => self.0.push((field, Entry::Nested(vec![(verb, value)]))),
        }
    }

    pub(crate) fn into_value(self) -> Value {
        let entry = |(field, entry): (&'static str, Entry)| {
            let value = match entry {
                Entry::Value(value) => value,
                Entry::Nested(verbs) => {
                    let verbs = verbs.into_iter();
                    Value::Object(verbs.map(|(verb, value)| (verb.into(), value)).collect())
                }
            };
            (field.into(), value)
        };
        Value::Object(self.0.into_iter().map(entry).collect())
    }
}

/// Lists of one verb become one list; of a verb that takes one value, the last counts.
fn add(verbs: &mut Vec<(&'static str, Value)>, verb: &'static str, value: Value) {
    match verbs.iter_mut().find(|(name, _)| *name == verb) {
        Some((_, Value::List(items))) if matches!(value, Value::List(_)) => {
            if let Value::List(more) = value {
                items.extend(more);
            }
        }
        Some((_, old)) => *old = value,
        None => verbs.push((verb, value)),
    }
}

impl<M> Set<M> {
    const fn new(field: &'static str, value: Value) -> Self {
        Self {
            field,
            value,
            model: PhantomData,
        }
    }
}

macro_rules! nested {
    ($($operation:ident)*) => {$(
        impl<M> $operation<M> {
            pub(super) const fn new(field: &'static str, verb: &'static str, value: Value) -> Self {
                Self {
                    nested: Nested { field, verb, value },
                    model: PhantomData,
                }
            }
        }
    )*};
}

nested!(Assign Change);

impl<M, T> Scalar<M, T> {
    /// Assigns the value.
    pub fn to(self, value: impl IntoValue<T>) -> Set<M> {
        Set::new(self.name, value.into_value())
    }
}

impl<M, T> Scalar<M, Option<T>> {
    /// Takes the value away.
    pub fn null(self) -> Set<M> {
        Set::new(self.name, Value::Null)
    }
}

impl<M, T: ScalarType> ScalarList<M, T> {
    /// Assigns the whole list.
    pub fn to<V: IntoValue<T>>(self, values: impl IntoIterator<Item = V>) -> Set<M> {
        let values = values.into_iter().map(V::into_value).collect();
        let set = vec![("set".into(), Value::List(values))];
        Set::new(self.name, Value::Object(set))
    }
}

/// All assignments of a closure, as an input object.
pub(crate) fn changed<M: Model, A: Changes<M>>(assign: impl FnOnce(M::Fields) -> A) -> Value {
    let mut assignments = Assignments::default();
    assign(M::FIELDS).add_to(&mut assignments);
    assignments.into_value()
}
