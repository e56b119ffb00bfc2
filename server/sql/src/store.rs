//! The management store: which services there are and what was deployed to them (deploy.md §2.9).
//!
//! Tables and columns are those of Prisma 1, so that its databases can be taken over as they stand.

use std::sync::Arc;

use prisma_connector::{
    BoxFuture, ConnectorError, MigrationRecord, MigrationStatus, ServiceName, ServiceRecord, Store,
    Value,
};

use crate::driver::{Access, Connection, Driver, Job, Row, Statement};
use crate::namespace::Namespace;
use crate::read::is_wide;
use crate::rows;
use crate::text::Text;

mod record;
mod tables;

pub(crate) use self::tables::{Columns, MYSQL, POSTGRES, SQLITE};

/// The management store in a SQL database.
#[derive(Debug)]
pub struct SqlStore<D: Driver> {
    driver: Arc<D>,
    namespace: Namespace,
}

/// Columns of `Project` that are read and written.
const PROJECT: [&str; 2] = ["id", "secrets"];

/// Columns of `Migration` behind its key that are read and written.
const MIGRATION: [&str; 10] = [
    "schema",
    "functions",
    "status",
    "applied",
    "rolledBack",
    "steps",
    "errors",
    "startedAt",
    "finishedAt",
    "datamodel",
];

impl<D: Driver> SqlStore<D> {
    /// The store behind a driver; makes the tables that are missing.
    pub(crate) async fn open(driver: Arc<D>, namespace: Namespace) -> Result<Self, ConnectorError> {
        let create = || {
            let tables = tables::create(&namespace).into_iter();
            let steps = tables.map(|text| (text, Vec::new())).collect();
            driver.with(Access::Write, Change { steps })
        };
        if create().await.is_err() {
            // Two servers at once: one finds no tables, and then the other's.
            create().await?;
        }
        Ok(Self { driver, namespace })
    }

    fn id(&self, service: &ServiceName) -> Value {
        Value::Text(self.namespace.dialect.layout.project_id(service))
    }

    /// Can the store have a service of this name at all? Elsewhere the database's comparison with it is an error, not
    /// false.
    fn may_have(&self, service: &ServiceName) -> bool {
        let narrow = self.namespace.dialect.narrow_ids;
        let mut characters = service.name.chars().chain(service.stage.chars());
        !characters.any(|character| character == '\0' || (narrow && is_wide(character)))
    }

    fn text(&self) -> Text<'_> {
        Text::new(&self.namespace)
    }

    async fn change(&self, steps: Vec<(Statement, Vec<Value>)>) -> Result<(), ConnectorError> {
        self.driver.with(Access::Write, Change { steps }).await
    }

    async fn select<T: Send + 'static>(
        &self,
        statement: Statement,
        values: Vec<Value>,
        read: impl FnMut(&dyn Row) -> Result<T, ConnectorError> + Send + 'static,
    ) -> Result<Vec<T>, ConnectorError> {
        let job = Select {
            statement,
            values,
            read,
        };
        self.driver.with(Access::Read, job).await
    }

    fn select_projects(&self) -> Text<'_> {
        let mut text = self.text();
        text.push("SELECT ").names(PROJECT);
        text.push(" FROM ").table("Project");
        text
    }

    fn select_migrations(&self) -> Text<'_> {
        let mut text = self.text();
        text.push("SELECT ").name("revision").push(", ");
        text.names(MIGRATION);
        text.push(" FROM ").table("Migration");
        text.push(" WHERE ").name("projectId").push(" = ").value();
        text
    }

    fn insert(&self, table: &str, columns: &[&str]) -> Statement {
        let mut text = self.text();
        text.push("INSERT INTO ").table(table).push(" (");
        text.names(columns.iter().copied()).push(") VALUES (");
        text.separated(", ", columns, |text, _| {
            text.value();
        });
        text.push(")");
        text.into_statement()
    }

    fn insert_migration(&self, id: Value, record: &MigrationRecord) -> (Statement, Vec<Value>) {
        let mut columns = vec!["projectId", "revision"];
        columns.extend(MIGRATION);
        let mut values = vec![id, Value::Int(record.revision.into())];
        values.extend(record::migration_values(record));
        (self.insert("Migration", &columns), values)
    }

    fn delete(&self, table: &str, column: &str, id: Value) -> (Statement, Vec<Value>) {
        let mut text = self.text();
        text.push("DELETE FROM ").table(table);
        text.push(" WHERE ").name(column).push(" = ").value();
        (text.into_statement(), vec![id])
    }
}

