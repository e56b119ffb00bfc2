//! The engine: GraphQL requests in, response bytes out.
//!
//! Goes in: a [`GraphqlRequest`] for one of the deployed [`Service`]s. Comes out: a [`ResponseBody`] as api.md §5.1
//! describes it. Between the two a document is read once, planned once per shape of its arguments, and answered by
//! the service's [`prisma_connector::Connector`], whose bytes are passed on untouched.
//!
//! What one request may ask for is bounded by the engine's [`Limits`], and checked before anything is executed: in the
//! document before it is validated, in the variables while they are read, and as an estimate of the answer's size. A
//! request beyond a limit gets one error with a code from 4100 up and the limit's name in `extensions`.
//!
//! Must never know: SQL, a driver, HTTP, files, how a service came to be deployed.

mod coerce;
mod document;
mod engine;
pub mod error;
mod execute;
pub mod filter;
pub mod id;
pub mod input;
mod introspect;
mod limits;
pub mod mutation;
mod operation;
mod plan;
mod position;
mod request;
mod response;
mod scalar;
mod schema;
mod service;
mod template;
mod transaction;
mod weights;

pub use engine::Engine;
pub use error::ApiError;
pub use input::Input;
pub use limits::{Limit, LimitExceeded, Limits};
pub use request::{BodyError, GraphqlRequest, RequestBody};
pub use response::ResponseBody;
pub use service::{Counters, Service, ServiceError, ServiceOptions};
pub use transaction::Transaction;
