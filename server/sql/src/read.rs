//! Reads: a plan becomes prepared statements and the shape of its answer; rows become bytes.
//!
//! A plan is one statement per node, so the number of texts depends on the plan alone. How often a child's statement
//! runs is the [`Strategy`]: once per row above it where that costs no round trip, else once for all of them.

mod buffer;
mod builder;
mod compile;
mod execute;
mod filter;
mod levels;
mod matching;
mod page;
mod parts;
mod problems;
mod query;
mod shape;
mod tree;

use std::any::Any;

use prisma_connector::{Answer, ConnectorError, Prepared, ReadPlan, Value};
use prisma_datamodel::Datamodel;

use self::builder::Builder;
use self::execute::Execution;
use self::query::{Bound, Derived};
use self::shape::Root;
use crate::dialect::Strategy;
use crate::driver::{Access, Connection};
use crate::namespace::Namespace;
use crate::pace::Pace;

pub(crate) use self::matching::{Query, matching};

/// A [`ReadPlan`] as statements and the shape of its answer.
#[derive(Debug)]
pub struct PreparedRead {
    root: Root,
    derived: Vec<Derived>,
    access: Access,
    strategy: Strategy,
    pace: Pace,
}

impl PreparedRead {
    /// What a job that runs it needs around it: several statements must see one state.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }

    /// How long its runs take.
    pub(crate) fn pace(&self) -> &Pace {
        &self.pace
    }
}

impl Prepared for PreparedRead {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn statements(&self) -> Vec<String> {
        let queries = self.root.queries();
        queries
            .into_iter()
            .map(|query| query.statement.text.to_string())
            .collect()
    }
}

/// The reads of this crate among those of all stores.
///
/// # Errors
/// [`ConnectorError::Plan`] for another store's.
pub fn prepared(query: &dyn Prepared) -> Result<&PreparedRead, ConnectorError> {
    query
        .as_any()
        .downcast_ref()
        .ok_or(ConnectorError::Plan("prepared by another kind of store"))
}

/// Turns a plan into statements.
///
/// # Errors
/// [`ConnectorError::Plan`] for a plan of another datamodel.
pub fn prepare(
    datamodel: &Datamodel,
    namespace: &Namespace,
    plan: &ReadPlan,
) -> Result<PreparedRead, ConnectorError> {
    let mut builder = Builder::new(datamodel, namespace);
    let root = compile::root(&mut builder, plan)?;
    let access = match root.queries().len() {
        0 | 1 => Access::Read,
        _ => Access::Snapshot,
    };
    Ok(PreparedRead {
        root,
        derived: builder.into_derived(),
        access,
        strategy: namespace.strategy,
        pace: Pace::default(),
    })
}

/// Runs a read and appends its answer to the buffer.
///
/// # Errors
/// [`ConnectorError::Plan`] if values are missing, and what the driver says.
pub async fn run<C: Connection>(
    connection: &mut C,
    query: &PreparedRead,
    values: &[Value],
    mut buffer: Vec<u8>,
) -> Result<Answer, ConnectorError> {
    let values = Bound::new(values, &query.derived)?;
    let execution = Execution::new(connection, query.strategy, values);
    let (is_null, problems) = execution.root(&query.root, &mut buffer).await?;
    Ok(Answer {
        buffer,
        problems,
        is_null,
    })
}
