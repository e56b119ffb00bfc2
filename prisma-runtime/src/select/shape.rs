//! Selections as values: a token, a tuple of tokens, a nested pick, what `select!` prints.

use std::marker::PhantomData;

use crate::{
    error::Result,
    field::{Scalar, ScalarList, ToMany, ToOne, ToOptional},
    marker::Marker,
    model::Model,
    scalar::ScalarType,
    select::{
        Argument, AtMostOne, Cardinality, One, ReadAs, Related, Row, Selection, SelectionSet,
    },
};

/// What can be picked from records of `M`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Result, Shape};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// async fn first<S: Shape<User, Out: Send> + Send>(db: &Db, shape: S) -> Result<Option<S::Out>> {
///     db.user().find_first().pick(|_| shape).await
/// }
/// let u = User::FIELDS;
/// let name: Option<String> = first(&db, u.name).await?;
/// let both: Option<(String, Option<i32>)> = first(&db, (u.name, u.age)).await?;
/// # drop((name, both));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be picked from a `{M}`",
    note = "pick fields (`u.name`), relations (`u.posts.pick(|p| …)`) or a tuple of them"
)]
pub trait Shape<M> {
    /// What is read for each record.
    type Out;

    /// Adds the fields to a selection.
    fn select_shape(&self, set: &mut SelectionSet);

    /// Reads them, in the order they were added.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    fn take_shape(&self, row: &mut Row<'_>) -> Result<Self::Out>;
}

/// Tokens alone: scalars as they are, relations with the whole scalars of the related records.
macro_rules! tokens {
    ($([$($parameters:tt)*] $token:ty => $out:ty;)*) => {$(
        impl<M, $($parameters)*> Shape<M> for $token {
            type Out = $out;

            fn select_shape(&self, set: &mut SelectionSet) {
                ReadAs::<$out>::select_as(self, set, self.name);
            }

            fn take_shape(&self, row: &mut Row<'_>) -> Result<$out> {
                ReadAs::<$out>::read_as(self, row)
            }
        }
    )*};
}

tokens! {
    [T: ScalarType] Scalar<M, T> => T;
    [T: ScalarType] ScalarList<M, T> => Vec<T>;
    [N: Model, D] ToMany<M, N, D> => Vec<N::Row>;
    [N: Model, P] Related<M, N, P> => Vec<N::Row>;
    [N: Model, D] ToOne<M, N, D> => N::Row;
    [N: Model, D] ToOptional<M, N, D> => Option<N::Row>;
}

macro_rules! tuples {
    ($(($($item:ident)*))*) => {$(
        impl<M, $($item: Shape<M>),*> Shape<M> for ($($item,)*) {
            type Out = ($($item::Out,)*);

            #[allow(non_snake_case)]
            fn select_shape(&self, set: &mut SelectionSet) {
                let ($($item,)*) = self;
                $($item.select_shape(set);)*
            }

            #[allow(non_snake_case)]
            fn take_shape(&self, row: &mut Row<'_>) -> Result<Self::Out> {
                let ($($item,)*) = self;
                Ok(($($item.take_shape(row)?,)*))
            }
        }
    )*};
}

crate::tuple::up_to_16!(tuples);

/// Nothing: that the record is there is all that is asked.
impl<M> Shape<M> for () {
    type Out = ();

    fn select_shape(&self, _: &mut SelectionSet) {}

    fn take_shape(&self, _: &mut Row<'_>) -> Result<()> {
        Ok(())
    }
}

/// A relation from `M` to `N` of which `S` is read; `C` says of how many records.
#[derive(Debug)]
pub struct Nested<M, N, S, C> {
    name: &'static str,
    arguments: Vec<Argument>,
    pub(crate) shape: S,
    types: Marker<(M, N, C)>,
}

impl<M, N, S, C> Nested<M, N, S, C> {
    pub(crate) const fn new(name: &'static str, arguments: Vec<Argument>, shape: S) -> Self {
        Self {
            name,
            arguments,
            shape,
            types: PhantomData,
        }
    }
}

