//! The generator of typed clients: a datamodel in, Rust source out.
//!
//! Goes in: a [`Datamodel`] and [`Options`]. Comes out: a [`Client`], tokens for a
//! macro or files for a build script; or everything that keeps the datamodel from having a client in Rust, with
//! positions. [`Config`] is the part that build scripts call, [`Output`] a client on its way into files.
//!
//! Output is a function of the input alone. It consists of names and data: what it does lives in `prisma-runtime`.
//!
//! Must never know: GraphQL executors, SQL, async, the network.

mod client;
mod config;
mod emit;
mod error;
mod options;
mod output;
mod plan;
pub mod rust_names;

pub use client::{Client, File};
pub use config::Config;
pub use error::{Error, Problems};
pub use options::Options;
pub use output::{Output, Stale, State, check};

use prisma_api::ApiSchema;
use prisma_datamodel::{Datamodel, Source};

/// Generates the client of a datamodel.
///
/// # Errors
/// Names that would stand for two things, in the API (api.md §1.3) or in Rust.
pub fn generate(datamodel: &Datamodel, options: &Options) -> Result<Client, Problems> {
    let api = api(datamodel, options)?;
    let plan = plan::plan(datamodel, &api, options)?;
    Ok(emit::client(&plan, api.to_sdl()))
}

/// The API of a datamodel as SDL, the same that is written beside its client.
///
/// # Errors
/// Everything that is wrong with the datamodel; names that would stand for two things in the API.
pub fn schema(source: &Source) -> Result<String, Problems> {
    let (datamodel, _) = prisma_datamodel::parse(source).map_err(Problems)?;
    let options = Options {
        source: Some(source.clone()),
        ..Options::default()
    };
    Ok(api(&datamodel, &options)?.to_sdl())
}

/// The API that the client is one of.
fn api(datamodel: &Datamodel, options: &Options) -> Result<ApiSchema, Problems> {
    prisma_api::derive(datamodel, &prisma_api::Options::default()).map_err(|collisions| {
        Problems::of_collisions(datamodel, options.source.as_ref(), collisions)
    })
}
