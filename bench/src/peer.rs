//! Servers by hand: no GraphQL is parsed, each operation is a prepared statement.

mod json;
mod mysql;
mod postgres;
mod server;
mod sqlite;

use std::{
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context as _, Result};

pub(crate) use self::{mysql::Mysql, postgres::Postgres, server::serve, sqlite::Sqlite};
use crate::workload::Call;

/// A database with statements by hand.
pub(crate) enum Peer {
    Sqlite(Connections),
    Postgres(Postgres),
    Mysql(Mysql),
}

/// Connections to one file. Statements are short, so callers run them where they are.
pub(crate) struct Connections {
    readers: Vec<Mutex<Sqlite>>,
    writer: Mutex<Sqlite>,
    next: AtomicUsize,
}

impl Connections {
    /// As many as the machine can run at the same time.
    pub(crate) fn open(file: &Path) -> Result<Self> {
        let open = || Ok(Mutex::new(Sqlite::open(file)?));
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            readers: (0..processors).map(|_| open()).collect::<Result<_>>()?,
            writer: open()?,
            next: AtomicUsize::new(0),
        })
    }

    fn answer(&self, call: &Call<'_>) -> Result<Vec<u8>> {
        let connection = match call {
            Call::NewCustomer(_) | Call::NewArtist(_) => &self.writer,
            _ => {
                let next = self.next.fetch_add(1, Ordering::Relaxed) % self.readers.len();
                self.readers.get(next).context("no connection")?
            }
        };
        let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut answer = Vec::new();
        connection.answer(call, &mut answer)?;
        Ok(answer)
    }
}

impl Peer {
    async fn answer(&self, call: &Call<'_>) -> Result<Vec<u8>> {
        match self {
            Self::Sqlite(connections) => connections.answer(call),
            Self::Postgres(connections) => connections.answer(call).await,
            Self::Mysql(connections) => connections.answer(call).await,
        }
    }
}

/// The answer with a value for its only field.
fn envelope(field: &str, json: &str) -> Vec<u8> {
    let mut answer = Vec::with_capacity(field.len() + json.len() + 16);
    for part in [r#"{"data":{""#, field, r#"":"#, json, "}}"] {
        answer.extend_from_slice(part.as_bytes());
    }
    answer
}
