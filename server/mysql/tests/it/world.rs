//! A database of a test's own, and jobs that are closures.

use std::sync::Arc;

use prisma_connector::{BoxFuture, ConnectorError, Value};
use prisma_mysql::{MysqlConnection, MysqlDriver, MysqlHost, MysqlOptions};
use prisma_sql::{Access, Cell, Connection, Driver, Host, Job, Row, Statement};
use prisma_tests_databases::Server;

/// A database on the test server.
pub(crate) struct World {
    pub(crate) host: MysqlHost,
    pub(crate) driver: Arc<MysqlDriver>,
    pub(crate) name: String,
}

impl World {
    /// A new database; none without a server.
    pub(crate) async fn new() -> Option<Self> {
        Self::with(|_| {}).await
    }

    /// A new database, and a host with other options.
    pub(crate) async fn with(change: impl FnOnce(&mut MysqlOptions)) -> Option<Self> {
        let mut options = options()?;
        change(&mut options);
        let host = MysqlHost::connect(&options).await.unwrap();
        let name = Server::fresh("driver");
        host.create(&name).await.unwrap();
        let driver = host.open(&name).unwrap();
        Some(Self { host, driver, name })
    }

    /// Runs statements on a connection; `{}` stands for the database.
    pub(crate) async fn script(&self, text: &str) {
        let text = self.named(text);
        let job = job(move |connection| Box::pin(async move { connection.script(&text).await }));
        self.driver.with(Access::Write, job).await.unwrap();
    }

    /// Runs a statement in a transaction of its own.
    pub(crate) async fn run(&self, text: &str, values: &[Value]) -> Result<u64, ConnectorError> {
        let (statement, values) = (statement(&self.named(text)), values.to_vec());
        let job = job(move |connection| {
            Box::pin(async move {
                let values: Vec<&Value> = values.iter().collect();
                connection.run(&statement, &values).await
            })
        });
        self.driver.with(Access::Write, job).await
    }

    /// Runs a query; answers its cells, as Rust writes them.
    pub(crate) async fn query(
        &self,
        text: &str,
        values: &[Value],
    ) -> Result<Vec<Vec<String>>, ConnectorError> {
        let (statement, values) = (statement(&self.named(text)), values.to_vec());
        let job = job(move |connection| {
            Box::pin(async move { rows(connection, &statement, &values).await })
        });
        self.driver.with(Access::Read, job).await
    }

    /// The one cell that a query answers.
    pub(crate) async fn cell(&self, text: &str, values: &[Value]) -> String {
        let rows = self.query(text, values).await.unwrap();
        assert_eq!((rows.len(), rows[0].len()), (1, 1), "{rows:?}");
        rows[0][0].clone()
    }

    /// Runs a statement of the caller's own; answers the text of the JSON.
    pub(crate) async fn raw(&self, text: &str) -> Result<String, ConnectorError> {
        let text = self.named(text);
        let job = job(move |connection| Box::pin(async move { connection.raw(&text).await }));
        let json = self.driver.with(Access::Raw, job).await?;
        Ok(String::from_utf8(json).unwrap())
    }

    pub(crate) fn named(&self, text: &str) -> String {
        text.replace("{}", &format!("`{}`", self.name))
    }
}

/// Where the test server is.
pub(crate) fn options() -> Option<MysqlOptions> {
    let server = Server::mysql()?;
    let (options, _) = MysqlOptions::from_url(server.url()).unwrap();
    Some(options)
}

pub(crate) fn statement(text: &str) -> Statement {
    Statement { text: text.into() }
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// The cells of all rows, as Rust writes them; columns until one that is missing.
pub(crate) async fn rows(
    connection: &mut MysqlConnection,
    statement: &Statement,
    values: &[Value],
) -> Result<Vec<Vec<String>>, ConnectorError> {
    let values: Vec<&Value> = values.iter().collect();
    let mut rows = Vec::new();
    let mut sink = |row: &dyn Row| {
        let mut cells: Vec<Cell<'_>> = (0..12).map(|column| row.cell(column)).collect();
        while cells.len() > 1 && cells.last() == Some(&Cell::Null) {
            cells.pop();
        }
        rows.push(cells.iter().map(|cell| format!("{cell:?}")).collect());
        Ok(())
    };
    connection.each(statement, &values, &mut sink).await?;
    Ok(rows)
}

/// A job that is a closure.
pub(crate) fn job<T, F>(work: F) -> impl Job<MysqlConnection, Output = T>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut MysqlConnection) -> BoxFuture<'c, Result<T, ConnectorError>>
        + Send
        + 'static,
{
    Closure(work)
}

struct Closure<F>(F);

impl<T, F> Job<MysqlConnection> for Closure<F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut MysqlConnection) -> BoxFuture<'c, Result<T, ConnectorError>>
        + Send
        + 'static,
{
    type Output = T;

    async fn run(self, connection: &mut MysqlConnection) -> Result<T, ConnectorError> {
        (self.0)(connection).await
    }
}
