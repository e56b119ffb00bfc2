//! One node: its row, its lists, then its nested operations (api.md §4.2).

use prisma_connector::{Assign, AssignList, BoxFuture, ConnectorError, Create, Key, Update, Value};
use prisma_datamodel::{Arity, Datamodel, FieldId, FieldType, ModelId, ScalarType};

use super::Writer;
use super::links::Relation;
use super::nested::Within;
use super::statement::{Answer, NewRows, Shape};
use crate::driver::Connection;
use crate::link::Path;
use crate::read;

/// An id of a caller, and any other value of type `ID`, has at most so many characters (api.md §2.3).
const ID_CHARACTERS: usize = 25;

/// The node that a new one is linked to, by this relation field of its own.
pub(super) type Parent<'p> = (Relation<'p>, &'p Value);

impl<C: Connection> Writer<'_, C> {
    /// Makes a node with everything nested in it; answers its id.
    pub(super) fn create<'s>(
        &'s mut self,
        create: &'s Create,
        parent: Option<Parent<'s>>,
    ) -> BoxFuture<'s, Result<Value, ConnectorError>> {
        Box::pin(async move {
            let id = self.create_alone(create, parent).await?;
            self.nested(&id, &create.nested, Within::Create).await?;
            Ok(id)
        })
    }

    /// Changes the node that has a unique value, with everything nested; answers its id.
    pub(super) async fn update_at(
        &mut self,
        at: &Key,
        update: &Update,
    ) -> Result<Value, ConnectorError> {
        let model = self.datamodel()[at.field].model;
        // A statement that changes the row can also find it. Without one, and before a refusal, the node is looked for.
        let looks_for = !self.context.namespace.dialect.returning.update;
        if looks_for
            || update.set.is_empty()
            || first_refused(self.datamodel(), &update.set).is_some()
        {
            let id = self.find(at).await?;
            self.update(model, &id, update).await?;
            return Ok(id);
        }
        let id = self.update_row(at, &update.set).await?;
        self.fill_lists(&one(&id), &update.lists, true).await?;
        self.nested(&id, &update.nested, Within::Update).await?;
        Ok(id)
    }

    /// Changes a node that is there, with everything nested.
    pub(super) fn update<'s>(
        &'s mut self,
        model: ModelId,
        id: &'s Value,
        update: &'s Update,
    ) -> BoxFuture<'s, Result<(), ConnectorError>> {
        Box::pin(async move {
            self.update_alone(model, id, update).await?;
            self.nested(id, &update.nested, Within::Update).await
        })
    }

    /// A future of its own, so that those of the recursion stay small: they are on the stack level upon level.
    fn create_alone<'s>(
        &'s mut self,
        create: &'s Create,
        parent: Option<Parent<'s>>,
    ) -> BoxFuture<'s, Result<Value, ConnectorError>> {
        Box::pin(async move {
            let id = self.insert(create, parent).await?;
            self.fill_lists(&one(&id), &create.lists, false).await?;
            Ok(id)
        })
    }

    /// See [`Writer::create_alone`].
    fn update_alone<'s>(
        &'s mut self,
        model: ModelId,
        id: &'s Value,
        update: &'s Update,
    ) -> BoxFuture<'s, Result<(), ConnectorError>> {
        Box::pin(async move {
            if let Some(refused) = first_refused(self.datamodel(), &update.set) {
                return Err(refused);
            }
            if !update.set.is_empty() {
                self.update_row(&self.key(model, id), &update.set).await?;
            }
            self.fill_lists(&one(id), &update.lists, true).await
        })
    }

    /// Changes nodes alike, without anything nested; answers how many there are.
    pub(super) async fn update_all(
        &mut self,
        model: ModelId,
        ids: Vec<Value>,
        update: &Update,
    ) -> Result<u64, ConnectorError> {
        if let Some(refused) = first_refused(self.datamodel(), &update.set) {
            return Err(refused);
        }
        let count = ids.len() as u64;
        if ids.is_empty() {
            return Ok(count);
        }
        let ids = Value::List(ids);
        if !update.set.is_empty() {
            self.update_rows(model, &ids, &update.set).await?;
        }
        self.fill_lists(&ids, &update.lists, true).await?;
        Ok(count)
    }

    async fn update_rows(
        &mut self,
        model: ModelId,
        ids: &Value,
        set: &[Assign],
    ) -> Result<(), ConnectorError> {
        let (fields, values) = given(set);
        let shape = Shape::UpdateAll {
            model,
            fields: fields.clone(),
        };
        let dialect = self.context.namespace.dialect;
        let all = Shape::update_all_values(dialect, ids, values.clone());
        match (self.effect(model, shape, &all).await, ids) {
            (Err(error), Value::List(ids)) => {
                Err(self.name_first(error, &fields, &values, ids).await)
            }
            (outcome, _) => outcome,
        }
    }

    /// Inserts the row and links it to its parent.
    async fn insert(
        &mut self,
        create: &Create,
        parent: Option<Parent<'_>>,
    ) -> Result<Value, ConnectorError> {
        let (fields, mut values) = self.checked(create)?;
        let in_row = parent.filter(|(relation, _)| matches!(relation.hop.path, Path::Child { .. }));
        values.extend(in_row.map(|(_, id)| id));
        let link = in_row.map(|(relation, _)| relation.field);
        let id = match self.insert_row(create, &fields, link, &values).await {
            Ok(id) => id,
            Err(error) => return Err(self.name_first(error, &fields, &values, &[]).await),
        };
        if let (Some((relation, parent)), None) = (parent, in_row) {
            self.link(relation, parent, &id).await?;
        }
        Ok(id)
    }

    /// Answers the id of the new row, whoever made it.
    async fn insert_row(
        &mut self,
        create: &Create,
        fields: &[FieldId],
        link: Option<FieldId>,
        values: &[&Value],
    ) -> Result<Value, ConnectorError> {
        let model = create.model;
        let answers = create.id.is_none() && self.context.namespace.dialect.returning.insert;
        let shape = Shape::Insert(NewRows {
            model,
            fields: fields.to_vec(),
            links: link.into_iter().collect(),
            rows: 1,
            answer: if answers { Answer::Id } else { Answer::Nothing },
        });
        if answers {
            let mut ids = self.ids(model, shape, values).await?;
            return ids.pop().ok_or(NOT_INSERTED);
        }
        self.effect(model, shape, values).await?;
        match &create.id {
            Some(id) => Ok(id.clone()),
            None => {
                let mut ids = self.ids(model, Shape::InsertedId, &[]).await?;
                ids.pop().ok_or(NOT_INSERTED)
            }
        }
    }

    /// What is given for a new row, the id first.
    pub(super) fn checked<'c>(
        &self,
        create: &'c Create,
    ) -> Result<(Vec<FieldId>, Vec<&'c Value>), ConnectorError> {
        let datamodel = self.datamodel();
        let id_field = datamodel[create.model].id;
        let id = create.id.iter().map(|id| (id_field, id));
        let set = create.set.iter();
        let given = id.chain(set.map(|assign| (assign.field, &assign.value)));
        given
            .map(|(field, value)| {
                check_length(datamodel, field, value)?;
                if !self.can_be_stored(field, value) {
                    return Err(ConnectorError::TooLong(Some(field)));
                }
                Ok((field, value))
            })
            .collect()
    }

    /// Can a field hold a value at all? Elsewhere the database's comparison with it is an error, not false.
    pub(super) fn can_be_stored(&self, field: FieldId, value: &Value) -> bool {
        let is_id = self.datamodel()[field].ty == FieldType::Scalar(ScalarType::Id);
        match value {
            Value::Text(text) if is_id && self.context.namespace.dialect.narrow_ids => {
                !text.chars().any(read::is_wide)
            }
            _ => true,
        }
    }

    async fn update_row(&mut self, at: &Key, set: &[Assign]) -> Result<Value, ConnectorError> {
        let model = self.datamodel()[at.field].model;
        let answers = self.context.namespace.dialect.returning.update;
        let (fields, mut values) = given(set);
        let shape = Shape::Update {
            at: at.field,
            fields: fields.clone(),
            answer: if answers { Answer::Id } else { Answer::Nothing },
        };
        values.push(&at.value);
        let changed = if answers {
            let changed = self.ids(model, shape, &values).await;
            changed.map(|mut ids| ids.pop())
        } else {
            // Then the row was looked for before, and is named by its id.
            let statement = self.statement(shape)?;
            let changed = self.connection.affected(model, &statement, &values);
            changed
                .await
                .map(|rows| (rows > 0).then(|| at.value.clone()))
        };
        match changed {
            Ok(id) => id.ok_or_else(|| ConnectorError::NodeNotFound(at.clone())),
            Err(error) => Err(self.name_first_at(error, at, &fields, &values).await),
        }
    }

    /// Gives nodes their lists. Whatever they had is replaced, unless they are new.
    async fn fill_lists(
        &mut self,
        ids: &Value,
        lists: &[AssignList],
        replace: bool,
    ) -> Result<(), ConnectorError> {
        for AssignList { field, values } in lists {
            let (field, model) = (*field, self.datamodel()[*field].model);
            if replace {
                self.effect(model, Shape::ClearList { field }, &[ids])
                    .await?;
            }
            if !values.is_empty() {
                let values = Value::List(values.clone());
                self.effect(model, Shape::FillList { field }, &[ids, &values])
                    .await?;
            }
        }
        Ok(())
    }
}

