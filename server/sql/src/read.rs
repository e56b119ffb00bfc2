//! Reads: a plan becomes prepared statements and the shape of its answer; rows become bytes.

use prisma_connector::{Answer, ConnectorError, Prepared, ReadPlan, Value};
use prisma_datamodel::Datamodel;

use crate::dialect::Dialect;
use crate::driver::{Access, Connection};

/// A [`ReadPlan`] as statements and the shape of its answer.
#[derive(Debug)]
pub struct PreparedRead {
    _statements: Vec<String>,
}

impl PreparedRead {
    /// What a job that runs it needs around it.
    #[must_use]
    pub fn access(&self) -> Access {
        Access::Snapshot
    }
}

impl Prepared for PreparedRead {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn statements(&self) -> Vec<String> {
        Vec::new()
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
    _datamodel: &Datamodel,
    _dialect: &'static Dialect,
    _plan: &ReadPlan,
) -> Result<PreparedRead, ConnectorError> {
    Err(ConnectorError::Plan("this store cannot read yet"))
}

/// Runs a read and appends its answer to the buffer.
///
/// # Errors
/// What the driver says.
pub async fn run<C: Connection>(
    _connection: &mut C,
    _query: &PreparedRead,
    _values: &[Value],
    _buffer: Vec<u8>,
) -> Result<Answer, ConnectorError> {
    Err(ConnectorError::Plan("this store cannot read yet"))
}
