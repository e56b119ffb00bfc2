//! Fields read into types that the user names: what `#[derive(Selection)]` is made of.

use crate::{
    error::Result,
    field::{Scalar, ScalarList, ToMany, ToOne, ToOptional},
    model::Model,
    scalar::ScalarType,
    select::{Related, Row, Selection, SelectionSet, list, one, optional},
};

/// A field token that can be read into a `T`.
#[diagnostic::on_unimplemented(
    message = "datamodel field `{Self}` cannot be read into a `{T}`",
    label = "wrong Rust type for this datamodel field",
    note = "`Scalar<_, T>` reads into `T`, `ScalarList<_, T>` into `Vec<T>`, `ToMany<_, N, _>` into `Vec<S>`, `ToOne<_, N, _>` into `S` and `ToOptional<_, N, _>` into `Option<S>`, where `S` selects fields of `N`"
)]
pub trait ReadAs<T> {
    /// Adds the field to a selection.
    fn select_as(&self, set: &mut SelectionSet);

    /// Reads it.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn read_as(&self, row: &mut Row<'_>) -> Result<T>;
}

impl<M, T: ScalarType> ReadAs<T> for Scalar<M, T> {
    fn select_as(&self, set: &mut SelectionSet) {
        set.leaf(self.name);
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<T> {
        row.scalar()
    }
}

impl<M, T: ScalarType> ReadAs<Vec<T>> for ScalarList<M, T> {
    fn select_as(&self, set: &mut SelectionSet) {
        set.leaf(self.name);
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<Vec<T>> {
        row.scalar()
    }
}

/// The fields of a struct without arguments.
fn fields<S: Selection<Vars = ()>>() -> SelectionSet {
    let mut set = SelectionSet::default();
    S::select_fields(&mut set, &());
    set
}

impl<M, N: Model, D, S: Selection<Model = N, Vars = ()>> ReadAs<Vec<S>> for ToMany<M, N, D> {
    fn select_as(&self, set: &mut SelectionSet) {
        set.nested(self.name, Vec::new(), fields::<S>());
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<Vec<S>> {
        row.next(|json| list(json, S::take_fields))
    }
}

impl<M, N: Model, P, S: Selection<Model = N, Vars = ()>> ReadAs<Vec<S>> for Related<M, N, P> {
    fn select_as(&self, set: &mut SelectionSet) {
        set.nested(self.name, self.arguments(), fields::<S>());
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<Vec<S>> {
        row.next(|json| list(json, S::take_fields))
    }
}

impl<M, N: Model, D, S: Selection<Model = N, Vars = ()>> ReadAs<S> for ToOne<M, N, D> {
    fn select_as(&self, set: &mut SelectionSet) {
        set.nested(self.name, Vec::new(), fields::<S>());
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<S> {
        row.next(|json| one(json, S::take_fields))
    }
}

impl<M, N: Model, D, S: Selection<Model = N, Vars = ()>> ReadAs<Option<S>> for ToOptional<M, N, D> {
    fn select_as(&self, set: &mut SelectionSet) {
        set.nested(self.name, Vec::new(), fields::<S>());
    }

    fn read_as(&self, row: &mut Row<'_>) -> Result<Option<S>> {
        row.next(|json| optional(json, S::take_fields))
    }
}

/// Adds a field that is read into a `T`. For `#[derive(Selection)]`.
pub fn select_as<T>(field: &impl ReadAs<T>, set: &mut SelectionSet) {
    field.select_as(set);
}

/// Reads a field into a `T`. For `#[derive(Selection)]`.
///
/// # Errors
/// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
pub fn read_as<T>(field: &impl ReadAs<T>, row: &mut Row<'_>) -> Result<T> {
    field.read_as(row)
}

/// Calls a closure whose parameter then has a known type. For `#[derive(Selection)]`.
pub fn through<A, B>(field: A, with: impl FnOnce(A) -> B) -> B {
    with(field)
}

/// The same with the variables of the selection. For `#[derive(Selection)]`.
pub fn through_with<A, V, B>(field: A, vars: &V, with: impl FnOnce(A, &V) -> B) -> B {
    with(field, vars)
}
