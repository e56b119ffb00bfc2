//! Advisory locks: numbers that one session of a database holds at a time.

use std::time::{Duration, Instant};

use prisma_connector::{ConnectorError, Lock};
use prisma_sql::{Cell, Row, Statement};
use tokio::time::sleep;

use crate::target::Target;

/// How often a lock that others hold is asked for.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes a lock; none if others hold it for longer than the patience. It has a session of its own, beyond the
/// configured connections: who holds it needs those.
pub(crate) async fn take(
    target: &Target,
    key: u64,
    patience: Duration,
) -> Result<Option<Lock>, ConnectorError> {
    let session = target.open().await?;
    let statement = Statement {
        text: format!("SELECT pg_try_advisory_lock({})", key.cast_signed()).into(),
    };
    let start = Instant::now();
    loop {
        let mut is_taken = false;
        let mut look = |row: &dyn Row| {
            is_taken = row.cell(0) == Cell::Bool(true);
            Ok(())
        };
        let asked = session.execute(&statement, &[], &mut look).await;
        asked.map_err(|failure| failure.error)?;
        if is_taken {
            return Ok(Some(Lock::new(session)));
        }
        if start.elapsed() >= patience {
            return Ok(None);
        }
        sleep(PAUSE).await;
    }
}
