//! Real databases: writes, deploys and the management store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod write_delete;
mod write_links;
mod write_nodes;
mod write_storage;
mod write_world;
