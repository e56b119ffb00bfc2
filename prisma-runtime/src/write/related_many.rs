//! Writing all related records that match. As at the root, what would touch all of them has to say so.

use std::marker::PhantomData;

use crate::{
    field::ToMany,
    filter::{Conditions, Filter},
    marker::Marker,
    model::{Model, UpdateAll},
    query::{Bounded, NeedsFilterOrEverything, Scoped},
    value::Value,
    write::{
        Assignments, Changes, ScalarAssigns,
        assign::{Nested, changed},
    },
};

/// A deletion of all `N` related to an `M` that match.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let ann = db.user().update(user::by_id("1"));
/// ann.set(|u| u.posts.delete_many().filter(|p| p.published.eq(false))).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a change does nothing until it is given to a write"]
pub struct NestedDeleteMany<M, N, B> {
    field: &'static str,
    filter: Conditions,
    types: Marker<(M, N, B)>,
}

/// An update of the `N` related to an `M` that still lacks its assignments.
#[derive(Debug)]
#[must_use = "an update does nothing without `.set(…)`"]
pub struct NestedUpdateMany<M, N> {
    field: &'static str,
    types: Marker<(M, N)>,
}

/// An update of all `N` related to an `M` that match.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let ann = db.user().update(user::by_id("1"));
/// ann.set(|u| u.posts.update_many().set(|p| p.published.to(true)).everything()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a change does nothing until it is given to a write"]
pub struct NestedUpdateManyWith<M, N, B> {
    field: &'static str,
    filter: Conditions,
    data: Value,
    types: Marker<(M, N, B)>,
}

impl<M, N: Model, D> ToMany<M, N, D> {
    /// Deletes all related records that match: `u.posts.delete_many().filter(|p| p.published.eq(false))`.
    pub fn delete_many(self) -> NestedDeleteMany<M, N, NeedsFilterOrEverything> {
        NestedDeleteMany {
            field: self.name,
            filter: Conditions::default(),
            types: PhantomData,
        }
    }

    /// Changes scalar fields of all related records that match:
    /// `u.posts.update_many().set(|p| p.published.to(true)).everything()`.
    pub fn update_many(self) -> NestedUpdateMany<M, N>
    where
        N: UpdateAll,
    {
        NestedUpdateMany {
            field: self.name,
            types: PhantomData,
        }
    }
}

impl<M, N: Model> NestedUpdateMany<M, N> {
    /// What to change: one assignment to a scalar field, or a tuple, array or `Vec` of them.
    pub fn set<A: ScalarAssigns<N>>(
        self,
        assign: impl FnOnce(N::Fields) -> A,
    ) -> NestedUpdateManyWith<M, N, NeedsFilterOrEverything> {
        NestedUpdateManyWith {
            field: self.field,
            filter: Conditions::default(),
            data: changed(assign),
            types: PhantomData,
        }
    }
}

macro_rules! builder {
    ($($builder:ident { $($field:ident),* })*) => {$(
        impl<M, N: Model, B> $builder<M, N, B> {
            /// Only records that match; several calls are and-ed. The API takes conditions on scalar fields here, and
            /// refuses those on relations.
            pub fn filter(
                mut self,
                filter: impl FnOnce(N::Fields) -> Filter<N>,
            ) -> $builder<M, N, Scoped> {
                self.filter = self.filter.and(filter(N::FIELDS).conditions);
                self.everything()
            }

            /// Only records that match, if there is a value to compare with. Does not count as a condition.
            pub fn filter_some<V>(
                mut self,
                value: Option<V>,
                filter: impl FnOnce(N::Fields, V) -> Filter<N>,
            ) -> Self {
                if let Some(value) = value {
                    self.filter = self.filter.and(filter(N::FIELDS, value).conditions);
                }
                self
            }

            /// Every related record, as far as no condition says otherwise.
            pub fn everything(self) -> $builder<M, N, Scoped> {
                $builder {
                    $($field: self.$field,)*
                    types: PhantomData,
                }
            }
        }
    )*};
}

builder! {
    NestedDeleteMany { field, filter }
    NestedUpdateManyWith { field, filter, data }
}

impl<M, N: Model, B: Bounded> Changes<M> for NestedDeleteMany<M, N, B> {
    fn add_to(self, target: &mut Assignments) {
        target.nest(Nested {
            field: self.field,
            verb: "deleteMany",
            value: Value::List(vec![self.filter.into_value()]),
        });
    }
}

impl<M, N: Model, B: Bounded> Changes<M> for NestedUpdateManyWith<M, N, B> {
    fn add_to(self, target: &mut Assignments) {
        let update = vec![
            ("where".into(), self.filter.into_value()),
            ("data".into(), self.data),
        ];
        target.nest(Nested {
            field: self.field,
            verb: "updateMany",
            value: Value::List(vec![Value::Object(update)]),
        });
    }
}
