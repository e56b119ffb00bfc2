//! Reads: a plan becomes statements and the shape of its answer, once; rows become bytes, each time.
//!
//! The strategy is a loop, which suits a database in process: one statement per level of the plan, run once per row
//! of the level above. Levels without levels below stream their rows straight into the answer; the others buffer one
//! result. How many statements there are depends on the plan alone.

mod answer;
mod condition;
mod json;
mod level;
mod prepare;
mod rows;
mod run;
mod select;

use std::any::Any;

use prisma_connector::{Answer, ConnectorError, Filter, Prepared, ReadPlan, Value};
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use crate::dialect::Dialect;
use crate::driver::{Access, Connection};
use crate::read::level::Root;

pub(crate) use crate::read::level::Query;

/// A [`ReadPlan`] as statements and the shape of its answer.
#[derive(Debug)]
pub struct PreparedRead {
    root: Root,
}

impl PreparedRead {
    /// What a job that runs it needs around it: several statements need one snapshot.
    #[must_use]
    pub fn access(&self) -> Access {
        if self.root.statements().len() > 1 {
            Access::Snapshot
        } else {
            Access::Read
        }
    }
}

impl Prepared for PreparedRead {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn statements(&self) -> Vec<String> {
        let texts = self.root.statements();
        texts.into_iter().map(str::to_owned).collect()
    }
}

/// The reads that this crate made among those of all stores.
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
    dialect: &'static Dialect,
    plan: &ReadPlan,
) -> Result<PreparedRead, ConnectorError> {
    let root = prepare::root(datamodel, dialect, plan)?;
    Ok(PreparedRead { root })
}

/// The ids of the nodes of a model that satisfy a condition; with `via`, only of those linked through that field to
/// the parent whose id is bound.
pub(crate) fn matching(
    datamodel: &Datamodel,
    dialect: &'static Dialect,
    model: ModelId,
    via: Option<FieldId>,
    filter: &Filter,
) -> Result<Query, ConnectorError> {
    prepare::matching(datamodel, dialect, model, via, filter)
}

/// Runs a read and appends its answer to the buffer.
///
/// # Errors
/// What the driver says.
pub async fn run<C: Connection>(
    connection: &mut C,
    query: &PreparedRead,
    values: &[Value],
    buffer: Vec<u8>,
) -> Result<Answer, ConnectorError> {
    run::root(connection, &query.root, values, buffer).await
}
