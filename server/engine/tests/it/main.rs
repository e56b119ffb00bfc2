//! One binary for all tests of the engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod attacks;
mod caches;
mod fake;
mod introspection;
mod mutation;
mod plans;
mod refusals;
mod requests;
mod world;
