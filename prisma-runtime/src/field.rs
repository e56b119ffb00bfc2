//! Field tokens: one value per field of a model, which conditions, orders, assignments and selections start from.

use std::marker::PhantomData;

use crate::marker::Marker;

/// A scalar field of the model `M` that holds a `T`.
pub struct Scalar<M, T> {
    pub(crate) name: &'static str,
    types: Marker<(M, T)>,
}

/// A field of the model `M` that holds a list of `T`.
pub struct ScalarList<M, T> {
    pub(crate) name: &'static str,
    types: Marker<(M, T)>,
}

/// A relation from the model `M` to any number of `N`; `D` is what creating an `N` through it takes.
pub struct ToMany<M, N, D> {
    pub(crate) name: &'static str,
    pub(crate) back: Option<&'static str>,
    types: Marker<(M, N, D)>,
}

/// A relation from the model `M` to exactly one `N`; `D` is what creating an `N` through it takes.
pub struct ToOne<M, N, D> {
    pub(crate) name: &'static str,
    pub(crate) back: Option<&'static str>,
    types: Marker<(M, N, D)>,
}

/// A relation from the model `M` to at most one `N`; `D` is what creating an `N` through it takes.
pub struct ToOptional<M, N, D> {
    pub(crate) name: &'static str,
    pub(crate) back: Option<&'static str>,
    types: Marker<(M, N, D)>,
}

/// Derives would ask `Clone` and `Copy` of the model, too.
macro_rules! token {
    ($($token:ident<$($parameter:ident),*> $({ $back:ident })?)*) => {$(
        impl<$($parameter),*> $token<$($parameter),*> {
            /// The token of the field with this name in the API. For generated code.
            #[must_use]
            pub const fn new(name: &'static str) -> Self {
                Self { name, $($back: None,)? types: PhantomData }
            }

            $(
                /// The token of a relation that the field `back` of the other model leads back through. For
                /// generated code.
                #[must_use]
                pub const fn and(name: &'static str, $back: &'static str) -> Self {
                    Self { name, $back: Some($back), types: PhantomData }
                }
            )?
        }

        impl<$($parameter),*> Clone for $token<$($parameter),*> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($parameter),*> Copy for $token<$($parameter),*> {}
    )*};
}

token! {
    Scalar<M, T>
    ScalarList<M, T>
    ToMany<M, N, D> { back }
    ToOne<M, N, D> { back }
    ToOptional<M, N, D> { back }
}

/// Stands for what creating a record through a relation takes, where the API cannot create one:
/// the record would have no fields (api.md §1.9).
#[derive(Clone, Copy, Debug)]
pub enum NotCreatable {}
