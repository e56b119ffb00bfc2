//! Fields read into types that the user names: what `#[derive(Selection)]` is made of.

use crate::{
    asked::Asked,
    error::Result,
    field::{Scalar, ScalarList, ToMany, ToOne, ToOptional},
    model::Model,
    scalar::ScalarType,
    select::{Counted, Related, Row, Selection, SelectionSet, list, one, optional},
};

/// A field token that can be read into a `T`.
#[diagnostic::on_unimplemented(
    message = "datamodel field `{Self}` cannot be read into a `{T}`",
    label = "wrong Rust type for this datamodel field",
    note = "`Scalar<_, T>` reads into `T`, `ScalarList<_, T>` into `Vec<T>`, `ToMany<_, N, _>` into `Vec<S>`, `ToOne<_, N, _>` into `S` and `ToOptional<_, N, _>` into `Option<S>`, where `S` selects fields of `N`"
)]
pub trait ReadAs<T> {
    /// Adds the field to a selection, for the field `name` of a struct.
    fn select_as(&self, set: &mut SelectionSet, name: &str);

    /// Reads it.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn read_as(&self, row: &mut Row<'_>) -> Result<T>;
}

/// A relation that can be read into a `T` whose arguments are computed from a `V`.
#[diagnostic::on_unimplemented(
    message = "datamodel field `{Self}` cannot be read into a `{T}` with the variables `{V}`",
    label = "wrong Rust type for this datamodel field",
    note = "`#[prisma(vars)]` hands the variables of a selection on to that of a relation, which must have the same `vars`"
)]
pub trait ReadAsWith<T, V> {
    /// Adds the field to a selection, for the field `name` of a struct.
    fn select_as_with(&self, set: &mut SelectionSet, name: &str, vars: &V);

    /// Reads it.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn read_as_with(&self, row: &mut Row<'_>) -> Result<T>;
}

impl<M, T: ScalarType> ReadAs<T> for Scalar<M, T> {
    fn select_as(&self, set: &mut SelectionSet, _: &str) {
        set.leaf(self.name);
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<T> {
        row.scalar()
    }
}

impl<M, T: ScalarType> ReadAs<Vec<T>> for ScalarList<M, T> {
    fn select_as(&self, set: &mut SelectionSet, _: &str) {
        set.leaf(self.name);
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<Vec<T>> {
        row.scalar()
    }
}

/// Relations: what the token is read into, and how the value of the answer is.
macro_rules! relations {
    ($([$($parameters:tt)*] $token:ty => $out:ty, $read:ident;)*) => {$(
        impl<M, $($parameters)*, S: Selection<Model = N, Vars = ()>> ReadAs<$out> for $token {
            fn select_as(&self, set: &mut SelectionSet, name: &str) {
                ReadAsWith::<$out, ()>::select_as_with(self, set, name, &());
            }

            fn read_as(&self, row: &mut Row<'_>) -> Result<$out> {
                row.next(|row| $read(row, S::take_fields))
            }
        }

        impl<M, $($parameters)*, S, V> ReadAsWith<$out, V> for $token
        where
            S: Selection<Model = N, Vars = V>,
        {
            fn select_as_with(&self, set: &mut SelectionSet, name: &str, vars: &V) {
                let mut fields = set.below(name);
                S::select_fields(&mut fields, vars);
                set.nested(self.name, self.arguments(), fields);
            }

            fn read_as_with(&self, row: &mut Row<'_>) -> Result<$out> {
                row.next(|row| $read(row, S::take_fields))
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

impl<M> ReadAs<u64> for Counted<M> {
    fn select_as(&self, set: &mut SelectionSet, _: &str) {
        self.select(set);
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<u64> {
        Self::read(row)
    }
}

/// What the impls below are for. Without it they are for everything, and the compiler, where it looks for what a value
/// could be meant as, follows them without end.
pub trait Token {}

impl<M, T> Token for Scalar<M, T> {}
impl<M, T> Token for ScalarList<M, T> {}
impl<M, N, D> Token for ToMany<M, N, D> {}
impl<M, N, P> Token for Related<M, N, P> {}
impl<M, N, D> Token for ToOne<M, N, D> {}
impl<M, N, D> Token for ToOptional<M, N, D> {}
impl<M> Token for Counted<M> {}

impl<F: Token + ReadAs<T>, T> ReadAs<Asked<T>> for F {
    fn select_as(&self, set: &mut SelectionSet, name: &str) {
        if set.asks(name) {
            ReadAs::<T>::select_as(self, set, name);
        } else {
            set.unasked();
        }
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<Asked<T>> {
        if row.unasked() {
            return Ok(Asked::No);
        }
        ReadAs::<T>::read_as(self, row).map(Asked::Yes)
    }
}

impl<F: Token + ReadAsWith<T, V>, T, V> ReadAsWith<Asked<T>, V> for F {
    fn select_as_with(&self, set: &mut SelectionSet, name: &str, vars: &V) {
        if set.asks(name) {
            ReadAsWith::<T, V>::select_as_with(self, set, name, vars);
        } else {
            set.unasked();
        }
    }

    fn read_as_with(&self, row: &mut Row<'_>) -> Result<Asked<T>> {
        if row.unasked() {
            return Ok(Asked::No);
        }
        ReadAsWith::<T, V>::read_as_with(self, row).map(Asked::Yes)
    }
}

/// Adds a field that is read into a `T`. For `#[derive(Selection)]`.
pub fn select_as<T>(field: &impl ReadAs<T>, set: &mut SelectionSet, name: &str) {
    field.select_as(set, name);
}

/// Reads a field into a `T`. For `#[derive(Selection)]`.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
pub fn read_as<T>(field: &impl ReadAs<T>, row: &mut Row<'_>) -> Result<T> {
    field.read_as(row)
}

/// Adds a relation that is read into a `T` with the variables of the selection. For `#[derive(Selection)]`.
pub fn select_as_with<T, V>(
    field: &impl ReadAsWith<T, V>,
    set: &mut SelectionSet,
    name: &str,
    vars: &V,
) {
    field.select_as_with(set, name, vars);
}

/// Reads a relation into a `T` that has variables. For `#[derive(Selection)]`.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
pub fn read_as_with<T, V>(field: &impl ReadAsWith<T, V>, row: &mut Row<'_>) -> Result<T> {
    field.read_as_with(row)
}

/// Calls a closure whose parameter then has a known type. For `#[derive(Selection)]`.
pub fn through<A, B>(field: A, with: impl FnOnce(A) -> B) -> B {
    with(field)
}

/// The same with the variables of the selection. For `#[derive(Selection)]`.
pub fn through_with<A, V, B>(field: A, vars: &V, with: impl FnOnce(A, &V) -> B) -> B {
    with(field, vars)
}
