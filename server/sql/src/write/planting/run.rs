//! Makes the rows of a [`Planting`]: by one statement where a statement can contain others, else one after the other.

use std::sync::Arc;

use prisma_connector::{Answer, ConnectorError, Value, WriteAnswer};
use prisma_datamodel::FieldId;

use super::{End, Insertion, Level, Links, Planting};
use crate::driver::{Cell, Connection, Row};
use crate::read::Returned;
use crate::rows;
use crate::write::Writer;
use crate::write::links::Relation;
use crate::write::node::NOT_INSERTED;
use crate::write::siblings::at_once;
use crate::write::statement::{self, NewRows, Pair, Planted, PlantedRows, Shape};

/// The ids that are not in the tree itself.
#[derive(Default)]
struct Ids {
    /// Of the nodes that were looked up.
    sought: Vec<Value>,
    /// Of the rows of insertions that make one.
    made: Vec<Option<Value>>,
}

impl Ids {
    fn of<'v>(&'v self, end: End<'v>) -> Result<&'v Value, ConnectorError> {
        let id = match end {
            End::Id(id) => Some(id),
            End::Sought(number) => self.sought.get(number),
            End::Made(number) => self.made.get(number).and_then(Option::as_ref),
        };
        id.ok_or(NOT_INSERTED)
    }

    /// The same; none where the row is still to be made.
    fn known<'v>(&'v self, end: End<'v>) -> Result<Option<&'v Value>, ConnectorError> {
        match end {
            End::Made(number) if number >= self.made.len() => Ok(None),
            end => self.of(end).map(Some),
        }
    }
}

