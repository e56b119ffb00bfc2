//! Where a server keeps its data: a folder, or schemas of its own on a database server.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use prisma_tests_databases::Server;
use serde::Serialize;
use serde_json::json;
use tempfile::TempDir;

/// The stage that is deployed to.
pub(crate) const STAGE: &str = "storm";

/// Lines of the log that are shown when a server fails.
const TAIL: usize = 30;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Store {
    /// A file
    Sqlite,
    /// The server at `PRISMA_TEST_POSTGRES_URL`, or a throw-away one
    Postgres,
    /// MySQL or MariaDB at `PRISMA_TEST_MYSQL_URL`, or a throw-away MariaDB
    Mysql,
}

/// A place that nobody else uses, and the program that serves it.
#[derive(Debug)]
pub struct Place {
    pub(crate) store: Store,
    /// The program `prisma`.
    pub(crate) program: PathBuf,
    /// The name of the service, and of the management's schema.
    pub(crate) name: String,
    /// SQLite's databases and the server's log.
    folder: TempDir,
    /// Of the database server, with user and password; empty for SQLite.
    url: String,
}

impl Place {
    /// A new place; `None` if there is no database server for it here.
    ///
    /// # Errors
    /// If there can be no folder for it.
    pub fn new(store: Store, program: &Path) -> Result<Option<Self>> {
        let server = match store {
            Store::Sqlite => None,
            Store::Postgres => Server::postgres(),
            Store::Mysql => Server::mysql(),
        };
        if server.is_none() && store != Store::Sqlite {
            return Ok(None);
        }
        Ok(Some(Self {
            store,
            program: program.to_owned(),
            name: Server::fresh("storm"),
            folder: tempfile::tempdir()?,
            url: server.map_or_else(String::new, |server| server.url().to_owned()),
        }))
    }

    /// The configuration of the server, which is YAML. Limits are the defaults.
    pub(crate) fn config(&self) -> String {
        let database = match self.store {
            Store::Sqlite => json!({
                "connector": "sqlite",
                "path": self.folder.path().join("databases"),
            }),
            Store::Postgres | Store::Mysql => json!({
                "connector": if self.store == Store::Postgres { "postgres" } else { "mysql" },
                "uri": self.url,
                "managementSchema": self.name,
                "rawAccess": true,
            }),
        };
        json!({"databases": {"default": database}}).to_string()
    }

    /// Where the service answers.
    pub(crate) fn path(&self) -> String {
        format!("/{}/{STAGE}", self.name)
    }

    /// The statements that remove everything from a database server (deploy.md §2.1).
    pub(crate) fn removal(&self) -> Vec<String> {
        let name = &self.name;
        match self.store {
            Store::Sqlite => Vec::new(),
            Store::Postgres => [format!("{name}${STAGE}"), name.clone()]
                .map(|schema| format!("DROP SCHEMA \"{schema}\" CASCADE"))
                .into(),
            Store::Mysql => [format!("{name}@{STAGE}"), name.clone()]
                .map(|database| format!("DROP DATABASE `{database}`"))
                .into(),
        }
    }

    /// The server's log, to be appended to.
    pub(crate) fn log(&self) -> Result<File> {
        let options = File::options()
            .create(true)
            .append(true)
            .open(self.log_path());
        options.context("the log of the server cannot be written")
    }

    /// The last lines of the server's log.
    #[must_use]
    pub fn log_tail(&self) -> String {
        let log = fs::read(self.log_path()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines.len().saturating_sub(TAIL);
        lines.get(tail..).unwrap_or_default().join("\n")
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}
