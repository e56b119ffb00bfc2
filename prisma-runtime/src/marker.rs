//! Types that a value only stands for.

use std::marker::PhantomData;

/// Stands for `T` without holding one: whatever `T` is, what carries a marker can be sent and shared.
pub(crate) type Marker<T> = PhantomData<fn() -> T>;
