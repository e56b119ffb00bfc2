//! The server as its clients see it: requests over a real connection, SQLite in a temporary folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod access;
mod batches;
mod broken;
mod busy;
mod config;
mod config_servers;
mod headers;
mod lifetime;
mod limits;
mod management;
mod server;
mod transactions;
