//! New rows: of one insertion, and of a whole tree in one statement.

use std::sync::Arc;

use prisma_connector::ConnectorError;
use prisma_datamodel::{Datamodel, FieldId, ModelId};

use super::Writer;
use crate::dialect::InsertIfNew;
use crate::layout::id_column;
use crate::link::Path;

/// Rows of one model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::write) struct NewRows {
    pub(in crate::write) model: ModelId,
    pub(in crate::write) fields: Vec<FieldId>,
    /// Relation fields whose links are in the rows: the model's own, and at last the one that leads here from the parent.
    pub(in crate::write) links: Vec<FieldId>,
    pub(in crate::write) rows: usize,
    pub(in crate::write) answer: Answer,
}

/// What a statement that changes rows answers of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::write) enum Answer {
    /// Nothing.
    Nothing,
    /// The id.
    Id,
    /// These columns.
    Columns(Arc<[String]>),
    /// These columns; the parent's id, where this field leads here from it; the id, if it is asked for and not among them.
    Level {
        columns: Arc<[String]>,
        parent: Option<FieldId>,
        id: bool,
    },
}

impl Answer {
    /// Where the id is, in an answer that has it.
    pub(in crate::write) fn id_position(&self, datamodel: &Datamodel, model: ModelId) -> usize {
        let Self::Level {
            columns, parent, ..
        } = self
        else {
            return 0;
        };
        let id = id_column(datamodel, model);
        let behind = columns.len() + usize::from(parent.is_some());
        columns
            .iter()
            .position(|column| column == id)
            .unwrap_or(behind)
    }
}

/// A tree of rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::write) struct Planted {
    pub(in crate::write) insertions: Vec<PlantedRows>,
    /// Links in tables, by relation field.
    pub(in crate::write) links: Vec<(FieldId, Vec<Pair>)>,
    /// Is the id of the first row answered? Else: the number of a level and the columns of all levels.
    pub(in crate::write) answers_id: bool,
}

/// Rows of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::write) struct PlantedRows {
    pub(in crate::write) rows: NewRows,
    /// The insertion that makes the id of the parent.
    pub(in crate::write) above: Option<usize>,
    /// The level of the answer that they are on.
    pub(in crate::write) level: Option<usize>,
}

/// A link: the insertions that make its ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::write) struct Pair {
    pub(in crate::write) parent: Option<usize>,
    pub(in crate::write) child: Option<usize>,
}

/// The id of the row that an insertion of the same statement makes.
#[derive(Clone, Copy)]
pub(super) struct Made {
    insertion: usize,
    model: ModelId,
}

impl Planted {
    fn made(&self, insertion: usize) -> Option<Made> {
        let model = self.insertions.get(insertion)?.rows.model;
        Some(Made { insertion, model })
    }
}

/// The columns of a level of the answer, with their types.
type Columns<'a> = Vec<(&'a str, &'static str)>;

