//! Connections that single statements share. A statement is sent while others are still being answered, so that a few
//! connections carry what would need many of a pool.
//!
//! The price is that statements of one lane run one after the other. Short ones do not notice; where a statement would
//! have to wait for long behind others the pool helps out, as long as it has room.
//!
//! Writes have lanes of their own: they wait for locks and for the disk, and reads shall not wait for them.

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

/// A read that would have to wait for longer takes a connection of the pool, if one is to be had. It costs a little more
/// to use.
pub(crate) const READS: Duration = Duration::from_millis(5);

/// The same for writes. So few wait behind one that waits for a lock, and where commits take their time the pool makes
/// many of them at once.
pub(crate) const WRITES: Duration = Duration::from_millis(1);

/// Who would have to wait for longer queues for the pool: it may be for a lane that is stuck.
const STUCK: Duration = Duration::from_secs(1);

/// The shared connections.
#[derive(Debug)]
pub(crate) struct Lanes {
    lanes: Box<[Lane]>,
    late: Duration,
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
    /// How long a statement took of late: microseconds, averaged.
    pace: AtomicU64,
    /// How much of that is the way to the server, which many statements go at once: microseconds.
    trip: AtomicU64,
}

/// A place on a lane, for one job.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    lanes: &'a Lanes,
    lane: &'a Lane,
}

impl Lanes {
    /// Some lanes. `late` is how long a statement waits at most where the pool has room.
    pub(crate) fn new(count: usize, late: Duration) -> Self {
        Self {
            lanes: (0..count).map(|_| Lane::default()).collect(),
            late,
            start: Instant::now(),
        }
    }

    /// The same, with a connection for the first lane.
    pub(crate) fn open(self, session: Session) -> Self {
        if let Some(lane) = self.lanes.first() {
            lane.keep(session);
        }
        self
    }

    /// A place on the lane with the shortest queue; none if a connection of the pool answers sooner.
    pub(crate) fn place(&self, pool_has_room: impl FnOnce() -> bool) -> Option<Place<'_>> {
        let now = self.now();
        let queues = self.lanes.iter().map(|lane| (lane.delay(now), lane));
        let (delay, lane) =
            queues.min_by_key(|(delay, lane)| (*delay, lane.busy.load(Ordering::Relaxed)))?;
        if delay >= STUCK || delay >= self.late && pool_has_room() {
            return None;
        }
        if lane.busy.fetch_add(1, Ordering::Relaxed) == 0 {
            lane.progress.store(now, Ordering::Relaxed);
        }
        Some(Place { lanes: self, lane })
    }

    fn now(&self) -> u64 {
        microseconds(self.start.elapsed())
    }
}

impl Lane {
    /// How long a new statement would wait: those before it take as long as others did, or as the one at hand does.
    fn delay(&self, now: u64) -> Duration {
        let busy = self.busy.load(Ordering::Relaxed) as u64;
        let since = now.saturating_sub(self.progress.load(Ordering::Relaxed));
        let each = since.max(self.pace.load(Ordering::Relaxed));
        let work = each.saturating_sub(self.trip.load(Ordering::Relaxed));
        Duration::from_micros(busy.saturating_mul(work))
    }

    fn keep(&self, session: Session) -> Arc<Session> {
        let session = Arc::new(session);
        let trip = microseconds(session.trip());
        self.trip.store(trip, Ordering::Relaxed);
        self.session.store(Some(Arc::clone(&session)));
        session
    }

    /// Notes that a statement has come to its end.
    fn advance(&self, now: u64) {
        let since = now.saturating_sub(self.progress.swap(now, Ordering::Relaxed));
        let pace = self.pace.load(Ordering::Relaxed);
        self.pace.store((pace * 7 + since) / 8, Ordering::Relaxed);
        self.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Place<'_> {
    /// The connection; none while somebody else is opening it.
    pub(crate) async fn session(&self, target: &Target) -> Result<Option<Arc<Session>>, OpenError> {
        if let Some(session) = self.kept() {
            return Ok(Some(session));
        }
        // Who waited here would also wait for all attempts that fail before.
        let Ok(_opening) = self.lane.opening.try_lock() else {
            return Ok(None);
        };
        if let Some(session) = self.kept() {
            return Ok(Some(session));
        }
        Ok(Some(self.lane.keep(target.open().await?)))
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

    fn kept(&self) -> Option<Arc<Session>> {
        let session = self.lane.session.load_full()?;
        (!session.is_closed()).then_some(session)
    }
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl Drop for Place<'_> {
    /// Also when the caller has gone. What it asked is still under way then, which the next ones will notice.
    fn drop(&mut self) {
        self.lane.advance(self.lanes.now());
    }
}
