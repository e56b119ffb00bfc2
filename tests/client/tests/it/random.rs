//! Whatever the builders can say is valid against the API of the datamodel, and the engine runs it: it gives an answer,
//! or one of the errors that only the data can decide.
//!
//! Cases are read from tapes of random bytes. A tape that fails is made as short as it gets and kept in
//! `random-failures.txt`; it is then tried first in every later run.

mod operations;
mod tape;

use prisma_runtime::{Client, EmbeddedBuilder, ErrorKind, Operation};
use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner},
};

use self::tape::Tape;
use crate::api::Api;

/// How many tapes are tried; more take longer and find more.
const CASES: u32 = 64;

/// A tape holds some dozens of decisions for each of a handful of operations.
const LONGEST: usize = 400;

/// Where failures are kept.
const FAILURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/random-failures.txt");

#[test]
fn every_operation_is_valid_and_runs() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let api = Api::of("blog");
    let datamodel = include_str!("../../datamodels/blog.prisma");
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(FAILURES))),
        ..Config::default()
    });
    let result = runner.run(&vec(any::<u8>(), 0..LONGEST), |bytes| {
        runtime.block_on(async {
            let builder = EmbeddedBuilder::new(":memory:").deploy(datamodel);
            let client: Client = builder.build().await.unwrap();
            let mut tape = Tape::new(&bytes);
            for operation in operations::start() {
                run(&api, &client, &operation, false).await?;
            }
            while !tape.is_at_end() {
                run(&api, &client, &operations::next(&mut tape), true).await?;
            }
            Ok(())
        })
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// Holds one operation to the API and runs it; the data may refuse it only if it may be refused.
async fn run(
    api: &Api,
    client: &Client,
    operation: &Operation,
    may_be_refused: bool,
) -> Result<(), TestCaseError> {
    let request = operation.request().unwrap();
    api.accepts(&request);
    let variables: serde_json::Value = serde_json::from_str(request.variables.get()).unwrap();
    match client.raw(request.query.clone(), variables).await {
        Ok(_) => Ok(()),
        Err(error) if may_be_refused && is_about_data(error.kind()) => Ok(()),
        Err(error) => {
            let (query, variables) = (&request.query, request.variables.get());
            Err(TestCaseError::fail(format!(
                "{error}\n{query}\n{variables}"
            )))
        }
    }
}

/// No builder can know these beforehand.
fn is_about_data(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UniqueViolation { .. }
            | ErrorKind::NotFound { .. }
            | ErrorKind::RelationViolation { .. }
            | ErrorKind::RequiredRelation { .. }
    )
}
