//! What the compiler says about mistakes in programs that use a generated client.
//!
//! Goes in: programs with one mistake each, in `tests/it/fail`, and a few without, in `tests/it/pass`. Comes out: the
//! messages beside them, which a person must be able to act upon.
//!
//! Must never know: a server, a runtime for futures.

/// The client of users, posts and tags.
pub mod db {
    prisma_runtime::include_client!("db");
}
