//! The boundary between the engine and every store: plans and values in, JSON bytes out.
//!
//! Goes in: [`ReadPlan`]s and [`Write`]s, plain data that name models and fields by id and leave request values
//! to slots. Comes out: the bytes of an [`Answer`], counts, or a typed [`ConnectorError`]. A store implements
//! [`Database`], [`Store`], [`Storage`] and [`Connector`]; the engine and the deploy layer know nothing else of it.
//!
//! Must never know: GraphQL, SQL, HTTP, tokio, the text of an error message of the API.

pub mod answer;
pub mod capability;
pub mod error;
pub mod lock;
pub mod read;
pub mod service;
pub mod storage;
pub mod store;
pub mod traits;
pub mod transaction;
pub mod value;
pub mod write;

pub use answer::{Answer, Format, PathSegment, Problem, ProblemKind};
pub use capability::Capabilities;
pub use error::{BoxError, ConnectorError, Key};
pub use lock::Lock;
pub use read::*;
pub use service::ServiceName;
pub use storage::{Probe, StorageAction};
pub use store::{MigrationRecord, MigrationStatus, ServiceRecord};
pub use traits::{BoxFuture, Connector, Database, Prepared, Storage, Store};
pub use transaction::{Isolation, Transaction, TransactionEnd, TransactionOptions};
pub use value::Value;
pub use write::*;
