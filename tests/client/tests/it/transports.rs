//! One program, two transports: over HTTP to a server that listens, and to the engine in this process. Both must say
//! the same, word for word, failures included.

mod blog;
mod documents;
mod errors;
mod journal;
mod nested;
mod patches;
mod reading;
mod shapes;
mod transactions;
mod world;

use prisma_runtime::Client;

use self::{journal::Journal, world::World};

/// Runs a program over each transport, on fresh and equal data, and gives what both said.
pub(crate) async fn both(datamodel: &str, program: impl AsyncFn(Client, &mut Journal)) -> String {
    let world = World::start(datamodel).await;
    let mut over_http = Journal::default();
    program(world.http(), &mut over_http).await;
    let mut embedded = Journal::default();
    program(World::embedded(datamodel).await, &mut embedded).await;
    world.stop().await;
    let (over_http, embedded) = (over_http.into_text(), embedded.into_text());
    assert_eq!(over_http, embedded, "the transports differ");
    embedded
}

/// The text of a datamodel that the clients were generated from.
pub(crate) fn datamodel(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/datamodels");
    std::fs::read_to_string(format!("{folder}/{name}.prisma")).unwrap()
}
