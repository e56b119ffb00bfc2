//! Real database servers for tests: those that the environment names, or throw-away ones of installed programs.
//!
//! Goes in: `PRISMA_TEST_POSTGRES_URL`, `PRISMA_TEST_MYSQL_URL`, else the programs of PostgreSQL and MariaDB on this
//! machine. Comes out: the URL of a server, and names that no other test uses.
//!
//! A throw-away server belongs to the workspace, not to a test: the first test that asks starts it, all others, also
//! those of later runs, use the same. It ends with `cargo xtask db down`, or with the machine. It listens on loopback
//! alone, with a password of its own, and its data goes with it.
//!
//! Without a server a test says so and passes; `PRISMA_TEST_REQUIRE=all` (or `postgres`, `mysql`) makes it fail.
//!
//! Must never know: drivers, other crates of the workspace, what a test does with its server.

mod error;
mod kind;
mod local;
mod mysql;
mod postgres;
mod program;
mod server;

pub use error::DatabaseError;
pub use kind::Kind;
pub use local::{Local, Servers};
pub use server::Server;
