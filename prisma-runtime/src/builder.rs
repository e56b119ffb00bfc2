//! Methods that several builders share: conditions, order and page, and what is read.
//!
//! Macros instead of one generic builder, since the builders' names stand in messages of the compiler, and each of
//! them should show its methods in its own documentation.

/// Conditions on records of `$model`, kept in the [`ListArguments`](crate::page::ListArguments) at `$list`.
macro_rules! filtered {
    ([$($parameters:tt)*] $builder:ty, of $model:ident, in $($list:ident).+) => {
        impl<$($parameters)*> $builder {
            /// Only records that match; several calls are and-ed: `.filter(|u| u.age.gt(17) & u.name.eq("Ann"))`.
            pub fn filter(
                mut self,
                filter: impl FnOnce($model::Fields) -> $crate::Filter<$model>,
            ) -> Self {
                self.$($list).+.filter(filter($model::FIELDS).conditions);
                self
            }

            /// Only records that match, if there is a value to compare with:
            /// `.filter_some(search, |u, text| u.name.contains(text))`.
            pub fn filter_some<V>(
                self,
                value: Option<V>,
                filter: impl FnOnce($model::Fields, V) -> $crate::Filter<$model>,
            ) -> Self {
                match value {
                    Some(value) => self.filter(|record| filter(record, value)),
                    None => self,
                }
            }
        }
    };
}

/// Order and page of a list of `$model`, kept in the [`ListArguments`](crate::page::ListArguments) at `$list`. The
/// builder's last parameter is the direction of paging, and the other fields are `$field`.
macro_rules! paged {
    (
        [$($parameters:tt)*] $builder:ident<$($argument:tt),+> { $($field:ident),+ },
        of $model:ident, in $($list:ident).+
    ) => {
        impl<$($parameters)*, P> $builder<$($argument),+, P> {
            fn towards<Q>(self) -> $builder<$($argument),+, Q> {
                $builder {
                    $($field: self.$field,)+
                    types: ::core::marker::PhantomData,
                }
            }

            /// Sorted, and what is equal by the id; without it, by the id alone: `.order_by(|u| u.name.asc())`. The
            /// API sorts by one field, so a second call replaces the first.
            pub fn order_by(
                mut self,
                order: impl FnOnce($model::Fields) -> $crate::Order<$model>,
            ) -> Self {
                self.$($list).+.order = Some(order($model::FIELDS).into_value());
                self
            }

            /// Without the first `count` (with `last`, without the last ones).
            pub fn skip(mut self, count: u32) -> Self {
                self.$($list).+.skip = Some(count);
                self
            }

            /// At most the first `count`; of related records, for every record on its own.
            pub fn first(mut self, count: u32) -> $builder<$($argument),+, $crate::Forward>
            where
                P: $crate::Towards<$crate::Forward>,
            {
                self.$($list).+.first = Some(count);
                self.towards()
            }

            /// At most the last `count`, in the usual order; of related records, for every record on its own.
            pub fn last(mut self, count: u32) -> $builder<$($argument),+, $crate::Backward>
            where
                P: $crate::Towards<$crate::Backward>,
            {
                self.$($list).+.last = Some(count);
                self.towards()
            }

            /// Only what comes after that record.
            pub fn after(
                mut self,
                cursor: $crate::Cursor<$model>,
            ) -> $builder<$($argument),+, $crate::Forward>
            where
                P: $crate::Towards<$crate::Forward>,
            {
                self.$($list).+.after = Some(cursor.into_string());
                self.towards()
            }

            /// Only what comes before that record.
            pub fn before(
                mut self,
                cursor: $crate::Cursor<$model>,
            ) -> $builder<$($argument),+, $crate::Backward>
            where
                P: $crate::Towards<$crate::Backward>,
            {
                self.$($list).+.before = Some(cursor.into_string());
                self.towards()
            }

            /// The page that somebody else asks for; see [`Page::from_relay`](crate::Page::from_relay).
            pub fn page(
                mut self,
                page: $crate::Page<$model>,
            ) -> $builder<$($argument),+, $crate::Given>
            where
                P: $crate::Towards<$crate::Given>,
            {
                page.set(&mut self.$($list).+);
                self.towards()
            }
        }
    };
}

/// What is read of each record: the builder's third parameter, kept in `shape`. The other fields are `$field`, and
/// `$rest` are the parameters behind.
macro_rules! shaped {
    ($builder:ident<$($rest:ident),*> { $($field:ident),+ }) => {
        impl<'c, M: $crate::Model, S, $($rest),*> $builder<'c, M, S, $($rest),*> {
            fn shaped<T>(self, shape: T) -> $builder<'c, M, T, $($rest),*> {
                $builder {
                    $($field: self.$field,)+
                    shape,
                    types: ::core::marker::PhantomData,
                }
            }

            /// Reads a struct of the user's: `.select::<UserCard>()`.
            pub fn select<T: $crate::Selection<Model = M, Vars = ()>>(
                self,
            ) -> $builder<'c, M, $crate::Of<T>, $($rest),*> {
                self.shaped($crate::Of::new())
            }

            /// Reads a struct of the user's whose arguments are computed from `vars`:
            /// `.select_with::<Feed>(FeedVars { first: 3 })`.
            pub fn select_with<T: $crate::Selection<Model = M>>(
                self,
                vars: T::Vars,
            ) -> $builder<'c, M, $crate::OfWith<T>, $($rest),*> {
                self.shaped($crate::OfWith(vars))
            }

            /// Reads fields named on the spot: `.pick(|u| (u.id, u.name))`, `.pick(select! { id name })`.
            pub fn pick<T: $crate::Shape<M>>(
                self,
                pick: impl FnOnce(M::Fields) -> T,
            ) -> $builder<'c, M, T, $($rest),*> {
                self.shaped(pick(M::FIELDS))
            }
        }
    };
}

/// Look-ahead, kept at `$asked`.
macro_rules! asked {
    ([$($parameters:tt)*] $builder:ty, in $($asked:ident).+) => {
        impl<$($parameters)*> $builder {
            /// Fetches [`Asked`](crate::Asked) fields only if `asked` has them.
            pub fn asked(mut self, asked: impl Into<$crate::Lookahead>) -> Self {
                self.$($asked).+ = Some(asked.into());
                self
            }
        }
    };
}

pub(crate) use {asked, filtered, paged, shaped};
