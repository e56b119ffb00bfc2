//! Deploys: services come and go, their datamodels change, and stored data follows.
//!
//! Goes in: a [`DeployRequest`] with the text of a datamodel. Comes out: a [`DeployOutcome`] with every error or
//! warning of the text and of the step from the live revision to the next; if nothing speaks against it, a storage
//! that fits, a [`Migration`] on record, and the new revision swapped into the engine (deploy.md §3).
//!
//! Everything between a text and the changes of the storage is a function from values to values: [`stored_schema`],
//! [`diff`] and the checks of live data; [`Deployer`] alone talks to a database.
//!
//! Must never know: SQL, a driver, HTTP, tokens, the GraphQL of the management API.

mod actions;
mod deployer;
mod destructive;
pub mod diff;
mod error;
pub mod matching;
mod migration;
mod request;
mod service_name;
pub mod step;
pub mod stored_schema;
mod subscription;

pub use deployer::{Deployer, DeployerOptions, ServiceInfo};
pub use error::DeployError;
pub use migration::{CreateField, Manifestation, Migration, MigrationStep, UpdateField};
pub use request::{DeployOutcome, DeployRequest, Issue, Subscription};
