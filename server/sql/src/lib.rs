//! Everything SQL databases have in common: plans to statements, rows to bytes, layout and DDL, the management
//! store, and [`SqlConnector`] over any [`Driver`].
//!
//! Goes in: plans, writes and storage actions of `prisma-connector`, and a driver. Comes out: its answers.
//!
//! Must never know: GraphQL, the derived API, sockets and files, a database's name outside of [`Dialect`].

pub mod connector;
mod database;
mod ddl;
pub mod dialect;
pub mod driver;
mod format;
mod json;
pub mod layout;
mod link;
mod namespace;
mod pace;
mod packed;
pub mod read;
mod retry;
mod rows;
mod storage;
mod store;
mod text;
mod transaction;
pub mod write;

pub use connector::SqlConnector;
pub use database::{Options, SqlDatabase};
pub use dialect::{Dialect, Strategy};
pub use driver::{
    Access, Cell, Connection, Driver, Effect, Failed, Host, Job, Question, Row, Savepoint,
    Statement, Violation,
};
pub use layout::Layout;
pub use namespace::Namespace;
pub use storage::SqlStorage;
pub use store::SqlStore;
