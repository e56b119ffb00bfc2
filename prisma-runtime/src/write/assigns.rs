//! What a write takes: one assignment, or several in a tuple, an array, a `Vec`, an `Option`.
//!
//! Three traits, as there are three kinds of writes: what updates of many records take, creates take too, and what
//! creates take, updates take too.

use crate::write::{Assign, Assignments, Change, Set};

/// What an update takes: assignments to fields of `M`, and operations on related records.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of assignments to `{M}`",
    note = "return one `x.field.to(value)`, or a tuple, array or `Vec` of them"
)]
pub trait Changes<M> {
    /// Adds them to the others.
    fn add_to(self, target: &mut Assignments);
}

/// What a create takes: assignments to fields of `M`, and related records to create or to connect.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of the create of a `{M}`",
    note = "a new record takes `x.field.to(value)`, `x.relation.create(…)` and `x.relation.connect(…)`; it has no related records yet that could be changed"
)]
pub trait Assigns<M>: Changes<M> {}

/// Assignments to scalar fields alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of *scalar* assignments to `{M}`",
    note = "`update_many` cannot write relations (`create`, `connect`)"
)]
pub trait ScalarAssigns<M>: Assigns<M> {}

impl<M> Changes<M> for Set<M> {
    fn add_to(self, target: &mut Assignments) {
        target.set(self.field, self.value);
    }
}

impl<M> Changes<M> for Assign<M> {
    fn add_to(self, target: &mut Assignments) {
        target.nest(self.nested);
    }
}

impl<M> Changes<M> for Change<M> {
    fn add_to(self, target: &mut Assignments) {
        target.nest(self.nested);
    }
}

impl<M> Assigns<M> for Set<M> {}
impl<M> Assigns<M> for Assign<M> {}
impl<M> ScalarAssigns<M> for Set<M> {}

impl<M, A: Changes<M>> Changes<M> for Vec<A> {
    fn add_to(self, target: &mut Assignments) {
        for one in self {
            one.add_to(target);
        }
    }
}

impl<M, A: Changes<M>, const LENGTH: usize> Changes<M> for [A; LENGTH] {
    fn add_to(self, target: &mut Assignments) {
        for one in self {
            one.add_to(target);
        }
    }
}

impl<M, A: Changes<M>> Changes<M> for Option<A> {
    fn add_to(self, target: &mut Assignments) {
        if let Some(one) = self {
            one.add_to(target);
        }
    }
}

/// Several assignments are what each of them is.
macro_rules! several {
    ($($marker:ident)*) => {$(
        impl<M, A: $marker<M>> $marker<M> for Vec<A> {}
        impl<M, A: $marker<M>, const LENGTH: usize> $marker<M> for [A; LENGTH] {}
        impl<M, A: $marker<M>> $marker<M> for Option<A> {}
    )*};
}

several!(Assigns ScalarAssigns);

macro_rules! tuples {
    ($(($($item:ident)*))*) => {$(
        impl<M, $($item: Changes<M>),*> Changes<M> for ($($item,)*) {
            #[allow(non_snake_case)]
            fn add_to(self, target: &mut Assignments) {
                let ($($item,)*) = self;
                $($item.add_to(target);)*
            }
        }

        impl<M, $($item: Assigns<M>),*> Assigns<M> for ($($item,)*) {}
        impl<M, $($item: ScalarAssigns<M>),*> ScalarAssigns<M> for ($($item,)*) {}
    )*};
}

crate::tuple::up_to_16!(tuples);
