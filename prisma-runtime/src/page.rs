//! The arguments of lists, and the direction of paging as a type.

use crate::{filter::Conditions, names::Names, select::Argument, value::Value};

/// No page was asked for yet.
#[derive(Clone, Copy, Debug)]
pub struct Unpaged;

/// A page from the beginning: `first`, `after`.
#[derive(Clone, Copy, Debug)]
pub struct Forward;

/// A page from the end: `last`, `before`.
#[derive(Clone, Copy, Debug)]
pub struct Backward;

/// A query whose page may go in the direction `D`.
#[diagnostic::on_unimplemented(
    message = "`first`/`after` and `last`/`before` cannot be combined on one query",
    label = "the other direction was already chosen"
)]
pub trait Towards<D> {}

impl Towards<Forward> for Unpaged {}
impl Towards<Forward> for Forward {}
impl Towards<Backward> for Unpaged {}
impl Towards<Backward> for Backward {}

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
