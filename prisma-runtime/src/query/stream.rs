//! Long lists, row by row.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{
    error::Result,
    query::pages::{Page, Pages},
    transport::BoxFuture,
};

/// The rows of a list as a [`Stream`], read page by page: while the rows of one page are taken, the next one is on its
/// way. An error ends it.
///
/// ```
/// # use prisma_runtime::{Delegate, Model, Result};
/// # async fn run<User: Model>(users: Delegate<'_, User>) -> Result<()> {
/// let mut rows = users.find_many().stream(500);
/// while let Some(user) = rows.next().await {
///     let user = user?;
///     # drop(user);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Rows<T> {
    /// Of the current page.
    ready: std::vec::IntoIter<(String, T)>,
    /// The page behind it, on its way.
    coming: Option<Coming<T>>,
    /// The page behind it, once it is there.
    next: Option<Arrived<T>>,
    /// How many rows may still be asked for; `None` for all.
    left: Option<u32>,
    size: u32,
}

/// A page on its way, and how to get on from it.
struct Coming<T> {
    page: BoxFuture<'static, Result<Page<T>>>,
    pages: Option<Pages<T>>,
}

/// A page, and how to get on from it.
struct Arrived<T> {
    page: Result<Page<T>>,
    pages: Option<Pages<T>>,
}

impl<T: Send + 'static> Rows<T> {
    /// The list that `pages` begins with, `size` rows a request; its `first` limits the whole.
    pub(super) fn new(pages: Pages<T>, size: u32) -> Self {
        let mut rows = Self {
            ready: Vec::new().into_iter(),
            coming: None,
            next: None,
            left: pages.limit(),
            size: size.max(1),
        };
        rows.ask(pages);
        rows
    }

    /// A list without pages.
    pub(super) fn whole(page: BoxFuture<'static, Result<Page<T>>>) -> Self {
        Self {
            ready: Vec::new().into_iter(),
            coming: Some(Coming { page, pages: None }),
            next: None,
            left: None,
            size: 1,
        }
    }

    /// The next row; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn ask(&mut self, pages: Pages<T>) {
        let size = self.left.map_or(self.size, |left| left.min(self.size));
        if size == 0 {
            return;
        }
        self.left = self.left.map(|left| left - size);
        let pages = pages.of_size(size);
        self.coming = Some(Coming {
            page: pages.fetch(),
            pages: Some(pages),
        });
    }

    /// Moves the page on its way forward.
    fn advance(&mut self, context: &mut Context<'_>) {
        if let Some(coming) = &mut self.coming
            && let Poll::Ready(page) = coming.page.as_mut().poll(context)
            && let Some(Coming { pages, .. }) = self.coming.take()
        {
            self.next = Some(Arrived { page, pages });
        }
    }
}

/// Nothing in it is pinned but the boxed future, which is `Unpin`.
impl<T> Unpin for Rows<T> {}

impl<T: Send + 'static> Stream for Rows<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            self.advance(context);
            if let Some((_, row)) = self.ready.next() {
                return Poll::Ready(Some(Ok(row)));
            }
            match self.next.take() {
                Some(Arrived {
                    page: Ok(page),
                    pages,
                }) => {
                    let following = pages.and_then(|pages| pages.following(&page.ends));
                    self.ready = page.rows.into_iter();
                    if let Some(pages) = following {
                        self.ask(pages);
                    }
                }
                Some(Arrived {
                    page: Err(error), ..
                }) => return Poll::Ready(Some(Err(error))),
                None if self.coming.is_some() => return Poll::Pending,
                None => return Poll::Ready(None),
            }
        }
    }
}
