//! Generated clients, and the tests of all that a program can do with them.
//!
//! Goes in: the datamodels in `datamodels/`. Comes out: their clients, compiled with every warning denied.
//!
//! Must never know: how a client sends what it sends, beyond the public API.

#![deny(warnings, missing_docs)]

/// The client of a blog: users, posts and tags.
pub mod blog {
    prisma_runtime::include_client!("blog");
}

/// The client of a datamodel with everything unusual in it.
pub mod shapes {
    prisma_runtime::include_client!("shapes");
}
