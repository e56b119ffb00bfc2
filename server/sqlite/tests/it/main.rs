//! Real databases: reads, writes, deploys and the management store, and the driver itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod driver;
mod raw;
mod read;
mod write_delete;
mod write_links;
mod write_nodes;
mod write_storage;
mod write_world;
