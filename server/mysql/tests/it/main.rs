//! The driver on a real server: values, transactions, connections that break, statements of the caller's own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod connections;
mod host;
mod lists;
mod raw;
mod speed;
mod transactions;
mod url;
mod values;
mod violations;
mod world;