impl<M, N: Model, D> ToMany<M, N, D> {
    pub(super) const fn arguments(&self) -> Vec<Argument> {
        Vec::new()
    }
}

impl<M, N: Model, D> ToOne<M, N, D> {
    pub(super) const fn arguments(&self) -> Vec<Argument> {
        Vec::new()
    }

    /// The related record as a struct of the user's, within a `pick`.
    pub fn select<T: Selection<Model = N, Vars = ()>>(self) -> Nested<M, N, Of<T>, One> {
        self.pick(|_| Of::new())
    }

    /// Fields of the related record, named on the spot.
    pub fn pick<S: Shape<N>>(self, pick: impl FnOnce(N::Fields) -> S) -> Nested<M, N, S, One> {
        Nested::new(self.name, Vec::new(), pick(N::FIELDS))
    }
}

impl<M, N: Model, D> ToOptional<M, N, D> {
    pub(super) const fn arguments(&self) -> Vec<Argument> {
        Vec::new()
    }

    /// The related record as a struct of the user's, within a `pick`.
    pub fn select<T: Selection<Model = N, Vars = ()>>(self) -> Nested<M, N, Of<T>, AtMostOne> {
        self.pick(|_| Of::new())
    }

    /// Fields of the related record, named on the spot.
    pub fn pick<S: Shape<N>>(
        self,
        pick: impl FnOnce(N::Fields) -> S,
    ) -> Nested<M, N, S, AtMostOne> {
        Nested::new(self.name, Vec::new(), pick(N::FIELDS))
    }
}

impl<M, N, S: Shape<N>, C: Cardinality> Shape<M> for Nested<M, N, S, C> {
    type Out = C::Of<S::Out>;

    fn select_shape(&self, set: &mut SelectionSet) {
        let mut fields = set.below(self.name);
        self.shape.select_shape(&mut fields);
        set.nested(self.name, self.arguments.clone(), fields);
    }

    fn take_shape(&self, row: &mut Row<'_>) -> Result<Self::Out> {
        row.next(|row| C::read(row, |row| self.shape.take_shape(row)))
    }
}

/// The fields of a struct: what `.select::<T>()` asks for.
pub struct Of<T>(PhantomData<fn() -> T>);

impl<T> Of<T> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<M, T: Selection<Model = M, Vars = ()>> Shape<M> for Of<T> {
    type Out = T;

    fn select_shape(&self, set: &mut SelectionSet) {
        T::select_fields(set, &());
    }

    fn take_shape(&self, row: &mut Row<'_>) -> Result<T> {
        T::take_fields(row)
    }
}

/// The fields of a struct whose arguments are computed from variables.
pub struct OfWith<T: Selection>(pub(crate) T::Vars);

impl<M, T: Selection<Model = M>> Shape<M> for OfWith<T> {
    type Out = T;

    fn select_shape(&self, set: &mut SelectionSet) {
        T::select_fields(set, &self.0);
    }

    fn take_shape(&self, row: &mut Row<'_>) -> Result<T> {
        T::take_fields(row)
    }
}

/// A shape and a function over what it reads: a tuple becomes a struct with named fields. For `select!`.
pub struct Mapped<S, I, O> {
    shape: S,
    map: fn(I) -> O,
}

impl<S, I, O> Mapped<S, I, O> {
    /// The shape with the function.
    pub const fn new(shape: S, map: fn(I) -> O) -> Self {
        Self { shape, map }
    }
}

impl<M, S: Shape<M, Out = I>, I, O> Shape<M> for Mapped<S, I, O> {
    type Out = O;

    fn select_shape(&self, set: &mut SelectionSet) {
        self.shape.select_shape(set);
    }

    fn take_shape(&self, row: &mut Row<'_>) -> Result<O> {
        self.shape.take_shape(row).map(self.map)
    }
}
