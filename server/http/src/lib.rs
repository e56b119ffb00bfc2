//! The HTTP server: configuration and requests in, responses out.
//!
//! Goes in: a [`Config`] (deploy.md §6) and HTTP requests. Comes out: answers of the services' APIs and of the
//! management API with the status codes, headers and error bodies of server.md §1. [`Server`] is the composition
//! root: the one place that names a concrete database and puts store, engine and deployer together.
//!
//! Must never know: SQL, plans of queries, the steps of a migration, how anything is shown in a terminal.

mod auth;
mod body;
pub mod config;
mod connections;
mod cors;
mod database;
mod endpoint;
mod graphql;
pub mod logging;
mod management;
mod page;
mod request_id;
mod respond;
mod router;
mod server;
pub mod shutdown;
mod transactions;

pub use config::{Config, ConfigError, DatabaseConfig, Limits, Overrides, Place, Secret};
pub use server::{Server, ServerError};
