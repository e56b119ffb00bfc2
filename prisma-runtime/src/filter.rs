//! Conditions: values that can be stored, combined and built at run time.
//!
//! The suffixes below are those of api.md §1.8; the tests check every operation against the derived API.

use std::{
    marker::PhantomData,
    ops::{BitAnd, BitOr, Not},
};

use crate::{
    field::{Scalar, ToMany, ToOne, ToOptional},
    model::Model,
    scalar::{Filterable, IntoValue, Listable, Ordered, Text},
    value::{Name, Value},
};

/// A condition on records of `M`. One type whatever is in it.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Filter};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// fn adults_called(names: &[&str]) -> Filter<User> {
///     let u = User::FIELDS;
///     Filter::any(names.iter().map(|name| u.name.eq(*name))) & (u.age.gt(17) | u.age.is_null())
/// }
/// let users = db.user().find_many().filter(|_| !adults_called(&["Ann", "Bob"])).await?;
/// # drop(users);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a condition does nothing until it is given to a query"]
pub struct Filter<M> {
    pub(crate) conditions: Conditions,
    model: PhantomData<fn() -> M>,
}

/// The entries of a filter object; all must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Conditions(Vec<(Name, Value)>);

impl Conditions {
    fn one(field: &'static str, suffix: &'static str, value: Value) -> Self {
        let name = match suffix {
            "" => Name::Borrowed(field),
            suffix => Name::Owned([field, suffix].concat()),
        };
        Self(vec![(name, value)])
    }

    fn list(operator: &'static str, items: Vec<Value>) -> Self {
        Self(vec![(operator.into(), Value::List(items))])
    }

    /// Both; what is already a list of conditions becomes longer instead of deeper.
    pub(crate) fn and(self, other: Self) -> Self {
        if self.0.is_empty() {
            return other;
        }
        Self::join("AND", self, other)
    }

    fn or(self, other: Self) -> Self {
        Self::join("OR", self, other)
    }

    fn join(operator: &'static str, mut first: Self, second: Self) -> Self {
        if let [(name, Value::List(items))] = first.0.as_mut_slice()
            && name == operator
        {
            items.push(second.into_value());
            return first;
        }
        Self::list(operator, vec![first.into_value(), second.into_value()])
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

impl<M> Filter<M> {
    const fn of(conditions: Conditions) -> Self {
        Self {
            conditions,
            model: PhantomData,
        }
    }

    fn one(field: &'static str, suffix: &'static str, value: Value) -> Self {
        Self::of(Conditions::one(field, suffix, value))
    }

    /// All of the conditions; of none, everything.
    pub fn all(filters: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Conditions::list("AND", values(filters)))
    }

    /// Any of the conditions; of none, nothing.
    pub fn any(filters: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Conditions::list("OR", values(filters)))
    }

    /// None of the conditions; of none, everything.
    pub fn none(filters: impl IntoIterator<Item = Self>) -> Self {
        !Self::any(filters)
    }
}

fn values<M>(filters: impl IntoIterator<Item = Filter<M>>) -> Vec<Value> {
    filters
        .into_iter()
        .map(|filter| filter.conditions.into_value())
        .collect()
}

impl<M> Clone for Filter<M> {
    fn clone(&self) -> Self {
        Self::of(self.conditions.clone())
    }
}

impl<M> PartialEq for Filter<M> {
    fn eq(&self, other: &Self) -> bool {
        self.conditions == other.conditions
    }
}

impl<M> BitAnd for Filter<M> {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self::of(self.conditions.and(other.conditions))
    }
}

impl<M> BitOr for Filter<M> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self::of(self.conditions.or(other.conditions))
    }
}

impl<M> Not for Filter<M> {
    type Output = Self;

    fn not(self) -> Self {
        Self::of(Conditions::list("NOT", vec![self.conditions.into_value()]))
    }
}

/// Conditions of one value.
macro_rules! compare {
    ($($(#[$doc:meta])* $name:ident $suffix:literal $bound:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(self, value: impl IntoValue<T>) -> Filter<M> where T: $bound {
            Filter::one(self.name, $suffix, value.into_value())
        }
    )*};
}

