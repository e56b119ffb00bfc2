//! What a container holds before a change: what is there already is not made again.

use std::collections::{HashMap, HashSet};

use prisma_connector::{ConnectorError, StorageAction};
use prisma_datamodel::{Datamodel, Link};

use crate::dialect::Dialect;
use crate::driver::{Connection, Statement};
use crate::layout::list_table;
use crate::rows;

/// What an action creates; its indexes belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    table: String,
    /// None for the table itself.
    column: Option<String>,
}

impl Object {
    pub(super) fn of(datamodel: &Datamodel, action: StorageAction) -> Self {
        let (table, column) = match action {
            StorageAction::CreateModel(model) => (datamodel[model].table().to_owned(), None),
            StorageAction::CreateColumn(field) => {
                let field = &datamodel[field];
                let table = datamodel[field.model].table();
                (table.to_owned(), Some(field.column().to_owned()))
            }
            StorageAction::CreateList(field) => (list_table(datamodel, field), None),
            StorageAction::CreateLink(relation) => {
                let relation = &datamodel[relation];
                match &relation.link {
                    Link::Inline { side, column } => {
                        let table = datamodel[relation.end(*side).model].table();
                        (table.to_owned(), Some(column.clone()))
                    }
                    Link::Table { table, .. } => (table.clone(), None),
                }
            }
        };
        Self { table, column }
    }
}

/// The columns of each table.
#[derive(Debug, Default)]
pub(super) struct Existing(HashMap<String, HashSet<String>>);

/// The question that [`Existing::read`] asks.
pub(super) fn query(dialect: &'static Dialect) -> Statement {
    Statement {
        text: dialect.columns.into(),
    }
}

impl Existing {
    pub(super) async fn read<C: Connection>(
        connection: &mut C,
        query: &Statement,
    ) -> Result<Self, ConnectorError> {
        let names = rows::all(connection, query, &[], |row| {
            Ok(rows::text(row.cell(0)).zip(rows::text(row.cell(1))))
        });
        let mut tables: HashMap<_, HashSet<_>> = HashMap::new();
        for (table, column) in names.await?.into_iter().flatten() {
            tables.entry(table).or_default().insert(column);
        }
        Ok(Self(tables))
    }

    pub(super) fn has(&self, object: &Object) -> bool {
        let Some(columns) = self.0.get(&object.table) else {
            return false;
        };
        match &object.column {
            Some(column) => columns.contains(column),
            None => true,
        }
    }
}
