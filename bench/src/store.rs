//! The databases: how a server is told to use one, and how the rows get into it.

mod mysql;
mod postgres;
pub(crate) mod sqlite;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chrono::DateTime;
use clap::ValueEnum;
use prisma_connector::ServiceName;
use prisma_tests_databases::Server;
use serde::Serialize;
use serde_json::json;

use crate::{
    data::{self, Sizes},
    process,
};

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Store {
    /// A file
    Sqlite,
    /// The server at `PRISMA_TEST_POSTGRES_URL`, or a throw-away one
    Postgres,
    /// MySQL or MariaDB at `PRISMA_TEST_MYSQL_URL`, or a throw-away MariaDB
    Mysql,
}

/// A database of its own for one run.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) store: Store,
    /// A name that nobody else uses.
    name: String,
    folder: PathBuf,
    /// Of the database server, with user and password.
    url: String,
}

/// The stage that is deployed to.
const STAGE: &str = "bench";

impl Place {
    /// In a folder, which is the database for SQLite; else in a new database on a server.
    pub(crate) async fn new(store: Store, folder: &Path) -> Result<Self> {
        let server = match store {
            Store::Sqlite => None,
            Store::Postgres => Some(Server::postgres().context("there is no PostgreSQL")?),
            Store::Mysql => Some(Server::mysql().context("there is no MySQL or MariaDB")?),
        };
        let place = Self {
            store,
            name: Server::fresh("music"),
            folder: folder.to_owned(),
            url: server.map_or_else(String::new, |server| server.url().to_owned()),
        };
        if store == Store::Postgres {
            postgres::create(&place.url, &place.name).await?;
        }
        Ok(place)
    }

    /// Removes what the run made on a server.
    pub(crate) async fn remove(&self) -> Result<()> {
        match self.store {
            Store::Sqlite => Ok(()),
            Store::Postgres => postgres::remove(&self.url, &self.name).await,
            Store::Mysql => mysql::remove(&self.url, &[&self.name, &self.container()]).await,
        }
    }

    /// The service that is deployed.
    pub(crate) fn service(&self) -> ServiceName {
        ServiceName::new(self.name.clone(), STAGE)
    }

    /// The schema or database of the service (deploy.md §2.1).
    fn container(&self) -> String {
        let separator = match self.store {
            Store::Sqlite => '_',
            Store::Postgres => '$',
            Store::Mysql => '@',
        };
        format!("{}{separator}{STAGE}", self.name)
    }

    /// The configuration of a server on it, which is YAML.
    pub(crate) fn config(&self) -> String {
        let database = match self.store {
            Store::Sqlite => json!({"connector": "sqlite", "path": self.databases()}),
            Store::Postgres => json!({
                "connector": "postgres",
                "uri": self.postgres_url(),
                "connectionLimit": CONNECTIONS,
            }),
            Store::Mysql => json!({
                "connector": "mysql",
                "uri": self.url,
                "managementSchema": self.name,
                "connectionLimit": CONNECTIONS,
            }),
        };
        json!({"databases": {"default": database}}).to_string()
    }

    /// The URL of the server with the database of this run.
    fn postgres_url(&self) -> String {
        let (server, _) = self.url.rsplit_once('/').unwrap_or((&self.url, ""));
        format!("{server}/{}", self.name)
    }

    /// The folder of SQLite's databases.
    pub(crate) fn databases(&self) -> PathBuf {
        self.folder.join("databases")
    }

    /// SQLite's file of the service.
    pub(crate) fn file(&self) -> PathBuf {
        self.databases().join(format!("{}.db", self.container()))
    }

    /// The arguments of a hand-written server on it.
    pub(crate) fn hand_written(&self) -> Vec<String> {
        let (store, database) = match self.store {
            Store::Sqlite => ("sqlite", self.file().display().to_string()),
            Store::Postgres => ("postgres", self.postgres_url()),
            Store::Mysql => ("mysql", self.url.clone()),
        };
        let container = self.container();
        let arguments = ["--store", store, "--database", &database];
        arguments
            .into_iter()
            .chain(["--container", &container])
            .map(str::to_owned)
            .collect()
    }

    /// The process of the database, where it is one of its own that can be seen.
    pub(crate) fn process(&self) -> Option<u32> {
        let (_, address) = self.url.rsplit_once('@')?;
        let (address, _) = address.split_once('/').unwrap_or((address, ""));
        let (_, port) = address.rsplit_once(':')?;
        process::listening_on(port.parse().ok()?)
    }

    /// Fills the tables that the server has made.
    pub(crate) async fn load(&self, sizes: &Sizes) -> Result<()> {
        let tables = data::tables(sizes);
        match self.store {
            Store::Sqlite => sqlite::load(&self.file(), tables),
            Store::Postgres => {
                postgres::load(&self.postgres_url(), &self.container(), tables).await
            }
            Store::Mysql => mysql::load(&self.url, &self.container(), tables).await,
        }
    }

    /// Removes what write workloads have made.
    pub(crate) async fn clean(&self, sizes: &Sizes) -> Result<()> {
        match self.store {
            Store::Sqlite => sqlite::clean(&self.file(), sizes),
            Store::Postgres => {
                postgres::clean(&self.postgres_url(), &self.container(), sizes).await
            }
            Store::Mysql => mysql::clean(&self.url, &self.container(), sizes).await,
        }
    }
}

/// As many connections as requests at the same time, and one for the management of services.
const CONNECTIONS: u32 = 17;

/// The tables that write workloads add to, children first, and the last ids that were loaded.
fn written(sizes: &Sizes) -> [(&'static str, i64); 3] {
    [
        ("Album", sizes.albums),
        ("Artist", sizes.artists),
        ("Customer", sizes.customers),
    ]
}

/// A time as database servers read it; the beginning of time for one that is out of range.
fn date(milliseconds: i64) -> String {
    let date = DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    date.format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}
