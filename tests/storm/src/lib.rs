//! Storms: what must hold when many write at the same time, and when the server is killed while they do.
//!
//! Goes in: the program `prisma`, a kind of database, how much of what. Comes out: a report that counts what was done
//! and names whatever broke a rule. The server is a process of its own with a fresh service in a fresh place; all is
//! asked and checked through GraphQL over HTTP, as any client would.
//!
//! Must never know: how the server or a store works inside.

mod client;
pub mod kill;
pub mod races;
mod random;
mod report;
mod server;
mod store;
pub mod upserts;

pub use report::{Report, Violation};
pub use server::built_program;
pub use store::{Place, Store};