impl<D: Driver> Store for SqlStore<D> {
    fn services(&self) -> BoxFuture<'_, Result<Vec<ServiceRecord>, ConnectorError>> {
        let text = self.select_projects();
        let layout = self.namespace.dialect.layout;
        Box::pin(async move {
            let read = move |row: &dyn Row| record::service(layout, row);
            let found = self.select(text.into_statement(), Vec::new(), read).await?;
            let mut services: Vec<_> = found.into_iter().flatten().collect();
            services.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(services)
        })
    }

    fn service(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Option<ServiceRecord>, ConnectorError>> {
        let mut text = self.select_projects();
        text.push(" WHERE ").name("id").push(" = ").value();
        let id = self.id(name);
        let layout = self.namespace.dialect.layout;
        let may_be = self.may_have(name);
        Box::pin(async move {
            if !may_be {
                return Ok(None);
            }
            let read = move |row: &dyn Row| record::service(layout, row);
            let found = self.select(text.into_statement(), vec![id], read).await?;
            Ok(found.into_iter().flatten().next())
        })
    }

    fn create_service(
        &self,
        service: ServiceRecord,
        first: MigrationRecord,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let id = self.id(&service.name);
        let secrets = record::secrets_text(&service.secrets);
        let columns = ["id", "secrets", "functions"];
        let values = vec![id.clone(), secrets, Value::Text("[]".to_owned())];
        let project = (self.insert("Project", &columns), values);
        let migration = self.insert_migration(id, &first);
        Box::pin(async move { self.change(vec![project, migration]).await })
    }

    fn delete_service(&self, name: &ServiceName) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let id = self.id(name);
        let migrations = self.delete("Migration", "projectId", id.clone());
        let project = self.delete("Project", "id", id);
        Box::pin(async move { self.change(vec![migrations, project]).await })
    }

    fn set_secrets(
        &self,
        name: &ServiceName,
        secrets: Vec<String>,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let mut text = self.text();
        text.push("UPDATE ").table("Project").push(" SET ");
        text.name("secrets").push(" = ").value();
        text.push(" WHERE ").name("id").push(" = ").value();
        let values = vec![record::secrets_text(&secrets), self.id(name)];
        Box::pin(async move { self.change(vec![(text.into_statement(), values)]).await })
    }

    fn migrations(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Vec<MigrationRecord>, ConnectorError>> {
        let mut text = self.select_migrations();
        text.push(" ORDER BY ").name("revision").push(" DESC");
        let id = self.id(name);
        let may_be = self.may_have(name);
        Box::pin(async move {
            if !may_be {
                return Ok(Vec::new());
            }
            self.select(text.into_statement(), vec![id], record::migration)
                .await
        })
    }

    fn live(
        &self,
        name: &ServiceName,
    ) -> BoxFuture<'_, Result<Option<MigrationRecord>, ConnectorError>> {
        let mut text = self.select_migrations();
        text.push(" AND ").name("status").push(" = ").value();
        text.push(" ORDER BY ")
            .name("revision")
            .push(" DESC LIMIT 1");
        let success = Value::Text(MigrationStatus::Success.name().to_owned());
        let values = vec![self.id(name), success];
        let may_be = self.may_have(name);
        Box::pin(async move {
            if !may_be {
                return Ok(None);
            }
            let found = self
                .select(text.into_statement(), values, record::migration)
                .await?;
            Ok(found.into_iter().next())
        })
    }

    fn put_migration(
        &self,
        name: &ServiceName,
        migration: MigrationRecord,
    ) -> BoxFuture<'_, Result<(), ConnectorError>> {
        let mut text = self.text();
        text.push("DELETE FROM ").table("Migration");
        text.push(" WHERE ").name("projectId").push(" = ").value();
        text.push(" AND ").name("revision").push(" = ").value();
        let id = self.id(name);
        let revision = Value::Int(migration.revision.into());
        let old = (text.into_statement(), vec![id.clone(), revision]);
        let new = self.insert_migration(id, &migration);
        Box::pin(async move { self.change(vec![old, new]).await })
    }
}

/// Runs statements for their effect, in one transaction.
struct Change {
    steps: Vec<(Statement, Vec<Value>)>,
}

impl<C: Connection> Job<C> for Change {
    type Output = ();

    async fn run(self, connection: &mut C) -> Result<(), ConnectorError> {
        for (statement, values) in &self.steps {
            let values: Vec<&Value> = values.iter().collect();
            connection.run(statement, &values).await?;
        }
        Ok(())
    }
}

/// Reads rows.
struct Select<F> {
    statement: Statement,
    values: Vec<Value>,
    read: F,
}

impl<C, T, F> Job<C> for Select<F>
where
    C: Connection,
    T: Send + 'static,
    F: FnMut(&dyn Row) -> Result<T, ConnectorError> + Send + 'static,
{
    type Output = Vec<T>;

    async fn run(self, connection: &mut C) -> Result<Vec<T>, ConnectorError> {
        let values: Vec<&Value> = self.values.iter().collect();
        rows::all(connection, &self.statement, &values, self.read).await
    }
}
