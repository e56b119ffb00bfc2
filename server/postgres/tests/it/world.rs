//! A schema of its own for each test, and how tests talk to it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use prisma_connector::{ConnectorError, Value};
use prisma_postgres::{PostgresConnection, PostgresDriver, PostgresHost, PostgresOptions};
use prisma_sql::{Access, Connection, Driver, Host, Job, Statement};
use prisma_tests_databases::Server;

pub(crate) type Answer<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, ConnectorError>> + Send + 'a>>;

/// A job that is a closure.
struct Run<F>(F);

impl<F, T> Job<PostgresConnection> for Run<F>
where
    F: for<'a> FnOnce(&'a mut PostgresConnection) -> Answer<'a, T> + Send + 'static,
    T: Send + 'static,
{
    type Output = T;

    async fn run(self, connection: &mut PostgresConnection) -> Result<T, ConnectorError> {
        (self.0)(connection).await
    }
}

/// A schema, and the driver that leads to it.
pub(crate) struct World {
    pub(crate) host: PostgresHost,
    pub(crate) driver: Arc<PostgresDriver>,
    /// Its name, in quotes.
    pub(crate) schema: String,
}

/// Where the server is; none without one.
pub(crate) fn options() -> Option<PostgresOptions> {
    Some(Server::postgres()?.url().parse().unwrap())
}

/// A world of one connection for reads, and one for everything else.
pub(crate) async fn small() -> Option<World> {
    let options = PostgresOptions {
        connections: 2,
        ..options()?
    };
    Some(World::new(options).await)
}

/// A world with as many connections as usual.
pub(crate) async fn world() -> Option<World> {
    Some(World::new(options()?).await)
}

impl World {
    pub(crate) async fn new(options: PostgresOptions) -> Self {
        let host = PostgresHost::connect(options).await.unwrap();
        let name = Server::fresh("driver$it");
        host.create(&name).await.unwrap();
        let driver = host.open(&name).unwrap();
        Self {
            host,
            driver,
            schema: format!("\"{name}\""),
        }
    }

    /// A statement of this world: `%` stands for the schema.
    pub(crate) fn statement(&self, text: &str) -> Statement {
        statement(&text.replace('%', &self.schema))
    }

    pub(crate) async fn with<T, F>(&self, access: Access, job: F) -> Result<T, ConnectorError>
    where
        F: for<'a> FnOnce(&'a mut PostgresConnection) -> Answer<'a, T> + Send + 'static,
        T: Send + 'static,
    {
        self.driver.with(access, Run(job)).await
    }

    /// Runs one statement in a transaction.
    pub(crate) async fn write(&self, text: &str, values: &[Value]) -> Result<u64, ConnectorError> {
        let (statement, values) = (self.statement(text), values.to_vec());
        self.with(Access::Write, move |connection| {
            Box::pin(async move { connection.run(&statement, &each(&values)).await })
        })
        .await
    }

    /// Runs a script in a transaction.
    pub(crate) async fn script(&self, text: &str) {
        let text = text.replace('%', &self.schema);
        self.with(Access::Write, move |connection| {
            Box::pin(async move { connection.script(&text).await })
        })
        .await
        .unwrap();
    }

    /// The rows of one statement.
    pub(crate) async fn rows(
        &self,
        access: Access,
        text: &str,
        values: &[Value],
    ) -> Result<Vec<String>, ConnectorError> {
        let (statement, values) = (self.statement(text), values.to_vec());
        self.with(access, move |connection| {
            Box::pin(async move { rows(connection, &statement, &values).await })
        })
        .await
    }

    /// The rows of one read.
    pub(crate) async fn read(&self, text: &str, values: &[Value]) -> Vec<String> {
        self.rows(Access::Read, text, values).await.unwrap()
    }

    pub(crate) async fn raw(&self, text: &str) -> Result<String, ConnectorError> {
        let text = text.replace('%', &self.schema);
        self.with(Access::Raw, move |connection| {
            Box::pin(async move {
                let bytes = connection.raw(&text).await?;
                Ok(String::from_utf8(bytes).unwrap())
            })
        })
        .await
    }
}

pub(crate) fn statement(text: &str) -> Statement {
    Statement { text: text.into() }
}

pub(crate) fn each(values: &[Value]) -> Vec<&Value> {
    values.iter().collect()
}

/// The cells of all rows, a row a line.
pub(crate) async fn rows(
    connection: &mut PostgresConnection,
    statement: &Statement,
    values: &[Value],
) -> Result<Vec<String>, ConnectorError> {
    let mut rows = Vec::new();
    connection
        .each(statement, &each(values), &mut |row| {
            let mut cells = Vec::new();
            // Behind the last column everything is null; no test ends a row with one.
            for column in 0.. {
                let shown = format!("{:?}", row.cell(column));
                if shown == "Null" && format!("{:?}", row.cell(column + 1)) == "Null" {
                    break;
                }
                cells.push(shown);
            }
            rows.push(cells.join(" "));
            Ok(())
        })
        .await?;
    Ok(rows)
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
