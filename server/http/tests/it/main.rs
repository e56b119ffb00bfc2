//! The server as its clients see it: requests over a real connection, SQLite in a temporary folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod config;
