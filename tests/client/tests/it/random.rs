//! Whatever the builders can say is valid against the API of the datamodel, and the engine runs it: it gives an answer
//! of the type that the builder promises, or one of the errors that only the data can decide.
//!
//! Three things are left out that the types allow and that are errors of validation: what a builder refuses before it
//! sends anything (a nested record's way back to its parent, `Json` that is no document), fields that only creates have
//! (ids, the time of creation) in an update, and conditions on relations in nested writes of many.
//!
//! Cases are read from tapes of random bytes. A tape that fails is made as short as it gets and kept in
//! `random-failures/`; it is then tried first in every later run. `PROPTEST_CASES` says how many tapes are tried: more
//! take longer and find more.

mod blog;
mod judge;
mod shapes;
mod tape;

use std::env;

use prisma_runtime::{Client, EmbeddedBuilder};
use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, FileFailurePersistence, TestRunner},
};

use self::{
    judge::{Judge, Verdict},
    tape::Tape,
};
use crate::api::Api;

/// How many tapes are tried unless the environment says otherwise.
const CASES: u32 = 32;

/// A tape holds some dozens of decisions for each of a handful of operations.
const LONGEST: usize = 400;

#[test]
fn every_operation_on_a_blog() {
    const FAILURES: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/random-failures/blog.txt"
    );
    every_operation("blog", FAILURES, async |client, judge, tape| {
        let db = client.into();
        blog::start(&db, judge).await?;
        while !tape.is_at_end() {
            blog::step(&db, judge, tape).await?;
        }
        Ok(())
    });
}

#[test]
fn every_operation_on_unusual_shapes() {
    const FAILURES: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/random-failures/shapes.txt"
    );
    every_operation("shapes", FAILURES, async |client, judge, tape| {
        let db = client.into();
        shapes::start(&db, judge).await?;
        while !tape.is_at_end() {
            shapes::step(&db, judge, tape).await?;
        }
        Ok(())
    });
}

/// Runs a program over a fresh database of this datamodel, for many tapes.
fn every_operation(
    name: &'static str,
    failures: &'static str,
    program: impl AsyncFn(Client, &Judge, &mut Tape<'_>) -> Verdict,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let judge = Judge::new(Api::of(name));
    let path = format!("{}/datamodels/{name}.prisma", env!("CARGO_MANIFEST_DIR"));
    let datamodel = std::fs::read_to_string(path).unwrap();
    let mut config = Config {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(failures))),
        ..Config::default()
    };
    if env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    let result = TestRunner::new(config).run(&vec(any::<u8>(), 0..LONGEST), |bytes| {
        runtime.block_on(async {
            let builder = EmbeddedBuilder::new(":memory:").deploy(&datamodel);
            let client: Client = builder.build().await.unwrap();
            program(client, &judge, &mut Tape::new(&bytes)).await
        })
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}
