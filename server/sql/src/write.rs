//! The executor of writes: a tree of operations, run depth-first in one transaction (api.md §4).
//!
//! The tree says what is wanted; the checks and effects that follow from the shape of a relation and from stored
//! data are made here. The transaction belongs to the caller: after an error nothing of the write may remain.

use prisma_connector::{Answer, ConnectorError, Key, Value, Write, WriteAnswer, WriteOutcome};
use prisma_datamodel::{Datamodel, ModelId};

use crate::driver::{Access, Connection, Row, Statement};
use crate::namespace::Namespace;
use crate::read::{self, PreparedRead};
use crate::rows;

mod delete;
mod links;
mod lookups;
mod matching;
mod nested;
mod node;
mod pipeline;
mod planting;
mod siblings;
mod single;
mod statement;
mod violation;

use pipeline::Pipeline;
use planting::Planting;
use single::Single;
use statement::Shape;
pub use statement::Statements;

/// What all writes of one connector share.
#[derive(Clone, Copy, Debug)]
pub struct WriteContext<'a> {
    /// The datamodel whose layout the storage has.
    pub datamodel: &'a Datamodel,
    /// Where its tables are.
    pub namespace: &'a Namespace,
    /// Statements built so far.
    pub statements: &'a Statements,
}

/// How a write goes about its operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With as few statements as possible. Without an error it comes to the same as the other way; an error may be
    /// another one, or one that the other way does not come to.
    AtOnce,
    /// Each in its turn (api.md §4.3).
    InOrder,
}

/// The way for the first attempt, and what the write needs around it then.
#[must_use]
pub fn plan(
    context: WriteContext<'_>,
    write: &Write,
    answer: Option<&WriteAnswer>,
) -> (Way, Access) {
    if Single::of(context, write, answer).is_some() {
        return (Way::InOrder, Access::Single);
    }
    match Planting::of(context, write, answer) {
        Some(planting) if planting.is_single(context) => (Way::AtOnce, Access::Single),
        Some(_) => (Way::AtOnce, Access::Write),
        None => (Way::InOrder, Access::Write),
    }
}

/// Runs a write and appends its answer to the buffer.
///
/// # Errors
/// Whatever the rules of api.md §4.5 to §4.7 refuse, and what the database says.
pub async fn run<C: Connection>(
    connection: &mut C,
    context: WriteContext<'_>,
    write: &Write,
    answer: Option<&WriteAnswer>,
    way: Way,
    buffer: Vec<u8>,
) -> Result<WriteOutcome, ConnectorError> {
    let mut writer = Writer {
        connection: Pipeline::new(connection, context),
        context,
    };
    let outcome = writer.run(write, answer, way, buffer).await;
    // What was done before an error comes first, if it failed too.
    writer.connection.flush().await?;
    outcome
}

/// The outcome of a batch.
fn counted(count: u64, buffer: Vec<u8>) -> WriteOutcome {
    let answer = Answer {
        buffer,
        ..Answer::default()
    };
    WriteOutcome { count, answer }
}

/// One write under way.
struct Writer<'a, C> {
    connection: Pipeline<'a, C>,
    context: WriteContext<'a>,
}

