//! The whole API on every database: the checklist of api.md §6, row by row, and what holds under concurrency.
//!
//! A test is a project and a body, `suite!(row_30_…, DATAMODEL, |api| …)`; the macro makes one `#[test]` of it per
//! store. What a body needs of the database it says with `requires(…)`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod api;

/// One test per store of a body.
macro_rules! suite {
    ($name:ident, $datamodel:expr, $body:expr) => {
        suite!($name, $datamodel, requires(|_| true), $body);
    };
    ($name:ident, $datamodel:expr, requires($needs:expr), $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body needs more than its project")]
            use super::*;

            fn run(store: prisma_tests_connector_suite::Store) {
                crate::api::run(store, $datamodel, $needs, $body);
            }

            #[test]
            fn sqlite() {
                run(prisma_tests_connector_suite::Store::Sqlite);
            }

            #[test]
            fn postgres() {
                run(prisma_tests_connector_suite::Store::Postgres);
            }

            #[test]
            fn mysql() {
                run(prisma_tests_connector_suite::Store::Mysql);
            }
        }
    };
}

mod attacks;
mod batches;
mod concurrency;
mod connections;
mod deletes;
mod errors;
mod filters;
mod ids;
mod lists;
mod names;
mod nested;
mod nested_links;
mod nested_shapes;
mod nodes;
mod nulls;
mod order;
mod pages;
mod raw;
mod scalars;
mod schema;
mod selectors;
mod timestamps;
mod transactions;
mod trees;
mod updates;
mod variables;
