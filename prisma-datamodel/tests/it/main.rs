//! The language against the fixtures in `fixtures/datamodels`, and against random texts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod bad;
mod describe;
mod fixtures;
mod limits;
mod ok;
mod random;