impl<'a, C: Connection> Writer<'a, C> {
    fn datamodel(&self) -> &'a Datamodel {
        self.context.datamodel
    }

    async fn run(
        &mut self,
        write: &Write,
        answer: Option<&WriteAnswer>,
        way: Way,
        buffer: Vec<u8>,
    ) -> Result<WriteOutcome, ConnectorError> {
        if let Some(single) = Single::of(self.context, write, answer) {
            let answer = self.single(&single, buffer).await?;
            return Ok(WriteOutcome { count: 1, answer });
        }
        if way == Way::AtOnce
            && let Some(planting) = Planting::of(self.context, write, answer)
        {
            let answer = self.plant(&planting, answer, buffer).await?;
            return Ok(WriteOutcome { count: 1, answer });
        }
        let id = match write {
            Write::UpdateMany {
                model,
                condition,
                update,
            } => {
                let ids = self.matching(*model, condition, None).await?;
                let count = self.update_all(*model, ids, update).await?;
                return Ok(counted(count, buffer));
            }
            Write::DeleteMany { model, condition } => {
                let ids = self.matching(*model, condition, None).await?;
                let count = ids.len() as u64;
                self.delete(*model, ids).await?;
                return Ok(counted(count, buffer));
            }
            Write::Delete { at } => {
                let id = self.find(at).await?;
                let answer = self.answer(answer, &id, buffer).await?;
                let model = self.datamodel()[at.field].model;
                self.delete(model, vec![id]).await?;
                return Ok(WriteOutcome { count: 1, answer });
            }
            Write::Create(create) => self.create(create, None).await?,
            Write::Update { at, update } => self.update_at(at, update).await?,
            Write::Upsert { at, create, update } => match self.find_if_there(at).await? {
                Some(id) => {
                    let model = self.datamodel()[at.field].model;
                    self.update(model, &id, update).await?;
                    id
                }
                None => self.create(create, None).await?,
            },
        };
        let answer = self.answer(answer, &id, buffer).await?;
        Ok(WriteOutcome { count: 1, answer })
    }

    /// Reads what is asked of a node.
    async fn answer(
        &mut self,
        answer: Option<&WriteAnswer>,
        id: &Value,
        buffer: Vec<u8>,
    ) -> Result<Answer, ConnectorError> {
        let Some(answer) = answer else {
            return Ok(counted(1, buffer).answer);
        };
        let mut values = answer.values.clone();
        let slot = values.get_mut(usize::from(answer.id.0));
        slot.ok_or(NO_SLOT)?.clone_from(id);
        let query = answer.query.as_any().downcast_ref::<PreparedRead>();
        let query = query.ok_or(NOT_OURS)?;
        read::run(&mut self.connection, query, &values, buffer).await
    }

    /// The id of a node that must be there.
    async fn find(&mut self, at: &Key) -> Result<Value, ConnectorError> {
        self.find_if_there(at)
            .await?
            .ok_or_else(|| ConnectorError::NodeNotFound(at.clone()))
    }

    /// The id of a node.
    async fn find_if_there(&mut self, at: &Key) -> Result<Option<Value>, ConnectorError> {
        let model = self.datamodel()[at.field].model;
        if !self.can_be_stored(at.field, &at.value) {
            return Ok(None);
        }
        let shape = Shape::Find { at: at.field };
        Ok(self.ids(model, shape, &[&at.value]).await?.pop())
    }

    /// Names a node by its id.
    fn key(&self, model: ModelId, id: &Value) -> Key {
        Key {
            field: self.datamodel()[model].id,
            value: id.clone(),
        }
    }

    /// Runs a statement that answers ids of a model in its first column.
    async fn ids(
        &mut self,
        model: ModelId,
        shape: Shape,
        values: &[&Value],
    ) -> Result<Vec<Value>, ConnectorError> {
        let statement = self.statement(shape)?;
        self.ids_of(model, &statement, values).await
    }

    /// The same for any statement.
    async fn ids_of(
        &mut self,
        model: ModelId,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<Vec<Value>, ConnectorError> {
        let ty = self.datamodel().id_type(model);
        self.rows(model, statement, values, move |row| {
            rows::id(ty, row.cell(0)).ok_or(NO_ID)
        })
        .await
    }

    /// Runs a statement on a model's table and reads its rows.
    async fn rows<T: Send>(
        &mut self,
        model: ModelId,
        statement: &Statement,
        values: &[&Value],
        read: impl FnMut(&dyn Row) -> Result<T, ConnectorError> + Send,
    ) -> Result<Vec<T>, ConnectorError> {
        rows::all(&mut self.connection, statement, values, read)
            .await
            .map_err(|error| violation::explain(self.context.datamodel, model, error))
    }

    /// Runs a statement on a model's table for its effect, at the latest before the next question.
    async fn effect(
        &mut self,
        model: ModelId,
        shape: Shape,
        values: &[&Value],
    ) -> Result<(), ConnectorError> {
        let statement = self.statement(shape)?;
        self.connection.effect(model, statement, values).await
    }

    fn statement(&self, shape: Shape) -> Result<Statement, ConnectorError> {
        let WriteContext {
            datamodel,
            namespace,
            statements,
        } = self.context;
        statements.get(namespace, datamodel, shape)
    }
}

const NO_SLOT: ConnectorError = ConnectorError::Plan("the slot of the answered id is missing");
const NOT_OURS: ConnectorError = ConnectorError::Plan("the answer was prepared by another store");
const NO_ID: ConnectorError = ConnectorError::Plan("a stored id has another type than the id");
