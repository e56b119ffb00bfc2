//! Reads: a plan becomes prepared statements and the shape of its answer; rows become bytes.
//!
//! A plan is one statement per node, so the number of texts depends on the plan alone. How often a child's statement
//! runs is the [`Strategy`]: once per row above it where that costs no round trip, else once for all of them.

mod buffer;
mod builder;
mod compile;
mod execute;
mod few_keys;
mod filter;
mod groups;
mod levels;
mod matching;
mod page;
mod parts;
mod problems;
mod query;
mod room;
mod shape;
mod tokens;
mod tree;

use std::any::Any;
use std::sync::Arc;

use prisma_connector::{Answer, ConnectorError, Format, Prepared, ProblemKind, ReadPlan, Value};
use prisma_datamodel::Datamodel;

use self::buffer::{Written, write_row};
use self::builder::Builder;
use self::execute::Execution;
use self::problems::Problems;
use self::query::{Bound, Derived};
use self::room::Room;
use self::shape::Root;
use crate::dialect::Strategy;
use crate::driver::{Access, Connection, Row, Statement};
use crate::format;
use crate::namespace::Namespace;
use crate::pace::Pace;

pub(crate) use self::levels::{Member, Object, Returned};
pub(crate) use self::matching::{Query, matching};
pub(crate) use self::query::is_wide;
pub(crate) use self::tokens::Tokens;

/// A [`ReadPlan`] as statements and the shape of its answer.
#[derive(Debug)]
pub struct PreparedRead {
    root: Root,
    derived: Vec<Derived>,
    access: Access,
    strategy: Strategy,
    format: Format,
    pace: Pace,
    room: Room,
}

impl PreparedRead {
    /// What a job that runs it needs around it: several statements must see one state.
    #[must_use]
    pub fn access(&self) -> Access {
        self.access
    }

    /// The columns of the one row that is all it reads: a statement that changes the row can answer them itself.
    pub(crate) fn returned(&self) -> Option<&Arc<[String]>> {
        match &self.root {
            Root::One(row) if row.one.shape.children.is_empty() => Some(&row.columns),
            _ => None,
        }
    }

    /// The object that is all it answers.
    pub(crate) fn object(&self) -> Option<Object<'_>> {
        match &self.root {
            Root::One(row) => Some(Object {
                shape: &row.one.shape,
                columns: &row.columns,
            }),
            _ => None,
        }
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
        let texts = queries.into_iter().flat_map(query::Query::texts);
        texts.map(|text| text.to_string()).collect()
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

/// Turns a plan into statements, for answers of one format.
///
/// # Errors
/// [`ConnectorError::Plan`] for a plan of another datamodel.
pub fn prepare(
    datamodel: &Datamodel,
    namespace: &Namespace,
    plan: &ReadPlan,
    format: Format,
) -> Result<PreparedRead, ConnectorError> {
    let mut builder = Builder::new(datamodel, namespace, format);
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
        format,
        pace: Pace::default(),
        room: Room::default(),
    })
}

/// Runs a statement that changes one row and answers the columns of [`PreparedRead::returned`], and appends the
/// answer to the buffer. None if there is no such row.
pub(crate) async fn run_returning<C: Connection>(
    connection: &mut C,
    query: &PreparedRead,
    statement: &Statement,
    values: &[&Value],
    mut buffer: Vec<u8>,
) -> Result<Option<Answer>, ConnectorError> {
    let Root::One(root) = &query.root else {
        return Err(ConnectorError::Plan("a statement answers one node"));
    };
    let mut written = None;
    let mut sink = |row: &dyn Row| {
        written = Some(write_row(
            &root.one.shape,
            row,
            &mut buffer,
            &mut Vec::new(),
        )?);
        Ok(())
    };
    connection.each(statement, values, &mut sink).await?;
    let Some(written) = written else {
        return Ok(None);
    };
    let mut problems = Problems::default();
    let is_null = match written {
        Written::Whole => false,
        Written::Null(place) => {
            problems.note(place, ProblemKind::MissingRequired);
            format::null(query.format, &mut buffer);
            true
        }
    };
    Ok(Some(Answer {
        buffer,
        problems: problems.finish(),
        is_null,
    }))
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
    let begin = buffer.len();
    query.room.make(&mut buffer);
    let execution = Execution::new(connection, query.strategy, query.format, values);
    let (is_null, problems) = execution.root(&query.root, &mut buffer).await?;
    query.room.learn(buffer.len() - begin);
    Ok(Answer {
        buffer,
        problems,
        is_null,
    })
}
