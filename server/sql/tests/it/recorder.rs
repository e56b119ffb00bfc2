//! A database that writes down what it is asked and always gives the same answers.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use prisma_connector::{BoxFuture, ConnectorError, Lock, Value};
use prisma_sql::dialect::{MARIADB, MYSQL, POSTGRES, SQLITE};
use prisma_sql::{Access, Cell, Connection, Dialect, Driver, Host, Job, Row, Statement};

/// Everything asked so far, one statement per line.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    dialect: &'static Dialect,
    lines: Arc<Mutex<Vec<String>>>,
}

/// The same recorded in every dialect.
pub(crate) fn everywhere(record: impl Fn(&'static Dialect) -> String) -> String {
    let [sqlite, postgres, mariadb, mysql] = [&SQLITE, &POSTGRES, &MARIADB, &MYSQL].map(record);
    let mysql = if mysql == mariadb {
        "as MariaDB\n".to_owned()
    } else {
        mysql
    };
    format!("SQLite\n{sqlite}\nPostgreSQL\n{postgres}\nMariaDB\n{mariadb}\nMySQL\n{mysql}")
}

impl Default for Recorder {
    fn default() -> Self {
        Self::of(&SQLITE)
    }
}

impl Recorder {
    /// A database that speaks a dialect.
    pub(crate) fn of(dialect: &'static Dialect) -> Self {
        Self {
            dialect,
            lines: Arc::default(),
        }
    }

    /// What was asked since the last time.
    pub(crate) fn take(&self) -> String {
        let mut lines = std::mem::take(&mut *self.lines.lock().unwrap()).join("\n");
        lines.push('\n');
        lines
    }

    fn note(&self, text: &str, values: &[&Value]) {
        let mut line = text.to_owned();
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| short(value)).collect();
            line.push_str(&format!("  -- {}", values.join(", ")));
        }
        self.lines.lock().unwrap().push(line);
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) | Value::DateTime(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) | Value::Json(text) | Value::Enum(text) => text.clone(),
        Value::Uuid(bytes) => format!("{bytes:x?}"),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(short).collect();
            format!("[{}]", values.join(", "))
        }
    }
}

impl Host for Recorder {
    type Driver = Self;

    fn dialect(&self) -> &'static Dialect {
        self.dialect
    }

    fn open(&self, database: &str) -> Result<Arc<Self>, ConnectorError> {
        self.note(&format!("open {database}"), &[]);
        Ok(Arc::new(self.clone()))
    }

    async fn create(&self, database: &str) -> Result<(), ConnectorError> {
        self.note(&format!("create {database}"), &[]);
        Ok(())
    }

    async fn drop(&self, database: &str) -> Result<(), ConnectorError> {
        self.note(&format!("drop {database}"), &[]);
        Ok(())
    }

    async fn lock(&self, _key: u64, _patience: Duration) -> Result<Option<Lock>, ConnectorError> {
        Ok(Some(Lock::new(())))
    }
}

impl Driver for Recorder {
    type Connection = Self;

    async fn with<J: Job<Self>>(
        &self,
        _access: Access,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        job.run(&mut self.clone()).await
    }

    fn start<J: Job<Self>>(
        self: Arc<Self>,
        access: Access,
        job: J,
    ) -> BoxFuture<'static, Result<J::Output, ConnectorError>> {
        Box::pin(async move { self.with(access, job).await })
    }

    async fn pause(&self, _time: Duration) {}
}

impl Connection for Recorder {
    async fn each(
        &mut self,
        statement: &Statement,
        values: &[&Value],
        sink: &mut (dyn FnMut(&dyn Row) -> Result<(), ConnectorError> + Send),
    ) -> Result<(), ConnectorError> {
        if statement.text.contains("FROM information_schema")
            || statement.text.contains("pg_catalog")
            || statement.text.contains("sqlite_master")
        {
            // Nothing is there yet.
            return Ok(());
        }
        self.note(&statement.text, values);
        if statement.text.ends_with("LIMIT 1") {
            return Ok(());
        }
        if let (true, [Value::List(asked)]) = (statement.text.starts_with("SELECT _list.o"), values)
        {
            return (1..)
                .zip(asked)
                .try_for_each(|(position, _)| sink(&Listed(position)));
        }
        sink(&Found)
    }

    async fn run(
        &mut self,
        statement: &Statement,
        values: &[&Value],
    ) -> Result<u64, ConnectorError> {
        self.note(&statement.text, values);
        Ok(1)
    }

    async fn script(&mut self, text: &str) -> Result<(), ConnectorError> {
        self.note(text, &[]);
        Ok(())
    }

    async fn raw(&mut self, text: &str) -> Result<Vec<u8>, ConnectorError> {
        self.note(text, &[]);
        Ok(b"0".to_vec())
    }

    fn prepared(&self) -> u64 {
        0
    }
}

/// The one row of every answer: a node that is linked.
struct Found;

impl Row for Found {
    fn cell(&self, column: usize) -> Cell<'_> {
        if column == 0 {
            Cell::Text("found")
        } else {
            Cell::Int(1)
        }
    }
}

/// A node that was found by the value at a position of a list.
struct Listed(i64);

impl Row for Listed {
    fn cell(&self, column: usize) -> Cell<'_> {
        match column {
            0 => Cell::Int(self.0),
            _ => Cell::Text("found"),
        }
    }
}

/// The output of a future that never waits.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a recorder never waits"),
    }
}