impl<'a> Writer<'a, '_> {
    /// With `above`, the last link is the id that this insertion of the same statement makes.
    pub(super) fn insert(
        &mut self,
        new: &NewRows,
        above: Option<Made>,
    ) -> Result<(), ConnectorError> {
        let fields = new.fields.iter();
        let mut columns: Vec<&str> = fields
            .map(|&field| self.datamodel[field].column())
            .collect();
        for &field in &new.links {
            columns.push(self.link_column(field)?);
        }
        self.push("INSERT INTO ").table(new.model);
        if columns.is_empty() {
            self.push(self.dialect.default_values);
            return Ok(());
        }
        self.push(" (").names(columns.iter().copied());
        self.push(") VALUES ");
        let given = columns.len() - usize::from(above.is_some());
        for row in 0..new.rows {
            self.push(if row > 0 { ", (" } else { "(" });
            self.text.separated(", ", 0..given, |text, _| {
                text.value();
            });
            if let Some(made) = above {
                self.push(if given > 0 { ", " } else { "" }).made_id(made);
            }
            self.push(")");
        }
        Ok(())
    }

    /// The column that holds the links of a field, in whichever of the two rows.
    fn link_column(&self, field: FieldId) -> Result<&'a str, ConnectorError> {
        match self.hop(field)?.path {
            Path::Parent { column } | Path::Child { column } => Ok(column),
            Path::Table { .. } => Err(IN_TABLE),
        }
    }

    pub(super) fn returning(
        &mut self,
        model: ModelId,
        answer: &Answer,
    ) -> Result<(), ConnectorError> {
        match answer {
            Answer::Nothing => {}
            Answer::Id => {
                self.push(" RETURNING ").id(model);
            }
            Answer::Columns(columns) => {
                self.push(" RETURNING ");
                self.names(columns.iter().map(String::as_str));
            }
            Answer::Level {
                columns,
                parent,
                id,
            } => {
                let parent = parent.map(|field| self.link_column(field)).transpose()?;
                let own = Some(self.id_of(model))
                    .filter(|own| *id && !columns.iter().any(|column| column == own));
                self.push(" RETURNING ");
                let columns = columns.iter().map(String::as_str);
                self.names(columns.chain(parent).chain(own));
            }
        }
        Ok(())
    }

    /// Links in a table; `ends` writes the ids of both nodes.
    pub(super) fn link_in_table<T>(
        &mut self,
        [table, parent, child]: [&str; 3],
        id: Option<&str>,
        links: impl IntoIterator<Item = T>,
        mut ends: impl FnMut(&mut Self, T),
    ) {
        self.push("INSERT INTO ");
        self.text.table(table);
        self.push(" (");
        self.names(id.into_iter().chain([parent, child]));
        self.push(") VALUES ");
        for (position, link) in links.into_iter().enumerate() {
            self.push(if position > 0 { ", (" } else { "(" });
            if id.is_some() {
                // Nobody reads the id of a link, but it must be unique.
                self.push(self.dialect.random_id).push(", ");
            }
            ends(self, link);
            self.push(")");
        }
        match self.dialect.insert_if_new {
            InsertIfNew::OnConflict => self.push(" ON CONFLICT DO NOTHING"),
            InsertIfNew::OnDuplicateKey => {
                self.push(" ON DUPLICATE KEY UPDATE ").name(parent);
                self.push(" = ").name(parent)
            }
        };
    }

    /// Expressions that make rows, and a list of what they return: a part for each insertion that the answer shows.
    pub(super) fn planted(&mut self, planted: &Planted) -> Result<(), ConnectorError> {
        for (number, insertion) in planted.insertions.iter().enumerate() {
            self.push(if number > 0 { ", " } else { "WITH " });
            self.push(&format!("w{number} AS ("));
            let above = insertion.above.and_then(|above| planted.made(above));
            self.insert(&insertion.rows, above)?;
            self.returning(insertion.rows.model, &insertion.rows.answer)?;
            self.push(")");
        }
        for (number, (field, pairs)) in planted.links.iter().enumerate() {
            let Path::Table {
                table,
                parent,
                child,
                id,
            } = self.hop(*field)?.path
            else {
                return Err(NOT_IN_TABLE);
            };
            self.push(&format!(", k{number} AS ("));
            self.link_in_table([table, parent, child], id, pairs, |writer, pair| {
                for (separator, end) in [("", pair.parent), (", ", pair.child)] {
                    writer.push(separator);
                    match end.and_then(|end| planted.made(end)) {
                        Some(made) => writer.made_id(made),
                        None => writer.value(),
                    };
                }
            });
            self.push(")");
        }
        self.answered(planted)
    }

    fn answered(&mut self, planted: &Planted) -> Result<(), ConnectorError> {
        if planted.answers_id {
            let model = planted.insertions.first().map(|first| first.rows.model);
            self.push(" SELECT ").id(model.ok_or(NO_ROW)?);
            self.push(" FROM w0");
            return Ok(());
        }
        let levels = self.levels(planted)?;
        if levels.is_empty() {
            self.push(" SELECT 1");
            return Ok(());
        }
        let mut separator = " ";
        for (number, insertion) in planted.insertions.iter().enumerate() {
            let Some(level) = insertion.level else {
                continue;
            };
            self.push(separator);
            separator = " UNION ALL ";
            self.push(&format!("SELECT {level}"));
            for (other, columns) in levels.iter().enumerate() {
                for (column, ty) in columns {
                    self.push(", ");
                    if other == level {
                        self.name(column);
                    } else {
                        self.push("NULL::").push(ty);
                    }
                }
            }
            self.push(&format!(" FROM w{number}"));
        }
        Ok(())
    }

    /// The columns of all levels.
    fn levels<'p>(&self, planted: &'p Planted) -> Result<Vec<Columns<'p>>, ConnectorError>
    where
        'a: 'p,
    {
        let mut levels: Vec<Columns<'p>> = Vec::new();
        for insertion in &planted.insertions {
            let (
                Some(level),
                Answer::Level {
                    columns, parent, ..
                },
            ) = (insertion.level, &insertion.rows.answer)
            else {
                continue;
            };
            // Levels are numbered in the order in which they first come.
            if level < levels.len() {
                continue;
            }
            let model = insertion.rows.model;
            let mut found: Columns<'p> = Vec::new();
            for column in columns.iter() {
                found.push((column, self.type_of(model, column).ok_or(NO_COLUMN)?));
            }
            if let Some(field) = *parent {
                let ty = self.id_type(self.hop(field)?.parent);
                let ty = self.dialect.layout.column_type(ty);
                found.push((self.link_column(field)?, ty.ok_or(NO_COLUMN)?));
            }
            levels.push(found);
        }
        Ok(levels)
    }

    /// The type of a column, by name.
    fn type_of(&self, model: ModelId, column: &str) -> Option<&'static str> {
        let mut fields = self.datamodel.fields_of(model);
        let ty = fields.find_map(|(id, field)| {
            if field.is_column() {
                return (field.column() == column).then_some(field.ty);
            }
            let hop = self.hop(id).ok()?;
            let is_link = hop.path == Path::Parent { column };
            is_link.then(|| self.id_type(hop.child))
        });
        self.dialect.layout.column_type(ty?)
    }

    fn made_id(&mut self, made: Made) -> &mut Self {
        self.push("(SELECT ").id(made.model);
        self.push(&format!(" FROM w{})", made.insertion))
    }
}

const IN_TABLE: ConnectorError = ConnectorError::Plan("the links of this relation are in a table");
const NOT_IN_TABLE: ConnectorError =
    ConnectorError::Plan("the links of this relation are in no table");
const NO_ROW: ConnectorError = ConnectorError::Plan("a tree of rows has a root");
const NO_COLUMN: ConnectorError = ConnectorError::Plan("an answer takes a column of no field");
