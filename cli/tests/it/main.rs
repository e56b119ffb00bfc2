//! The binary `prisma` as its users see it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod dev;
mod format;
mod generate;
mod help;
mod program;
mod serve;
