//! Naming one record.

use std::marker::PhantomData;

use crate::{scalar::IntoValue, value::Value};

/// Names one record of `M` by its id or another unique field: `user::by_email("a@b.c")`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Unique};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let by: Unique<User> = user::by_email("a@b.c");
/// let ann = db.user().find_unique(by).await?;
/// # drop(ann);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Unique<M> {
    field: &'static str,
    value: Value,
    model: PhantomData<fn() -> M>,
}

impl<M> Unique<M> {
    /// The record whose `field` holds `value`. For generated code.
    pub fn new<T>(field: &'static str, value: impl IntoValue<T>) -> Self {
        Self {
            field,
            value: value.into_value(),
            model: PhantomData,
        }
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(vec![(self.field.into(), self.value)])
    }
}

impl<M> Clone for Unique<M> {
    fn clone(&self) -> Self {
        Self {
            field: self.field,
            value: self.value.clone(),
            model: PhantomData,
        }
    }
}
