//! Generated clients as text, and as a program sees them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod files;
mod texts;
mod values;

include!("../../src/options.rs");
