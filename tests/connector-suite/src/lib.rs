//! Databases to test on, and projects on them: what every test of the whole API begins with.
//!
//! Goes in: a datamodel, then request texts. Comes out: the JSON that the real engine answers over a real database,
//! deployed by the real deployer. Only HTTP is left out.
//!
//! Must never know: what a test expects, SQL, which statements a store runs.

mod error;
mod project;
mod store;

pub use error::SetupError;
pub use prisma_connector::{Capabilities, Isolation, ServiceName, TransactionOptions};
pub use project::{Project, ProjectTransaction};
pub use store::{Store, block_on};
