//! The driver on a real server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod errors;
mod host;
mod options;
mod proxy;
mod raw;
mod recovery;
mod speed;
mod statements;
mod tls;
mod transactions;
mod values;
mod world;
