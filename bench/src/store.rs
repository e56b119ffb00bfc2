//! The databases: how a server is told to use one, and how the rows get into it.

mod sqlite;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use prisma_connector::ServiceName;
use serde::Serialize;

use crate::data::{self, Sizes};

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Store {
    Sqlite,
}

/// A database to measure on.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) store: Store,
    folder: PathBuf,
}

/// The service that is deployed.
pub(crate) fn service() -> ServiceName {
    ServiceName::new("music", "bench")
}

impl Place {
    /// In a folder, which is the database for SQLite.
    pub(crate) fn new(store: Store, folder: &Path) -> Self {
        Self {
            store,
            folder: folder.to_owned(),
        }
    }

    /// The configuration of a server on it.
    pub(crate) fn config(&self) -> String {
        match self.store {
            Store::Sqlite => format!(
                "databases:\n  default:\n    connector: sqlite\n    path: {:?}\n",
                self.databases()
            ),
        }
    }

    /// The folder of SQLite's databases.
    pub(crate) fn databases(&self) -> PathBuf {
        self.folder.join("databases")
    }

    /// The file of the service.
    pub(crate) fn file(&self) -> PathBuf {
        self.databases().join("music_bench.db")
    }

    /// The arguments of a hand-written server on it.
    pub(crate) fn hand_written(&self) -> Vec<String> {
        let (store, database) = match self.store {
            Store::Sqlite => ("sqlite", self.file().display().to_string()),
        };
        ["--store", store, "--database", &database]
            .map(str::to_owned)
            .to_vec()
    }

    /// The process of the database, where it is one of its own that can be seen.
    pub(crate) fn process(&self) -> Option<u32> {
        match self.store {
            Store::Sqlite => None,
        }
    }

    /// Fills the tables that the server has made.
    pub(crate) async fn load(&self, sizes: &Sizes) -> Result<()> {
        match self.store {
            Store::Sqlite => sqlite::load(&self.file(), data::tables(sizes)),
        }
    }

    /// Removes what write workloads have made.
    pub(crate) async fn clean(&self, sizes: &Sizes) -> Result<()> {
        match self.store {
            Store::Sqlite => sqlite::clean(&self.file(), sizes),
        }
    }
}

/// The tables that write workloads add to, children first, and the last ids that were loaded.
fn written(sizes: &Sizes) -> [(&'static str, i64); 3] {
    [
        ("Album", sizes.albums),
        ("Artist", sizes.artists),
        ("Customer", sizes.customers),
    ]
}
