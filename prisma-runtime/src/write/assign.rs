//! Assignments to fields, alone or several at once.

use std::marker::PhantomData;

use crate::{
    field::{Scalar, ScalarList, ToMany, ToOne, ToOptional},
    model::Model,
    scalar::{IntoValue, ScalarType},
    unique::Unique,
    value::Value,
    write::{CreateInput, Draft},
};

/// An assignment to a scalar field of `M`.
#[derive(Debug)]
#[must_use = "an assignment does nothing until it is given to a write"]
pub struct Set<M> {
    field: &'static str,
    value: Value,
    model: PhantomData<fn() -> M>,
}

/// An operation on records related to an `M`.
#[derive(Debug)]
#[must_use = "an assignment does nothing until it is given to a write"]
pub struct Assign<M> {
    field: &'static str,
    verb: &'static str,
    value: Value,
    model: PhantomData<fn() -> M>,
}

/// Assignments to several fields, the last one to a field counting. Operations on one relation add up.
#[derive(Clone, Debug, Default)]
pub struct Assignments(Vec<(&'static str, Change)>);

#[derive(Clone, Debug)]
enum Change {
    Value(Value),
    Nested(Vec<(&'static str, Value)>),
}

impl Assignments {
    pub(crate) fn set(&mut self, field: &'static str, value: Value) {
        match self.0.iter_mut().find(|(name, _)| *name == field) {
            Some((_, change)) => *change = Change::Value(value),
            None => self.0.push((field, Change::Value(value))),
        }
    }

    fn nest(&mut self, field: &'static str, verb: &'static str, value: Value) {
        let found = self.0.iter_mut().find(|(name, _)| *name == field);
        match found {
            Some((_, Change::Nested(verbs))) => add(verbs, verb, value),
            // The link of a required relation, which a `New` gave as a whole.
            Some((_, change)) => *change = Change::Nested(vec![(verb, value)]),
            None => self.0.push((field, Change::Nested(vec![(verb, value)]))),
        }
    }

    pub(crate) fn into_value(self) -> Value {
        let entry = |(field, change): (&'static str, Change)| {
            let value = match change {
                Change::Value(value) => value,
                Change::Nested(verbs) => {
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

impl<M> Assign<M> {
    const fn new(field: &'static str, verb: &'static str, value: Value) -> Self {
        Self {
            field,
            verb,
            value,
            model: PhantomData,
        }
    }
}

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

const CREATE: &str = "create";
const CONNECT: &str = "connect";

impl<M, N: Model, D: Draft<Model = N>> ToMany<M, N, D> {
    /// Creates related records.
    pub fn create<C: CreateInput<D>>(self, inputs: impl IntoIterator<Item = C>) -> Assign<M> {
        let inputs = inputs
            .into_iter()
            .map(|input| input.into_create().into_value());
        Assign::new(self.name, CREATE, Value::List(inputs.collect()))
    }
}

impl<M, N: Model, D> ToMany<M, N, D> {
    /// Connects existing records; those connected already stay so.
    pub fn connect(self, records: impl IntoIterator<Item = Unique<N>>) -> Assign<M> {
        let records = records.into_iter().map(Unique::into_value);
        Assign::new(self.name, CONNECT, Value::List(records.collect()))
    }
}

macro_rules! to_one {
    ($($token:ident)*) => {$(
        impl<M, N: Model, D: Draft<Model = N>> $token<M, N, D> {
            /// Creates the related record.
            pub fn create(self, input: impl CreateInput<D>) -> Assign<M> {
                Assign::new(self.name, CREATE, input.into_create().into_value())
            }
        }

        impl<M, N: Model, D> $token<M, N, D> {
            /// Connects an existing record instead of the one connected so far.
            pub fn connect(self, record: Unique<N>) -> Assign<M> {
                Assign::new(self.name, CONNECT, record.into_value())
            }
        }
    )*};
}

to_one!(ToOne ToOptional);

/// One assignment to fields of `M`, or several: a tuple, an array, a `Vec`, an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of assignments to `{M}`",
    note = "return one `x.field.to(value)`, or a tuple, array or `Vec` of them"
)]
pub trait Assigns<M> {
    /// Adds them to the others.
    fn assign_to(self, target: &mut Assignments);
}

/// Assignments to scalar fields alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of *scalar* assignments to `{M}`",
    note = "`update_many` cannot write relations (`create`, `connect`)"
)]
pub trait ScalarAssigns<M>: Assigns<M> {}

impl<M> Assigns<M> for Set<M> {
    fn assign_to(self, target: &mut Assignments) {
        target.set(self.field, self.value);
    }
}

impl<M> ScalarAssigns<M> for Set<M> {}

impl<M> Assigns<M> for Assign<M> {
    fn assign_to(self, target: &mut Assignments) {
        target.nest(self.field, self.verb, self.value);
    }
}

impl<M, A: Assigns<M>> Assigns<M> for Vec<A> {
    fn assign_to(self, target: &mut Assignments) {
        for one in self {
            one.assign_to(target);
        }
    }
}

impl<M, A: ScalarAssigns<M>> ScalarAssigns<M> for Vec<A> {}

impl<M, A: Assigns<M>, const LENGTH: usize> Assigns<M> for [A; LENGTH] {
    fn assign_to(self, target: &mut Assignments) {
        for one in self {
            one.assign_to(target);
        }
    }
}

impl<M, A: ScalarAssigns<M>, const LENGTH: usize> ScalarAssigns<M> for [A; LENGTH] {}

impl<M, A: Assigns<M>> Assigns<M> for Option<A> {
    fn assign_to(self, target: &mut Assignments) {
        if let Some(one) = self {
            one.assign_to(target);
        }
    }
}

impl<M, A: ScalarAssigns<M>> ScalarAssigns<M> for Option<A> {}

macro_rules! tuples {
    ($(($($item:ident)*))*) => {$(
        impl<M, $($item: Assigns<M>),*> Assigns<M> for ($($item,)*) {
            #[allow(non_snake_case)]
            fn assign_to(self, target: &mut Assignments) {
                let ($($item,)*) = self;
                $($item.assign_to(target);)*
            }
        }

        impl<M, $($item: ScalarAssigns<M>),*> ScalarAssigns<M> for ($($item,)*) {}
    )*};
}

crate::tuple::up_to_16!(tuples);
