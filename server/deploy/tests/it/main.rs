//! Deploys: what stored schemas mean, which steps lead from one datamodel to another, what speaks against them, and
//! what becomes of services and their data.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[macro_use]
mod home;

mod attacks;
mod fake;
mod pipeline;
mod refusals;
mod running;
mod services;
mod steps;
mod stored_schema;
mod stores;
mod takeover;
mod two_servers;
mod warnings;

/// The good datamodels of the fixtures, by file name.
fn fixtures() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/datamodels/ok");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    assert!(all.len() > 40);
    all
}
