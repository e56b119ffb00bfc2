//! The SQLite driver: a folder of database files, or databases in memory.
//!
//! Goes in: statements and values of `prisma-sql`, on connections this crate opens. Comes out: rows, counts, typed
//! errors.
//!
//! Must never know: plans, datamodels, GraphQL, HTTP, which statements it runs.

mod connection;
mod driver;
mod error;
mod host;
mod lane;
mod lock;
mod pool;
mod raw;
mod value;
mod worker;

pub use connection::SqliteConnection;
pub use driver::SqliteDriver;
pub use host::{SqliteHost, SqliteOptions};
