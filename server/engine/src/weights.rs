//! What is kept between requests weighs what it takes in memory, about: caches are bounded by bytes, so that requests
//! made to be remembered do not fill the memory.

use std::sync::Arc;

use prisma_connector::{Format, Prepared, ReadPlan};
use quick_cache::{Weighter, sync::Cache};

use crate::{introspect::Introspected, operation::Operation};

/// Compiled operations, by a hash of document and name.
pub(crate) type Operations = Cache<u128, Arc<Operation>, Weights>;

/// Prepared plans.
pub(crate) type PreparedPlans = Cache<(ReadPlan, Format), Arc<dyn Prepared>, Weights>;

/// Answers of introspection, by a hash of document, name and variables.
pub(crate) type Introspections = Cache<u128, Arc<Introspected>, Weights>;

const MIB: u64 = 1024 * 1024;

/// Everything takes at least this.
const LEAST: u64 = 1024;

/// An operation takes some times its text.
const PER_TEXT: u64 = 8;

/// A prepared plan and the plan itself take some times the statements.
const PER_STATEMENT: u64 = 4;

pub(crate) fn operations() -> Operations {
    Cache::with_weighter(8_192, 32 * MIB, Weights)
}

pub(crate) fn prepared_plans() -> PreparedPlans {
    Cache::with_weighter(8_192, 32 * MIB, Weights)
}

/// Those of large datamodels take megabytes; a cache for so few things is in one piece.
pub(crate) fn introspections() -> Introspections {
    Cache::with_weighter(8, 32 * MIB, Weights)
}

#[derive(Clone)]
pub(crate) struct Weights;

fn weight(length: usize, times: u64) -> u64 {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    length.saturating_mul(times).saturating_add(LEAST)
}

impl Weighter<u128, Arc<Operation>> for Weights {
    fn weight(&self, _: &u128, operation: &Arc<Operation>) -> u64 {
        weight(operation.text.len(), PER_TEXT)
    }
}

impl Weighter<(ReadPlan, Format), Arc<dyn Prepared>> for Weights {
    fn weight(&self, _: &(ReadPlan, Format), prepared: &Arc<dyn Prepared>) -> u64 {
        let statements = prepared.statements();
        weight(statements.iter().map(String::len).sum(), PER_STATEMENT)
    }
}

impl Weighter<u128, Arc<Introspected>> for Weights {
    fn weight(&self, _: &u128, introspected: &Arc<Introspected>) -> u64 {
        weight(introspected.len(), 1)
    }
}
