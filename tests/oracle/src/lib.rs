//! The oracle: random datamodels, data and operations, and a reference that knows every answer.
//!
//! Goes in: a seed and a store. Comes out: nothing, if the store answers what the reference says; else the shortest
//! list of operations after which it does not. The reference follows the specification of the API over plain vectors;
//! besides it, partitions by a filter and pages of a list are checked without any.
//!
//! Must never know: how the server does anything. It shares no code with it and speaks GraphQL.

pub mod differences;
pub mod generate;
pub mod operation;
pub mod random;
pub mod reference;
mod report;
mod run;
pub mod schema;
pub mod session;
pub mod value;

pub use run::{Failed, Ran, run};
