//! Transactions of several requests: who began them, and how later requests find them.
//!
//! A transaction is known by an id that nobody guesses, belongs to the service it was begun for, and ends by its lease at
//! the latest. Ended ones are remembered for a while, so that a late request is told what happened.

pub(crate) mod wire;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use prisma_connector::{Isolation, ServiceName, TransactionEnd, TransactionOptions};
use prisma_engine::{ApiError, Engine, Transaction};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Deserialize;

/// Bytes of an id.
const ID_LENGTH: usize = 24;

/// How many of those that ended are remembered.
const REMEMBERED: usize = 1000;

/// All transactions of a server.
#[derive(Debug)]
pub(crate) struct Transactions {
    state: Mutex<State>,
    /// How many a service may have under way.
    most: usize,
    /// The longest lease.
    longest: Duration,
}

#[derive(Debug, Default)]
struct State {
    open: HashMap<String, Open>,
    ended: VecDeque<(String, ServiceName, TransactionEnd)>,
}

#[derive(Debug)]
struct Open {
    service: ServiceName,
    /// None until it has begun.
    transaction: Option<Arc<Transaction>>,
    until: Instant,
}

/// What a client asks of a transaction; times in milliseconds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Asked {
    isolation: AskedIsolation,
    max_wait: Option<u32>,
    timeout: Option<u32>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum AskedIsolation {
    #[default]
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

/// A transaction that has begun.
#[derive(Debug)]
pub(crate) struct Begun {
    /// What later requests call it.
    pub(crate) id: String,
    /// How long it may last.
    pub(crate) lease: Duration,
}

impl Transactions {
    pub(crate) fn new(most: usize, longest: Duration) -> Self {
        Self {
            state: Mutex::default(),
            most,
            longest,
        }
    }

    /// What the store is asked for.
    pub(crate) fn options(&self, asked: &Asked) -> TransactionOptions {
        let time = |ms: u32| Duration::from_millis(ms.into());
        let usual = TransactionOptions::default();
        TransactionOptions {
            isolation: match asked.isolation {
                AskedIsolation::ReadCommitted => Isolation::ReadCommitted,
                AskedIsolation::RepeatableRead => Isolation::RepeatableRead,
                AskedIsolation::Serializable => Isolation::Serializable,
            },
            max_wait: asked
                .max_wait
                .map_or(usual.max_wait, time)
                .min(self.longest),
            lease: asked.timeout.map_or(usual.lease, time).min(self.longest),
        }
    }

    /// Begins a transaction of a service.
    pub(crate) async fn begin(
        &self,
        engine: &Engine,
        service: &ServiceName,
        options: TransactionOptions,
    ) -> Result<Begun, ApiError> {
        let place = self.reserve(service, options)?;
        let transaction = engine.begin(service, options).await?;
        Ok(Begun {
            id: place.fill(transaction, options.lease),
            lease: options.lease,
        })
    }

    fn reserve(
        &self,
        service: &ServiceName,
        options: TransactionOptions,
    ) -> Result<Place<'_>, ApiError> {
        let id = id()?;
        let now = Instant::now();
        let mut state = self.lock();
        let overdue = state.take_overdue(now);
        let open = state.open.values().filter(|open| open.service == *service);
        let is_room = open.count() < self.most;
        if is_room {
            let open = Open {
                service: service.clone(),
                transaction: None,
                until: now + options.max_wait + options.lease,
            };
            state.open.insert(id.clone(), open);
        }
        drop(state);
        drop(overdue);
        if is_room {
            Ok(Place {
                all: self,
                id: Some(id),
            })
        } else {
            Err(ApiError::TooManyTransactions { most: self.most })
        }
    }

    /// A transaction of a service.
    pub(crate) fn find(
        &self,
        service: &ServiceName,
        id: &str,
    ) -> Result<Arc<Transaction>, ApiError> {
        let mut state = self.lock();
        let overdue = state.take_overdue(Instant::now());
        let found = state
            .open
            .get(id)
            .filter(|open| open.service == *service)
            .and_then(|open| open.transaction.clone());
        let found = found.ok_or_else(|| state.missing(service, id));
        drop(state);
        drop(overdue);
        found
    }

    /// Makes the work of a transaction last, and forgets it.
    pub(crate) async fn commit(&self, service: &ServiceName, id: &str) -> Result<(), ApiError> {
        let transaction = self.remove(service, id)?;
        transaction.commit().await
    }

    /// Undoes the work of a transaction, and forgets it.
    pub(crate) async fn roll_back(&self, service: &ServiceName, id: &str) -> Result<(), ApiError> {
        let transaction = self.remove(service, id)?;
        transaction.roll_back().await
    }

    fn remove(&self, service: &ServiceName, id: &str) -> Result<Arc<Transaction>, ApiError> {
        let transaction = self.find(service, id)?;
        self.lock().end(id, TransactionEnd::Done);
        Ok(transaction)
    }

    /// Rolls back all that are under way.
    pub(crate) fn close(&self) {
        let open = std::mem::take(&mut self.lock().open);
        drop(open);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes those out whose lease is over. The store has rolled them back, and what is left of them is dropped outside of
    /// the lock.
    fn take_overdue(&mut self, now: Instant) -> Vec<Open> {
        let overdue: Vec<String> = self
            .open
            .iter()
            .filter(|(_, open)| open.until < now)
            .map(|(id, _)| id.clone())
            .collect();
        let end = |id: &String| self.end(id, TransactionEnd::Expired);
        overdue.iter().filter_map(end).collect()
    }

    fn end(&mut self, id: &str, end: TransactionEnd) -> Option<Open> {
        let (id, open) = self.open.remove_entry(id)?;
        if self.ended.len() == REMEMBERED {
            self.ended.pop_front();
        }
        self.ended.push_back((id, open.service.clone(), end));
        Some(open)
    }

    fn missing(&self, service: &ServiceName, id: &str) -> ApiError {
        let mut ended = self.ended.iter().rev();
        let known = ended.find(|(known, of, _)| known == id && of == service);
        known.map_or(ApiError::TransactionNotFound, |(_, _, end)| {
            ApiError::Transaction(*end)
        })
    }
}

/// A place among those under way; free again if the transaction does not begin.
struct Place<'a> {
    all: &'a Transactions,
    /// Given until it is filled.
    id: Option<String>,
}

impl Place<'_> {
    fn fill(mut self, transaction: Transaction, lease: Duration) -> String {
        let id = self.id.take().unwrap_or_default();
        let transaction = Arc::new(transaction);
        if let Some(open) = self.all.lock().open.get_mut(&id) {
            open.until = Instant::now() + lease;
            open.transaction = Some(transaction);
        }
        id
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id.take() {
            self.all.lock().open.remove(&id);
        }
    }
}

fn id() -> Result<String, ApiError> {
    let mut bytes = [0; ID_LENGTH];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|error| ApiError::Internal(error.to_string().into()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