impl<M, T> Scalar<M, T> {
    compare! {
        /// Equal to the value; null is equal to null.
        eq "" Filterable;
        /// Not equal to the value. Records without a value do not match, unless the value is null.
        ne "_not" Filterable;
        /// Less than the value.
        lt "_lt" Ordered;
        /// Less than the value or equal to it.
        lte "_lte" Ordered;
        /// Greater than the value.
        gt "_gt" Ordered;
        /// Greater than the value or equal to it.
        gte "_gte" Ordered;
    }

    /// From the first value to the second, both included.
    pub fn between(self, from: impl IntoValue<T>, to: impl IntoValue<T>) -> Filter<M>
    where
        T: Ordered,
    {
        self.gte(from) & self.lte(to)
    }

    /// One of the values; of none, nothing.
    pub fn is_in<V: IntoValue<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<M>
    where
        T: Listable,
    {
        Filter::one(self.name, "_in", list(values))
    }

    /// None of the values; of none, everything. Records without a value do not match any other list.
    pub fn not_in<V: IntoValue<T>>(self, values: impl IntoIterator<Item = V>) -> Filter<M>
    where
        T: Listable,
    {
        Filter::one(self.name, "_not_in", list(values))
    }
}

fn list<T, V: IntoValue<T>>(values: impl IntoIterator<Item = V>) -> Value {
    Value::List(values.into_iter().map(V::into_value).collect())
}

/// Conditions of a piece of text.
macro_rules! text {
    ($($(#[$doc:meta])* $name:ident $suffix:literal;)*) => {$(
        $(#[$doc])*
        pub fn $name(self, text: impl Into<String>) -> Filter<M> where T: Text {
            Filter::one(self.name, $suffix, Value::String(text.into()))
        }
    )*};
}

impl<M, T> Scalar<M, T> {
    text! {
        /// Contains the text.
        contains "_contains";
        /// Does not contain the text.
        not_contains "_not_contains";
        /// Starts with the text.
        starts_with "_starts_with";
        /// Does not start with the text.
        not_starts_with "_not_starts_with";
        /// Ends with the text.
        ends_with "_ends_with";
        /// Does not end with the text.
        not_ends_with "_not_ends_with";
    }
}

impl<M, T> Scalar<M, Option<T>> {
    /// Has no value.
    pub fn is_null(self) -> Filter<M>
    where
        T: Filterable,
    {
        Filter::one(self.name, "", Value::Null)
    }

    /// Has a value.
    pub fn not_null(self) -> Filter<M>
    where
        T: Filterable,
    {
        Filter::one(self.name, "_not", Value::Null)
    }
}

/// Conditions on related records.
macro_rules! related {
    ($($(#[$doc:meta])* $name:ident $suffix:literal;)*) => {$(
        $(#[$doc])*
        pub fn $name(self, filter: impl FnOnce(N::Fields) -> Filter<N>) -> Filter<M> {
            Filter::one(self.name, $suffix, filter(N::FIELDS).conditions.into_value())
        }
    )*};
}

impl<M, N: Model, D> ToMany<M, N, D> {
    related! {
        /// At least one related record matches.
        some "_some";
        /// No related record fails to match; true if there are none.
        every "_every";
        /// No related record matches; true if there are none.
        none "_none";
    }
}

impl<M, N: Model, D> ToOne<M, N, D> {
    related! {
        /// The related record matches.
        is "";
    }

    /// The related record does not match.
    pub fn is_not(self, filter: impl FnOnce(N::Fields) -> Filter<N>) -> Filter<M> {
        !self.is(filter)
    }
}

impl<M, N: Model, D> ToOptional<M, N, D> {
    related! {
        /// There is a related record, and it matches.
        is "";
    }

    /// There is no related record, or it does not match.
    pub fn is_not(self, filter: impl FnOnce(N::Fields) -> Filter<N>) -> Filter<M> {
        !self.is(filter)
    }

    /// There is no related record.
    pub fn is_null(self) -> Filter<M> {
        Filter::one(self.name, "", Value::Null)
    }

    /// There is a related record.
    pub fn not_null(self) -> Filter<M> {
        Filter::one(self.name, "", Value::Object(Vec::new()))
    }
}
