//! The arguments of lists, the direction of paging as a type, and pages that others ask for.

use std::marker::PhantomData;

use crate::{
    error::{Error, Result},
    filter::Conditions,
    marker::Marker,
    names::Names,
    select::Argument,
    value::Value,
};

/// No page was asked for yet.
#[derive(Clone, Copy, Debug)]
pub struct Unpaged;

/// A page from the beginning: `first`, `after`.
#[derive(Clone, Copy, Debug)]
pub struct Forward;

/// A page from the end: `last`, `before`.
#[derive(Clone, Copy, Debug)]
pub struct Backward;

/// A [`Page`] was given, which has its own direction.
#[derive(Clone, Copy, Debug)]
pub struct Given;

/// A query whose page may go in the direction `D`.
#[diagnostic::on_unimplemented(
    message = "`first`/`after` and `last`/`before` cannot be combined on one query",
    label = "the other direction was already chosen",
    note = "`stream` reads forward, as `first` does"
)]
pub trait Towards<D> {}

impl Towards<Forward> for Unpaged {}
impl Towards<Forward> for Forward {}
impl Towards<Backward> for Unpaged {}
impl Towards<Backward> for Backward {}
impl Towards<Given> for Unpaged {}

/// A page whose direction is known at run time only, as in a resolver that hands on its arguments.
///
/// ```
/// # use prisma_runtime::{Page, Result};
/// # fn page<User>(first: Option<i32>, after: Option<String>) -> Result<Page<User>> {
/// let page = Page::from_relay(first, after, None, None)?.at_most(100);
/// # Ok(page)
/// # }
/// // db.user().connection().page(page).await?
/// ```
#[derive(Debug)]
#[must_use = "a page does nothing until it is given to a query"]
pub struct Page<M> {
    size: Size,
    cursor: Option<String>,
    model: Marker<M>,
}

#[derive(Clone, Copy, Debug)]
enum Size {
    First(Option<u32>),
    Last(Option<u32>),
}

impl<M> Page<M> {
    /// The page that the four arguments of a Relay connection ask for; without any of them, everything.
    ///
    /// # Errors
    /// [`ErrorKind::Validation`](crate::ErrorKind::Validation) if `first` or `after` meets `last` or `before`, and for
    /// negative numbers.
    pub fn from_relay(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Self> {
        let forward = first.is_some() || after.is_some();
        if forward && (last.is_some() || before.is_some()) {
            let argument = if last.is_some() { "last" } else { "before" };
            let text = "`first` and `after` cannot be combined with `last` and `before`";
            return Err(Error::refused(argument, text));
        }
        let backward = last.is_some() || before.is_some();
        let size = if backward {
            Size::Last(whole("last", last)?)
        } else {
            Size::First(whole("first", first)?)
        };
        Ok(Self {
            size,
            cursor: after.or(before),
            model: PhantomData,
        })
    }

    /// A page of no more than `count` records, whatever was asked for.
    pub fn at_most(mut self, count: u32) -> Self {
        let (Size::First(size) | Size::Last(size)) = &mut self.size;
        *size = Some(size.map_or(count, |size| size.min(count)));
        self
    }

    pub(crate) fn set(self, list: &mut ListArguments) {
        match self.size {
            Size::First(size) => (list.first, list.after) = (size, self.cursor),
            Size::Last(size) => (list.last, list.before) = (size, self.cursor),
        }
    }
}

/// Everything, from the beginning.
impl<M> Default for Page<M> {
    fn default() -> Self {
        Self {
            size: Size::First(None),
            cursor: None,
            model: PhantomData,
        }
    }
}

impl<M> Clone for Page<M> {
    fn clone(&self) -> Self {
        Self {
            size: self.size,
            cursor: self.cursor.clone(),
            model: PhantomData,
        }
    }
}

fn whole(argument: &'static str, number: Option<i32>) -> Result<Option<u32>> {
    let whole = |number| {
        let text = || format!("`{argument}` must not be negative");
        u32::try_from(number).map_err(|_| Error::refused(argument, text()))
    };
    number.map(whole).transpose()
}

/// The seven arguments of a list (api.md §1.4).
#[derive(Clone, Debug)]
pub(crate) struct ListArguments {
    filter: Option<Conditions>,
    pub(crate) order: Option<Value>,
    pub(crate) skip: Option<u32>,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) first: Option<u32>,
    pub(crate) last: Option<u32>,
}

impl ListArguments {
    pub(crate) const fn new() -> Self {
        Self {
            filter: None,
            order: None,
            skip: None,
            after: None,
            before: None,
            first: None,
            last: None,
        }
    }

    /// The same list as a whole.
    pub(crate) fn unpaged(&self) -> Self {
        Self {
            filter: self.filter.clone(),
            ..Self::new()
        }
    }

    /// True if the page is counted from the end.
    pub(crate) fn is_backward(&self) -> bool {
        self.last.is_some() || self.before.is_some()
    }

    /// The page that follows one with these cursors at its ends, in the same direction.
    pub(crate) fn following(&self, start: Option<&str>, end: Option<&str>) -> Option<Self> {
        let mut next = self.clone();
        next.skip = None;
        if self.is_backward() {
            next.before = Some(start?.to_owned());
        } else {
            next.after = Some(end?.to_owned());
        }
        Some(next)
    }

    pub(crate) fn filter(&mut self, filter: Conditions) {
        let before = self.filter.take().unwrap_or_default();
        self.filter = Some(before.and(filter));
    }

    /// Those that are given, in the order of the API.
    pub(crate) fn arguments(&self, names: Names) -> Vec<Argument> {
        let number = |number: &u32| Value::Int(i64::from(*number));
        let text = |text: &String| Value::String(text.clone());
        let filter = self.filter.clone().map(Conditions::into_value);
        [
            ("where", names.filter(), filter),
            ("orderBy", names.order(), self.order.clone()),
            ("skip", "Int", self.skip.as_ref().map(number)),
            ("after", "String", self.after.as_ref().map(text)),
            ("before", "String", self.before.as_ref().map(text)),
            ("first", "Int", self.first.as_ref().map(number)),
            ("last", "Int", self.last.as_ref().map(number)),
        ]
        .into_iter()
        .filter_map(|(name, ty, value)| Some(Argument::optional(name, ty, value?)))
        .collect()
    }
}
