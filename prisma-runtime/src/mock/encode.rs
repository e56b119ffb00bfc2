//! From Rust values back to the JSON of a server: what a mock answers is read by the same code as any other answer.
//!
//! Values are put down by position, in the order in which they are read, and get their names from the operation.

use crate::{
    asked::Asked,
    field::{Scalar, ScalarList, ToMany, ToOne, ToOptional},
    model::Model,
    scalar::ScalarType,
    select::{
        Cardinality, Counted, Nested, Of, OfWith, Picked, Related, Selection, SelectionSet, Shape,
    },
    value::Value,
};

/// The fields of a record in the order in which they are read. For `#[derive(Selection)]` and generated code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoded(Vec<Cell>);

/// What stands at a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing that was asked for.
    Unasked,
    Scalar(Value),
    /// No record.
    Absent,
    Record(Encoded),
    List(Vec<Encoded>),
}

impl Encoded {
    /// Adds a scalar.
    pub fn scalar<T: ScalarType>(&mut self, value: T) {
        self.push(Cell::Scalar(value.write()));
    }

    pub(crate) fn push(&mut self, cell: Cell) {
        self.0.push(cell);
    }

    /// Adds the fields of another record.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// A record, as `put` fills it.
    pub(crate) fn of(put: impl FnOnce(&mut Self)) -> Self {
        let mut encoded = Self::default();
        put(&mut encoded);
        encoded
    }

    /// The record with the names that its fields have in answers.
    pub(crate) fn named(self, set: &SelectionSet) -> Value {
        let fields = set.fields.iter().zip(self.0);
        let asked = fields.filter(|(field, _)| field.is_asked());
        Value::Object(
            asked
                .map(|(field, cell)| (field.key.clone(), cell.named(field)))
                .collect(),
        )
    }
}

impl Cell {
    fn named(self, field: &Picked) -> Value {
        let below = |record: Encoded| match &field.set {
            Some(set) => record.named(set),
            None => Value::Null,
        };
        match self {
            Self::Unasked | Self::Absent => Value::Null,
            Self::Scalar(value) => value,
            Self::Record(record) => below(record),
            Self::List(records) => Value::List(records.into_iter().map(below).collect()),
        }
    }
}

/// A selection whose values a mock can answer with. `#[derive(Selection)]` implements it, as does generated code.
#[diagnostic::on_unimplemented(
    message = "a mock cannot answer with a `{Self}`",
    note = "`#[derive(Selection)]` makes structs that it can answer with; `.returns_json(…)` works for everything"
)]
pub trait Encode: Selection {
    /// Puts the fields down, in the order in which they are read.
    fn encode_fields(self, into: &mut Encoded);
}

/// A shape whose values a mock can answer with.
#[diagnostic::on_unimplemented(
    message = "a mock cannot answer with what `{Self}` reads",
    note = "rows of `select!` have a type without a name; use `.returns_json(…)`"
)]
pub trait EncodeShape<M>: Shape<M> {
    /// Puts a value down, in the order in which it is read.
    fn encode(&self, value: Self::Out, into: &mut Encoded);
}

/// A field token of which a mock can answer with a `T`.
#[diagnostic::on_unimplemented(message = "a mock cannot answer the field `{Self}` with a `{T}`")]
pub trait EncodeAs<T> {
    /// Puts the value down.
    fn encode_as(&self, value: T, into: &mut Encoded);
}

/// Puts down the value of a field. For `#[derive(Selection)]`.
pub fn encode_as<T>(field: &impl EncodeAs<T>, value: T, into: &mut Encoded) {
    field.encode_as(value, into);
}

fn record<S: Encode>(value: S) -> Encoded {
    Encoded::of(|into| value.encode_fields(into))
}

fn list<S: Encode>(values: Vec<S>) -> Cell {
    Cell::List(values.into_iter().map(record).collect())
}

fn one<S: Encode>(value: S) -> Cell {
    Cell::Record(record(value))
}

fn optional<S: Encode>(value: Option<S>) -> Cell {
    value.map_or(Cell::Absent, one)
}

impl<M, T: ScalarType> EncodeAs<T> for Scalar<M, T> {
    fn encode_as(&self, value: T, into: &mut Encoded) {
        into.scalar(value);
    }
}

