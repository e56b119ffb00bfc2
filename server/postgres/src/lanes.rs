//! Connections that single reading statements share. A statement is sent while others are still being answered, so that
//! a few connections carry what would need many of a pool.
//!
//! The price is that a slow statement holds up those behind it. A lane that has answered nothing for a while is
//! therefore passed over, and where no lane is left the pool helps out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use prisma_connector::ConnectorError;
use prisma_sql::Job;
use tokio::sync::Mutex;

use crate::connection::PostgresConnection;
use crate::error::OpenError;
use crate::session::Session;
use crate::target::Target;

/// A lane that has been busy for longer without an answer takes no more statements.
const SLOW: Duration = Duration::from_millis(20);

/// The shared connections.
#[derive(Debug)]
pub(crate) struct Lanes {
    lanes: Box<[Lane]>,
    start: Instant,
}

/// One shared connection. It is opened when it is first needed, and again after it broke.
#[derive(Debug, Default)]
struct Lane {
    session: ArcSwapOption<Session>,
    opening: Mutex<()>,
    /// Statements that are under way.
    busy: AtomicUsize,
    /// When it last was idle or answered: microseconds since the start.
    progress: AtomicU64,
}

/// A place on a lane, for one job.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    lanes: &'a Lanes,
    lane: &'a Lane,
}

impl Lanes {
    /// Some lanes, of which the first is open.
    pub(crate) fn new(count: usize, first: Session) -> Self {
        let lanes: Box<[Lane]> = (0..count.max(1)).map(|_| Lane::default()).collect();
        if let Some(lane) = lanes.first() {
            lane.session.store(Some(Arc::new(first)));
        }
        Self {
            lanes,
            start: Instant::now(),
        }
    }

    /// A place on the lane with the fewest statements; none if all are held up.
    pub(crate) fn place(&self) -> Option<Place<'_>> {
        let now = self.now();
        let is_flowing = |lane: &&Lane| {
            let since = now.saturating_sub(lane.progress.load(Ordering::Relaxed));
            lane.busy.load(Ordering::Relaxed) == 0 || u128::from(since) < SLOW.as_micros()
        };
        let lanes = self.lanes.iter().filter(is_flowing);
        let lane = lanes.min_by_key(|lane| lane.busy.load(Ordering::Relaxed))?;
        if lane.busy.fetch_add(1, Ordering::Relaxed) == 0 {
            lane.progress.store(now, Ordering::Relaxed);
        }
        Some(Place { lanes: self, lane })
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Place<'_> {
    /// The connection; none while somebody else is opening it.
    pub(crate) async fn session(&self, target: &Target) -> Result<Option<Arc<Session>>, OpenError> {
        if let Some(session) = self.open() {
            return Ok(Some(session));
        }
        // Who waited here would also wait for all attempts that fail before.
        let Ok(_opening) = self.lane.opening.try_lock() else {
            return Ok(None);
        };
        if let Some(session) = self.open() {
            return Ok(Some(session));
        }
        let session = Arc::new(target.open().await?);
        self.lane.session.store(Some(Arc::clone(&session)));
        Ok(Some(session))
    }

    /// Runs a job.
    pub(crate) async fn run<J: Job<PostgresConnection>>(
        &self,
        session: Arc<Session>,
        job: J,
    ) -> Result<J::Output, ConnectorError> {
        let mut connection = PostgresConnection::single(Arc::clone(&session));
        let output = job.run(&mut connection).await;
        if !connection.is_sound() {
            session.kill();
        }
        output
    }

    fn open(&self) -> Option<Arc<Session>> {
        let session = self.lane.session.load_full()?;
        (!session.is_closed()).then_some(session)
    }
}

impl Drop for Place<'_> {
    /// Also when the caller has gone. What it asked is still under way then, which the next ones will notice.
    fn drop(&mut self) {
        self.lane
            .progress
            .store(self.lanes.now(), Ordering::Relaxed);
        self.lane.busy.fetch_sub(1, Ordering::Relaxed);
    }
}
