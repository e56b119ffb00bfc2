//! Where the tables of a service are, and which SQL is spoken there.

use std::sync::Arc;

use sea_query::{Alias, IntoTableRef as _, TableRef};

use crate::dialect::{Dialect, Strategy};

/// The tables of one container: a schema of PostgreSQL, a database of MySQL, a file of SQLite.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// How the database's SQL differs.
    pub dialect: &'static Dialect,
    /// The container, where tables are named together with it.
    container: Option<Arc<str>>,
    /// How the levels of a nested read are fetched.
    pub(crate) strategy: Strategy,
}

impl Namespace {
    /// The tables of a container.
    #[must_use]
    pub fn new(dialect: &'static Dialect, container: &str) -> Self {
        Self {
            dialect,
            container: dialect.qualified.then(|| container.into()),
            strategy: dialect.strategy,
        }
    }

    /// The same with another way to fetch the levels of a nested read; answers are the same bytes.
    #[must_use]
    pub fn reading(self, strategy: Strategy) -> Self {
        Self { strategy, ..self }
    }

    /// The container, where tables are named together with it.
    pub(crate) fn container(&self) -> Option<&str> {
        self.container.as_deref()
    }

    /// A table as the statement builder names it.
    pub(crate) fn table(&self, table: &str) -> TableRef {
        let table = Alias::new(table);
        match &self.container {
            Some(container) => (Alias::new(&**container), table).into_table_ref(),
            None => table.into_table_ref(),
        }
    }
}
