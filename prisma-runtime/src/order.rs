//! Orders. The API sorts by one field, and what is equal in it by the id.

use std::marker::PhantomData;

use crate::{
    field::Scalar,
    value::{Name, Value},
};

/// An order of records of `M`.
#[derive(Debug)]
#[must_use = "an order does nothing until it is given to a query"]
pub struct Order<M> {
    name: Name,
    model: PhantomData<fn() -> M>,
}

impl<M> Order<M> {
    const fn new(name: String) -> Self {
        Self {
            name: Name::Owned(name),
            model: PhantomData,
        }
    }

    pub(crate) fn into_value(self) -> Value {
        Value::String(self.name.into_owned())
    }
}

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            model: PhantomData,
        }
    }
}

impl<M, T> Scalar<M, T> {
    /// Smallest first.
    pub fn asc(self) -> Order<M> {
        Order::new([self.name, "_ASC"].concat())
    }

    /// Greatest first.
    pub fn desc(self) -> Order<M> {
        Order::new([self.name, "_DESC"].concat())
    }
}
