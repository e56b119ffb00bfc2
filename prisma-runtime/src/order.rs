//! Orders. The API sorts by one field, and what is equal in it by the id.

use std::marker::PhantomData;

use crate::{
    field::Scalar,
    value::{Name, Value},
};

/// An order of records of `M`.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # use prisma_runtime::{Order};
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// fn order(is_newest_first: bool) -> Order<Post> {
///     if is_newest_first { Post::FIELDS.id.desc() } else { Post::FIELDS.title.asc() }
/// }
/// let posts = db.post().find_many().order_by(|_| order(true)).await?;
/// # drop(posts);
/// # Ok(())
/// # }
/// ```
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
