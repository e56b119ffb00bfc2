//! A slice of the oracle with fixed seeds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use prisma_tests_connector_suite::{Store, block_on};
use prisma_tests_oracle::{Ran, run};

#[test]
fn sqlite_answers_what_the_reference_says() {
    for seed in 1..=20 {
        if let Ran::Badly(failed) = block_on(run(Store::Sqlite, seed, 100, 300)).unwrap() {
            panic!("{failed}");
        }
    }
}