impl<M, T: ScalarType> EncodeAs<Vec<T>> for ScalarList<M, T> {
    fn encode_as(&self, value: Vec<T>, into: &mut Encoded) {
        into.scalar(value);
    }
}

/// Relations: what a mock answers, and how it is put down.
macro_rules! relations {
    ($([$($parameters:tt)*] $token:ty => $out:ty, $put:ident;)*) => {$(
        impl<M, $($parameters)*, S: Encode<Model = N>> EncodeAs<$out> for $token {
            fn encode_as(&self, value: $out, into: &mut Encoded) {
                into.push($put(value));
            }
        }
    )*};
}

relations! {
    [N: Model, D] ToMany<M, N, D> => Vec<S>, list;
    [N: Model, P] Related<M, N, P> => Vec<S>, list;
    [N: Model, D] ToOne<M, N, D> => S, one;
    [N: Model, D] ToOptional<M, N, D> => Option<S>, optional;
}

/// A count is a list of records of which nothing is asked.
impl<M> EncodeAs<u64> for Counted<M> {
    fn encode_as(&self, value: u64, into: &mut Encoded) {
        into.push(Cell::List((0..value).map(|_| Encoded::default()).collect()));
    }
}

impl<F: EncodeAs<T>, T> EncodeAs<Asked<T>> for F {
    fn encode_as(&self, value: Asked<T>, into: &mut Encoded) {
        match value {
            Asked::Yes(value) => self.encode_as(value, into),
            Asked::No => into.push(Cell::Unasked),
        }
    }
}

/// Tokens on their own.
macro_rules! tokens {
    ($([$($parameters:tt)*] $token:ty => $out:ty;)*) => {$(
        impl<M, $($parameters)*> EncodeShape<M> for $token {
            fn encode(&self, value: $out, into: &mut Encoded) {
                EncodeAs::<$out>::encode_as(self, value, into);
            }
        }
    )*};
}

tokens! {
    [T: ScalarType] Scalar<M, T> => T;
    [T: ScalarType] ScalarList<M, T> => Vec<T>;
    [N: Model<Row: Encode>, D] ToMany<M, N, D> => Vec<N::Row>;
    [N: Model<Row: Encode>, P] Related<M, N, P> => Vec<N::Row>;
    [N: Model<Row: Encode>, D] ToOne<M, N, D> => N::Row;
    [N: Model<Row: Encode>, D] ToOptional<M, N, D> => Option<N::Row>;
}

impl<M> EncodeShape<M> for Counted<M> {
    fn encode(&self, value: u64, into: &mut Encoded) {
        self.encode_as(value, into);
    }
}

impl<M> EncodeShape<M> for () {
    fn encode(&self, (): (), _: &mut Encoded) {}
}

impl<M, T: Selection<Model = M, Vars = ()> + Encode> EncodeShape<M> for Of<T> {
    fn encode(&self, value: T, into: &mut Encoded) {
        value.encode_fields(into);
    }
}

impl<M, T: Selection<Model = M> + Encode> EncodeShape<M> for OfWith<T> {
    fn encode(&self, value: T, into: &mut Encoded) {
        value.encode_fields(into);
    }
}

impl<M, N, S: EncodeShape<N>, C: Cardinality> EncodeShape<M> for Nested<M, N, S, C> {
    fn encode(&self, value: C::Of<S::Out>, into: &mut Encoded) {
        C::encode(value, |value, into| self.shape.encode(value, into), into);
    }
}

/// Tuples of each length, one longer than the other.
macro_rules! tuples {
    ([$($item:ident $at:tt)*]) => {};
    ([$($item:ident $at:tt)*] $next:ident $position:tt $($rest:tt)*) => {
        impl<M, $($item: EncodeShape<M>,)* $next: EncodeShape<M>> EncodeShape<M>
            for ($($item,)* $next,)
        {
            fn encode(&self, value: Self::Out, into: &mut Encoded) {
                $(self.$at.encode(value.$at, into);)*
                self.$position.encode(value.$position, into);
            }
        }

        tuples!([$($item $at)* $next $position] $($rest)*);
    };
}

tuples!([] A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 O 12 P 13 Q 14 R 15);
