//! The tasks, run as programs on small workspaces.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod tidy;
mod workspace;
