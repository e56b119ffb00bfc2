//! The PostgreSQL driver: one server, a database of it, and a schema per service.
//!
//! Goes in: statements and values of `prisma-sql`, on connections this crate opens. Comes out: rows, counts, typed
//! errors.
//!
//! Single statements share a few connections and are sent without waiting for each other (`lanes`);
//! everything else takes a connection out of a pool for its transaction (`pool`). A transaction always ends: its job
//! runs to its end even if the caller has gone, and a connection that did not come to a proper end is closed.
//!
//! Must never know: plans, datamodels, GraphQL, HTTP, which statements it runs.

mod connection;
mod driver;
mod error;
mod host;
mod kept;
mod kind;
mod lanes;
mod lock;
mod numeric;
mod options;
mod parameter;
mod pool;
mod raw;
mod row;
mod session;
mod statements;
mod target;
mod tls;

pub use connection::PostgresConnection;
pub use driver::PostgresDriver;
pub use error::{Lost, Unfit};
pub use host::PostgresHost;
pub use options::{OptionsError, PostgresOptions, Roots, SslMode};
