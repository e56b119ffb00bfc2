//! What a container has already: a deploy that was cut short, or tables of somebody else's (deploy.md §4.3).

use std::collections::HashSet;

use prisma_connector::{ConnectorError, Value};

use crate::ddl::Makes;
use crate::driver::{Connection, Row, Statement};
use crate::namespace::Namespace;
use crate::rows;

/// Tables, columns and indexes of a container.
#[derive(Debug, Default)]
pub(super) struct Existing(HashSet<Makes>);

impl Existing {
    /// Looks at a container.
    pub(super) async fn read<C: Connection>(
        connection: &mut C,
        namespace: &Namespace,
    ) -> Result<Self, ConnectorError> {
        let layout = namespace.dialect.layout;
        let container = namespace
            .container()
            .map(|container| Value::Text(container.to_owned()));
        let values: Vec<&Value> = container.iter().collect();
        let mut found = HashSet::new();
        for (table, column) in pairs(connection, layout.columns_there, &values).await? {
            found.insert(Makes::Table(table.clone()));
            found.insert(Makes::Column { table, column });
        }
        for (table, index) in pairs(connection, layout.indexes_there, &values).await? {
            found.insert(Makes::Index { table, index });
        }
        Ok(Self(found))
    }

    /// Is it there?
    pub(super) fn has(&self, made: &Makes) -> bool {
        self.0.contains(made)
    }
}

async fn pairs<C: Connection>(
    connection: &mut C,
    text: &str,
    values: &[&Value],
) -> Result<Vec<(String, String)>, ConnectorError> {
    let statement = Statement { text: text.into() };
    let read = |row: &dyn Row| Ok(rows::text(row.cell(0)).zip(rows::text(row.cell(1))));
    let found = rows::all(connection, &statement, values, read).await?;
    Ok(found.into_iter().flatten().collect())
}
