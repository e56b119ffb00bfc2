//! What can be done to related records within a write, to any depth (api.md §4.5).
//!
//! The server runs the verbs of one record in an order of its own, whatever order they are given in: `create`,
//! `update`, `upsert`, `delete`, `connect`, `set`, `disconnect`, `update_many`, `delete_many` (api.md §4.3).

use crate::{
    field::{ToMany, ToOne, ToOptional},
    model::{Model, Update},
    unique::Unique,
    value::Value,
    write::{Assign, Change, Changes, CreateInput, Draft, assign::changed, back::without},
};

const CREATE: &str = "create";
const CONNECT: &str = "connect";
const SET: &str = "set";
const DISCONNECT: &str = "disconnect";
const DELETE: &str = "delete";
const UPDATE: &str = "update";
const UPSERT: &str = "upsert";

/// An element of a list of operations, or the value of one.
fn object(entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let entries = entries.into_iter();
    Value::Object(entries.map(|(key, value)| (key.into(), value)).collect())
}

fn keys<N>(records: impl IntoIterator<Item = Unique<N>>) -> Value {
    Value::List(records.into_iter().map(Unique::into_value).collect())
}

/// The inputs of related records.
macro_rules! inputs {
    ($($token:ident)*) => {$(
        impl<M, N: Model, D> $token<M, N, D> {
            fn created<C: Draft<Model = N>>(self, input: impl CreateInput<C>) -> Value {
                without(self.back, N::NAMES, input.into_create().into_value())
            }

            fn changed<A: Changes<N>>(self, update: impl FnOnce(N::Fields) -> A) -> Value {
                without(self.back, N::NAMES, changed(update))
            }
        }
    )*};
}

inputs!(ToMany ToOne ToOptional);

impl<M, N: Model, D: Draft<Model = N>> ToMany<M, N, D> {
    /// Creates related records.
    pub fn create<C: CreateInput<D>>(self, inputs: impl IntoIterator<Item = C>) -> Assign<M> {
        let inputs = inputs.into_iter().map(|input| self.created(input));
        Assign::new(self.name, CREATE, Value::List(inputs.collect()))
    }

    /// Changes a related record, or creates one if no related record has this unique value.
    pub fn upsert<A: Changes<N>>(
        self,
        by: Unique<N>,
        create: impl CreateInput<D>,
        update: impl FnOnce(N::Fields) -> A,
    ) -> Change<M>
    where
        N: Update,
    {
        let upsert = object([
            ("where", by.into_value()),
            ("update", self.changed(update)),
            ("create", self.created(create)),
        ]);
        Change::new(self.name, UPSERT, Value::List(vec![upsert]))
    }
}

impl<M, N: Model, D> ToMany<M, N, D> {
    /// Connects existing records; those connected already stay so.
    pub fn connect(self, records: impl IntoIterator<Item = Unique<N>>) -> Assign<M> {
        Assign::new(self.name, CONNECT, keys(records))
    }

    /// Connects these records and disconnects all others.
    pub fn set(self, records: impl IntoIterator<Item = Unique<N>>) -> Change<M> {
        Change::new(self.name, SET, keys(records))
    }

    /// Disconnects records, which stay. One that is not connected is
    /// [`ErrorKind::RelationViolation`](crate::ErrorKind::RelationViolation); one that requires the relation,
    /// [`ErrorKind::RequiredRelation`](crate::ErrorKind::RequiredRelation).
    pub fn disconnect(self, records: impl IntoIterator<Item = Unique<N>>) -> Change<M> {
        Change::new(self.name, DISCONNECT, keys(records))
    }

    /// Deletes related records. One that is not connected is
    /// [`ErrorKind::RelationViolation`](crate::ErrorKind::RelationViolation).
    pub fn delete(self, records: impl IntoIterator<Item = Unique<N>>) -> Change<M> {
        Change::new(self.name, DELETE, keys(records))
    }

    /// Changes a related record. One that is not connected is
    /// [`ErrorKind::RelationViolation`](crate::ErrorKind::RelationViolation).
    pub fn update<A: Changes<N>>(
        self,
        by: Unique<N>,
        update: impl FnOnce(N::Fields) -> A,
    ) -> Change<M>
    where
        N: Update,
    {
        let update = object([("where", by.into_value()), ("data", self.changed(update))]);
        Change::new(self.name, UPDATE, Value::List(vec![update]))
    }
}

macro_rules! to_one {
    ($($token:ident)*) => {$(
        impl<M, N: Model, D: Draft<Model = N>> $token<M, N, D> {
            /// Creates the related record.
            pub fn create(self, input: impl CreateInput<D>) -> Assign<M> {
                Assign::new(self.name, CREATE, self.created(input))
            }

            /// Changes the related record, or creates one if there is none.
            pub fn upsert<A: Changes<N>>(
                self,
                create: impl CreateInput<D>,
                update: impl FnOnce(N::Fields) -> A,
            ) -> Change<M>
            where
                N: Update,
            {
                let upsert = object([
                    ("update", self.changed(update)),
                    ("create", self.created(create)),
                ]);
                Change::new(self.name, UPSERT, upsert)
            }
        }

        impl<M, N: Model, D> $token<M, N, D> {
            /// Connects an existing record instead of the one connected so far.
            pub fn connect(self, record: Unique<N>) -> Assign<M> {
                Assign::new(self.name, CONNECT, record.into_value())
            }

            /// Changes the related record. That there is none is
            /// [`ErrorKind::RelationViolation`](crate::ErrorKind::RelationViolation).
            pub fn update<A: Changes<N>>(self, update: impl FnOnce(N::Fields) -> A) -> Change<M>
            where
                N: Update,
            {
                Change::new(self.name, UPDATE, self.changed(update))
            }
        }
    )*};
}

to_one!(ToOne ToOptional);

impl<M, N: Model, D> ToOptional<M, N, D> {
    /// Disconnects the related record, which stays. That there is none is
    /// [`ErrorKind::RelationViolation`](crate::ErrorKind::RelationViolation); that it requires the relation,
    /// [`ErrorKind::RequiredRelation`](crate::ErrorKind::RequiredRelation).
    pub fn disconnect(self) -> Change<M> {
        Change::new(self.name, DISCONNECT, Value::Bool(true))
    }

    /// Deletes the related record. That there is none is
    /// [`ErrorKind::RelationViolation`](crate::ErrorKind::RelationViolation).
    pub fn delete(self) -> Change<M> {
        Change::new(self.name, DELETE, Value::Bool(true))
    }
}