pub(super) const NOT_INSERTED: ConnectorError =
    ConnectorError::Plan("the database answered nothing of the inserted row");

/// The first value of an update that its field cannot have.
pub(super) fn first_refused(datamodel: &Datamodel, set: &[Assign]) -> Option<ConnectorError> {
    set.iter().find_map(|Assign { field, value }| {
        if value.is_null() && datamodel[*field].arity == Arity::Required {
            return Some(ConnectorError::RequiredNull(Some(*field)));
        }
        check_length(datamodel, *field, value).err()
    })
}

/// SQLite would store any length.
fn check_length(
    datamodel: &Datamodel,
    field: FieldId,
    value: &Value,
) -> Result<(), ConnectorError> {
    let is_id = datamodel[field].ty == FieldType::Scalar(ScalarType::Id);
    match value {
        Value::Text(text) if is_id && text.chars().nth(ID_CHARACTERS).is_some() => {
            Err(ConnectorError::TooLong(Some(field)))
        }
        _ => Ok(()),
    }
}

/// A set of one node.
fn one(id: &Value) -> Value {
    Value::List(vec![id.clone()])
}

/// Fields and their new values.
pub(super) fn given(set: &[Assign]) -> (Vec<FieldId>, Vec<&Value>) {
    set.iter()
        .map(|assign| (assign.field, &assign.value))
        .unzip()
}
