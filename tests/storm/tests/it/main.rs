//! A slice of each storm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{path::PathBuf, sync::OnceLock};

use prisma_tests_storm::{Place, Report, Store, built_program, kill, races, upserts};

/// A place on a store; none where there is no server for it.
fn place(store: Store) -> Option<Place> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| built_program().unwrap());
    Place::new(store, program).unwrap()
}

fn passed(report: &Report) {
    assert!(report.violations.is_empty(), "{report}");
}

fn upserts_make_each_key_once(store: Store) {
    let Some(place) = place(store) else { return };
    let options = upserts::Options {
        count: 400,
        clients: 64,
    };
    passed(&upserts::run(&place, options, 1).unwrap());
}

fn kills_lose_nothing_and_leave_nothing_half_done(store: Store) {
    let Some(place) = place(store) else { return };
    let options = kill::Options {
        times: 2,
        clients: 8,
    };
    passed(&kill::run(&place, options, 1).unwrap());
}

fn races_leave_links_as_their_fields_allow(store: Store) {
    let Some(place) = place(store) else { return };
    let options = races::Options {
        rounds: 1,
        clients: 4,
        steps: 2,
    };
    passed(&races::run(&place, options, 1).unwrap());
}

/// Each slice on a store, as tests of their own.
macro_rules! on {
    ($store:ident: $variant:ident) => {
        mod $store {
            use prisma_tests_storm::Store;

            #[test]
            fn upserts_make_each_key_once() {
                super::upserts_make_each_key_once(Store::$variant);
            }

            #[test]
            fn kills_lose_nothing_and_leave_nothing_half_done() {
                super::kills_lose_nothing_and_leave_nothing_half_done(Store::$variant);
            }

            #[test]
            fn races_leave_links_as_their_fields_allow() {
                super::races_leave_links_as_their_fields_allow(Store::$variant);
            }
        }
    };
}

on!(sqlite: Sqlite);
on!(postgres: Postgres);
on!(mysql: Mysql);
