//! The derived APIs of datamodels, as text and as data.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod collisions;
mod datamodels;
mod meanings;
mod sdl;
mod structure;
