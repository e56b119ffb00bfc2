//! The derivation of the OpenCRUD GraphQL API from a datamodel (api.md §1).
//!
//! Goes in: a [`prisma_datamodel::Datamodel`]. Comes out: an [`ApiSchema`], in which every type, field, argument
//! and enum value carries its meaning, and its text in the GraphQL schema language.
//!
//! Must never know: JSON, SQL, a GraphQL executor, async.

mod collision;
mod derive;
pub mod names;
mod plural;
pub mod schema;
mod sdl;

pub use collision::{Collision, Origin, Place, Subject};
pub use derive::{Options, derive};
pub use names::{root_many, root_one};
pub use plural::pluralize;
pub use schema::*;
