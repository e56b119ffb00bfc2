//! One node: its row, its lists, then its nested operations (api.md §4.2).

use prisma_connector::{Assign, AssignList, BoxFuture, ConnectorError, Create, Key, Update, Value};
use prisma_datamodel::{Arity, FieldId, FieldType, ModelId, ScalarType};

use super::Writer;
use super::links::Relation;
use super::nested::Within;
use super::statement::Shape;
use crate::driver::Connection;
use crate::link::Path;

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
        if looks_for || update.set.is_empty() || self.first_refused(&update.set).is_some() {
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
            if let Some(refused) = self.first_refused(&update.set) {
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
        if let Some(refused) = self.first_refused(&update.set) {
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
        let shape = Shape::UpdateAll {
            model,
            fields: fields(set),
        };
        let mut values = values(set);
        values.push(ids);
        match (self.effect(model, shape, &values).await, ids) {
            (Err(error), Value::List(ids)) => {
                Err(self.name_first(error, &fields(set), &values, ids).await)
            }
            (outcome, _) => outcome.map(drop),
        }
    }

    /// Inserts the row and links it to its parent.
    async fn insert(
        &mut self,
        create: &Create,
        parent: Option<Parent<'_>>,
    ) -> Result<Value, ConnectorError> {
        let model = create.model;
        let (fields, mut values) = self.assigned(create);
        for (&field, value) in fields.iter().zip(&values) {
            self.check_length(field, value)?;
        }
        let in_row = parent.filter(|(relation, _)| matches!(relation.hop.path, Path::Child { .. }));
        values.extend(in_row.map(|(_, id)| id));
        let shape = Shape::Insert {
            model,
            fields,
            link: in_row.map(|(relation, _)| relation.field),
        };
        let id = match self
            .insert_row(model, shape, &values, create.id.as_ref())
            .await
        {
            Ok(id) => id,
            Err(error) => {
                let (fields, values) = self.assigned(create);
                return Err(self.name_first(error, &fields, &values, &[]).await);
            }
        };
        if let (Some((relation, parent)), None) = (parent, in_row) {
            self.link(relation, parent, &id).await?;
        }
        Ok(id)
    }

    /// Answers the id of the new row, whoever made it.
    async fn insert_row(
        &mut self,
        model: ModelId,
        shape: Shape,
        values: &[&Value],
        given: Option<&Value>,
    ) -> Result<Value, ConnectorError> {
        if let Some(id) = given {
            self.effect(model, shape, values).await?;
            return Ok(id.clone());
        }
        let mut ids = if self.context.namespace.dialect.returning.insert {
            self.ids(model, shape, values).await?
        } else {
            self.effect(model, shape, values).await?;
            self.ids(model, Shape::InsertedId, &[]).await?
        };
        ids.pop().ok_or(NOT_INSERTED)
    }

    /// What is given for a new row, the id first.
    fn assigned<'c>(&self, create: &'c Create) -> (Vec<FieldId>, Vec<&'c Value>) {
        let id_field = self.datamodel()[create.model].id;
        let id = create.id.iter().map(|id| (id_field, id));
        let set = create.set.iter();
        id.chain(set.map(|assign| (assign.field, &assign.value)))
            .unzip()
    }

    async fn update_row(&mut self, at: &Key, set: &[Assign]) -> Result<Value, ConnectorError> {
        let model = self.datamodel()[at.field].model;
        let shape = Shape::Update {
            at: at.field,
            fields: fields(set),
        };
        let mut values = values(set);
        values.push(&at.value);
        let changed = if self.context.namespace.dialect.returning.update {
            self.ids(model, shape, &values).await
        } else {
            // Then the row was looked for before, and is named by its id.
            let changed = self.effect(model, shape, &values).await;
            changed.map(|rows| Vec::from_iter((rows > 0).then(|| at.value.clone())))
        };
        match changed {
            Ok(mut ids) => ids
                .pop()
                .ok_or_else(|| ConnectorError::NodeNotFound(at.clone())),
            Err(error) if self.may_be_renamed(&error) => match self.find(at).await {
                Ok(id) => Err(self.name_first(error, &fields(set), &values, &[id]).await),
                Err(_) => Err(error),
            },
            Err(error) => Err(error),
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

    /// The first value of an update that its field cannot have.
    fn first_refused(&self, set: &[Assign]) -> Option<ConnectorError> {
        set.iter().find_map(|Assign { field, value }| {
            if value.is_null() && self.datamodel()[*field].arity == Arity::Required {
                return Some(ConnectorError::RequiredNull(Some(*field)));
            }
            self.check_length(*field, value).err()
        })
    }

    /// SQLite would store any length.
    fn check_length(&self, field: FieldId, value: &Value) -> Result<(), ConnectorError> {
        let is_id = self.datamodel()[field].ty == FieldType::Scalar(ScalarType::Id);
        match value {
            Value::Text(text) if is_id && text.chars().nth(ID_CHARACTERS).is_some() => {
                Err(ConnectorError::TooLong(field))
            }
            _ => Ok(()),
        }
    }
}

const NOT_INSERTED: ConnectorError =
    ConnectorError::Plan("the database answered no id of the inserted row");

/// A set of one node.
fn one(id: &Value) -> Value {
    Value::List(vec![id.clone()])
}

fn fields(set: &[Assign]) -> Vec<FieldId> {
    set.iter().map(|assign| assign.field).collect()
}

fn values(set: &[Assign]) -> Vec<&Value> {
    set.iter().map(|assign| &assign.value).collect()
}
