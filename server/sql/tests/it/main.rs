//! SQL texts against snapshots. What they do is tested with real databases, in the crates of the drivers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod ddl;
mod fixtures;
mod planting;
mod recorder;
mod store;
mod write;