impl<C: Connection> Writer<'_, C> {
    /// Makes all rows and appends the answer.
    pub(in crate::write) async fn plant(
        &mut self,
        planting: &Planting<'_>,
        answer: Option<&WriteAnswer>,
        buffer: Vec<u8>,
    ) -> Result<Answer, ConnectorError> {
        let mut ids = Ids::default();
        for found in self.find_each(&planting.sought).await? {
            ids.sought.push(found);
        }
        let root = planting.levels.first().map(|level| level.object);
        let mut returned = root.map(Returned::new);
        if planting.is_one_statement(self.context) {
            self.insert_at_once(planting, &mut ids, &mut returned)
                .await?;
        } else {
            self.insert_in_order(planting, &mut ids, &mut returned)
                .await?;
        }
        if let Some(returned) = returned {
            return returned.finish(buffer).ok_or(NOT_INSERTED);
        }
        let root = planting.insertions.first().ok_or(NOT_INSERTED)?;
        let id = match root.rows.first().and_then(|create| create.id.as_ref()) {
            Some(id) => id.clone(),
            None => ids.of(End::Made(0))?.clone(),
        };
        self.answer(answer, &id, buffer).await
    }

    async fn insert_at_once<'s>(
        &mut self,
        planting: &Planting<'s>,
        ids: &mut Ids,
        returned: &mut Option<Returned<'s>>,
    ) -> Result<(), ConnectorError> {
        let mut values = Vec::new();
        let mut insertions = Vec::with_capacity(planting.insertions.len());
        for insertion in &planting.insertions {
            // The id of the parent is in the statement itself.
            let above = insertion.parent.and_then(|(_, parent)| parent.made());
            let rows = self.new_rows(planting, insertion, ids, &mut values)?;
            insertions.push(PlantedRows {
                rows,
                above,
                level: insertion.level,
            });
        }
        let mut links = Vec::with_capacity(planting.links.len());
        for Links { field, pairs } in &planting.links {
            let mut shapes = Vec::with_capacity(pairs.len());
            for &(parent, child) in pairs {
                for id in [parent, child] {
                    values.extend(ids.known(id)?);
                }
                let [parent, child] = [parent, child].map(End::made);
                shapes.push(Pair { parent, child });
            }
            links.push((*field, shapes));
        }
        let root = planting.insertions.first().ok_or(NOT_INSERTED)?;
        let answers_id = returned.is_none() && root.makes_id();
        let model = root.model;
        let shape = Shape::Planted(Planted {
            insertions,
            links,
            answers_id,
        });
        let Some(returned) = returned else {
            if answers_id {
                let id = self.ids(model, shape, &values).await?.pop();
                ids.made = vec![id];
                return Ok(());
            }
            return self.effect(model, shape, &values).await;
        };
        let statement = self.statement(shape)?;
        self.rows(model, &statement, &values, |row| {
            let (level, row) = planting.placed(row)?;
            returned.push(&level.path, level.object, &row)
        })
        .await?;
        Ok(())
    }

    async fn insert_in_order<'s>(
        &mut self,
        planting: &Planting<'s>,
        ids: &mut Ids,
        returned: &mut Option<Returned<'s>>,
    ) -> Result<(), ConnectorError> {
        for insertion in &planting.insertions {
            let id = self.plant_rows(planting, insertion, ids, returned).await?;
            ids.made.push(id);
        }
        for Links { field, pairs } in &planting.links {
            let relation = Relation::of(self.context.datamodel, *field)?;
            let mut left = &pairs[..];
            while !left.is_empty() {
                let (now, later) = left.split_at(at_once(left.len()));
                left = later;
                let mut values = Vec::with_capacity(2 * now.len());
                for &(parent, child) in now {
                    let (parent, child) = (ids.of(parent)?, ids.of(child)?);
                    values.extend(Shape::link_values(relation.hop.path, parent, child));
                }
                let shape = Shape::Link {
                    field: *field,
                    rows: now.len(),
                };
                self.effect(relation.hop.parent, shape, &values).await?;
            }
        }
        Ok(())
    }

    /// Makes the rows of an insertion. Answers the id, where the database makes it and anything needs it.
    async fn plant_rows<'s>(
        &mut self,
        planting: &Planting<'s>,
        insertion: &Insertion<'s>,
        ids: &Ids,
        returned: &mut Option<Returned<'s>>,
    ) -> Result<Option<Value>, ConnectorError> {
        let mut values = Vec::new();
        let rows = self.new_rows(planting, insertion, ids, &mut values)?;
        let (model, needs_id) = (insertion.model, insertion.makes_id());
        let answers = self.context.namespace.dialect.returning.insert;
        let level = insertion.level.and_then(|level| planting.levels.get(level));
        if let (Some(returned), Some(level)) = (returned, level) {
            let id_type = self.datamodel().id_type(model);
            let id_column = rows.answer.id_position(self.datamodel(), model);
            let mut id = None;
            let statement = self.statement(Shape::Insert(rows))?;
            self.rows(model, &statement, &values, |row| {
                id = rows::id(id_type, row.cell(id_column));
                returned.push(&level.path, level.object, row)
            })
            .await?;
            return Ok(id);
        }
        if needs_id && answers {
            let id = self.ids(model, Shape::Insert(rows), &values).await?.pop();
            return Ok(id);
        }
        self.effect(model, Shape::Insert(rows), &values).await?;
        if needs_id {
            return Ok(self.ids(model, Shape::InsertedId, &[]).await?.pop());
        }
        Ok(None)
    }

    /// The shape of an insertion; appends its values. Ids that are not known yet have none.
    fn new_rows<'v>(
        &self,
        planting: &Planting<'v>,
        insertion: &Insertion<'v>,
        ids: &'v Ids,
        values: &mut Vec<&'v Value>,
    ) -> Result<NewRows, ConnectorError> {
        let mut fields: Vec<FieldId> = Vec::new();
        let mut ends = insertion.ends.iter();
        let (parent, above) = insertion.parent.unzip();
        let above = match above {
            Some(end) => ids.known(end)?,
            None => None,
        };
        for create in &insertion.rows {
            let (of_row, values_of_row) = self.checked(create)?;
            fields = of_row;
            values.extend(values_of_row);
            for &end in ends.by_ref().take(insertion.connected.len()) {
                values.push(ids.of(end)?);
            }
            values.extend(above);
        }
        let level = insertion.level.and_then(|level| planting.levels.get(level));
        let answer = match level {
            Some(level) => statement::Answer::Level {
                columns: Arc::clone(level.object.columns()),
                parent,
                id: insertion.makes_id(),
            },
            None if insertion.makes_id() => statement::Answer::Id,
            None => statement::Answer::Nothing,
        };
        Ok(NewRows {
            model: insertion.model,
            fields,
            links: insertion.connected.iter().copied().chain(parent).collect(),
            rows: insertion.rows.len(),
            answer,
        })
    }
}

impl End<'_> {
    fn made(self) -> Option<usize> {
        match self {
            Self::Made(number) => Some(number),
            Self::Id(_) | Self::Sought(_) => None,
        }
    }
}

impl Insertion<'_> {
    /// Does the database make an id that something needs?
    fn makes_id(&self) -> bool {
        self.is_needed && self.rows.first().is_some_and(|create| create.id.is_none())
    }
}

impl<'s> Planting<'s> {
    /// A row of the statement that makes them all: the number of a level, then the columns of all levels.
    fn placed<'r>(&self, row: &'r dyn Row) -> Result<(&Level<'s>, Placed<'r>), ConnectorError> {
        let number = match row.cell(0) {
            Cell::Int(number) => usize::try_from(number).ok(),
            _ => None,
        };
        let found = number.and_then(|number| Some((self.levels.get(number)?, number)));
        let (level, number) = found.ok_or(NO_LEVEL)?;
        let before = self.levels.iter().take(number);
        let width = |level: &Level<'_>| {
            let key = usize::from(!level.path.is_empty());
            level.object.columns().len() + key
        };
        let first = 1 + before.map(width).sum::<usize>();
        Ok((level, Placed { row, first }))
    }
}

/// The columns from this one on.
struct Placed<'r> {
    row: &'r dyn Row,
    first: usize,
}

impl Row for Placed<'_> {
    fn cell(&self, column: usize) -> Cell<'_> {
        self.row.cell(self.first + column)
    }
}

const NO_LEVEL: ConnectorError = ConnectorError::Plan("a new row is on no level of the answer");
