//! A slice of the oracle with fixed seeds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use prisma_tests_connector_suite::{Store, block_on};
use prisma_tests_oracle::{Ran, run};

fn slice(store: Store, seeds: std::ops::RangeInclusive<u64>) {
    for seed in seeds {
        match block_on(run(store, seed, 100, 300)).unwrap() {
            Ran::Well => {}
            Ran::NoStore => return,
            Ran::Badly(failed) => panic!("{failed}"),
        }
    }
}

#[test]
fn sqlite_answers_what_the_reference_says() {
    slice(Store::Sqlite, 1..=16);
}

#[test]
fn postgres_answers_what_the_reference_says() {
    slice(Store::Postgres, 1..=7);
}

#[test]
fn levels_are_read_like_anything_else() {
    slice(Store::SqliteLevels, 30..=33);
    slice(Store::PostgresLevels, 36..=38);
}

#[test]
fn mysql_answers_what_the_reference_says() {
    slice(Store::Mysql, 1..=7);
}
