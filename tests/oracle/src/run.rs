//! Runs of a seed, and what is left of one that fails.

use prisma_tests_connector_suite::{SetupError, Store};

use crate::{
    generate::{Generator, schema},
    operation::{Operation, smaller},
    schema::Schema,
    session::{Mismatch, Session},
};

/// A failed run, cut down.
#[derive(Debug)]
pub struct Failed {
    /// The seed of its datamodel and operations.
    pub seed: u64,
    /// Where.
    pub store: Store,
    /// The datamodel.
    pub schema: Schema,
    /// The fewest operations that still fail; the last one does.
    pub operations: Vec<Operation>,
    /// How it fails.
    pub mismatch: Box<Mismatch>,
}

/// What came of a run.
#[derive(Debug)]
pub enum Ran {
    /// All as it should be.
    Well,
    /// The store is not there.
    NoStore,
    /// A difference.
    Badly(Box<Failed>),
}

/// Runs so many operations of a seed on a store. A difference is cut down to as few operations as `patience` tries
/// find.
///
/// # Errors
/// If the datamodel cannot be deployed.
pub async fn run(
    store: Store,
    seed: u64,
    operations: usize,
    patience: usize,
) -> Result<Ran, SetupError> {
    let schema = schema(seed);
    let Some(mut session) = Session::open(store, &schema).await? else {
        return Ok(Ran::NoStore);
    };
    let mut generator = Generator::new(seed);
    let mut done = Vec::new();
    for _ in 0..operations {
        let operation = generator.operation(&session.rules(), session.state());
        done.push(operation.clone());
        if let Err(mismatch) = session.step(&operation).await {
            drop(session);
            let (operations, mismatch) = shrink(store, &schema, done, mismatch, patience).await?;
            return Ok(Ran::Badly(Box::new(Failed {
                seed,
                store,
                schema,
                operations,
                mismatch,
            })));
        }
    }
    Ok(Ran::Well)
}

/// Leaves out operations, then parts of them, as long as the same check still fails.
async fn shrink(
    store: Store,
    schema: &Schema,
    mut operations: Vec<Operation>,
    mut mismatch: Box<Mismatch>,
    mut patience: usize,
) -> Result<(Vec<Operation>, Box<Mismatch>), SetupError> {
    let mut size = operations.len() / 2;
    while size > 0 && patience > 0 {
        let mut start = 0;
        // The last operation is the one that fails.
        while start + 1 < operations.len() && patience > 0 {
            let end = (start + size).min(operations.len() - 1);
            let mut fewer = operations.clone();
            fewer.drain(start..end);
            patience -= 1;
            match replay(store, schema, &fewer, &mismatch).await? {
                Some((length, found)) => {
                    fewer.truncate(length);
                    operations = fewer;
                    mismatch = found;
                }
                None => start = end,
            }
        }
        size /= 2;
    }
    let mut index = 0;
    while index < operations.len() && patience > 0 {
        let mut tries = smaller(&operations[index]).into_iter();
        loop {
            let Some(operation) = tries.next().filter(|_| patience > 0) else {
                index += 1;
                break;
            };
            let mut fewer = operations.clone();
            fewer[index] = operation;
            patience -= 1;
            if let Some((length, found)) = replay(store, schema, &fewer, &mismatch).await? {
                fewer.truncate(length);
                operations = fewer;
                mismatch = found;
                break;
            }
        }
    }
    Ok((operations, mismatch))
}

/// Runs operations on a fresh project: after how many of them the check fails, if it does.
async fn replay(
    store: Store,
    schema: &Schema,
    operations: &[Operation],
    like: &Mismatch,
) -> Result<Option<(usize, Box<Mismatch>)>, SetupError> {
    let Some(mut session) = Session::open(store, schema).await? else {
        return Ok(None);
    };
    for (index, operation) in operations.iter().enumerate() {
        if let Err(mismatch) = session.step(operation).await {
            let found = (index + 1, mismatch);
            return Ok(Some(found).filter(|(_, found)| found.is_like(like)));
        }
    }
    Ok(None)
}
