//! Writes that are one statement: it changes one row, and answers all that is asked of it.

use std::sync::Arc;

use prisma_connector::{Answer, Assign, ConnectorError, Create, Key, Value, Write, WriteAnswer};
use prisma_datamodel::ModelId;

use super::node::{NOT_INSERTED, first_refused, given};
use super::statement::{self, NewRows, Shape};
use super::{WriteContext, Writer, violation};
use crate::driver::Connection;
use crate::read::{self, PreparedRead};

/// A write of one row, with what it changes and what is to be answered.
pub(super) struct Single<'a> {
    change: Change<'a>,
    query: &'a PreparedRead,
    answer: &'a Arc<[String]>,
}

enum Change<'a> {
    Create(&'a Create),
    Update { at: &'a Key, set: &'a [Assign] },
}

impl<'a> Single<'a> {
    /// The write as one statement, if it is one.
    pub(super) fn of(
        context: WriteContext<'_>,
        write: &'a Write,
        answer: Option<&'a WriteAnswer>,
    ) -> Option<Self> {
        let query = read::prepared(&*answer?.query).ok()?;
        let answer = query.returned()?;
        let returning = context.namespace.dialect.returning;
        let change = match write {
            Write::Create(create)
                if returning.insert && create.nested.is_empty() && create.lists.is_empty() =>
            {
                Change::Create(create)
            }
            Write::Update { at, update }
                if returning.update
                    && update.nested.is_empty()
                    && update.lists.is_empty()
                    && !update.set.is_empty()
                    && first_refused(context.datamodel, &update.set).is_none() =>
            {
                let set = &update.set;
                Change::Update { at, set }
            }
            _ => return None,
        };
        Some(Self {
            change,
            query,
            answer,
        })
    }
}

impl<C: Connection> Writer<'_, C> {
    /// Runs it and appends the answer.
    pub(super) async fn single(
        &mut self,
        single: &Single<'_>,
        buffer: Vec<u8>,
    ) -> Result<Answer, ConnectorError> {
        match single.change {
            Change::Create(create) => {
                let model = create.model;
                let (fields, values) = self.checked(create)?;
                let shape = Shape::Insert(NewRows {
                    model,
                    fields: fields.clone(),
                    links: Vec::new(),
                    rows: 1,
                    answer: statement::Answer::Columns(Arc::clone(single.answer)),
                });
                match self
                    .returning(model, shape, &values, single.query, buffer)
                    .await
                {
                    Ok(answer) => answer.ok_or(NOT_INSERTED),
                    Err(error) => Err(self.name_first(error, &fields, &values, &[]).await),
                }
            }
            Change::Update { at, set } => {
                let model = self.datamodel()[at.field].model;
                let (fields, mut values) = given(set);
                let shape = Shape::Update {
                    at: at.field,
                    fields: fields.clone(),
                    answer: statement::Answer::Columns(Arc::clone(single.answer)),
                };
                values.push(&at.value);
                match self
                    .returning(model, shape, &values, single.query, buffer)
                    .await
                {
                    Ok(answer) => answer.ok_or_else(|| ConnectorError::NodeNotFound(at.clone())),
                    Err(error) => Err(self.name_first_at(error, at, &fields, &values).await),
                }
            }
        }
    }

    async fn returning(
        &mut self,
        model: ModelId,
        shape: Shape,
        values: &[&Value],
        query: &PreparedRead,
        buffer: Vec<u8>,
    ) -> Result<Option<Answer>, ConnectorError> {
        let statement = self.statement(shape)?;
        read::run_returning(&mut self.connection, query, &statement, values, buffer)
            .await
            .map_err(|error| violation::explain(self.context.datamodel, model, error))
    }
}
