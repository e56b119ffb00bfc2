//! Reads by plan.

mod ask;
mod connections;
mod filters;
mod paging;
mod prepared;
mod problems;
mod relation_filters;
mod shapes;
mod speed;
mod texts;
pub(crate) mod world;
