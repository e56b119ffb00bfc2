//! The MySQL driver: one server, MySQL 8 or MariaDB, the home of many databases.
//!
//! Goes in: statements and values of `prisma-sql`, the address of a server. Comes out: rows, counts, typed errors.
//!
//! Must never know: plans, datamodels, GraphQL, HTTP, which statements it runs.

mod connection;
mod date;
mod driver;
mod error;
mod host;
mod options;
mod pool;
mod raw;
mod row;
mod server;
mod statements;
mod to_its_end;
mod url;
mod value;

pub use connection::MysqlConnection;
pub use driver::MysqlDriver;
pub use host::MysqlHost;
pub use options::{MysqlOptions, Ssl};
pub use url::UrlError;
