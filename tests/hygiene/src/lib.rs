//! Clients of datamodels with names that mean something else in Rust, compiled with every warning denied.
//!
//! Goes in: the datamodels in `datamodels/`. Comes out: their clients, if generated code relies on no name that a
//! datamodel can hide.
//!
//! Must never know: a server, a runtime for futures.

#![deny(warnings, missing_docs, rustdoc::all)]

/// The runtime under another name.
pub use prisma_runtime as prisma;

mod own;

pub use self::own::{Details, Money};

/// Fields and types called as keywords.
pub mod keywords {
    prisma_runtime::include_client!("keywords");
}

/// Types called as those of the prelude, of the runtime and of crates.
pub mod names {
    ::prisma_runtime::include_client!("names");
}

/// Relations of all kinds between the same types.
pub mod relations {
    prisma_runtime::include_client!("relations");
}

/// Every scalar, required, optional and as a list.
pub mod scalars {
    prisma_runtime::include_client!("scalars");
}

/// A hundred models.
pub mod hundred {
    prisma_runtime::include_client!("hundred");
}

/// Every option of the generator.
pub mod options {
    prisma_runtime::include_client!("options");
}
