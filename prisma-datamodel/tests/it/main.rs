//! The language against the fixtures in `fixtures/datamodels`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod smoke;
